using System.Buffers.Binary;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Deduplication.Records;

/// <summary>Writes a file of records to a stream, from its header to its footer. The one who opened the stream renames the file.</summary>
internal sealed class RecordFileWriter
{
    private readonly Stream _stream;
    private readonly byte[] _block;
    private readonly int _blockBytes;
    private int _filled;
    private long _blocks;
    private ulong _digest;

    /// <param name="stream">Takes the bytes; stays open.</param>
    /// <param name="recordBytes">Bytes of each record.</param>
    /// <param name="fingerprint">Of the parameters.</param>
    /// <param name="sources">Digest of the files that this one is made from.</param>
    /// <param name="note">Anything that shall stand in the header.</param>
    public RecordFileWriter(Stream stream, int recordBytes, ulong fingerprint, ulong sources = 0, ulong note = 0)
    {
        _stream = stream;
        _blockBytes = RecordFileFormat.RecordsInBlock(recordBytes) * recordBytes;
        _block = new byte[_blockBytes + RecordFileFormat.ChecksumBytes];
        RecordBytes = recordBytes;
        Span<byte> header = stackalloc byte[RecordFileFormat.HeaderBytes];
        RecordFileFormat.WriteHeader(header, recordBytes, fingerprint, sources, note);
        stream.Write(header);
    }

    public int RecordBytes { get; }

    /// <summary>Records written so far.</summary>
    public long Records { get; private set; }

    /// <summary>Room for the next record, which counts as written.</summary>
    public Span<byte> Next()
    {
        if (_filled == _blockBytes) FlushBlock();
        var record = _block.AsSpan(_filled, RecordBytes);
        _filled += RecordBytes;
        Records++;
        return record;
    }

    /// <summary>Writes the last block and the footer.</summary>
    public void Complete()
    {
        if (_filled > 0) FlushBlock();
        Span<byte> footer = stackalloc byte[RecordFileFormat.FooterBytes];
        RecordFileFormat.WriteFooter(footer, Records, _digest);
        _stream.Write(footer);
    }

    private void FlushBlock()
    {
        var checksum = XxHash64.Hash(_block.AsSpan(0, _filled), (ulong)_blocks++);
        BinaryPrimitives.WriteUInt64LittleEndian(_block.AsSpan(_filled), checksum);
        _stream.Write(_block, 0, _filled + RecordFileFormat.ChecksumBytes);
        _digest = RecordDigest.Add(_digest, checksum);
        _filled = 0;
    }
}

/// <summary>A digest of numbers in their order.</summary>
internal static class RecordDigest
{
    public static ulong Add(ulong digest, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return XxHash64.Hash(bytes, digest);
    }
}
