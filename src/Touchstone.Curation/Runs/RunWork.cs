using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Deduplication.MinHash;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Writing;

namespace Touchstone.Curation.Runs;

/// <summary>
/// The work of a run in its parts, as one process does them: judge shards, measure shards, find duplicates. Which of them, and in which order, is said by who gives out the work: a run
/// on this machine (<see cref="CurationRun"/>) or one that is shared by many (<see cref="SharedRun"/>).
/// </summary>
internal sealed class RunWork : IDisposable
{
    private const int BatchMemoryFactor = 10;

    public RunWork(Pipeline pipeline, RunFolder folder, RunPlan plan, RunOptions options)
    {
        (Pipeline, Folder, Plan, Options) = (pipeline, folder, plan, options);
        Stages = RunStage.Of(pipeline);
        Pool = new(options.Workers, () => new BatchWorker(pipeline));
    }

    public Pipeline Pipeline { get; }

    public RunFolder Folder { get; }

    public RunPlan Plan { get; }

    public RunOptions Options { get; }

    public IReadOnlyList<RunStage> Stages { get; }

    public WorkerPool<BatchWorker> Pool { get; }

    /// <summary>Batches that a shard may have under way.</summary>
    public int BatchesInFlight => (int)Math.Clamp(Options.MemoryBytes / 2 / BatchMemoryFactor / Pipeline.Source.Options.BatchBytes / Lanes, 2, Options.Workers + 2);

    /// <summary>Shards that are worked on at the same time, so that the end of one does not leave workers idle.</summary>
    private int Lanes => Math.Max(2, Options.Workers / 4);

    public void Dispose() => Pool.Dispose();

    public BatchReader OpenShard(RunStage stage, int shard) =>
        stage.Index == 0 ? Pipeline.Source.Open(Plan.Shards[shard]) : new SpillReader(SpillOf(Stages[stage.Index - 1], shard));

    public DeduplicationFolder DeduplicationOf(int stage) => new(Folder.DeduplicationFolder(Stages[stage]))
    {
        MemoryBytes = Options.MemoryBytes / 2,
        Workers = Options.Workers,
        Progress = (what, share) => Options.Progress?.Invoke(new(what, (long)(share * 1000), 1000, 0, 0)),
    };

    /// <summary>Bytes that a stage reads of a shard.</summary>
    public long InputBytes(RunStage stage, int shard) =>
        stage.Index == 0 ? Plan.Shards[shard].Sum(p => p.End - p.Start) : Folder.ExpectMarker(Stages[stage.Index - 1], shard).Outputs.Spill.Sum(f => f.Bytes);

    /// <summary>Takes shards through a stage, some at the same time.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="shards">Numbers of the shards; those that are done already are only reported.</param>
    /// <param name="done">Told of each shard that is done, one at a time.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task JudgeAsync(RunStage stage, IReadOnlyCollection<int> shards, Action<int, ShardMarker> done, CancellationToken cancellationToken)
    {
        var left = new List<int>();
        using var progress = new StageProgress(stage, shards.Sum(s => InputBytes(stage, s)), Options.Progress);
        foreach (var shard in shards)
        {
            if (Folder.MarkerOf(stage, shard) is { } marker) Settle(shard, marker);
            else left.Add(shard);
        }

        await Parallel.ForEachAsync(left, new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = cancellationToken }, async (shard, token) =>
        {
            var marker = await JudgeAsync(stage, shard, progress, token);
            lock (progress) Settle(shard, marker);
            Options.OnStep?.Invoke("published");
        });
        progress.Report();

