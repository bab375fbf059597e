using System.Globalization;
using Touchstone.Curation.Runs;

namespace Touchstone.Curation.Reports;

/// <summary>Something of a report that cannot be.</summary>
/// <param name="Pointer">RFC 6901 pointer to it.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Found">What stands there.</param>
public sealed record ReportFlaw(string Pointer, string Expected, string Found);

/// <summary>Whether a report keeps to what it promises: its version, its limits, its sums, spans within their texts.</summary>
public sealed class ReportCheck
{
    private const int FlawsMax = 50;
    private readonly List<ReportFlaw> _flaws = [];

    private ReportCheck()
    {
    }

    /// <summary>The first flaws of a report that somebody sent; none where it can be kept and drawn.</summary>
    public static IReadOnlyList<ReportFlaw> Of(CurationReport report)
    {
        var check = new ReportCheck();
        check.Look(report);
        return check._flaws;
    }

    private void Look(CurationReport report)
    {
        Expect(report.Version == CurationReport.CurrentVersion, "/version", $"{CurationReport.CurrentVersion}", report.Version.ToString(CultureInfo.InvariantCulture));
        Name(report.Name, "/name");
        Name(report.Program, "/program");
        Expect(report.Pipeline.Length == 64 && report.Pipeline.All(char.IsAsciiHexDigitLower), "/pipeline", "a SHA-256 digest in lower-case hexadecimal", Shown(report.Pipeline));
        Amounts(report);
        Bins(report.ReadWords, "/read_words");
        Bins(report.KeptWords, "/kept_words");
        Each(report.Source.Files, "/source/files", ReportLimits.FilesMax, (file, at) => Text(file.File, at + "/file"));
        Each(report.Steps, "/steps", ReportLimits.StepsMax, Step);
        Each(report.Counted, "/counted", ReportLimits.PerStepMax, (count, at) => Text(count.Name, at + "/name"));
        Each(report.Faults.Codes, "/faults/codes", ReportLimits.PerStepMax, (count, at) => Text(count.Name, at + "/name"));
        Each(report.Faults.Shown, "/faults/shown", ReportLimits.FaultsMax, Fault);
        Each(report.Outputs, "/outputs", ReportLimits.FilesMax, (file, at) => Text(file.Name, at + "/name"));
        Each(report.Missing, "/missing", ReportLimits.FilesMax, (file, at) => Text(file.Name + file.Problem, at, 2 * ReportLimits.NameMax));
        Each(report.Examples, "/examples", ReportLimits.ExamplesMax, Example);
        Each(report.Clusters, "/clusters", ReportLimits.StepsMax, Clusters);
        Each(report.Clipping.Notes, "/clipping/notes", ReportLimits.PerStepMax, (note, at) => Text(note, at));
        Numbers(report.Usage);
    }

    private void Amounts(CurationReport report)
    {
        foreach (var (amount, at) in (IEnumerable<(ReportAmount, string)>)[(report.Read, "/read"), (report.Kept, "/kept"), (report.Dropped, "/dropped")])
            Expect(amount is { Documents: >= 0, Words: >= 0, Characters: >= 0, Bytes: null or >= 0 }, at, "counts of 0 and more", $"{amount.Documents} documents, {amount.Words} words, {amount.Characters} characters");
        Expect(report.Kept.Documents + report.Dropped.Documents == report.Read.Documents, "/kept/documents",
            $"{report.Read.Documents - report.Dropped.Documents}, what was read less what was dropped", report.Kept.Documents.ToString(CultureInfo.InvariantCulture));
    }

    private void Numbers(ReportUsage usage) => Expect(
        usage is { CoreSeconds: >= 0 and < 1e15, WallSeconds: >= 0 and < 1e15, Joules: null or (>= 0 and < 1e18), Sessions: >= 0, Workers: >= 0 }, "/usage", "seconds, joules and counts of 0 and more", $"{usage.CoreSeconds} core-seconds, {usage.WallSeconds} seconds");

