using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstone.Quality.Tracking;
using Touchstone.QualityFiles;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary><c>touchstone quality tracks</c>: CLEAR MOT, IDF1 and HOTA.</summary>
internal static class TracksCommand
{
    private const string AllName = "all";

    public static Command Make()
    {
        var truth = Paths("--truth", "True tracks: text as MOTChallenge has it, one box a line: frame, id, x, y, width, height, and 0 where the box is not to be evaluated. Several files are several sequences.");
        var predictions = Paths("--predictions", "A tracker's boxes in the same form, one file for each of --truth in the same order.");
        var threshold = QualityOptions.Number("--iou", "Least overlap of a match for CLEAR MOT and the identity scores; HOTA has nineteen of its own.", 0.5, 0, 1);
        var json = Options.Json();
        return new Command("tracks", "Measure tracked boxes against true ones: CLEAR MOT (MOTA, MOTP), identity scores (IDF1) and HOTA, equal to TrackEval.")
            { truth, predictions, threshold, json }
            .Examples(
                "touchstone quality tracks --truth gt.txt --predictions pred.txt",
                "touchstone quality tracks --truth gt.txt gt2.txt --predictions pred.txt pred2.txt --json")
            .Runs((parsed, _) =>
            {
                var (trues, found) = (parsed.GetValue(truth)!, parsed.GetValue(predictions)!);
                if (trues.Length != found.Length) throw new CommandException($"--predictions: expected a file for each of the {Figures.Count(trues.Length, "file")} of --truth, found {Figures.Count(found.Length)}", ExitCode.Misuse);
                InputFile.RequireOneStandardInput([.. trues, .. found]);
                List<(string Name, TrackingResult Result)> sequences = [.. trues.Zip(found, (t, p) => (t, TrackingMetrics.Evaluate(TrackFile.Read(t), TrackFile.Read(p), parsed.GetValue(threshold))))];
                if (sequences.Count > 1) sequences.Add((AllName, TrackingMetrics.Combine([.. sequences.Select(s => s.Result)])));
                if (parsed.GetValue(json)) parsed.Print(ToJson(sequences).ToJsonString());
                else foreach (var (name, result) in sequences) Tell(parsed, name, result);
                foreach (var (_, message) in Warnings(sequences)) parsed.Warn(message);
                return Task.FromResult(ExitCode.Done);
            });
    }

    private static Option<string[]> Paths(string name, string what) => new(name) { Description = what, HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };

    private static IEnumerable<(string Key, string Text, double? Value)> FiguresOf(TrackingResult r) =>
    [
        ("hota", "geometric mean of detection and association, over 19 overlaps", r.Hota.Value),
        ("det_a", "how well boxes are found", r.Hota.DetA),
        ("ass_a", "how well boxes are kept on their track", r.Hota.AssA),
        ("loc_a", "mean overlap of matches", r.Hota.LocA),
        ("mota", "1 - (missed + false + switches) / true boxes", r.Clear.Mota),
        ("motp", "mean overlap of matches at the one overlap", r.Clear.Motp),
        ("idf1", "F1 of boxes under the best assignment of tracks", r.Identity.F1),
        ("id_precision", "its precision", r.Identity.Precision),
        ("id_recall", "its recall", r.Identity.Recall),
        ("recall", "true boxes found", r.Clear.Recall),
        ("precision", "boxes that are true", r.Clear.Precision),
    ];

    private static IEnumerable<(string Key, int Value)> CountsOf(TrackingResult r) =>
    [
        ("frames", r.Frames),
        ("truth_tracks", r.TruthTracks),
        ("predicted_tracks", r.PredictedTracks),
        ("matches", r.Clear.TruePositives),
        ("missed", r.Clear.FalseNegatives),
        ("false", r.Clear.FalsePositives),
        ("id_switches", r.Clear.IdSwitches),
        ("fragmentations", r.Clear.Fragmentations),
        ("mostly_tracked", r.Clear.MostlyTracked),
        ("partly_tracked", r.Clear.PartlyTracked),
        ("mostly_lost", r.Clear.MostlyLost),
        ("ignored_truth_boxes", r.IgnoredTruthBoxes),
    ];

    private static void Tell(ParseResult parsed, string name, TrackingResult result)
    {
        parsed.Print(Printable.Text(name));
        foreach (var line in TextTable.Lines(["figure", "what it is", ">value"], FiguresOf(result).Select(f => new[] { f.Key, f.Text, Figures.Of(f.Value) }))) parsed.Print("  " + line);
        parsed.Print("  " + string.Join(", ", CountsOf(result).Select(c => $"{c.Key} {Figures.Count(c.Value)}")));
    }

    private static JsonObject ToJson(List<(string Name, TrackingResult Result)> sequences)
    {
        var json = OfResult(sequences[^1].Result);   // the only sequence, or all together
        if (sequences.Count > 1)
            json["sequences"] = new JsonArray([.. sequences.SkipLast(1).Select(s =>
            {
                var one = new JsonObject { ["truth"] = s.Name };
                foreach (var (key, value) in OfResult(s.Result)) one[key] = value?.DeepClone();
                return (JsonNode)one;
            })]);
        json["warnings"] = new JsonArray([.. Warnings(sequences).Select(w => (JsonNode)new JsonObject { ["code"] = w.Code, ["message"] = w.Message })]);
        return json;
    }

    private static JsonObject OfResult(TrackingResult result)
    {
        var json = new JsonObject();
        foreach (var (key, _, value) in FiguresOf(result)) json[key] = Figures.Json(value);
        foreach (var (key, value) in CountsOf(result)) json[key] = value;
        json["hota_by_overlap"] = new JsonArray([.. result.Hota.ByThreshold.Select(v => Figures.Json(result.Hota.Value is null ? null : v))]);
        return json;
    }

    private static IEnumerable<(string Code, string Message)> Warnings(List<(string Name, TrackingResult Result)> sequences)
    {
        foreach (var (name, result) in sequences.Where(s => s.Name != AllName && s.Result.TruthTracks == 0))
            yield return ("no_truth", $"{name}: there is no true box to be evaluated among {Figures.Count(result.IgnoredTruthBoxes)} {(result.IgnoredTruthBoxes == 1 ? "box" : "boxes")}, so nothing can be measured.");
    }
}
