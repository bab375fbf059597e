using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Curation.Reports;
using Touchstone.Curation.Runs;
using Touchstone.Terminal;

namespace Touchstone.Commands.Curate;

/// <summary><c>touchstone curate compare</c>: which documents changed fate between two runs, and why.</summary>
internal static class CompareCommand
{
    private const int Examples = 3;
    private static readonly JsonSerializerOptions Lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Make()
    {
        var (before, after, memory, json) = (CurateOptions.Run("RUN_A"), CurateOptions.Run("RUN_B"), CurateOptions.Memory(), Options.Json());
        var list = new Option<FileInfo?>("--list") { Description = "Write every document whose fate differs to this file, one JSON object a line.", HelpName = "FILE" };
        return new Command("compare", "Compare the decisions of two finished runs, document by document: who was kept in one and dropped in the other, by which rule, and whose text is another.")
            { before, after, list, memory, json }
            .Examples("touchstone curate compare fineweb-run stricter-run", "touchstone curate compare fineweb-run stricter-run --list changed.jsonl --json")
            .Runs(async (parsed, cancellationToken) =>
            {
                if (parsed.GetValue(list) is { } named)
                    foreach (var folder in (string[])[parsed.GetValue(before)!, parsed.GetValue(after)!]) RunCheck.RefuseFileOfRun(folder, named.FullName);
                var examples = new SortedDictionary<(string, string), List<string>>();
                using var lines = parsed.GetValue(list) is { } file ? new StreamWriter(file.FullName) : null;
                var comparison = await RunComparison.CompareAsync(parsed.GetValue(before)!, parsed.GetValue(after)!, parsed.GetValue(memory), change =>
                {
                    lines?.WriteLine(ToJson(change).ToJsonString(Lines));
                    var key = (change.Before?.ToString() ?? "", change.After?.ToString() ?? "");
                    if (!examples.TryGetValue(key, out var ids)) examples.Add(key, ids = []);
                    if (ids.Count < Examples) ids.Add(change.Id);
                }, cancellationToken);
                if (parsed.GetValue(json)) parsed.Print(ToJson(comparison).ToJsonString(Lines));
                else Tell(parsed, comparison, examples);
                return ExitCode.Done;
            });
    }

    private static void Tell(ParseResult parsed, RunComparison comparison, SortedDictionary<(string Before, string After), List<string>> examples)
    {
        parsed.Print($"{Figures.Count(comparison.Both, "document")} in both runs; {Figures.Count(comparison.Same)} with the same fate.");
        if (comparison.Repeated > 0) parsed.Warn($"{Figures.Count(comparison.Repeated, "document")} {(comparison.Repeated == 1 ? "is" : "are")} left out, because a run has several of {(comparison.Repeated == 1 ? "its name" : "their names")}.");
        if (comparison.Changes.Count == 0) return;
        parsed.Print("");
        foreach (var line in TextTable.Lines([">documents", "in RUN_A", "in RUN_B", "such as"], comparison.Changes.OrderByDescending(c => c.Value).Select(c => new[]
        {
            Figures.Count(c.Value), c.Key.Before, c.Key.After, string.Join(", ", ExamplesOf(c.Key)),
        }))) parsed.Print(line);

        IEnumerable<string> ExamplesOf((string Before, string After) change) => examples.TryGetValue(
            (change.Before == "not in it" ? "" : change.Before, change.After switch { "not in it" => "", "kept with another text" => "kept", var other => other }), out var ids) ? ids : [];
    }

    private static JsonObject ToJson(RunComparison comparison) => new()
    {
        ["both"] = comparison.Both,
        ["same"] = comparison.Same,
        ["repeated"] = comparison.Repeated,
        ["changes"] = new JsonArray([.. comparison.Changes.Select(c => (JsonNode)new JsonObject { ["before"] = c.Key.Before, ["after"] = c.Key.After, ["documents"] = c.Value })]),
    };

    private static JsonObject ToJson(FateChange change) => new() { ["id"] = change.Id, ["before"] = ToJson(change.Before), ["after"] = ToJson(change.After) };

    private static JsonObject? ToJson(Fate? fate) => fate is not { } known ? null
        : known.IsKept ? new() { ["fate"] = "kept", ["words"] = known.Words, ["text"] = known.Text.ToString("x16", System.Globalization.CultureInfo.InvariantCulture) }
        : new() { ["fate"] = "dropped", ["step"] = known.Step, ["reason"] = known.Reason, ["words"] = known.Words };
}
