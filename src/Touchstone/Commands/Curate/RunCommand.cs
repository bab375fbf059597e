using System.CommandLine;
using System.Globalization;
using Touchstone.Curation;
using Touchstone.Curation.Runs;
using Touchstone.Terminal;

namespace Touchstone.Commands.Curate;

/// <summary><c>touchstone curate run</c>: a corpus through a pipeline.</summary>
internal static class RunCommand
{
    public static Command Make()
    {
        var (pipeline, folder, workers, memory, json) = (CurateOptions.Pipeline(), CurateOptions.Out(), CurateOptions.Workers(), CurateOptions.Memory(), Options.Json());
        return new Command("run", "Run a pipeline over its corpus. A run that was broken off, however it was, goes on where it had come to when it is run again, and ends with the same bytes as one that nothing disturbed.")
            { pipeline, folder, workers, memory, json }
            .Examples(
                "touchstone curate run pipeline.yaml",
                "touchstone curate run fineweb.yaml --out fineweb-2026 --workers 16 --memory 8G",
                "touchstone curate run pipeline.yaml --json > manifest.json")
            .Runs(async (parsed, cancellationToken) =>
            {
                var path = parsed.GetValue(pipeline)!;
                var recipe = CurateOptions.Read(path);
                var place = CurateOptions.FolderOf(parsed.GetValue(folder), path);
                RunManifest manifest;
                using (var progress = new RunProgressLine(parsed))
                {
                    var options = new RunOptions { Workers = parsed.GetValue(workers) ?? Environment.ProcessorCount, MemoryBytes = parsed.GetValue(memory), Progress = progress.Report };
                    manifest = await CurationRun.RunAsync(recipe, place, options, cancellationToken);
                }

                if (parsed.GetValue(json)) parsed.Print(File.ReadAllText(Path.Combine(place, "manifest.json")).TrimEnd());
                else RunTable.Tell(parsed, manifest, place);
                if (manifest.FinishedBefore is { } finished) parsed.Warn(string.Create(CultureInfo.InvariantCulture, $"{place}: this run was finished on {finished:yyyy-MM-dd HH:mm:ss} UTC; nothing was done."));
                if (manifest.Faults.Count > 0)
                    parsed.Warn($"{Figures.Count(manifest.Faults.Values.Sum(), "fault")} of the source ({string.Join(", ", manifest.Faults.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key} {f.Value:N0}")))}); {Path.Combine(place, "faults.jsonl")} lists each with its place.");
                return ExitCode.Done;
            });
    }
}
