using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Touchstone.Annotations.Ontologies;
using Touchstone.Formats.Exchange;
using Touchstone.Terminal;

namespace Touchstone.Adoption;

/// <summary>An X-ray for people and for programs.</summary>
internal static class XrayPage
{
    private const int Shown = 10;

    public static void Tell(ParseResult parsed, Xray xray)
    {
        var census = xray.Census;
        parsed.Print($"{xray.Format.Traits.Name}: {Number(census.Samples)} inputs, {Number(census.Objects)} objects. {Kinds(census)}");
        if (xray.PicturesMissing > 0) parsed.Print($"{Number(xray.PicturesMissing)} pictures are not among the files; their inputs cannot become tasks.");
        Table(parsed, "What it holds:", [">objects", "class", "drawn as"], census.Classes.Select(c => (string[])[Number(c.Objects), c.Name, string.Join(", ", c.Marks.Select(m => $"{Number(m.Value)} {m.Key}"))]));
        Table(parsed, "Answers about whole inputs:", [">answers", "question"], census.Questions.Select(q => (string[])[Number(q.Count), q.Name]));
        Table(parsed, "Beside answers:", [">count", "what", "what becomes of it"], Besides(xray.Besides));
        Table(parsed, "Annotators:", [">inputs", ">compared", ">right", "who"], xray.Annotators.Select(a => (string[])[Number(a.Answers), Number(a.Compared), Share(a.Right), a.Name.Length == 0 ? "(the files name nobody)" : a.Name]));
        if (xray.Compared == 0) parsed.Print("No input was labelled by two people, so that nothing can be said of agreement, of errors, or of what fewer answers would have done.");
        else TellCompared(parsed, xray);
        Table(parsed, "What looks wrong by itself:", [">count", "what", "such as"], xray.Inspection.Suspicions.Select(s => (string[])[Number(s.Count), s.Kind, $"{s.First[0].Sample}: {s.First[0].Message}"]));
        Table(parsed, "What an import would lose:", [">count", "what", "what becomes of it"], xray.Losses.Losses.Select(l => (string[])[Number(l.Count), l.Kind, l.Explanation]));
        if (xray.Losses.IsEmpty) parsed.Print("An import would lose nothing.");
        if (xray.Faults.Count > 0) Table(parsed, $"{Number(xray.Faults.Count)} records cannot be read and would be left out:", ["where", "why"], xray.Faults.Kept.Select(f => (string[])[$"{f.File} {f.Place}".Trim(), f.Message]));
    }

    public static JsonObject ToJson(Xray xray) => new()
    {
        ["format"] = xray.Format.Traits.Id,
        ["inputs"] = xray.Census.Samples,
        ["pictures_missing"] = xray.PicturesMissing,
        ["objects"] = xray.Census.Objects,
        ["beside_answers"] = new JsonObject { ["prelabels"] = xray.Besides.Prelabels, ["drafts"] = xray.Besides.Drafts, ["skips"] = xray.Besides.Skips, ["left_out"] = xray.Besides.LeftOut },
        ["opinions"] = new JsonObject([.. xray.Census.Opinions.Select(o => KeyValuePair.Create(o.Key.ToString().ToLowerInvariant(), (JsonNode?)o.Value))]),
        ["classes"] = new JsonArray([.. xray.Census.Classes.Select(c => (JsonNode)new JsonObject { ["name"] = c.Name, ["objects"] = c.Objects })]),
        ["questions"] = new JsonArray([.. xray.Census.Questions.Select(q => (JsonNode)new JsonObject { ["name"] = q.Name, ["answers"] = q.Count })]),
        ["ontology"] = JsonNode.Parse(OntologyJson.Write(xray.Ontology)),
        ["compared"] = xray.Compared,
        ["comparable"] = xray.Comparable,
        ["known_truths"] = xray.Truths,
        ["agreement"] = xray.Agreement,
        ["annotators"] = new JsonArray([.. xray.Annotators.Select(a => (JsonNode)new JsonObject { ["name"] = a.Name, ["inputs"] = a.Answers, ["compared"] = a.Compared, ["right"] = a.Right })]),
        ["suspected_error_count"] = xray.SuspectCount,
        ["suspected_errors"] = new JsonArray([.. xray.Suspects.Select(s => (JsonNode)new JsonObject { ["input"] = s.Sample, ["annotator"] = s.Contributor, ["right"] = s.Right })]),
        ["adaptive_overlap"] = new JsonObject { ["answers_given"] = xray.Overlap.Given, ["answers_needed"] = xray.Overlap.Needed, ["confidence"] = xray.Overlap.Confidence, ["saved"] = xray.Overlap.Saved, ["same_consensus"] = xray.Overlap.Same },
        ["suspicions"] = new JsonArray([.. xray.Inspection.Suspicions.Select(s => (JsonNode)new JsonObject { ["kind"] = s.Kind, ["count"] = s.Count })]),
        ["losses"] = new JsonArray([.. xray.Losses.Losses.Select(l => (JsonNode)new JsonObject { ["kind"] = l.Kind, ["count"] = l.Count, ["explanation"] = l.Explanation })]),
        ["faults"] = xray.Faults.Count,
        ["first_faults"] = new JsonArray([.. xray.Faults.Kept.Select(f => (JsonNode)new JsonObject { ["file"] = f.File, ["place"] = f.Place, ["message"] = f.Message })]),
    };

