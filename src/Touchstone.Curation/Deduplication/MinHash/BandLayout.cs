using System.Buffers.Binary;
using Touchstone.Curation.Deduplication.Records;

namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>One bucket of a signature and the index of its document: datatrove's record of a signature file, 68 bytes for 8 values of 64 bits.</summary>
/// <param name="rows">Values in a bucket.</param>
/// <param name="valueBytes">Bytes of a value, 8 or 4.</param>
internal readonly struct BandLayout(int rows, int valueBytes) : IRecordLayout
{
    public int KeyBytes => rows * valueBytes;

    public int RecordBytes => rows * valueBytes + sizeof(uint);

    public ulong Prefix(ReadOnlySpan<byte> record) => valueBytes == 8
        ? BinaryPrimitives.ReadUInt64LittleEndian(record)
        : ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(record) << 32) | (rows > 1 ? BinaryPrimitives.ReadUInt32LittleEndian(record[4..]) : 0);

    public int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var order = CompareAcrossFiles(left, right);
        return order != 0 ? order : IndexOf(left).CompareTo(IndexOf(right));
    }

    public int CompareAcrossFiles(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        for (var at = 0; at < KeyBytes; at += valueBytes)
        {
            var order = ValueAt(left, at).CompareTo(ValueAt(right, at));
            if (order != 0) return order;
        }

        return 0;
    }

    public uint IndexOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record[KeyBytes..]);

    /// <summary>Writes a record.</summary>
    public void Write(Span<byte> record, ReadOnlySpan<ulong> values, uint index)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (valueBytes == 8) BinaryPrimitives.WriteUInt64LittleEndian(record[(i * 8)..], values[i]);
            else BinaryPrimitives.WriteUInt32LittleEndian(record[(i * 4)..], (uint)values[i]);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(record[KeyBytes..], index);
    }

    private ulong ValueAt(ReadOnlySpan<byte> record, int at) => valueBytes == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(record[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(record[at..]);
}
