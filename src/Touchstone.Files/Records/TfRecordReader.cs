using System.Buffers.Binary;
using System.Numerics;

namespace Touchstone.Files.Records;

/// <summary>What came next in a file of records.</summary>
public enum TfRecordState
{
    /// <summary>The file is at its end.</summary>
    End,

    /// <summary>A record.</summary>
    Record,

    /// <summary>A record whose checksum does not fit its bytes; the one after it can be read.</summary>
    Damaged,

    /// <summary>Nothing more can be read: the length of a record is wrong, or the file ends within one.</summary>
    Broken,
}

/// <summary>Reads TensorFlow's files of records, one after another: 64 bits of length, the length's checksum, the bytes, their checksum. Memory is that of the largest record.</summary>
/// <remarks>TensorFlow, TFRecord format (<c>tensorflow/core/lib/io/record_reader</c>): checksums are CRC-32C, turned right by 15 bits and with 0xa282ead8 added. Files that are compressed as a whole are not read.</remarks>
/// <param name="stream">At its beginning; it need not be one that can seek.</param>
public sealed class TfRecordReader(Stream stream)
{
    /// <summary>Bytes before a record's own.</summary>
    public const int HeadBytes = 12;

    private const int TailBytes = 4;
    private const int FirstBytes = 1 << 16;

    private byte[] _bytes = [];
    private int _length;

    /// <summary>Where the last record's own bytes begin, from the stream's start.</summary>
    public long Offset { get; private set; }

    /// <summary>The last record; holds until the next call.</summary>
    public ReadOnlyMemory<byte> Record => _bytes.AsMemory(0, _length);

    /// <summary>What is wrong, where the last call found something.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>The checksum that a file has of some bytes.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var each in bytes) crc = BitOperations.Crc32C(crc, each);
        return BitOperations.RotateRight(~crc, 15) + 0xA282EAD8;
    }

    /// <summary>Whether bytes begin with the head of a record.</summary>
    /// <param name="beginning">The first <see cref="HeadBytes"/> bytes of a file or more.</param>
    public static bool IsHead(ReadOnlySpan<byte> beginning) => beginning.Length >= HeadBytes && BinaryPrimitives.ReadUInt32LittleEndian(beginning[8..]) == Checksum(beginning[..8]);

    /// <summary>Reads the next record.</summary>
    public TfRecordState Read()
    {
        var start = Offset + (Offset == 0 ? 0 : _length + TailBytes);
        Offset = start + HeadBytes;
        _length = 0;
        Span<byte> head = stackalloc byte[HeadBytes];
        var got = stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        if (got == 0) return TfRecordState.End;
        if (got < HeadBytes) return Broken($"the file ends within the head of a record: {got} bytes are left, {HeadBytes} were expected.");
        if (!IsHead(head)) return Broken("the length of a record does not fit its checksum.");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(head);
        if (length > (ulong)Array.MaxLength || stream.CanSeek && (long)length > stream.Length - stream.Position - TailBytes) return Broken($"a record of {length} bytes was expected; {(stream.CanSeek ? $"{stream.Length - stream.Position} are left of the file" : "that is more than an array holds")}.");
        Span<byte> tail = stackalloc byte[TailBytes];
        if (!Fill((int)length) || stream.ReadAtLeast(tail, TailBytes, throwOnEndOfStream: false) < TailBytes) return Broken($"a record of {length} bytes was expected; the file ends within it.");
        var (stated, found) = (BinaryPrimitives.ReadUInt32LittleEndian(tail), Checksum(Record.Span));
        if (stated == found) return TfRecordState.Record;
        Fault = $"the record's checksum is {found:x8}; {stated:x8} was expected.";
        return TfRecordState.Damaged;
    }

    private TfRecordState Broken(string fault)
    {
        Fault = fault;
        return TfRecordState.Broken;
    }

    /// <summary>Memory grows with what comes, not with what a head says.</summary>
    private bool Fill(int length)
    {
        while (_length < length)
        {
            if (_length == _bytes.Length) Array.Resize(ref _bytes, (int)Math.Min(length, Math.Max(FirstBytes, 2L * _bytes.Length)));
            var got = stream.Read(_bytes.AsSpan(_length, Math.Min(length, _bytes.Length) - _length));
            if (got == 0) return false;
            _length += got;
        }

        return true;
    }
}