    private void Step(ReportStep step, string at)
    {
        Name(step.Step, at + "/step");
        Name(step.Id, at + "/id");
        Each(step.Parameters, at + "/parameters", ReportLimits.PerStepMax, (parameter, place) => Text(parameter.Name + parameter.Value, place, 2 * ReportLimits.NameMax));
        Each(step.Dropped, at + "/dropped", ReportLimits.PerStepMax, (reason, place) => Name(reason.Reason, place + "/reason"));
        if (step.Note is { } note) Text(note, at + "/note");
    }

    private void Fault(ReportFault fault, string at)
    {
        Text(fault.File, at + "/file");
        Text(fault.Code, at + "/code");
        Text(fault.Message, at + "/message");
    }

    private void Example(ReportExample example, string at)
    {
        Text(example.Id, at + "/id");
        Expect(example.IsKept == example.Reason is null && example.IsKept == example.Step is null, at + "/is_kept", "a step and a reason with what was dropped, and none with what was kept", example.IsKept ? "true" : "false");
        Text(example.Text, at + "/text", ReportLimits.TextMax);
        Text((example.Step ?? "") + (example.Reason ?? "") + (example.File ?? ""), at, 3 * ReportLimits.NameMax);
        Each(example.Rules, at + "/rules", ReportLimits.RulesMax, (rule, place) =>
        {
            Text(rule.Rule, place + "/rule");
            Spans(rule.Spans, example.Text, place + "/spans");
        });
    }

    private void Clusters(ReportClusters clusters, string at)
    {
        Name(clusters.Step, at + "/step");
        Text(clusters.Keep + (clusters.Note ?? ""), at, 2 * ReportLimits.NameMax);
        Each(clusters.Sizes, at + "/sizes", ReportLimits.SizeBinsMax, (_, _) => { });
        Each(clusters.Shown, at + "/shown", ReportLimits.LargestClusters + ReportLimits.OtherClusters, (cluster, place) =>
        {
            Expect(cluster.Members.Count > 0, place + "/members", "a member and more", "none");
            Each(cluster.Members, place + "/members", ReportLimits.MembersMax, (member, there) => Member(member, cluster.Members[0] ?? member, there));
        });
    }

    private void Member(ReportMember member, ReportMember first, string at)
    {
        Text(member.Id, at + "/id");
        Text(member.Text ?? "", at + "/text", ReportLimits.TextMax);
        Spans(member.Extra, member.Text ?? "", at + "/extra");
        Spans(member.Lacking, first.Text ?? "", at + "/lacking");
    }

    private void Spans(IReadOnlyList<ReportSpan> spans, string text, string at) => Each(spans, at, ReportLimits.SpansMax, (span, place) => Expect(
        span.Start >= 0 && span.Length >= 0 && (long)span.Start + span.Length <= text.Length, place, $"a range within the text's {text.Length} units", $"{span.Length} from {span.Start}"));

    private void Bins(IReadOnlyList<long> bins, string at) => Expect(bins.Count == Tally.WordBins && bins.All(b => b >= 0), at, $"{Tally.WordBins} counts of 0 and more", $"{bins.Count} numbers");

    private void Each<T>(IReadOnlyList<T> items, string at, int most, Action<T, string> look)
    {
        Expect(items.Count <= most, at, $"{most} at most", items.Count.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < Math.Min(items.Count, most) && _flaws.Count < FlawsMax; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{at}/{i}");
            if (items[i] is null) Expect(false, place, "a value", "null");
            else look(items[i], place);
        }
    }

    private void Name(string text, string at)
    {
        Expect(text.Length > 0, at, "a name", "an empty text");
        Text(text, at);
    }

    private void Text(string text, string at, int most = ReportLimits.NameMax) => Expect(text.Length <= most, at, $"{most} UTF-16 units at most", text.Length.ToString(CultureInfo.InvariantCulture));

    private void Expect(bool holds, string pointer, string expected, string found)
    {
        if (!holds && _flaws.Count < FlawsMax) _flaws.Add(new(pointer, expected, found));
    }

    private static string Shown(string text) => ReportLimits.Clip(text, 80);
}
