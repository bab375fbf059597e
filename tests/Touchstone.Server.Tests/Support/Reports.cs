using System.Text;
using Touchstone.Curation.Reports;
using Touchstone.Curation.Steps;

namespace Touchstone.Server.Tests.Support;

/// <summary>Reports of curation runs, as a command line sends them.</summary>
internal static class Reports
{
    public static string Json(string name = "Crawl of May", Func<CurationReport, CurationReport>? change = null) => Encoding.UTF8.GetString(ReportJson.ToBytes((change ?? (r => r))(Make(name))));

    public static CurationReport Make(string name)
    {
        var (read, kept, dropped) = (new ReportAmount(10, 1000, 6000, 6100), new ReportAmount(7, 800, 4800, 4880), new ReportAmount(3, 200, 1200, 1220));
        var bins = new long[32];
        bins[7] = 10;
        return new(
            CurationReport.CurrentVersion, name, "touchstone 0.1.0", new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero), new string('a', 64),
            new(7000, 1, [new("corpus/0.jsonl.gz", 3000, new string('b', 64))]),
            read, kept, dropped,
            [
                new("gopher_quality", "gopher_quality@datatrove-0.10", [new("words_minimum", "50")], read, [new("gopher_short_doc", new(2, 60, 400, 410))], 0, 0, 0, null),
                new("minhash", "minhash@datatrove-0.10", [new("keep", "\"longest\"")], new(8, 940, 5600, 5690), [new("minhash_duplicate", new(1, 140, 800, 810))], 0, 0, 0, null),
            ],
            bins, bins,
            [new("redacted_email", 4)],
            new(1, [new("not_json", 1)], [new("corpus/0.jsonl.gz", 3, 812, "not_json", "Expected a JSON object, found \"[\".")]),
            new(1.5, 0.9, null, 1, 2),
            [new(OutputKind.Kept, "out/00000-000.jsonl.gz", 2000, 7, new string('c', 64))],
            [],
            [
                new("en-1", true, null, null, null, null, 20, 4, "A text that stays.\u0000", false, []),
                new("en-2", false, "gopher_quality@datatrove-0.10", "gopher_short_doc", "corpus/0.jsonl.gz", 2, 10, 2, "Too short.", false, [new("gopher_short_doc", 2, RuleComparison.Below, 50, true, [new(0, 3)])]),
            ],
            [new("minhash@datatrove-0.10", "longest", 1, 2, [new(2, 2, 1)], [new(0, 2, true, [new("en-3", true, 30, 6, null, "One river and one mill.", false, [], []), new("en-4", false, 29, 6, null, "One river and two mills.", false, [new(14, 10)], [new(14, 9)])])], null)],
            new(2000, 8, false, true, []));
    }
}
