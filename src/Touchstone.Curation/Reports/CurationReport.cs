using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Reports;

/// <summary>
/// A finished run as people look at it: what was read, kept and dropped, by which step and reason, with examples and clusters of near-duplicates. One model for every surface that draws it, and
/// bounded: a run of any size gives a report of some megabytes at most (<see cref="ReportLimits"/>), which says what it leaves out.
/// </summary>
/// <param name="Version">Version of this model, <see cref="CurrentVersion"/>.</param>
/// <param name="Name">What the run is called: the name of its folder, unless somebody gave it another.</param>
/// <param name="Program">The program that made the run.</param>
/// <param name="FinishedAt">When the run was finished; null where its manifest does not tell.</param>
/// <param name="Pipeline">Digest of the pipeline with all parameters, lower-case hexadecimal.</param>
/// <param name="Source">What was read from.</param>
/// <param name="Read">Documents of the source.</param>
/// <param name="Kept">Documents of the sink.</param>
/// <param name="Dropped">Documents that a step dropped, as they were when it did.</param>
/// <param name="Steps">The steps in order.</param>
/// <param name="ReadWords">Documents of the source by number of words: none, 1, 2 to 3, 4 to 7 and so on.</param>
/// <param name="KeptWords">Documents of the sink in the same bins.</param>
/// <param name="Counted">What steps counted in kept documents, such as <c>redacted_email</c>.</param>
/// <param name="Faults">What could not be read.</param>
/// <param name="Usage">What the run took.</param>
/// <param name="Outputs">The files that it wrote.</param>
/// <param name="Missing">Files of the run that are gone or changed, so that this report lacks what they held.</param>
/// <param name="Examples">Documents to look at, kept ones first, then by step and reason.</param>
/// <param name="Clusters">Near-duplicates, one entry for each MinHash step of the pipeline.</param>
/// <param name="Clipping">What is left out.</param>
public sealed record CurationReport(
    int Version,
    string Name,
    string Program,
    DateTimeOffset? FinishedAt,
    string Pipeline,
    ReportSource Source,
    ReportAmount Read,
    ReportAmount Kept,
    ReportAmount Dropped,
    IReadOnlyList<ReportStep> Steps,
    IReadOnlyList<long> ReadWords,
    IReadOnlyList<long> KeptWords,
    IReadOnlyList<ReportCount> Counted,
    ReportFaults Faults,
    ReportUsage Usage,
    IReadOnlyList<ReportOutput> Outputs,
    IReadOnlyList<MissingFile> Missing,
    IReadOnlyList<ReportExample> Examples,
    IReadOnlyList<ReportClusters> Clusters,
    ReportClipping Clipping)
{
    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentVersion = 1;
}

/// <summary>What a run read from.</summary>
/// <param name="Bytes">Bytes of all files, decompressed.</param>
/// <param name="FileCount">Number of files.</param>
/// <param name="Files">The first of them.</param>
public sealed record ReportSource(long Bytes, int FileCount, IReadOnlyList<ReportInput> Files);

/// <summary>A file of the source.</summary>
/// <param name="File">Its path as the run saw it.</param>
/// <param name="Bytes">Its size on the disk.</param>
/// <param name="Sample">SHA-256 over its size and its first, middle and last 64 KiB; of an object in a bucket its entity tag.</param>
public sealed record ReportInput(string File, long Bytes, string Sample);

/// <summary>A number of documents with what is in them.</summary>
/// <param name="Documents">Documents.</param>
/// <param name="Words">Runs of characters that are no white space.</param>
/// <param name="Characters">Unicode code points.</param>
/// <param name="Bytes">Bytes in UTF-8; null in runs of versions that did not count them.</param>
public sealed record ReportAmount(long Documents, long Words, long Characters, long? Bytes);

