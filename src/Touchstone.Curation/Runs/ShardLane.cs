using System.Threading.Channels;
using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Writing;

namespace Touchstone.Curation.Runs;

/// <summary>
/// Takes one shard through a stage: one thread reads batches, the pool's workers judge them, and their results are appended here in the order of the source. Every block of batches the
/// work is made safe, so that another attempt goes on from there.
/// </summary>
internal sealed class ShardLane : IDisposable
{
    /// <summary>A file that goes on after a break is copied by the next attempt, which this keeps short.</summary>
    private const long PartBytesMax = 256_000_000;

    private readonly RunWork _run;
    private readonly RunStage _stage;
    private readonly int _shard;
    private readonly string _attemptFolder;
    private readonly int _attempt;
    private readonly Tally _tally;
    private readonly ShardOutputs<PartWriter> _outputs;
    private readonly ParquetParts? _parquet;
    private readonly long _done;
    private long _batches, _saved, _documents;
    private BatchReader? _reader;

    public ShardLane(RunWork run, RunStage stage, int shard)
    {
        (_run, _stage, _shard) = (run, stage, shard);
        (_attempt, _attemptFolder) = run.Folder.BeginAttempt(stage, shard, out var from);
        var pipeline = run.Pipeline;
        _tally = from?.Tally ?? Tally.Of(pipeline.Steps.Count);
        (_done, _batches, _documents) = (from?.Batches ?? 0, from?.Batches ?? 0, from?.Documents ?? 0);
        _saved = _done;
        var state = from?.Outputs ?? new(PartState.Empty, PartState.Empty, PartState.Empty, PartState.Empty, PartState.Empty);
        var isParquet = pipeline.Sink.Kind == SinkKind.Parquet;
        _outputs = new(
            Writer("kept", pipeline.Sink.Ending, pipeline.Sink.ShardBytes, isParquet ? PartState.Empty : state.Kept),
            Writer("dropped", pipeline.Dropped?.Ending ?? "", pipeline.Dropped?.ShardBytes ?? long.MaxValue, state.Dropped),
            Writer("faults", ".jsonl", long.MaxValue, state.Faults),
            Writer("fates", ".jsonl.gz", PartBytesMax, state.Fates),
            Writer("spill", ".documents", PartBytesMax, state.Spill));
        if (isParquet) _parquet = new(run.Folder.Work, _attemptFolder, "kept", pipeline.Sink.ShardBytes, ParquetCompressionOf(pipeline.Sink.Compression), state.Kept);
    }

    /// <summary>Bytes of the shard's input that were read.</summary>
    public long Position { get; private set; }

    /// <summary>Documents that came to the stage and left it, as told before the shard is finished.</summary>
    public (long Entered, long Left) Documents { get; private set; }

