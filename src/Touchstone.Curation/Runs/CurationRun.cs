using Touchstone.Curation.Pipelines;
using Touchstone.Files.Storage;

namespace Touchstone.Curation.Runs;

/// <summary>
/// A run of a pipeline on this machine. Work is cut into shards, and shards' work is made safe block by block: a run that is killed goes on when it is run again, and ends with the same bytes
/// as one that nothing disturbed, with any number of workers.
/// </summary>
public static class CurationRun
{
    /// <summary>Runs a pipeline, or goes on with a run that was broken off.</summary>
    /// <param name="pipeline">The recipe.</param>
    /// <param name="folder">The run's folder; made if missing.</param>
    /// <param name="options">How the machine is used.</param>
    /// <param name="cancellationToken">Ends the run in order; it can go on later.</param>
    /// <returns>The manifest, also of a run that was finished before: see <see cref="RunManifest.FinishedBefore"/>.</returns>
    /// <exception cref="FileNotFoundException">A pattern of the source names no file.</exception>
    /// <exception cref="InvalidDataException">The folder holds another run, or was damaged, or an output would replace files that the run did not make.</exception>
    /// <exception cref="StorageFullException">The disk is full; make room and run it again.</exception>
    /// <exception cref="IOException">A disk failed, a file is gone or may not be written, or another process works on the run.</exception>
    public static async Task<RunManifest> RunAsync(Pipeline pipeline, string folder, RunOptions options, CancellationToken cancellationToken = default)
    {
        var place = new RunFolder(folder);
        try
        {
            return await RunAsync(pipeline, place, options, cancellationToken);
        }
        catch (IOException full) when (full is not StorageFullException && StorageFullException.Tells(full))
        {
            throw new StorageFullException(place.Path, full);
        }
    }

    /// <summary>Refuses outputs that would replace files which the run did not make, that lie in one another, or that the source would read.</summary>
    /// <exception cref="InvalidDataException">Names the output and what is wrong with its place.</exception>
    public static void CheckOutputs(Pipeline pipeline, string folder) => new OutputPlaces(new RunFolder(folder), pipeline).Check();

    private static async Task<RunManifest> RunAsync(Pipeline pipeline, RunFolder folder, RunOptions options, CancellationToken cancellationToken)
    {
        RunManifest manifest;
        using (var begun = await BegunRun.BeginAsync(pipeline, folder, options, cancellationToken))
            manifest = begun.Finished ?? await RunAsync(pipeline, folder, begun.Plan, options, cancellationToken);
        folder.Clean();
        return manifest;
    }

    private static async Task<RunManifest> RunAsync(Pipeline pipeline, RunFolder folder, RunPlan plan, RunOptions options, CancellationToken cancellationToken)
    {
        await using var usage = new UsageMeter(folder.Work);
        using var work = new RunWork(pipeline, folder, plan, options);
        var outputs = new RunOutputs(folder, pipeline);
        var forgotten = new HashSet<(int Stage, int Shard)>();
        while (true)
        {
            try
            {
                await WorkAsync(work, outputs, cancellationToken);
                return await new RunFinish(work, outputs).WriteAsync(usage, cancellationToken);
            }
            catch (WorkDamagedException damaged) when (forgotten.Add((damaged.Last, damaged.Shard)))
            {
                // Once for each shard of a stage: a disk that damages what was just written is a matter for people.
                folder.Forget(damaged.First, damaged.Last, damaged.Shard);
            }
        }
    }

    private static async Task WorkAsync(RunWork work, RunOutputs outputs, CancellationToken cancellationToken)
    {
        var shards = Enumerable.Range(0, work.Plan.Shards.Count).ToList();
        foreach (var stage in work.Stages)
        {
            await work.JudgeAsync(stage, shards, (shard, marker) => Settle(work, outputs, stage, shard, marker), cancellationToken);
            if (stage.After is null) continue;
            await work.MeasureAsync(stage, shards, cancellationToken);
            await work.FindAsync(stage, cancellationToken);
        }
    }

    /// <summary>Moves a finished shard's files to their places, and takes away what it was made of.</summary>
    private static void Settle(RunWork work, RunOutputs outputs, RunStage stage, int shard, ShardMarker marker)
    {
        outputs.Publish(stage, shard, marker);
        if (stage.Index > 0) work.Folder.DropSpill(work.Stages[stage.Index - 1], shard);
    }
}