/// <summary>A step with its parameters and what it did.</summary>
/// <param name="Step">Its name in the pipeline file.</param>
/// <param name="Id">Name of its rules with the implementation that they follow.</param>
/// <param name="Parameters">All parameters that are set.</param>
/// <param name="Entered">Documents that came to it.</param>
/// <param name="Dropped">What it dropped by reason, the most documents first.</param>
/// <param name="Edited">Documents whose text it changed.</param>
/// <param name="WordsCut">Words that its changes took away, less those they added.</param>
/// <param name="CharactersCut">Characters that its changes took away, less those they added.</param>
/// <param name="Note">Why examples of this step have no values of rules; null where they have.</param>
public sealed record ReportStep(
    string Step, string Id, IReadOnlyList<ReportParameter> Parameters, ReportAmount Entered, IReadOnlyList<ReportReason> Dropped, long Edited, long WordsCut, long CharactersCut, string? Note);

/// <summary>A parameter of a step.</summary>
/// <param name="Name">Its name in pipeline files.</param>
/// <param name="Value">Its value in JSON, cut short where it is long.</param>
public sealed record ReportParameter(string Name, string Value);

/// <summary>What a step dropped for one reason.</summary>
/// <param name="Reason">Name of the rule.</param>
/// <param name="Amount">How much, as it came to the step.</param>
public sealed record ReportReason(string Reason, ReportAmount Amount);

/// <summary>A named count.</summary>
/// <param name="Name">Stable snake_case name.</param>
/// <param name="Count">How many.</param>
public sealed record ReportCount(string Name, long Count);

/// <summary>What could not be read.</summary>
/// <param name="Total">All faults.</param>
/// <param name="Codes">How many there are of each code.</param>
/// <param name="Shown">The first ones with their places.</param>
public sealed record ReportFaults(long Total, IReadOnlyList<ReportCount> Codes, IReadOnlyList<ReportFault> Shown);

/// <summary>Something of the source that could not become a document.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">Its line from 1; null for files without lines.</param>
/// <param name="Offset">First byte of it, in the decompressed file.</param>
/// <param name="Code">Stable snake_case name.</param>
/// <param name="Message">What was expected and what was found.</param>
public sealed record ReportFault(string File, long? Line, long Offset, string Code, string Message);

/// <summary>What a run took.</summary>
/// <param name="CoreSeconds">Processor time of all threads.</param>
/// <param name="WallSeconds">Time on the clock.</param>
/// <param name="Joules">Energy of the processor packages meanwhile; null where the machine does not tell.</param>
/// <param name="Sessions">Times that the run was begun or went on.</param>
/// <param name="Workers">Threads that judged documents in the last session.</param>
public sealed record ReportUsage(double CoreSeconds, double WallSeconds, double? Joules, int Sessions, int Workers);

/// <summary>A file that a run wrote.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Name">Its path below the run's folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Documents">Documents in it.</param>
/// <param name="Sha256">Digest of its bytes.</param>
public sealed record ReportOutput(OutputKind Kind, string Name, long Bytes, long Documents, string Sha256);

/// <summary>What a file of a run holds.</summary>
public enum OutputKind
{
    /// <summary>Documents of the sink.</summary>
    Kept,

    /// <summary>Documents that a step dropped.</summary>
    Dropped,

    /// <summary>What became of each document.</summary>
    Fates,

    /// <summary>Clusters of near-duplicates.</summary>
    Clusters,

    /// <summary>What could not be read.</summary>
    Faults,
}

/// <summary>A file that the manifest names and that is not there as it was written.</summary>
/// <param name="Kind">What it held.</param>
/// <param name="Name">Its path below the run's folder.</param>
/// <param name="Problem">Gone, of another size, or of another content.</param>
public sealed record MissingFile(OutputKind Kind, string Name, string Problem);

/// <summary>A document to look at.</summary>
/// <param name="Id">Its name.</param>
/// <param name="IsKept">Whether it is in the sink.</param>
/// <param name="Step">Id of the step that dropped it; null where it was kept.</param>
/// <param name="Reason">The reason; null where it was kept.</param>
/// <param name="File">File of the source that it came from; null where the output does not tell.</param>
/// <param name="Line">Line of that file; null where it is not known.</param>
/// <param name="Characters">Code points of the whole text.</param>
/// <param name="Words">Words of the whole text.</param>
/// <param name="Text">The beginning of its text: as written to the sink, or as the step saw it that dropped it.</param>
/// <param name="IsCut">Whether the text goes on.</param>
/// <param name="Rules">What the step's rules measured, the one that decided first; empty for kept documents and for steps that look at all documents together.</param>
public sealed record ReportExample(
    string Id, bool IsKept, string? Step, string? Reason, string? File, long? Line, long Characters, long Words, string Text, bool IsCut, IReadOnlyList<ReportRule> Rules);