        void Settle(int shard, ShardMarker marker)
        {
            progress.Add(InputBytes(stage, shard), marker);
            done(shard, marker);
        }
    }

    /// <summary>Measures what a stage handed on of some shards, one after another.</summary>
    public async Task MeasureAsync(RunStage stage, IReadOnlyCollection<int> shards, CancellationToken cancellationToken)
    {
        var (barrier, folder) = (stage.After!, DeduplicationOf(stage.Index));
        using var fingerprinters = new ThreadLocal<(Fingerprinter, FingerprintBatch)>(() => (barrier.CreateFingerprinter(), new FingerprintBatch()));
        var next = Stages[stage.Index + 1];
        var (done, total) = (0L, shards.Sum(s => InputBytes(next, s)));
        foreach (var shard in shards)
        {
            await EnsureMeasuredAsync(stage, shard, folder, fingerprinters, position => Options.Progress?.Invoke(new("Measuring", done + position, total, 0, 0)), cancellationToken);
            done += InputBytes(next, shard);
            Options.OnStep?.Invoke("measured");
        }
    }

    /// <summary>Finds the duplicates among all shards.</summary>
    public async Task FindAsync(RunStage stage, CancellationToken cancellationToken)
    {
        var found = await stage.After!.FindAsync(DeduplicationOf(stage.Index), Plan.Shards.Count, cancellationToken);
        if (stage.After is MinHashDeduplication) await KeepClustersAsync(stage, cancellationToken);
        await Folder.SaveFoundAsync(stage, found, cancellationToken);
        Options.OnStep?.Invoke("found");
    }

    /// <summary>Writes a look at the clusters down while the documents are at hand; a run that an older version brought beyond this point has none.</summary>
    private async Task KeepClustersAsync(RunStage stage, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Folder.Path, RunClusters.FileName(stage.End));
        if (File.Exists(file) || !Enumerable.Range(0, Plan.Shards.Count).SelectMany(s => SpillOf(stage, s).Files).All(f => File.Exists(f.Path))) return;
        await RunClusters.WriteAsync(file, Pipeline, stage.End, DeduplicationOf(stage.Index), Plan.Shards.Count, shard => new SpillReader(SpillOf(stage, shard)), cancellationToken);
    }

    private SpillPlace SpillOf(RunStage stage, int shard) =>
        new(stage.Index, shard, [.. Folder.ExpectMarker(stage, shard).Outputs.Spill.Select(f => (Path.Combine(Folder.Work, f.Name), f.Bytes))], Folder.RemedyOf(0, stage.Index, shard));

    private async Task<ShardMarker> JudgeAsync(RunStage stage, int shard, StageProgress progress, CancellationToken cancellationToken)
    {
        if (Folder.MarkerOf(stage, shard) is { } before) return before;
        ShardMarker? won = null;
        try
        {
            using var lane = new ShardLane(this, stage, shard);
            using (progress.Watch(lane)) return await lane.RunAsync(cancellationToken);
        }
        catch (Exception) when ((won = Folder.MarkerOf(stage, shard)) is not null)
        {
            // Another attempt was first. What this one needed may have been taken away meanwhile, and nothing of it counts.
            return won;
        }
        catch (PartDamagedException damaged)
        {
            throw new WorkDamagedException($"{damaged.Message} {Folder.RemedyOf(stage.Index, stage.Index, shard)}", stage.Index, stage.Index, shard, damaged);
        }
    }

    private async Task EnsureMeasuredAsync(RunStage stage, int shard, DeduplicationFolder folder, ThreadLocal<(Fingerprinter, FingerprintBatch)> fingerprinters, Action<long> onPosition, CancellationToken cancellationToken)
    {
        try
        {
            if (!stage.After!.IsShardComplete(folder, shard)) await MeasureAsync(stage, shard, folder, fingerprinters, onPosition, cancellationToken);
        }
        catch (Exception) when (Folder.IsMeasured(stage, shard))
        {
            // Another process was first, and the next step took away what this one had not finished.
            return;
        }

        if (!Folder.IsMeasured(stage, shard)) await Folder.MarkMeasuredAsync(stage, shard, cancellationToken);
    }

    private async Task MeasureAsync(RunStage stage, int shard, DeduplicationFolder folder, ThreadLocal<(Fingerprinter, FingerprintBatch)> fingerprinters, Action<long> onPosition, CancellationToken cancellationToken)
    {
        await using var writer = stage.After!.CreateShardWriter(folder, shard);
        using var reader = new SpillReader(SpillOf(stage, shard));
        var working = new Queue<Task<bool>>();
        try
        {
            while (reader.Next() is SpillBatch batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (working.Count >= BatchesInFlight) await working.Dequeue();
                onPosition(reader.Position);
                working.Enqueue(Pool.RunAsync(worker =>
                {
                    var (fingerprinter, fingerprints) = fingerprinters.Value;
                    worker.Measure(batch, fingerprinter, fingerprints);
                    writer.Add(fingerprints);
                    return true;
                }));
            }
        }
        finally
        {
            await Task.WhenAll(working);
        }

        await writer.CompleteAsync((uint)Folder.ExpectMarker(stage, shard).Documents, cancellationToken);
    }
}
