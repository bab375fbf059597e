using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Touchstone.Files.Parquet.Encodings;

/// <summary>PLAIN: values as they are, little-endian, byte arrays behind their lengths, truth values as bits.</summary>
internal sealed class PlainDecoder(byte[] page, int start, int end) : ValueDecoder
{
    private int _at = start;
    private int _bit;

    /// <summary>Bytes that are left.</summary>
    public int Left => end - _at;

    public override void Read(ValueVector values, int count)
    {
        if (values.Width > 0 && (long)count * values.Width > Left) throw Ended(count, (long)count * values.Width);
        values.Data = page;
        switch (values.Physical)
        {
            case ParquetPhysicalType.Boolean:
                ReadBooleans(values, count);
                break;
            case ParquetPhysicalType.Int32 or ParquetPhysicalType.Float:
                values.Reset(count);
                LittleEndian.Copy(Take(count * 4), values.Words);
                break;
            case ParquetPhysicalType.Int64 or ParquetPhysicalType.Double:
                values.Reset(count);
                LittleEndian.Copy(Take(count * 8), values.Longs);
                break;
            case ParquetPhysicalType.ByteArray:
                ReadByteArrays(values, count);
                break;
            default:
                values.Reset(count);
                values.Lengths.AsSpan(0, count).Fill(values.Width);
                for (var i = 0; i < count; i++, _at += values.Width) values.Starts[i] = _at;
                break;
        }
    }

    private void ReadBooleans(ValueVector values, int count)
    {
        if (_bit + (long)count > Left * 8L) throw Ended(count, (count + 7) / 8);
        values.Reset(count);
        var booleans = values.Booleans;
        for (var i = 0; i < count; i++, _bit++) booleans[i] = (byte)(page[_at + (_bit >> 3)] >> (_bit & 7) & 1);
    }

    private void ReadByteArrays(ValueVector values, int count)
    {
        if (count * 4L > Left) throw Ended(count, count * 4L);
        values.Reset(count);
        for (var i = 0; i < count; i++)
        {
            var length = Left >= 4 ? BinaryPrimitives.ReadInt32LittleEndian(page.AsSpan(_at)) : throw Ended(count - i, 4);
            _at += 4;
            if (length < 0 || length > Left) throw new InvalidDataException($"expected {(uint)length} bytes of a value {_at} bytes into the page, found {Left}");
            (values.Starts[i], values.Lengths[i]) = (_at, length);
            _at += length;
        }
    }

    private ReadOnlySpan<byte> Take(int bytes)
    {
        _at += bytes;
        return page.AsSpan(_at - bytes, bytes);
    }

    private InvalidDataException Ended(int count, long bytes) => new($"expected {count} more values in at least {bytes} bytes, found {Left} bytes");
}

/// <summary>Numbers of the file, which are little-endian, as numbers of the machine.</summary>
internal static class LittleEndian
{
    public static void Copy(ReadOnlySpan<byte> from, Span<int> to)
    {
        from.CopyTo(MemoryMarshal.AsBytes(to));
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(to, to);
    }

    public static void Copy(ReadOnlySpan<byte> from, Span<long> to)
    {
        from.CopyTo(MemoryMarshal.AsBytes(to));
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(to, to);
    }

    public static void Copy(ReadOnlySpan<int> from, Span<byte> to)
    {
        if (BitConverter.IsLittleEndian) MemoryMarshal.AsBytes(from).CopyTo(to);
        else BinaryPrimitives.ReverseEndianness(from, MemoryMarshal.Cast<byte, int>(to));
    }

    public static void Copy(ReadOnlySpan<long> from, Span<byte> to)
    {
        if (BitConverter.IsLittleEndian) MemoryMarshal.AsBytes(from).CopyTo(to);
        else BinaryPrimitives.ReverseEndianness(from, MemoryMarshal.Cast<byte, long>(to));
    }
}
