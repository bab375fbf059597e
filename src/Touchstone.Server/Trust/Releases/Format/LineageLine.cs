using System.Text.Json.Serialization;
using Touchstone.Formats.Labels;

namespace Touchstone.Server.Trust.Releases.Format;

/// <summary>One line of <c>lineage.ndjson</c>: a response that a label or a piece of evidence rests on.</summary>
/// <remarks>The responses of each label stand together, in the labels' order and by id; those of the evidence follow in the evidence's order.</remarks>
internal sealed record LineageLine
{
    public required Guid Response { get; init; }

    /// <summary>The task that it answered: a released one, or an audit or gold task of the evidence.</summary>
    public required Guid Task { get; init; }

    /// <summary>Pseudonym, the same throughout the release.</summary>
    public required string Contributor { get; init; }

    /// <summary>SHA-256 of the response's answers as they were submitted, lower-case hex.</summary>
    public required string Digest { get; init; }

    /// <summary>SHA-256 of the answers in canonical form, byte for byte as the evidence encloses them, lower-case hex; absent of responses that it does not enclose, and in
    /// releases of programs that did not state it.</summary>
    public string? CanonicalDigest { get; init; }

    public required bool Simulated { get; init; }

    /// <summary>The response that this one stands in for.</summary>
    public Guid? Supersedes { get; init; }

    /// <summary>Ids of its shapes by question, for questions that have shapes.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Shapes { get; init; }

    /// <summary>The proposal that stood before its contributor; absent where there was none.</summary>
    public LineagePrelabel? Prelabel { get; init; }

    /// <summary>Whose work the response is: what began with a model's proposal is marked so, however much of it was kept.</summary>
    [JsonIgnore]
    public LabelOrigin WorkOf => Simulated ? LabelOrigin.Simulated : Prelabel is { ByModel: true } ? LabelOrigin.Model : LabelOrigin.Human;
}

/// <summary>A proposal that a response began with, and how much of it the response kept unchanged.</summary>
/// <param name="Origin">Whose it was: a model with its version, or the data set that it came in.</param>
/// <param name="ByModel">A model made it, or nobody says who did.</param>
/// <param name="Shapes">Shapes proposed.</param>
/// <param name="ShapesKept">Of them, those that stand in the response with the same class, place and attributes.</param>
/// <param name="Answers">Answers proposed to other questions.</param>
/// <param name="AnswersKept">Of them, those that were given so.</param>
internal sealed record LineagePrelabel(string Origin, bool ByModel, int Shapes, int ShapesKept, int Answers, int AnswersKept);
