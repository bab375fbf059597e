using System.Text.Json;
using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Deduplication.MinHash;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Writing;
using Touchstone.Files.Storage;

namespace Touchstone.Curation.Runs;

/// <summary>
/// A run of a pipeline on this machine. Work is cut into shards, and shards' work is made safe block by block: a run that is killed goes on when it is run again, and ends with the same bytes
/// as one that nothing disturbed, with any number of workers.
/// </summary>
public sealed class CurationRun
{
    private const int BatchMemoryFactor = 10;
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan UsageInterval = TimeSpan.FromSeconds(5);
    private readonly IReadOnlyList<RunStage> _stages;
    private readonly List<DeduplicationSummary> _found = [];
    private readonly HashSet<ShardLane> _lanes = [];
    private RunPlan _plan = null!;
    private UsageMeter _usage = null!;
    private long _doneBytes, _doneEntered, _doneLeft;

    private CurationRun(Pipeline pipeline, string folder, RunOptions options)
    {
        (Pipeline, Folder, Options) = (pipeline, new RunFolder(folder, pipeline), options);
        _stages = RunStage.Of(pipeline);
    }

    internal Pipeline Pipeline { get; }

    internal RunFolder Folder { get; }

    internal RunOptions Options { get; }

    internal WorkerPool<BatchWorker> Pool { get; private set; } = null!;

    /// <summary>Batches that a shard may have under way.</summary>
    internal int BatchesInFlight => (int)Math.Clamp(Options.MemoryBytes / 2 / BatchMemoryFactor / Pipeline.Source.Options.BatchBytes / Lanes, 2, Options.Workers + 2);

