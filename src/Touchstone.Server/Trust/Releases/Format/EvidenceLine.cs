using System.Text.Json;
using System.Text.Json.Serialization;

namespace Touchstone.Server.Trust.Releases.Format;

/// <summary>One line of <c>evidence.ndjson</c>: answers that the assay was computed from. First audits, then gold, each in ordinal order of the tasks.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AuditEvidence), "audit")]
[JsonDerivedType(typeof(GoldEvidence), "gold")]
internal abstract record EvidenceLine
{
    /// <summary>For an audit the released task, for gold the gold task.</summary>
    [JsonPropertyOrder(-1)]
    public required Guid Task { get; init; }
}

/// <summary>A task of the random sample, judged again.</summary>
internal sealed record AuditEvidence : EvidenceLine
{
    /// <summary>The task under which it was judged.</summary>
    public required Guid AuditTask { get; init; }

    public required Guid Response { get; init; }

    /// <summary>Pseudonym of the auditor.</summary>
    public required string Grader { get; init; }

    public required bool Simulated { get; init; }

    /// <summary>The auditor's answers, canonical.</summary>
    public required JsonElement Answers { get; init; }

    /// <summary>The label as it stood when the sample was drawn, where a review has changed it since: then this is graded and not the released one, so that
    /// correcting what was audited does not flatter the rest.</summary>
    public JsonElement? Graded { get; init; }

    /// <summary>The judgement of a second auditor, who did not see the first one's; absent where there is none.</summary>
    public SecondEvidence? Second { get; init; }
}

/// <summary>What a second auditor said.</summary>
internal sealed record SecondEvidence
{
    public required Guid Response { get; init; }

    /// <summary>Pseudonym of the second auditor.</summary>
    public required string Grader { get; init; }

    public required bool Simulated { get; init; }

    /// <summary>Their answers, canonical.</summary>
    public required JsonElement Answers { get; init; }
}

/// <summary>A task whose answer was known, with the consensus of those who met it unawares.</summary>
internal sealed record GoldEvidence : EvidenceLine
{
    public required int OntologyVersion { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>The known answer, canonical.</summary>
    public required JsonElement Answers { get; init; }

    /// <summary>Consensus of the responses, by reliabilities estimated without this task's fold.</summary>
    public required JsonElement Consensus { get; init; }

    /// <summary>Ids of the responses, ascending.</summary>
    public required IReadOnlyList<Guid> Responses { get; init; }
}