    public async Task<ShardMarker> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var queue = Channel.CreateBounded<Task<BatchResult>>(new BoundedChannelOptions(_run.BatchesInFlight) { SingleReader = true, SingleWriter = true });
        var decisions = _stage.Before?.OpenDecisions(_run.DeduplicationOf(_stage.Index - 1), _shard);
        var reading = Task.Factory.StartNew(() => ReadAll(queue.Writer, decisions, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        try
        {
            await foreach (var working in queue.Reader.ReadAllAsync(stop.Token))
            {
                Append(await working);
                _batches++;
                if (_batches - _saved >= _run.Options.BlockBatches && _parquet is null or { IsSafe: true }) await SaveAsync(cancellationToken);
            }

            await reading;
        }
        finally
        {
            await stop.CancelAsync();
            await DrainAsync(reading, queue.Reader);
        }

        return await FinishAsync(cancellationToken);
    }

    public void Dispose()
    {
        foreach (var output in (ReadOnlySpan<PartWriter>)[_outputs.Kept, _outputs.Dropped, _outputs.Faults, _outputs.Fates, _outputs.Spill]) output.Dispose();
        _parquet?.Dispose();
    }

    private PartWriter Writer(string stem, string ending, long bytesMax, PartState from) => new(_run.Folder.Work, _attemptFolder, stem, ending, bytesMax, from);

    private async Task ReadAll(ChannelWriter<Task<BatchResult>> queue, ShardDecisions? decisions, CancellationToken cancellationToken)
    {
        try
        {
            using (_reader = _run.OpenShard(_stage, _shard))
            {
                for (long number = 0; _reader.Next() is { } batch; number++)
                {
                    Position = _reader.Position;
                    if (cancellationToken.IsCancellationRequested || number < _done)
                    {
                        batch.Dispose();
                        cancellationToken.ThrowIfCancellationRequested();
                        continue;
                    }

                    await queue.WriteAsync(_run.Pool.RunAsync(worker => worker.Work(batch, _stage, decisions)), cancellationToken);
                }
            }
        }
        finally
        {
            queue.Complete();
        }
    }

    /// <summary>Waits for what is still under way, so that nothing works on after the lane has ended; what went wrong is told by who waited for it first.</summary>
    private static async Task DrainAsync(Task reading, ChannelReader<Task<BatchResult>> queue)
    {
        await reading.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (queue.TryRead(out var working)) await working.ContinueWith(static w => w.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Append(BatchResult result)
    {
        _run.Options.OnStep?.Invoke("append");
        if (_parquet is not null) _parquet.Append(result.KeptRows);
        else _outputs.Kept.Append(result.Kept.Span, result.Documents);
        _outputs.Dropped.Append(result.Dropped.Span, result.DroppedDocuments);
        _outputs.Faults.Append(result.Faults.Span, result.FaultCount);
        _outputs.Fates.Append(result.Fates.Span, result.FateCount);
        AppendSpill(result);
        _tally.Add(result.Tally);
        _documents += result.Documents;
        Documents = (_tally.Steps.Count > _stage.First ? _tally.Steps[_stage.First].Entered.Documents : _tally.Read.Documents, _documents);
    }

    private void AppendSpill(BatchResult result)
    {
        if (result.Spill.IsEmpty) return;
        if (_documents + result.Documents > uint.MaxValue) throw new NotSupportedException($"Shard {_shard} has more than {uint.MaxValue} documents; cut its file.");
        Spill.WriteHead(result.Spill.Span, result.SpillContentBytes, result.Documents, (uint)_documents);
        _outputs.Spill.Append(result.Spill.Span, result.Documents);
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        _run.Options.OnStep?.Invoke("before_checkpoint");
        var kept = _parquet?.Save() ?? _outputs.Kept.Save();
        await _run.Folder.SaveAsync(_attemptFolder, new(_batches, _documents, _tally, new(kept, _outputs.Dropped.Save(), _outputs.Faults.Save(), _outputs.Fates.Save(), _outputs.Spill.Save())), cancellationToken);
        _saved = _batches;
        _run.Options.OnStep?.Invoke("checkpoint");
    }

    private async Task<ShardMarker> FinishAsync(CancellationToken cancellationToken)
    {
        var kept = _parquet?.Finish() ?? _outputs.Kept.Finish();
        var marker = new ShardMarker(_attempt, _documents, _tally, new(kept, _outputs.Dropped.Finish(), _outputs.Faults.Finish(), _outputs.Fates.Finish(), _outputs.Spill.Finish()));
        _run.Options.OnStep?.Invoke("before_marker");
        var won = await _run.Folder.FinishAsync(_stage, _shard, _attemptFolder, marker, cancellationToken);
        _run.Options.OnStep?.Invoke("marker");
        return won;
    }

    private static Files.Parquet.ParquetCompression ParquetCompressionOf(LinesCompression compression) => compression switch
    {
        LinesCompression.Gzip => Files.Parquet.ParquetCompression.Gzip,
        LinesCompression.Zstd => Files.Parquet.ParquetCompression.Zstd,
        _ => Files.Parquet.ParquetCompression.None,
    };
}
