using System.Buffers.Binary;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Reading;

namespace Touchstone.Curation.Runs;

/// <summary>Reads what the stage before handed on for a shard, a frame a batch.</summary>
internal sealed class SpillReader(IReadOnlyList<string> files) : BatchReader
{
    private int _next;
    private long _before;
    private FileStream? _file;

    public override long Position => _before + (_file?.Position ?? 0);

    public override ReadBatch? Next()
    {
        Span<byte> head = stackalloc byte[Spill.HeadBytes];
        while (true)
        {
            if (_file is null)
            {
                if (_next == files.Count) return null;
                _file = new FileStream(files[_next++], FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 20, FileOptions.SequentialScan);
            }

            var got = _file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (got == head.Length) return ReadFrame(head);
            if (got != 0) throw Damaged();
            _before += _file.Length;
            Dispose(true);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _file?.Dispose();
        _file = null;
        base.Dispose(disposing);
    }

    private SpillBatch ReadFrame(ReadOnlySpan<byte> head)
    {
        var (bodyBytes, contentBytes) = (BinaryPrimitives.ReadInt32LittleEndian(head), BinaryPrimitives.ReadInt32LittleEndian(head[4..]));
        if (bodyBytes <= 0 || contentBytes <= 0 || bodyBytes > _file!.Length - _file.Position) throw Damaged();
        var body = new byte[bodyBytes];
        _file.ReadExactly(body);
        return new(body, contentBytes, BinaryPrimitives.ReadInt32LittleEndian(head[8..]), BinaryPrimitives.ReadUInt32LittleEndian(head[12..]));
    }

    private InvalidDataException Damaged() => new($"{_file!.Name}: the work file is damaged at byte {_file.Position}. Delete the run's folder and run again.");
}

/// <summary>Some documents of the stage before.</summary>
internal sealed class SpillBatch(byte[] body, int contentBytes, int documents, uint first) : ReadBatch
{
    /// <summary>Number of its first document in the shard.</summary>
    public uint First => first;

    /// <summary>How many there are.</summary>
    public int Documents => documents;

    public override long Bytes => contentBytes;

    public override void Decode(ICollection<Document> to, ICollection<ReadFault> faults) => Spill.Read(Spill.Decompress(body, contentBytes), documents, to);
}
