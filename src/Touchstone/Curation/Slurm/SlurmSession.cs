using System.CommandLine;
using Touchstone.Commands.Curate;
using Touchstone.Curation.Runs;
using Touchstone.Terminal;

namespace Touchstone.Curation.Slurm;

/// <summary>One call of <c>curate run --on slurm</c>: plans, submits, and watches until the run is finished or it is told to stop.</summary>
internal static class SlurmSession
{
    /// <summary>Runs a pipeline on the cluster that this machine belongs to.</summary>
    /// <returns>The manifest; null where the jobs were submitted and nobody waits.</returns>
    public static async Task<RunManifest?> RunAsync(ParseResult parsed, string path, string place, SlurmOptions slurm, int? workers, RunOptions options, CancellationToken cancellationToken)
    {
        var recipe = CurateOptions.Read(path);
        var yaml = await File.ReadAllTextAsync(path, cancellationToken);
        var (finished, held) = await SharedRun.BeginAsync(recipe, yaml, place, options, cancellationToken);
        using (held)
        {
            if (finished is not null) return finished;
            var observer = new RunObserver(place);
            var places = new SlurmPlaces(place, Environment.CurrentDirectory);
            var asked = await slurm.SettingsAsync(parsed, workers, options.MemoryBytes, observer.Shards, cancellationToken);
            var settings = await AgreeAsync(parsed, observer, places, asked, cancellationToken);
            using var progress = new RunProgressLine(parsed);
            var run = new SlurmRun(observer, places, settings, line =>
            {
                progress.Break();
                parsed.Tell(line);
            });
            if (ReferenceEquals(settings, asked)) await run.WriteScriptsAsync(cancellationToken);
            await run.SubmitAsync(cancellationToken);
            if (slurm.NoWait(parsed))
            {
                parsed.Tell($"{place}: the jobs go on by themselves. The same command without --no-wait watches them; touchstone curate stats {place} tells how far they are{Cancelled(run)}.");
                return null;
            }

            await WatchAsync(parsed, run, progress, place, cancellationToken);
        }

        return RunManifest.Load(place);
    }

    /// <summary>Jobs in the queue were submitted with some settings, which hold until they are gone: they say which task does which shards.</summary>
    private static async Task<SlurmSettings> AgreeAsync(ParseResult parsed, RunObserver observer, SlurmPlaces places, SlurmSettings asked, CancellationToken cancellationToken)
    {
        if (SlurmSettings.Load(places.SettingsFile) is not { } saved || saved.IsSameAs(asked)) return asked;
        var queue = await SlurmCommands.QueueAsync(observer.Steps.Select(places.JobName), cancellationToken) ?? throw new CommandException("squeue failed: the cluster's controller does not answer; try again later.");
        if (queue.Count == 0) return asked;
        parsed.Warn($"jobs of this run are in the queue with other options ({saved}), which are kept. To change them, cancel the jobs first: scancel {string.Join(' ', queue.Select(t => t.Job).Distinct().Order())}");
        return saved;
    }

    private static async Task WatchAsync(ParseResult parsed, SlurmRun run, RunProgressLine progress, string place, CancellationToken cancellationToken)
    {
        try
        {
            await run.WatchAsync(progress.Report, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            progress.Break();
            parsed.Tell($"{place}: nobody watches any more, and the jobs go on. The same command watches them again{Cancelled(run)}.");
            throw;
        }
    }

    private static string Cancelled(SlurmRun run) => run.Cancellation is { Length: > 0 } command ? $"; to cancel them: {command}" : "";
}
