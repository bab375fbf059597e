using System.Buffers.Binary;
using System.Numerics;

namespace Touchstone.Files.Parquet.Pages;

/// <summary>Bounds of a chunk's values in the order of the type, as the format defines it (parquet.thrift, ColumnOrder).</summary>
internal static class ChunkStatistics
{
    /// <summary>A longer bound is left out: it would cost more in the footer than it can spare.</summary>
    private const int BoundBytesMax = 64;

    /// <summary>The statistics.</summary>
    /// <param name="buffer">The chunk's entries.</param>
    /// <param name="places">Places of values that hold every distinct one; null is all places.</param>
    public static ParquetStatistics Of(ColumnBuffer buffer, int[]? places)
    {
        var nulls = buffer.EntryCount - buffer.ValueCount;
        var count = places?.Length ?? buffer.ValueCount;
        if (count == 0) return new(null, null, nulls);
        var (min, max) = buffer.Column.Type switch
        {
            { Physical: ParquetPhysicalType.Boolean } => Booleans(buffer.Booleans),
            { Physical: ParquetPhysicalType.Float } => Floats(buffer, places, count),
            { Physical: ParquetPhysicalType.Double } => Doubles(buffer, places, count),
            { Physical: ParquetPhysicalType.Int32 or ParquetPhysicalType.Int64 } => Integers(buffer, places, count),
            { Logical: ParquetLogicalType.Float16 } => (null, null),
            _ => Bytes(buffer, places, count),
        };
        return new(Bound(min), Bound(max), nulls);
    }

    private static ReadOnlyMemory<byte>? Bound(byte[]? bytes) => bytes is null || bytes.Length > BoundBytesMax ? default(ReadOnlyMemory<byte>?) : bytes;

    private static (byte[]? Min, byte[]? Max) Booleans(ReadOnlySpan<byte> values) => ([values.Contains((byte)0) ? (byte)0 : (byte)1], [values.Contains((byte)1) ? (byte)1 : (byte)0]);

    private static (byte[]? Min, byte[]? Max) Integers(ColumnBuffer buffer, int[]? places, int count)
    {
        var isWord = buffer.Column.Type.Physical == ParquetPhysicalType.Int32;
        // Numbers without sign are compared as such: turning the highest bit over puts them in the order of signed ones.
        var flip = buffer.Column.Type.IsSigned ? 0 : isWord ? int.MinValue : long.MinValue;
        var (min, max) = (long.MaxValue, long.MinValue);
        for (var i = 0; i < count; i++)
        {
            var place = places is null ? i : places[i];
            var value = isWord ? buffer.Words[place] ^ (int)flip : buffer.Longs[place] ^ flip;
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
        }

        return (Encoded(min ^ flip), Encoded(max ^ flip));

        byte[] Encoded(long value)
        {
            var bytes = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
            return isWord ? bytes[..4] : bytes;
        }
    }

    private static (byte[]? Min, byte[]? Max) Floats(ColumnBuffer buffer, int[]? places, int count)
    {
        if (!TryRange(count, i => BitConverter.Int32BitsToSingle(buffer.Words[places is null ? i : places[i]]), out var min, out var max)) return (null, null);
        var (low, high) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteSingleLittleEndian(low, (float)min);
        BinaryPrimitives.WriteSingleLittleEndian(high, (float)max);
        return (low, high);
    }

    private static (byte[]? Min, byte[]? Max) Doubles(ColumnBuffer buffer, int[]? places, int count)
    {
        if (!TryRange(count, i => BitConverter.Int64BitsToDouble(buffer.Longs[places is null ? i : places[i]]), out var min, out var max)) return (null, null);
        var (low, high) = (new byte[8], new byte[8]);
        BinaryPrimitives.WriteDoubleLittleEndian(low, min);
        BinaryPrimitives.WriteDoubleLittleEndian(high, max);
        return (low, high);
    }

    /// <summary>The range without NaN; a zero at an end gets the sign that keeps the other zero within.</summary>
    private static bool TryRange(int count, Func<int, double> value, out double min, out double max)
    {
        (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        var hasAny = false;
        for (var i = 0; i < count; i++)
        {
            var v = value(i);
            if (double.IsNaN(v)) continue;
            hasAny = true;
            if (v < min) min = v;
            if (v > max) max = v;
        }

        if (min == 0) min = -0.0;
        if (max == 0) max = 0.0;
        return hasAny;
    }

    private static (byte[]? Min, byte[]? Max) Bytes(ColumnBuffer buffer, int[]? places, int count)
    {
        var isDecimal = buffer.Column.Type.Logical == ParquetLogicalType.Decimal;
        var (min, max) = (0, 0);
        for (var i = 0; i < count; i++)
        {
            var place = places is null ? i : places[i];
            if (i == 0) (min, max) = (place, place);
            if (Compare(buffer.ValueBytes(place), buffer.ValueBytes(min), isDecimal) < 0) min = place;
            if (Compare(buffer.ValueBytes(place), buffer.ValueBytes(max), isDecimal) > 0) max = place;
        }

        return (buffer.ValueBytes(min).ToArray(), buffer.ValueBytes(max).ToArray());
    }

    private static int Compare(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, bool isDecimal) => isDecimal
        ? new BigInteger(first, isUnsigned: false, isBigEndian: true).CompareTo(new BigInteger(second, isUnsigned: false, isBigEndian: true))
        : first.SequenceCompareTo(second);
}
