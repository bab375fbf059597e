using System.Buffers;
using Touchstone.Curation.Documents;

namespace Touchstone.Curation.Reading;

/// <summary>Lines of a file of one JSON object a line.</summary>
internal sealed class JsonLinesBatch(byte[] buffer, int count, string file, long firstLine, long firstOffset, ReadOptions options, List<ReadFault>? faultsOfReader) : ReadBatch
{
    private readonly JsonRecord _record = new(options);
    private byte[] _buffer = buffer;

    public override long Bytes => count;

    public override void Decode(ICollection<Document> documents, ICollection<ReadFault> faults)
    {
        var (start, line) = (0, firstLine);
        if (firstOffset == 0 && _buffer.AsSpan(0, count).StartsWith("\uFEFF"u8)) start = 3;
        while (start < count)
        {
            var length = _buffer.AsSpan(start, count - start).IndexOf((byte)'\n');
            var end = length < 0 ? count : start + length;
            var bytes = _buffer.AsMemory(start, end - start);
            if (bytes.Span is [.., (byte)'\r']) bytes = bytes[..^1];
            var place = new DocumentPlace(file, line, firstOffset + start);
            if (bytes.Length > options.RecordBytesMax) faults.Add(new(place, ReadFaultCode.TooLong, $"expected a line of at most {options.RecordBytesMax} bytes, found {bytes.Length}"));
            else if (bytes.Span.ContainsAnyExcept((byte)' ', (byte)'\t', (byte)'\r')) Add(bytes, place, documents, faults);
            start = end + 1;
            if (line > 0) line++;
        }

        foreach (var fault in faultsOfReader ?? []) faults.Add(fault);
    }

    protected override void Dispose(bool disposing)
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        base.Dispose(disposing);
    }

    private void Add(ReadOnlyMemory<byte> bytes, DocumentPlace place, ICollection<Document> documents, ICollection<ReadFault> faults)
    {
        if (_record.TryRead(bytes, place, out var document, out var fault)) documents.Add(document);
        else faults.Add(fault);
    }
}
