using System.CommandLine;
using System.Text.Json.Nodes;
using Touchstone.Curation;
using Touchstone.Curation.Decontamination;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Runs;
using Touchstone.Terminal;

namespace Touchstone.Commands.Curate;

/// <summary><c>touchstone curate plan</c>: what a run would do.</summary>
internal static class PlanCommand
{
    public static Command Make()
    {
        var (pipeline, folder, workers, memory, json) = (CurateOptions.Pipeline(), CurateOptions.Out(), CurateOptions.Workers(), CurateOptions.Memory(), Options.Json());
        return new Command("plan", "Tell what a run would do, without doing it: files, shards, steps with all their parameters, and how much memory and disk it takes at most.")
            { pipeline, folder, workers, memory, json }
            .Examples("touchstone curate plan pipeline.yaml", "touchstone curate plan pipeline.yaml --json")
            .Runs((parsed, _) =>
            {
                var path = parsed.GetValue(pipeline)!;
                var recipe = CurateOptions.Read(path);
                var place = CurateOptions.FolderOf(parsed.GetValue(folder), path);
                CurationRun.CheckOutputs(recipe, place);
                var plan = RunPlan.Of(recipe);
                var need = RunNeed.Of(recipe, plan, place, parsed.GetValue(memory));
                if (parsed.GetValue(json)) parsed.Print(ToJson(recipe, plan, need, place).ToJsonString());
                else Tell(parsed, recipe, plan, need, place, parsed.GetValue(workers) ?? Environment.ProcessorCount);
                if (need.FreeBytes < need.DiskBytes) parsed.Warn($"{place} has {Sizes.Show(need.FreeBytes)} left; the run may need up to {Sizes.Show(need.DiskBytes)}.");
                return Task.FromResult(ExitCode.Done);
            });
    }

    private static void Tell(ParseResult parsed, Pipeline pipeline, RunPlan plan, RunNeed need, string place, int workers)
    {
        void Fact(string name, string text) => parsed.Print($"{name,-10}{text}");
        Fact("Source", $"{Figures.Count(plan.Inputs.Count, "file")} of {pipeline.Source.Kind.ToString().ToLowerInvariant()}, {Sizes.Show(plan.Bytes)} {(plan.Inputs.Any(i => i.ETag is not null) ? "as stored" : "on the disk")}{(need.IsCompressed ? $", about {Sizes.Show(need.ContentBytes)} decompressed" : "")}");
        Fact("Work", $"{Figures.Count(plan.Shards.Count, "shard")} in {Figures.Count(need.Stages, "stage")}, {Figures.Count(workers, "worker")}");
        Fact("Memory", $"up to {Sizes.Show(need.MemoryBytes)}");
        Fact("Disk", $"up to {Sizes.Show(need.DiskBytes)} in {place}, of which {Sizes.Show(need.WorkBytes)} only while it runs; {Sizes.Show(need.FreeBytes)} are free");
        Fact("Sink", $"{Path.Combine(place, pipeline.Sink.Path)}, *{pipeline.Sink.Ending} of up to {Sizes.Show(pipeline.Sink.ShardBytes)}");
        Fact("Dropped", pipeline.Dropped is { } dropped ? Path.Combine(place, dropped.Path) : "counted, not written");
        parsed.Print("");
        parsed.Print("Steps:");
        foreach (var step in pipeline.Steps)
        {
            parsed.Print($"  {step.Name} ({step.Id}){(step.Barrier is null ? "" : ": waits for all documents")}");
            foreach (var (name, value) in step.Parameters) parsed.Print($"      {name}: {value?.ToJsonString() ?? "none"}");
            foreach (var line in DecontaminateStep.Tell((step.Step as DecontaminateStep)?.Benchmarks)) parsed.Print($"      {line}");
        }
    }

    private static JsonObject ToJson(Pipeline recipe, RunPlan plan, RunNeed need, string place) => new()
    {
        ["folder"] = place,
        ["pipeline"] = plan.Pipeline,
        ["files"] = plan.Inputs.Count,
        ["bytes"] = plan.Bytes,
        ["content_bytes"] = need.ContentBytes,
        ["shards"] = plan.Shards.Count,
        ["stages"] = need.Stages,
        ["memory_bytes"] = need.MemoryBytes,
        ["disk_bytes"] = need.DiskBytes,
        ["work_bytes"] = need.WorkBytes,
        ["free_bytes"] = need.FreeBytes,
        ["steps"] = plan.Steps.DeepClone(),
        ["benchmarks"] = new JsonArray([.. recipe.Steps.Select(s => s.Step).OfType<DecontaminateStep>().SelectMany(s => s.Benchmarks)
            .Select(b => (JsonNode)new JsonObject { ["task"] = b.Task, ["searched"] = b.Searched, ["too_short"] = b.TooShort })]),
    };
}