    /// <summary>Shards that are worked on at the same time, so that the end of one does not leave workers idle.</summary>
    private int Lanes => Math.Max(2, Options.Workers / 4);

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
        var run = new CurationRun(pipeline, folder, options);
        pipeline.Sink.Blocks.Check();
        pipeline.Dropped?.Blocks.Check();
        try
        {
            return await run.RunAsync(cancellationToken);
        }
        catch (IOException full) when (full is not StorageFullException && StorageFullException.Tells(full))
        {
            throw new StorageFullException(run.Folder.Path, full);
        }
    }

    /// <summary>Refuses outputs that would replace files which the run did not make, that lie in one another, or that the source would read.</summary>
    /// <exception cref="InvalidDataException">Names the output and what is wrong with its place.</exception>
    public static void CheckOutputs(Pipeline pipeline, string folder) => new OutputPlaces(new RunFolder(folder, pipeline), pipeline).Check();

    private async Task<RunManifest> RunAsync(CancellationToken cancellationToken)
    {
        var places = new OutputPlaces(Folder, Pipeline);
        places.Check();
        _plan = RunPlan.Of(Pipeline, Options.ShardBytes);
        using var held = Folder.Hold();
        await Folder.AdoptAsync(_plan, cancellationToken);
        _plan = RunFolder.Read<RunPlan>(Folder.PlanFile);
        if (File.Exists(Folder.ManifestFile))
        {
            var finished = Folder.LoadFinished();
            Folder.Clean();
            return finished;
        }

        places.Claim();
        _usage = new UsageMeter(Folder.Work);
        using (Pool = new(Options.Workers, () => new BatchWorker(Pipeline)))
            foreach (var stage in _stages) await RunStageAsync(stage, cancellationToken);
        var manifest = await FinishAsync(cancellationToken);
        Folder.Clean();
        return manifest;
    }

    internal BatchReader OpenShard(RunStage stage, int shard) =>
        stage.Index == 0 ? Pipeline.Source.Open(_plan.Shards[shard]) : new SpillReader(SpillOf(_stages[stage.Index - 1], shard));

    internal DeduplicationFolder DeduplicationOf(int stage) => new(Folder.DeduplicationFolder(_stages[stage]))
    {
        MemoryBytes = Options.MemoryBytes / 2,
        Workers = Options.Workers,
        Progress = (what, share) => Options.Progress?.Invoke(new(what, (long)(share * 1000), 1000, 0, 0)),
    };

    private string[] SpillOf(RunStage stage, int shard) => [.. Folder.MarkerOf(stage, shard)!.Outputs.Spill.Select(f => Path.Combine(Folder.Work, f.Name))];

    private async Task RunStageAsync(RunStage stage, CancellationToken cancellationToken)
    {
        (_doneBytes, _doneEntered, _doneLeft) = (0, 0, 0);
        var left = new List<int>();
        for (var shard = 0; shard < _plan.Shards.Count; shard++)
        {
            if (Folder.MarkerOf(stage, shard) is { } marker) Settle(stage, shard, marker);
            else left.Add(shard);
        }

        var total = Enumerable.Range(0, _plan.Shards.Count).Sum(s => InputBytes(stage, s));
        using (var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            var telling = TellAsync(stage, total, over.Token);
            try
            {
                await Parallel.ForEachAsync(left, new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = cancellationToken }, (shard, token) => RunShardAsync(stage, shard, token));
            }
            finally
            {
                await over.CancelAsync();
                await telling;
            }
        }

        Report(stage, total);
        if (stage.After is not null) await DeduplicateAsync(stage, cancellationToken);
    }

    private async ValueTask RunShardAsync(RunStage stage, int shard, CancellationToken cancellationToken)
    {
        using var lane = new ShardLane(this, stage, shard);
        lock (_lanes) _lanes.Add(lane);
        ShardMarker marker;
        try
        {
            marker = await lane.RunAsync(cancellationToken);
        }
        finally
        {
            lock (_lanes) _lanes.Remove(lane);
        }

        lock (_lanes) Settle(stage, shard, marker);
        Options.OnStep?.Invoke("published");
    }

    /// <summary>Moves a finished shard's files to their places, and takes away what it was made of.</summary>
    private void Settle(RunStage stage, int shard, ShardMarker marker)
    {
        _doneBytes += InputBytes(stage, shard);
        _doneEntered += stage.Index == 0 ? marker.Tally.Read.Documents : marker.Tally.Steps[stage.First].Entered.Documents;
        _doneLeft += marker.Documents;
        Folder.Publish(stage, shard, marker);
        if (stage.Index > 0) Folder.DropSpill(_stages[stage.Index - 1], shard);
    }

    private long InputBytes(RunStage stage, int shard) =>
        stage.Index == 0 ? _plan.Shards[shard].Sum(p => p.End - p.Start) : Folder.MarkerOf(_stages[stage.Index - 1], shard)!.Outputs.Spill.Sum(f => f.Bytes);

    /// <summary>Measures what the stage handed on, shard by shard, and finds the duplicates among all.</summary>
    private async Task DeduplicateAsync(RunStage stage, CancellationToken cancellationToken)
    {
        var (barrier, folder) = (stage.After!, DeduplicationOf(stage.Index));
        var fingerprinters = new ThreadLocal<(Fingerprinter, FingerprintBatch)>(() => (barrier.CreateFingerprinter(), new FingerprintBatch()));
        long done = 0;
        var total = Enumerable.Range(0, _plan.Shards.Count).Sum(s => InputBytes(_stages[stage.Index + 1], s));
        for (var shard = 0; shard < _plan.Shards.Count; shard++)
        {
            if (!barrier.IsShardComplete(folder, shard)) await MeasureAsync(stage, shard, folder, fingerprinters, position => Options.Progress?.Invoke(new("Measuring", done + position, total, 0, 0)), cancellationToken);
            done += InputBytes(_stages[stage.Index + 1], shard);
            Options.OnStep?.Invoke("measured");
        }

        _found.Add(await barrier.FindAsync(folder, _plan.Shards.Count, cancellationToken));
        if (barrier is MinHashDeduplication) await KeepClustersAsync(stage, folder, cancellationToken);
        await _usage.SaveAsync(cancellationToken);
        Options.OnStep?.Invoke("found");
    }

    /// <summary>Writes a look at the clusters down while the documents are at hand; a run that an older version brought beyond this point has none.</summary>
    private async Task KeepClustersAsync(RunStage stage, DeduplicationFolder folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Folder.Path, RunClusters.FileName(stage.End));
        if (File.Exists(file) || !Enumerable.Range(0, _plan.Shards.Count).SelectMany(s => SpillOf(stage, s)).All(File.Exists)) return;
        await RunClusters.WriteAsync(file, Pipeline, stage.End, folder, _plan.Shards.Count, shard => new SpillReader(SpillOf(stage, shard)), cancellationToken);
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

        await writer.CompleteAsync((uint)Folder.MarkerOf(stage, shard)!.Documents, cancellationToken);
    }

    private async Task TellAsync(RunStage stage, long total, CancellationToken cancellationToken)
    {
        var saved = TimeSpan.Zero;
        using var timer = new PeriodicTimer(ProgressInterval);
        while (await Tick(timer, cancellationToken))
        {
            Report(stage, total);
            saved += ProgressInterval;
            if (saved < UsageInterval) continue;
            saved = TimeSpan.Zero;
            await _usage.SaveAsync(CancellationToken.None);
        }

        static async Task<bool> Tick(PeriodicTimer timer, CancellationToken cancellationToken)
        {
            try
            {
                return await timer.WaitForNextTickAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    private void Report(RunStage stage, long total)
    {
        if (Options.Progress is null) return;
        long bytes, entered, left;
        lock (_lanes)
        {
            (bytes, entered, left) = (_doneBytes, _doneEntered, _doneLeft);
            foreach (var lane in _lanes)
            {
                bytes += lane.Position;
                entered += lane.Documents.Entered;
                left += lane.Documents.Left;
            }
        }

        Options.Progress(new(stage.Index == 0 ? "Curating" : $"Curating, stage {stage.Index + 1}", Math.Min(bytes, total), total, entered, left));
    }

    private async Task<RunManifest> FinishAsync(CancellationToken cancellationToken)
    {
        var tally = Tally.Of(Pipeline.Steps.Count);
        var (kept, dropped, fates, faults) = (new List<OutputFile>(), new List<OutputFile>(), new List<OutputFile>(), new List<string>());
        foreach (var stage in _stages)
        {
            for (var shard = 0; shard < _plan.Shards.Count; shard++)
            {
                var marker = Folder.MarkerOf(stage, shard)!;
                tally.Add(marker.Tally);
                kept.AddRange(Folder.Published(marker.Outputs.Kept, Folder.Kept, stage, shard, isKept: true));
                if (Folder.Dropped is { } folder) dropped.AddRange(Folder.Published(marker.Outputs.Dropped, folder, stage, shard, isKept: false));
                fates.AddRange(Folder.Published(marker.Outputs.Fates, Folder.Fates, stage, shard, isKept: false));
                faults.AddRange(marker.Outputs.Faults.Select(f => Path.Combine(Folder.Work, f.Name)));
            }
        }

        await WriteFaultsAsync(faults, cancellationToken);
        var (usage, sessions) = _usage.Total();
        var manifest = new RunManifest
        {
            Program = $"touchstone {typeof(CurationRun).Assembly.GetName().Version?.ToString(3)}",
            Pipeline = _plan.Pipeline,
            Inputs = _plan.Inputs,
            ReadBytes = tally.Bytes,
            Read = tally.Read,
            Faults = tally.Faults,
            Steps = [.. Pipeline.Steps.Select((s, i) => new ManifestStep(s.Name, s.Id, s.Parameters, tally.Steps[i], s.Barrier is null ? null : _found[Pipeline.Steps.Take(i).Count(p => p.Barrier is not null)]))],
            Kept = tally.Kept,
            Counted = tally.Counted,
            ReadWords = tally.ReadWords,
            KeptWords = tally.KeptWords,
            Outputs = kept,
            DroppedOutputs = dropped,
            Fates = fates,
            Clusters = [.. Enumerable.Range(0, Pipeline.Steps.Count).Where(s => File.Exists(Path.Combine(Folder.Path, RunClusters.FileName(s)))).Select(s => RunClusters.Describe(Folder.Path, s))],
            FinishedAt = Options.Clock.GetUtcNow(),
            TextMember = Pipeline.Source.Options.TextName,
            IdMember = Pipeline.Source.Options.IdName,
            Usage = usage,
            Sessions = sessions,
            Workers = Options.Workers,
        };
        Options.OnStep?.Invoke("before_manifest");
        await DurableFile.WriteAsync(Folder.ManifestFile, JsonSerializer.SerializeToUtf8Bytes(manifest, RunPlan.Json), cancellationToken);
        Options.OnStep?.Invoke("manifest");
        return manifest;
    }

    private async Task WriteFaultsAsync(List<string> files, CancellationToken cancellationToken)
    {
        if (files.Count == 0) return;
        await DurableFile.WriteAsync(Folder.FaultsFile, async stream =>
        {
            foreach (var file in files)
            {
                await using var part = File.OpenRead(file);
                await part.CopyToAsync(stream, cancellationToken);
            }
        }, cancellationToken);
    }
}
