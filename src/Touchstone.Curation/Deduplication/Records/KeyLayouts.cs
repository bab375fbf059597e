using System.Buffers.Binary;

namespace Touchstone.Curation.Deduplication.Records;

/// <summary>Records of a hash u64, a priority u16 and the index of a document u32: by hash, the highest priority first, then by index. datatrove's order of exact deduplication.</summary>
internal readonly struct ContentLayout : IRecordLayout
{
    public const int Bytes = 14;

    public int RecordBytes => Bytes;

    public static ulong HashOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt64LittleEndian(record);

    public static ushort PriorityOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt16LittleEndian(record[8..]);

    public static uint IndexOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record[10..]);

    public static void Write(Span<byte> record, ulong hash, ushort priority, uint index)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(record, hash);
        BinaryPrimitives.WriteUInt16LittleEndian(record[8..], priority);
        BinaryPrimitives.WriteUInt32LittleEndian(record[10..], index);
    }

    public ulong Prefix(ReadOnlySpan<byte> record) => HashOf(record);

    public int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var order = CompareAcrossFiles(left, right);
        return order != 0 ? order : IndexOf(left).CompareTo(IndexOf(right));
    }

    public int CompareAcrossFiles(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var order = HashOf(left).CompareTo(HashOf(right));
        return order != 0 ? order : PriorityOf(right).CompareTo(PriorityOf(left));
    }
}

/// <summary>
/// Records of a hash u64, the index of a document u32 and the number of a sentence in it u32: by hash, document, file, sentence. The order of datatrove's sentence deduplication, in which
/// documents come before files.
/// </summary>
internal readonly struct SentenceLayout : IRecordLayout
{
    public const int Bytes = 16;

    public int RecordBytes => Bytes;

    public static ulong HashOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt64LittleEndian(record);

    public static uint IndexOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record[8..]);

    public static uint SentenceOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);

    public static void Write(Span<byte> record, ulong hash, uint index, uint sentence)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(record, hash);
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], index);
        BinaryPrimitives.WriteUInt32LittleEndian(record[12..], sentence);
    }

    public ulong Prefix(ReadOnlySpan<byte> record) => HashOf(record);

    public int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var order = CompareAcrossFiles(left, right);
        return order != 0 ? order : SentenceOf(left).CompareTo(SentenceOf(right));
    }

    public int CompareAcrossFiles(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var order = HashOf(left).CompareTo(HashOf(right));
        return order != 0 ? order : IndexOf(left).CompareTo(IndexOf(right));
    }
}

/// <summary>Records of a shard u32, the index of a document u32 and a number in it u32, in this order: what was found, on its way back to its shards.</summary>
internal readonly struct PlaceLayout : IRecordLayout
{
    public const int Bytes = 12;

    public int RecordBytes => Bytes;

    public static uint ShardOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record);

    public static uint IndexOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record[4..]);

    public static uint PartOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record[8..]);

    public static void Write(Span<byte> record, uint shard, uint index, uint part)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(record, shard);
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], index);
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], part);
    }

    public ulong Prefix(ReadOnlySpan<byte> record) => ((ulong)ShardOf(record) << 32) | IndexOf(record);

    public int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var order = Prefix(left).CompareTo(Prefix(right));
        return order != 0 ? order : PartOf(left).CompareTo(PartOf(right));
    }

    public int CompareAcrossFiles(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => Compare(left, right);
}
