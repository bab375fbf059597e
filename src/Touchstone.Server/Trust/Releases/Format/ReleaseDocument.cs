using System.Text.Json;
using Touchstone.Quality.Assays;

namespace Touchstone.Server.Trust.Releases.Format;

/// <summary><c>release.json</c>: what a release holds, how it was made and how far it can be trusted.</summary>
internal sealed record ReleaseDocument
{
    public const string FormatName = "touchstone-release";
    public const int CurrentVersion = 1;

    /// <summary>Always <see cref="FormatName"/>.</summary>
    public required string Format { get; init; }

    public required int FormatVersion { get; init; }

    /// <summary>SHA-256 of the bytes of <see cref="Content"/> as they stand in the file, lower-case hex: the release's name.</summary>
    public required string Digest { get; init; }

    /// <summary>When and as what it was published. Not part of the digest: the same content published twice is the same release.</summary>
    public required Publication Published { get; init; }

    public required ReleaseContent Content { get; init; }
}

internal sealed record Publication
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Counts from 1 within the project; absent for a release that was built into a folder without being published on a server.</summary>
    public int? Number { get; init; }

    public Guid? Release { get; init; }
}

/// <summary>Everything that the digest covers.</summary>
internal sealed record ReleaseContent
{
    public required ProjectFacts Project { get; init; }

    /// <summary>Versions that labels or evidence were made under, newest first.</summary>
    public required IReadOnlyList<OntologyFacts> Ontologies { get; init; }

    public required ReleaseCounts Counts { get; init; }

    public required OriginCounts Origin { get; init; }

    /// <summary>What was proposed to contributors before they answered; absent where nothing was.</summary>
    public PrelabelCounts? Prelabels { get; init; }

    public required AssaySection Assay { get; init; }

    public required ImageMode Images { get; init; }

    /// <summary>Every file but release.json, in ordinal order of the paths.</summary>
    public required IReadOnlyList<FileFacts> Files { get; init; }
}

internal sealed record ProjectFacts
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Terms under which the release is given, as its publisher states them; absent where nothing was stated.</summary>
    public string? Licence { get; init; }

    public required string InputKind { get; init; }

    /// <summary>The project's data is drawn.</summary>
    public required bool Synthetic { get; init; }

    public required int OverlapMin { get; init; }

    public required int OverlapMax { get; init; }

    public required double OverlapConfidence { get; init; }

    public required string Review { get; init; }

    public required double GoldRate { get; init; }
}

internal sealed record OntologyFacts
{
    public required int Number { get; init; }

    /// <summary>SHA-256 of the canonical definition.</summary>
    public required string Digest { get; init; }

    /// <summary>Labels that were made under it.</summary>
    public required int Labels { get; init; }

    public required JsonElement Definition { get; init; }
}

internal sealed record ReleaseCounts
{
    public required int Labels { get; init; }

    /// <summary>Different pictures by digest.</summary>
    public required int Images { get; init; }

    public required int Shapes { get; init; }

    /// <summary>Responses behind the labels, superseded ones included.</summary>
    public required int Responses { get; init; }

    /// <summary>Different people behind the labels, reviewers included.</summary>
    public required int Contributors { get; init; }

    /// <summary>Labels that a reviewer decided.</summary>
    public required int Reviewed { get; init; }

    /// <summary>Those of them that the reviewer answered otherwise.</summary>
    public required int Edited { get; init; }

    /// <summary>Shapes by <c>question/class</c>, in ordinal order.</summary>
    public required IReadOnlyDictionary<string, int> Classes { get; init; }

    /// <summary>Tasks of the project that are not in the release, by state.</summary>
    public required NotReleased NotReleased { get; init; }
}

internal sealed record NotReleased(int Open, int InReview, int Withdrawn);

/// <summary>Where labels come from; the first three add up to the labels.</summary>
internal sealed record OriginCounts(int Human, int Model, int Simulated, int SyntheticAssets);

/// <summary>Proposals that responses behind the labels began with.</summary>
/// <param name="Labels">Labels with such a response.</param>
/// <param name="Responses">Such responses, superseded ones included.</param>
/// <param name="Shapes">Shapes proposed to them, all together.</param>
/// <param name="ShapesKept">Of these, those that they kept unchanged.</param>
/// <param name="Answers">Answers proposed to other questions.</param>
/// <param name="AnswersKept">Of these, those that they gave so.</param>
/// <param name="Origins">Responses by whose proposals they began with, in ordinal order.</param>
internal sealed record PrelabelCounts(int Labels, int Responses, int Shapes, int ShapesKept, int Answers, int AnswersKept, IReadOnlyDictionary<string, int> Origins);

internal enum ImageMode
{
    /// <summary>By digest alone.</summary>
    Reference = 0,

    /// <summary>Below <c>images/</c>.</summary>
    Copy = 1,
}

internal sealed record FileFacts(string Path, long Bytes, string Sha256);

/// <summary>How far the labels can be trusted, or that nobody measured it.</summary>
internal sealed record AssaySection
{
    public required AssayStatus Status { get; init; }

    /// <summary>For an unassayed release: why.</summary>
    public string? Reason { get; init; }

