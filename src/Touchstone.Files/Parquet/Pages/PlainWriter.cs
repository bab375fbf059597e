using System.Buffers.Binary;
using Touchstone.Files.Parquet.Encodings;

namespace Touchstone.Files.Parquet.Pages;

/// <summary>Writes values in plain encoding.</summary>
internal static class PlainWriter
{
    /// <summary>Writes the values from one place to before another.</summary>
    public static void Write(ColumnBuffer buffer, int from, int to, ByteSink sink)
    {
        switch (buffer.Column.Type.Physical)
        {
            case ParquetPhysicalType.Boolean:
                WriteBooleans(buffer.Booleans[from..to], sink);
                break;
            case ParquetPhysicalType.Int32 or ParquetPhysicalType.Float:
                LittleEndian.Copy(buffer.Words[from..to], sink.Space((to - from) * 4));
                break;
            case ParquetPhysicalType.Int64 or ParquetPhysicalType.Double:
                LittleEndian.Copy(buffer.Longs[from..to], sink.Space((to - from) * 8));
                break;
            default:
                for (var i = from; i < to; i++) WriteBytes(buffer, i, sink);
                break;
        }
    }

    /// <summary>Writes the values at some places; truth values have no dictionary and are not among them.</summary>
    public static void Write(ColumnBuffer buffer, int[] places, ByteSink sink)
    {
        foreach (var place in places) Write(buffer, place, place + 1, sink);
    }

    private static void WriteBooleans(ReadOnlySpan<byte> values, ByteSink sink)
    {
        var bits = sink.Space((values.Length + 7) / 8);
        bits.Clear();
        for (var i = 0; i < values.Length; i++) bits[i >> 3] |= (byte)(values[i] << (i & 7));
    }

    private static void WriteBytes(ColumnBuffer buffer, int index, ByteSink sink)
    {
        var bytes = buffer.ValueBytes(index);
        if (buffer.Column.Type.Physical == ParquetPhysicalType.ByteArray) BinaryPrimitives.WriteInt32LittleEndian(sink.Space(4), bytes.Length);
        sink.Write(bytes);
    }
}
