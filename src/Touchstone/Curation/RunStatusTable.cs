using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Touchstone.Commands.Curate;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Runs;
using Touchstone.Terminal;

namespace Touchstone.Curation;

/// <summary>How far a run is, for people and for programs.</summary>
internal static class RunStatusTable
{
    private const int ShownMax = 10;

    public static void Tell(ParseResult parsed, RunStatus status, bool asJson)
    {
        if (asJson)
        {
            parsed.Print(ToJson(status).ToJsonString());
            return;
        }

        foreach (var line in TextTable.Lines(["step", ">parts", ">done", ">of all", "missing"], status.Steps.Select(Row))) parsed.Print(line);
        parsed.Print("");
        var progress = status.Progress;
        var input = progress.TotalBytes > 1 ? $", {Sizes.Show(progress.DoneBytes)} of {Sizes.Show(progress.TotalBytes)}" : "";
        var documents = progress.Documents > 0 ? string.Create(CultureInfo.InvariantCulture, $", {progress.Documents:N0} documents of which {progress.Kept:N0} go on") : "";
        parsed.Print(status.IsFinished ? "The run is finished." : $"The run is not finished. {progress.Stage}{input}{documents}.");
    }

    private static string[] Row(RunStepStatus step)
    {
        var done = step.Parts - step.Missing.Count;
        var shards = step.Step.IsSharded && done > 0 ? string.Join(' ', step.Missing.Take(ShownMax)) + (step.Missing.Count > ShownMax ? " ..." : "") : "";
        return [step.Step.Name, Figures.Count(step.Parts), Figures.Count(done), CurateOptions.Share(done, step.Parts), shards];
    }

    private static JsonObject ToJson(RunStatus status) => new()
    {
        ["finished"] = status.IsFinished,
        ["steps"] = new JsonArray([.. status.Steps.Select(s => (JsonNode)new JsonObject { ["step"] = s.Step.Name, ["parts"] = s.Parts, ["done"] = s.Parts - s.Missing.Count, ["missing"] = new JsonArray([.. s.Missing.Select(m => (JsonNode)m)]) })]),
        ["done_bytes"] = status.Progress.DoneBytes,
        ["total_bytes"] = status.Progress.TotalBytes,
    };
}
