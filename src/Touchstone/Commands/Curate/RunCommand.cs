using System.CommandLine;
using System.Globalization;
using Touchstone.Curation;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Slurm;
using Touchstone.Terminal;

namespace Touchstone.Commands.Curate;

/// <summary><c>touchstone curate run</c>: a corpus through a pipeline.</summary>
internal static class RunCommand
{
    public static Command Make()
    {
        var (pipeline, folder, workers, memory, json) = (CurateOptions.Pipeline(), CurateOptions.Out(), CurateOptions.Workers(), CurateOptions.Memory(), Options.Json());
        var on = new Option<string>("--on") { Description = "Where the work is done: on this machine, or by jobs of the Slurm cluster that it belongs to, which see the run's folder, the source and this program under the same paths.", DefaultValueFactory = _ => "local" }.OneOf("local", "slurm");
        var slurm = new SlurmOptions();
        var shards = CurateOptions.ShardSize();
        var command = new Command("run", "Run a pipeline over its corpus. A run that was broken off, however it was, goes on where it had come to when it is run again, and ends with the same bytes as one that nothing disturbed.")
            { pipeline, folder, workers, memory, shards, on };
        foreach (var option in slurm.All) command.Add(option);
        command.Add(json);
        return command
            .Examples(
                "touchstone curate run pipeline.yaml",
                "touchstone curate run fineweb.yaml --out fineweb-2026 --workers 16 --memory 8G",
                "touchstone curate run pipeline.yaml --json > manifest.json",
                "touchstone curate run fineweb.yaml --out fineweb-slurm --on slurm --partition cpu --time 8:00:00 --workers 2 --memory 1G")
            .Runs(async (parsed, cancellationToken) =>
            {
                var path = parsed.GetValue(pipeline)!;
                var place = CurateOptions.FolderOf(parsed.GetValue(folder), path);
                var options = new RunOptions { Workers = parsed.GetValue(workers) ?? Environment.ProcessorCount, MemoryBytes = parsed.GetValue(memory), ShardBytes = parsed.GetValue(shards) };
                var manifest = parsed.GetValue(on) == "slurm"
                    ? await SlurmSession.RunAsync(parsed, path, place, slurm, parsed.GetValue(workers), options, cancellationToken)
                    : await RunHereAsync(parsed, path, place, slurm, options, cancellationToken);
                if (manifest is not null) Tell(parsed, manifest, place, parsed.GetValue(json));
                return ExitCode.Done;
            });
    }

    private static async Task<RunManifest> RunHereAsync(ParseResult parsed, string path, string place, SlurmOptions slurm, RunOptions options, CancellationToken cancellationToken)
    {
        slurm.Refuse(parsed);
        var recipe = CurateOptions.Read(path);
        using var progress = new RunProgressLine(parsed);
        return await CurationRun.RunAsync(recipe, place, options with { Progress = progress.Report }, cancellationToken);
    }

    private static void Tell(ParseResult parsed, RunManifest manifest, string place, bool asJson)
    {
        if (asJson) parsed.Print(File.ReadAllText(Path.Combine(place, "manifest.json")).TrimEnd());
        else RunTable.Tell(parsed, manifest, place);
        if (manifest.FinishedBefore is { } finished) parsed.Warn(string.Create(CultureInfo.InvariantCulture, $"{place}: this run was finished on {finished:yyyy-MM-dd HH:mm:ss} UTC; nothing was done."));
        if (manifest.Faults.Count > 0)
            parsed.Warn($"{Figures.Count(manifest.Faults.Values.Sum(), "fault")} of the source ({string.Join(", ", manifest.Faults.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key} {f.Value:N0}")))}); {Path.Combine(place, "faults.jsonl")} lists each with its place.");
    }
}
