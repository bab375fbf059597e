using Touchstone.Annotations.Ontologies;
using Touchstone.Formats;
using Touchstone.Formats.Exchange;

namespace Touchstone.Adoption;

/// <summary>A label that the other annotators' speak against.</summary>
/// <param name="Sample">The input.</param>
/// <param name="Contributor">Who gave it.</param>
/// <param name="Right">Probability that it is right, by the known truth or else by the others' consensus, in [0, 1].</param>
internal sealed record SuspectAnswer(string Sample, string Contributor, double Right);

/// <summary>How one annotator agrees with the others.</summary>
/// <param name="Name">As the files name them.</param>
/// <param name="Answers">Inputs that they labelled.</param>
/// <param name="Compared">Of them, those that others labelled too.</param>
/// <param name="Right">Mean probability that their answer is right, by the others' consensus; null where nothing is compared.</param>
internal sealed record AnnotatorRow(string Name, long Answers, long Compared, double? Right);

/// <summary>What asking only where the consensus was unsure would have cost, replayed over the answers in the order in which they were given, with reliabilities fitted to all of them: a queue that has yet to learn these asks more.</summary>
/// <param name="Given">Answers of inputs that two or more labelled.</param>
/// <param name="Needed">Of them, those that would have been asked for.</param>
/// <param name="Confidence">The confidence of the consensus that is enough.</param>
/// <param name="Same">Share of those inputs whose consensus of the answers needed is that of all; null without any.</param>
internal sealed record OverlapReplay(long Given, long Needed, double Confidence, double? Same)
{
    /// <summary>Share of the answers that was not needed.</summary>
    public double Saved => Given == 0 ? 0 : 1 - (double)Needed / Given;
}

/// <summary>What stands beside answers, of inputs whose pictures are there.</summary>
/// <param name="Prelabels">Inputs with a model's prediction, which work on them begins with.</param>
/// <param name="Drafts">Begun answers, which wait for those who began them.</param>
/// <param name="Skips">Inputs that an annotator passed by and is not asked for again.</param>
/// <param name="LeftOut">Predictions, drafts and skips that are none of these.</param>
internal readonly record struct BesideCounts(long Prelabels, long Drafts, long Skips, long LeftOut);

/// <summary>What another tool's project holds, before anything of it is imported.</summary>
internal sealed record Xray
{
    public required DatasetFormat Format { get; init; }

    public required DatasetCensus Census { get; init; }

    public required Inspection Inspection { get; init; }

    public required FaultLog Faults { get; init; }

    /// <summary>The ontology that it would be imported under: made of what it says, or that of the project named.</summary>
    public required Ontology Ontology { get; init; }

    public required LossReport Losses { get; init; }

    public required long PicturesMissing { get; init; }

    /// <summary>What stands beside its answers and would go in too.</summary>
    public required BesideCounts Besides { get; init; }

    /// <summary>Mean agreement of inputs that two or more labelled, not corrected for chance, in [0, 1]; null without any.</summary>
    public required double? Agreement { get; init; }

    /// <summary>Inputs that the estimates are made of: two or more labelled them, or one whose answer is measured against a known truth.</summary>
    public required long Compared { get; init; }

    /// <summary>All inputs of that kind; where there are very many, the first of them stand for all.</summary>
    public required long Comparable { get; init; }

    /// <summary>Inputs whose right answer the files state. They are no votes, and an import brings them in as responses of those who gave them.</summary>
    public required long Truths { get; init; }

    public required IReadOnlyList<AnnotatorRow> Annotators { get; init; }

    /// <summary>Answers that are more likely wrong than right.</summary>
    public required long SuspectCount { get; init; }

    /// <summary>Least trusted first; at most the first 1,000 of them.</summary>
    public required IReadOnlyList<SuspectAnswer> Suspects { get; init; }

    public required OverlapReplay Overlap { get; init; }

    /// <summary>Everybody who answered, skipped or began something, as the files name them.</summary>
    public required IReadOnlyCollection<string> Named { get; init; }

    /// <summary>Pictures of its inputs that are there, as files.</summary>
    public required IReadOnlyCollection<string> Pictures { get; init; }
}
