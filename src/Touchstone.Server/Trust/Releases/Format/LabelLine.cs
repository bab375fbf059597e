using System.Text.Json;

namespace Touchstone.Server.Trust.Releases.Format;

/// <summary>One line of <c>labels.ndjson</c>: a released task with its answers, how far they can be trusted, and where they come from.</summary>
internal sealed record LabelLine
{
    public required Guid Task { get; init; }

    public string? ExternalId { get; init; }

    public required ReleasedInput Input { get; init; }

    public required int OntologyVersion { get; init; }

    /// <summary>Canonical answers.</summary>
    public required JsonElement Answers { get; init; }

    public required Origin Origin { get; init; }

    /// <summary>Who had the last word.</summary>
    public required DecidedBy DecidedBy { get; init; }

    /// <summary>Of the consensus, in [0, 1]; absent where a reviewer answered alone.</summary>
    public double? Confidence { get; init; }

    /// <summary>Mean pairwise agreement of the responses; absent with fewer than two.</summary>
    public double? Agreement { get; init; }

    /// <summary>By question.</summary>
    public required IReadOnlyDictionary<string, QuestionTrust> Trust { get; init; }

    public ReviewFacts? Review { get; init; }

    /// <summary>Ids of the responses in force, ascending: each has a line in <c>lineage.ndjson</c>.</summary>
    public required IReadOnlyList<Guid> Responses { get; init; }
}

/// <summary>What was looked at.</summary>
internal sealed record ReleasedInput
{
    public required string Kind { get; init; }

    public required string Sha256 { get; init; }

    public required long Bytes { get; init; }

    public required string MediaType { get; init; }

    /// <summary>Pixels after EXIF orientation is applied.</summary>
    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>EXIF orientation of the bytes.</summary>
    public required int Orientation { get; init; }

    /// <summary>Drawn by a program.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The name it came with.</summary>
    public string? Name { get; init; }

    /// <summary>Path below the release's folder; absent where images are referenced by digest alone.</summary>
    public string? File { get; init; }
}

/// <summary>What made a label.</summary>
internal enum Origin
{
    /// <summary>People alone.</summary>
    Human = 0,

    /// <summary>A model had a part in it.</summary>
    Model = 1,

    /// <summary>A program that plays a person had a part in it.</summary>
    Simulated = 2,
}

internal enum DecidedBy
{
    Consensus = 0,
    Review = 1,
}

/// <summary>How far the answer to one question can be trusted.</summary>
internal sealed record QuestionTrust
{
    public double? Confidence { get; init; }

    /// <summary>For shapes: one entry for each, in the order of the answers.</summary>
    public IReadOnlyList<ShapeTrust>? Shapes { get; init; }
}

/// <summary>Where one shape comes from: responses' shapes, or the reviewer where there are none.</summary>
internal sealed record ShapeTrust
{
    /// <summary>Id within the answers.</summary>
    public required string Shape { get; init; }

    public double? Confidence { get; init; }

    public required IReadOnlyList<ShapeSupport> Support { get; init; }
}

internal sealed record ShapeSupport(Guid Response, string Shape);

internal sealed record ReviewFacts(Guid Id, string Decision, string Reviewer, bool Simulated);