/// <summary>One rule upon one document.</summary>
/// <param name="Rule">The reason that it drops by.</param>
/// <param name="Value">What was measured; null where the rule does not apply.</param>
/// <param name="Comparison">On which side of the threshold it drops.</param>
/// <param name="Threshold">The threshold; null where it has none.</param>
/// <param name="Falls">Whether it drops the document.</param>
/// <param name="Spans">Where in the shown text it found what it measures, in UTF-16 units; only for rules that drop.</param>
public sealed record ReportRule(string Rule, double? Value, RuleComparison Comparison, double? Threshold, bool Falls, IReadOnlyList<ReportSpan> Spans);

/// <summary>A part of a text.</summary>
/// <param name="Start">First UTF-16 unit.</param>
/// <param name="Length">Number of UTF-16 units.</param>
public sealed record ReportSpan(int Start, int Length);

/// <summary>Near-duplicates that one step found.</summary>
/// <param name="Step">Id of the step.</param>
/// <param name="Keep">The rule by which one document of each cluster stays, such as <c>longest</c>.</param>
/// <param name="ClusterCount">All clusters.</param>
/// <param name="DocumentCount">Documents in them.</param>
/// <param name="Sizes">How many clusters have which size, the smallest first.</param>
/// <param name="Shown">The largest clusters, and some others drawn by a hash.</param>
/// <param name="Note">What is missing and why; null where nothing is.</param>
public sealed record ReportClusters(
    string Step, string Keep, long ClusterCount, long DocumentCount, IReadOnlyList<ReportClusterSize> Sizes, IReadOnlyList<ReportCluster> Shown, string? Note);

/// <summary>How many clusters have a size.</summary>
/// <param name="From">Fewest documents.</param>
/// <param name="To">Most documents.</param>
/// <param name="Clusters">Clusters with so many.</param>
public sealed record ReportClusterSize(int From, int To, long Clusters);

/// <summary>A cluster of near-duplicates.</summary>
/// <param name="Number">Its number among all, in the order of their first documents.</param>
/// <param name="Size">Documents in it.</param>
/// <param name="IsLargest">Whether it is shown as one of the largest; false for those drawn by a hash.</param>
/// <param name="Members">The one that stays first, then others in the order of the corpus.</param>
public sealed record ReportCluster(long Number, int Size, bool IsLargest, IReadOnlyList<ReportMember> Members);

/// <summary>A document of a cluster.</summary>
/// <param name="Id">Its name.</param>
/// <param name="IsKept">Whether the step kept it.</param>
/// <param name="Characters">Code points of its text as the step saw it.</param>
/// <param name="Words">Words of it.</param>
/// <param name="Score">Its score where the highest one stays; null otherwise and where it has none.</param>
/// <param name="Text">The beginning of its text as the run wrote it; null where it wrote none, or where its examples were not reached.</param>
/// <param name="IsCut">Whether the text goes on.</param>
/// <param name="Extra">Words that the cluster's first document does not have at that place, in UTF-16 units of <paramref name="Text"/>.</param>
/// <param name="Lacking">Words of the first document's text that this one does not have, in UTF-16 units of that text.</param>
public sealed record ReportMember(
    string Id, bool IsKept, long Characters, long Words, double? Score, string? Text, bool IsCut, IReadOnlyList<ReportSpan> Extra, IReadOnlyList<ReportSpan> Lacking);

/// <summary>What a report leaves out.</summary>
/// <param name="TextLength">UTF-16 units shown of a text.</param>
/// <param name="ExamplesPerReason">Documents shown for each reason, and of the kept ones.</param>
/// <param name="IsPart">True where only the first part of the outputs was looked through for examples.</param>
/// <param name="HasDropped">Whether the run wrote dropped documents aside.</param>
/// <param name="Notes">What was cut, in sentences.</param>
public sealed record ReportClipping(int TextLength, int ExamplesPerReason, bool IsPart, bool HasDropped, IReadOnlyList<string> Notes);
