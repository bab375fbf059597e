using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstone.Quality.LabelErrors;
using Touchstone.QualityFiles;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary><c>touchstone quality errors</c>: labels that a model's probabilities speak against.</summary>
internal static class ErrorsCommand
{
    private const int Shown = 20;

    private static readonly Dictionary<string, LabelErrorFilter> Filters = new(StringComparer.Ordinal)
    {
        ["prune-by-noise-rate"] = LabelErrorFilter.PruneByNoiseRate,
        ["prune-by-class"] = LabelErrorFilter.PruneByClass,
        ["both"] = LabelErrorFilter.Both,
        ["confident-learning"] = LabelErrorFilter.ConfidentLearning,
        ["predicted-neq-given"] = LabelErrorFilter.PredictedNeqGiven,
        ["low-normalized-margin"] = LabelErrorFilter.LowNormalizedMargin,
        ["low-self-confidence"] = LabelErrorFilter.LowSelfConfidence,
    };

    public static Command Make()
    {
        var labels = new Option<string>("--labels") { Description = "Given labels: CSV or NDJSON with the columns task and label. \"-\" is standard input.", HelpName = "FILE", Required = true };
        var probabilities = new Option<string>("--probabilities")
        {
            Description = "A model's probabilities: CSV or NDJSON with the column task and one column for each class, named as the label. They must be out of sample (cross-validated): a model that saw a label has learnt its error.",
            HelpName = "FILE",
            Required = true,
        };
        var filter = new Option<string>("--filter") { Description = "Which labels are called errors.", DefaultValueFactory = _ => "prune-by-noise-rate" }.OneOf([.. Filters.Keys]);
        var output = QualityOptions.TableOf("--out", "Write task, label, suggested, score and is_error of every task: NDJSON where the name ends in .ndjson or .jsonl, else CSV. The file appears whole or not at all.");
        var json = Options.Json();
        return new Command("errors", "Find labels that are likely wrong, by confident learning: from given labels and a model's out-of-sample probabilities.")
            { labels, probabilities, filter, output, json }
            .Examples(
                "touchstone quality errors --labels labels.csv --probabilities probabilities.csv",
                "touchstone quality errors --labels labels.csv --probabilities probabilities.csv --filter both --out suspects.csv",
                "touchstone quality errors --labels labels.csv --probabilities probabilities.csv --json")
            .Runs(async (parsed, cancellationToken) =>
            {
                var (labelsPath, probabilitiesPath) = (parsed.GetValue(labels)!, parsed.GetValue(probabilities)!);
                InputFile.RequireOneStandardInput(labelsPath, probabilitiesPath);
                var table = ProbabilityTable.Read(labelsPath, probabilitiesPath);
                var report = LabelErrorFinder.Find(table.Given, table.Probabilities, LabelErrorOptions.Default with { Filter = Filters[parsed.GetValue(filter)!] });
                if (parsed.GetValue(output) is { } path) await ResultFile.WriteAsync(path, ["task", "label", "suggested", "score", "is_error"], Rows(table, report), cancellationToken);
                if (parsed.GetValue(json)) parsed.Print(ToJson(table, report, parsed.GetValue(filter)!).ToJsonString());
                else Tell(parsed, table, report);
                return ExitCode.Done;
            });
    }

    private static IEnumerable<object?[]> Rows(ProbabilityTable table, LabelErrorReport report) => Enumerable.Range(0, table.Tasks.Length).Select(i => (object?[])
        [table.Tasks[i], table.Classes[table.Given[i]], Suggested(table, i), Math.Round(report.Scores[i], 10), report.IsError[i]]);

    private static string Suggested(ProbabilityTable table, int item) => table.Classes[table.Probabilities.LabelOf(item)];

    private static void Tell(ParseResult parsed, ProbabilityTable table, LabelErrorReport report)
    {
        parsed.Print($"{Figures.Count(report.Ranked.Length)} of {Figures.Count(table.Tasks.Length, "label")} look wrong; confident learning estimates {Figures.Count(report.EstimatedErrors, "error")}.");
        if (report.Ranked.Length > 0)
        {
            parsed.Print("");
            var worst = report.Ranked.Take(Shown).Select(i => new[] { table.Tasks[i], table.Classes[table.Given[i]], Suggested(table, i), Figures.Of(report.Scores[i]) });
            foreach (var line in TextTable.Lines(["task", "label", "suggested", ">score"], worst)) parsed.Print(line);
            if (report.Ranked.Length > Shown) parsed.Print($"The {Shown} worst; --out and --json have all.");
        }

        foreach (var (_, message) in Warnings(table, report)) parsed.Warn(message);
    }

    private static JsonObject ToJson(ProbabilityTable table, LabelErrorReport report, string filter)
    {
        var k = table.Classes.Length;
        return new JsonObject
        {
            ["filter"] = filter,
            ["tasks"] = table.Tasks.Length,
            ["errors"] = report.Ranked.Length,
            ["estimated_errors"] = report.EstimatedErrors,
            ["classes"] = new JsonArray([.. Enumerable.Range(0, k).Select(c => (JsonNode)new JsonObject
            {
                ["label"] = table.Classes[c],
                ["given"] = report.Joint.GivenCounts[c],
                ["threshold"] = report.Joint.GivenCounts[c] == 0 ? null : Figures.Json(report.Joint.Thresholds[c]),
            })]),
            ["joint"] = new JsonArray([.. report.Joint.Joint().Chunk(k).Select(row => (JsonNode)new JsonArray([.. row.Select(v => Figures.Json(v))]))]),
            ["issues"] = new JsonArray([.. report.Ranked.Select(i => (JsonNode)new JsonObject
            {
                ["task"] = table.Tasks[i],
                ["label"] = table.Classes[table.Given[i]],
                ["suggested"] = Suggested(table, i),
                ["score"] = Figures.Json(report.Scores[i]),
            })]),
            ["warnings"] = new JsonArray([.. Warnings(table, report).Select(w => (JsonNode)new JsonObject { ["code"] = w.Code, ["message"] = w.Message })]),
        };
    }

    private static IEnumerable<(string Code, string Message)> Warnings(ProbabilityTable table, LabelErrorReport report)
    {
        foreach (var warning in report.Warnings) yield return (warning.Code, warning.Message);
        if (table.WithoutProbabilities > 0) yield return ("without_probabilities", $"{Figures.Count(table.WithoutProbabilities, "labelled task")} {(table.WithoutProbabilities == 1 ? "has" : "have")} no probabilities and {(table.WithoutProbabilities == 1 ? "is" : "are")} not looked at.");
        if (table.WithoutLabel > 0) yield return ("without_label", $"{Figures.Count(table.WithoutLabel, "task")} with probabilities {(table.WithoutLabel == 1 ? "has" : "have")} no label and {(table.WithoutLabel == 1 ? "is" : "are")} not looked at.");
    }
}