    /// <summary>Confidence of the intervals.</summary>
    public required double Confidence { get; init; }

    /// <summary>The random sample that was judged again; absent where there was none.</summary>
    public AuditFacts? Audit { get; init; }

    /// <summary>How gold was graded; absent where none was.</summary>
    public GoldFacts? Gold { get; init; }

    /// <summary>Figures that speak for the release.</summary>
    public required IReadOnlyList<AssayFigure> Figures { get; init; }

    /// <summary>Figures on gold, which is chosen and not drawn.</summary>
    public required IReadOnlyList<AssayFigure> GoldFigures { get; init; }

    /// <summary>What the assay does not know.</summary>
    public required IReadOnlyList<AssayCaveat> NotKnown { get; init; }

    /// <summary>What each judged task gave, in ordinal order of the tasks: the figures follow from these alone.</summary>
    public required IReadOnlyList<GradedImage> Graded { get; init; }

    /// <summary>The same for gold.</summary>
    public required IReadOnlyList<GradedImage> GoldGraded { get; init; }

    /// <summary>How often auditors err, by figure; absent where nothing was judged by two.</summary>
    public IReadOnlyList<AuditorFigure>? Auditors { get; init; }

    /// <summary>For each task that two judged, the second one's answers held against the first one's, in ordinal order of the tasks.</summary>
    public IReadOnlyList<GradedImage>? GradedTwice { get; init; }
}

internal enum AssayStatus
{
    Measured = 0,
    Unassayed = 1,
}

internal sealed record AuditFacts
{
    public required Guid Id { get; init; }

    public required DateTimeOffset DrawnAt { get; init; }

    /// <summary>Draws the sample again; text, since it may exceed what JavaScript's numbers hold.</summary>
    public required string Seed { get; init; }

    public required string Method { get; init; }

    /// <summary>Done tasks that the sample was drawn from: the lines of <see cref="PopulationFile"/>.</summary>
    public required int Population { get; init; }

    public required string PopulationFile { get; init; }

    /// <summary>Tasks drawn.</summary>
    public required int Sampled { get; init; }

    /// <summary>Those that were judged and are in the release: the lines of kind audit in evidence.ndjson.</summary>
    public required int Judged { get; init; }

    /// <summary>Drawn and not judged yet, ascending.</summary>
    public required IReadOnlyList<Guid> NotJudged { get; init; }

    /// <summary>Drawn and not in the release any more (withdrawn, or open again), ascending.</summary>
    public required IReadOnlyList<Guid> NotReleased { get; init; }

    /// <summary>Labels of the release that the sample could have drawn; the figures speak for these.</summary>
    public required int Covered { get; init; }

    /// <summary>Audits of the project that were drawn before this one, first to last. Their answers are in no figure.</summary>
    public required IReadOnlyList<EarlierAudit> Earlier { get; init; }

    /// <summary>The parts that the sample was drawn from, in the order of their numbers; absent for a simple random sample.</summary>
    public IReadOnlyList<StratumFacts>? Strata { get; init; }

    /// <summary>The second judgements; absent where none were asked for.</summary>
    public TwiceFacts? Twice { get; init; }

    /// <summary>How the sample grew, where it did: each look's sample is drawn by the same seed and holds those before.</summary>
    public IReadOnlyList<LookFacts>? Looks { get; init; }
}

/// <summary>A part that a sample of its own was drawn from.</summary>
/// <param name="Name">Class and band of confidence.</param>
/// <param name="Population">Done tasks of it.</param>
/// <param name="Sampled">Tasks drawn from it.</param>
/// <param name="Judged">Those that were judged and are in the release.</param>
/// <param name="Covered">Labels of the release that lie in it: each judged one stands for covered / judged of them.</param>
internal sealed record StratumFacts(string Name, int Population, int Sampled, int Judged, int Covered);

/// <summary>Second judgements.</summary>
/// <param name="Drawn">Tasks that two auditors were to judge.</param>
/// <param name="Judged">Those that two judged and that are in the release.</param>
internal sealed record TwiceFacts(int Drawn, int Judged);

/// <summary>A look at a growing sample.</summary>
/// <param name="Sampled">Tasks drawn by then, all together.</param>
/// <param name="Twice">Of them, tasks that two auditors were to judge.</param>
internal sealed record LookFacts(int Sampled, int Twice);

/// <summary>An audit that another one came after.</summary>
/// <param name="Id">Which.</param>
/// <param name="DrawnAt">When its sample was drawn.</param>
/// <param name="Sampled">Tasks drawn.</param>
/// <param name="Judged">Those that were judged.</param>
internal sealed record EarlierAudit(Guid Id, DateTimeOffset DrawnAt, int Sampled, int Judged);

internal sealed record GoldFacts
{
    /// <summary>Gold tasks graded: the lines of kind gold in evidence.ndjson.</summary>
    public required int Tasks { get; init; }

    /// <summary>Folds of the cross-fit.</summary>
    public required int Folds { get; init; }

    /// <summary>Responses of each gold task that its consensus was made from at most: as many as labels have on average.</summary>
    public required int Overlap { get; init; }
}
