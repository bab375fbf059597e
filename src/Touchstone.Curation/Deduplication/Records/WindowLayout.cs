using System.Buffers.Binary;

namespace Touchstone.Curation.Deduplication.Records;

/// <summary>Records of a hash u64, the index of a document u32 and a place in it u32: by hash, file, document, place, so that the first of equal ones is the first in the corpus.</summary>
internal readonly struct WindowLayout : IRecordLayout
{
    public const int Bytes = 16;

    public int RecordBytes => Bytes;

    public static ulong HashOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt64LittleEndian(record);

    public static uint IndexOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record[8..]);

    public static uint PlaceOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);

    public static void Write(Span<byte> record, ulong hash, uint index, uint place)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(record, hash);
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], index);
        BinaryPrimitives.WriteUInt32LittleEndian(record[12..], place);
    }

    public ulong Prefix(ReadOnlySpan<byte> record) => HashOf(record);

    public int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var order = CompareAcrossFiles(left, right);
        if (order != 0) return order;
        order = IndexOf(left).CompareTo(IndexOf(right));
        return order != 0 ? order : PlaceOf(left).CompareTo(PlaceOf(right));
    }

    public int CompareAcrossFiles(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => HashOf(left).CompareTo(HashOf(right));
}