    private static void TellCompared(ParseResult parsed, Xray xray)
    {
        parsed.Print($"Agreement: {Share(xray.Agreement)} on {Number(xray.Compared)} inputs that two or more labelled (mean over pairs, not corrected for chance).{(xray.Comparable > xray.Compared ? $" They stand for {Number(xray.Comparable)}." : "")}");
        if (xray.Truths > 0) parsed.Print($"{Number(xray.Truths)} inputs have a known truth, by which answers to them are judged. An import brings truths in as responses of those who gave them.");
        if (xray.Suspects.Count == 0) parsed.Print("No answer is more likely wrong than right by what is known or the others say.");
        else Table(parsed, $"{Number(xray.SuspectCount)} answers are more likely wrong than right by what is known or the others say:", [">right", "input", "who"], xray.Suspects.Select(s => (string[])[Share(s.Right), s.Sample, s.Contributor]), xray.SuspectCount);
        var overlap = xray.Overlap;
        parsed.Print($"Adaptive overlap: with everybody as reliable as all answers together tell, asking on only below a confidence of {Share(overlap.Confidence)} would have taken {Number(overlap.Needed)} of these {Number(overlap.Given)} answers, {Share(overlap.Saved)} fewer; {Share(overlap.Same)} of the inputs would have the same consensus.");
    }

    private static IEnumerable<string[]> Besides(BesideCounts besides)
    {
        if (besides.Prelabels > 0) yield return [Number(besides.Prelabels), "predictions", "Pre-labels: work on these inputs begins with them."];
        if (besides.Drafts > 0) yield return [Number(besides.Drafts), "drafts", "Begun work waits seven days for those who began it, where a slot is open."];
        if (besides.Skips > 0) yield return [Number(besides.Skips), "skips", "Those who passed these inputs by are not asked again."];
        if (besides.LeftOut > 0) yield return [Number(besides.LeftOut), "others of these", "Left out: earlier ones, those of nobody who is named, and those of people who answered."];
    }

    private static string Kinds(DatasetCensus census) =>
        string.Join(", ", census.Opinions.Select(o => $"{Number(o.Value)} {Words(o.Key)}")) + (census.Repeated > 0 ? $"; {Number(census.Repeated)} inputs have several annotators." : ".");

    private static string Words(OpinionKind kind) => kind switch
    {
        OpinionKind.Annotation => "annotations",
        OpinionKind.Prediction => "predictions",
        OpinionKind.Draft => "drafts",
        OpinionKind.Skipped => "skips",
        _ => "known truths",
    };

    private static void Table(ParseResult parsed, string title, string[] columns, IEnumerable<string[]> rows, long? count = null)
    {
        var all = rows.ToList();
        if (all.Count == 0) return;
        parsed.Print(title);
        foreach (var line in TextTable.Lines(columns, all.Take(Shown).Select(r => (string[])[.. r.Select(Printable.Text)]))) parsed.Print("  " + line);
        var total = count ?? all.Count;
        if (total > Shown) parsed.Print($"  ... and {Number(total - Shown)} more; --json has {(total > all.Count ? $"the first {Number(all.Count)}" : "all")}.");
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(double? share) => share is { } value ? value.ToString("0.0 %", CultureInfo.InvariantCulture) : "–";
}
