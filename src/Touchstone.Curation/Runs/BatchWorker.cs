using System.Buffers;
using System.Buffers.Text;
using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Steps;
using Touchstone.Curation.Writing;

namespace Touchstone.Curation.Runs;

/// <summary>Takes batches through a stage's steps: one for each thread, with memory that is used again.</summary>
internal sealed class BatchWorker(Pipeline pipeline)
{
    private static readonly BlockCompression FateCompression = new(LinesCompression.Gzip);
    private readonly List<Document> _documents = [];
    private readonly List<ReadFault> _faults = [];
    private readonly List<ParquetDocument> _rows = [];
    private readonly WorkingText _text = new();
    private readonly RecordWriter _writer = new(pipeline.Source.Options);
    private readonly ArrayBufferWriter<byte> _kept = new(), _dropped = new(), _faultLines = new(), _fates = new(), _scratch = new();
    private Tally _tally = null!;
    private int _goOn, _droppedCount, _fateCount;

    /// <summary>Decodes a batch, judges its documents and writes what becomes of them.</summary>
    /// <param name="batch">The batch, which is disposed of.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="decisions">What the deduplication before the stage decided on the shard; null for the first stage.</param>
    public BatchResult Work(ReadBatch batch, RunStage stage, ShardDecisions? decisions)
    {
        using (batch)
        {
            Begin(batch);
            batch.Decode(_documents, _faults);
            foreach (var fault in _faults) WriteFault(fault);
            var number = (batch as SpillBatch)?.First ?? 0;
            foreach (var document in _documents) Take(document, number++, stage, decisions);
            return End(stage);
        }
    }

    /// <summary>Measures the documents of a batch for a deduplication.</summary>
    public void Measure(SpillBatch batch, Fingerprinter fingerprinter, FingerprintBatch fingerprints)
    {
        using (batch)
        {
            _documents.Clear();
            fingerprints.Clear();
            batch.Decode(_documents, _faults);
            var number = batch.First;
            foreach (var document in _documents)
            {
                _text.Begin(document.Text);
                fingerprinter.Measure(number++, document, _text, fingerprints);
            }
        }
    }

    private void Begin(ReadBatch batch)
    {
        _tally = Tally.Of(pipeline.Steps.Count);
        if (batch is not SpillBatch) _tally.Bytes = batch.Bytes;
        _documents.Clear();
        _faults.Clear();
        _rows.Clear();
        foreach (var buffer in (ReadOnlySpan<ArrayBufferWriter<byte>>)[_kept, _dropped, _faultLines, _fates]) buffer.ResetWrittenCount();
        (_goOn, _droppedCount, _fateCount) = (0, 0, 0);
    }

    private void Take(Document document, uint number, RunStage stage, ShardDecisions? decisions)
    {
        var size = TextSize.Of(document.Text);
        if (stage.Index == 0)
        {
            _tally.Read.Add(size);
            _tally.ReadWords[Tally.Bin(size.Words)]++;
        }

        _text.Begin(document.Text);
        for (var s = stage.First; s < stage.End; s++)
        {
            var step = pipeline.Steps[s];
            var tally = _tally.Steps[s];
            tally.Entered.Add(size);
            var verdict = Judge(step, document, number, decisions);
            if (verdict.IsDropped)
            {
                Drop(document, step, tally, verdict.Reason!, size);
                return;
            }

            if (verdict.Text is not { } edited) continue;
            document.Text = edited;
            _text.Begin(edited);
            var after = TextSize.Of(edited);
            tally.Edited++;
            tally.CharactersCut += size.Characters - after.Characters;
            tally.WordsCut += size.Words - after.Words;
            size = after;
        }

        GoOn(document, stage, size);
    }

    private Verdict Judge(PipelineStep step, Document document, uint number, ShardDecisions? decisions)
    {
        try
        {
            return step.Step is { } judge ? judge.Judge(document, _text) : decisions!.Judge(number, document, _text);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw new InvalidOperationException($"The step {step.Name} failed on the document {document.Id} ({document.Place}): {failure.Message}", failure);
        }
    }

    private void Drop(Document document, PipelineStep step, StepTally tally, string reason, TextSize size)
    {
        tally.Drop(reason, size);
        WriteFate(document, size, step, reason);
        if (pipeline.Dropped is null) return;
        _writer.Write(_dropped, document, new(step.Id, reason));
        _droppedCount++;
    }

    private void GoOn(Document document, RunStage stage, TextSize size)
    {
        _goOn++;
        if (!stage.IsLast)
        {
            Spill.Write(_kept, document);
            return;
        }

        _tally.Kept.Add(size);
        _tally.KeptWords[Tally.Bin(size.Words)]++;
        WriteFate(document, size, null, null);
        if (document.Findings is { } findings)
            foreach (var (name, value) in findings)
                if (value is int count && name.StartsWith("redacted_", StringComparison.Ordinal)) _tally.Counted[name] = _tally.Counted.GetValueOrDefault(name) + count;
        if (pipeline.Sink.Kind == SinkKind.Parquet) _rows.Add(_writer.Row(_scratch, document));
        else _writer.Write(_kept, document);
    }

    private void WriteFault(ReadFault fault)
    {
        _tally.Faults[fault.Code] = _tally.Faults.GetValueOrDefault(fault.Code) + 1;
        FaultLines.Write(_faultLines, fault);
    }

    private void WriteFate(Document document, TextSize size, PipelineStep? step, string? reason)
    {
        FaultLines.Member(_fates, "{\"id\":"u8, document.Id);
        FaultLines.Member(_fates, ",\"fate\":"u8, step is null ? "kept" : "dropped");
        if (step is not null) FaultLines.Member(_fates, ",\"step\":"u8, step.Id);
        if (reason is not null) FaultLines.Member(_fates, ",\"reason\":"u8, reason);
        FaultLines.Number(_fates, ",\"words\":"u8, size.Words);
        _fates.Write(",\"text\":\""u8);
        Utf8Formatter.TryFormat(TextDigest.Of(document.Text), _fates.GetSpan(16), out var written, new StandardFormat('x', 16));
        _fates.Advance(written);
        _fates.Write("\"}\n"u8);
        _fateCount++;
    }

    private BatchResult End(RunStage stage)
    {
        var isLines = stage.IsLast && pipeline.Sink.Kind == SinkKind.Jsonl;
        return new()
        {
            Tally = _tally,
            Documents = _goOn,
            Kept = isLines ? pipeline.Sink.Blocks.Compress(_kept.WrittenSpan) : default,
            KeptRows = [.. _rows],
            Dropped = pipeline.Dropped?.Blocks.Compress(_dropped.WrittenSpan) ?? default,
            DroppedDocuments = _droppedCount,
            Faults = _faultLines.WrittenSpan.ToArray(),
            FaultCount = _faults.Count,
            Fates = FateCompression.Compress(_fates.WrittenSpan),
            FateCount = _fateCount,
            Spill = stage.IsLast || _goOn == 0 ? default : Spill.Compress(_kept.WrittenSpan),
            SpillContentBytes = _kept.WrittenCount,
        };
    }
}
