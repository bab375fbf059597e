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

    public required bool Simulated { get; init; }

    /// <summary>The response that this one stands in for.</summary>
    public Guid? Supersedes { get; init; }

    /// <summary>Ids of its shapes by question, for questions that have shapes.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Shapes { get; init; }
}
