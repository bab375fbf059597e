using System.Buffers.Binary;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Reading;

namespace Touchstone.Curation.Runs;

/// <summary>Where a shard's work files are that a stage handed on.</summary>
/// <param name="Stage">Number of the stage, from 0.</param>
/// <param name="Shard">Number of the shard.</param>
/// <param name="Files">Paths and sizes, in order.</param>
/// <param name="Remedy">What to do where a file is damaged.</param>
internal sealed record SpillPlace(int Stage, int Shard, IReadOnlyList<(string Path, long Bytes)> Files, string Remedy)
{
    public WorkDamagedException Damaged(string file, string found, Exception? inner = null) => new($"{file}: {found}. {Remedy}", 0, Stage, Shard, inner);
}

/// <summary>Reads what the stage before handed on for a shard, a frame a batch.</summary>
/// <exception cref="WorkDamagedException">A file is gone or is not as it was written.</exception>
internal sealed class SpillReader(SpillPlace place) : BatchReader
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
                if (_next == place.Files.Count) return null;
                Open(place.Files[_next++]);
            }

            var got = _file!.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
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

    private void Open((string Path, long Bytes) file)
    {
        try
        {
            _file = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 20, FileOptions.SequentialScan);
        }
        catch (IOException gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw place.Damaged(file.Path, "expected a work file of the run, found none", gone);
        }

        if (_file.Length != file.Bytes) throw place.Damaged(file.Path, $"expected a work file of {file.Bytes} bytes, found {_file.Length}");
    }

    private SpillBatch ReadFrame(ReadOnlySpan<byte> head)
    {
        var (bodyBytes, contentBytes) = (BinaryPrimitives.ReadInt32LittleEndian(head), BinaryPrimitives.ReadInt32LittleEndian(head[4..]));
        if (bodyBytes <= 0 || contentBytes <= 0 || bodyBytes > _file!.Length - _file.Position) throw Damaged();
        var (name, at) = (_file.Name, _file.Position - Spill.HeadBytes);
        var body = new byte[bodyBytes];
        _file.ReadExactly(body);
        return new(body, contentBytes, BinaryPrimitives.ReadInt32LittleEndian(head[8..]), BinaryPrimitives.ReadUInt32LittleEndian(head[12..]), broken => place.Damaged(name, $"the work file is damaged behind byte {at}", broken));
    }

    private WorkDamagedException Damaged() => place.Damaged(_file!.Name, $"the work file is damaged at byte {_file.Position}");
}

/// <summary>Some documents of the stage before.</summary>
internal sealed class SpillBatch(byte[] body, int contentBytes, int documents, uint first, Func<Exception, WorkDamagedException> damaged) : ReadBatch
{
    /// <summary>Number of its first document in the shard.</summary>
    public uint First => first;

    /// <summary>How many there are.</summary>
    public int Documents => documents;

    public override long Bytes => contentBytes;

    public override void Decode(ICollection<Document> to, ICollection<ReadFault> faults)
    {
        try
        {
            Spill.Read(Spill.Decompress(body, contentBytes), documents, to);
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or ArgumentException or IndexOutOfRangeException or OverflowException or InvalidOperationException or System.Text.Json.JsonException)
        {
            throw damaged(broken);             // what the disk gave back is not what was written, and may be anything
        }
    }
}
