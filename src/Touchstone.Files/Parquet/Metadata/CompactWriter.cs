using System.Buffers;
using System.Text;

namespace Touchstone.Files.Parquet.Metadata;

/// <summary>Writes Thrift's compact protocol: structs nest between a begin and an end.</summary>
/// <remarks>Apache Thrift, thrift-compact-protocol.md.</remarks>
internal sealed class CompactWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Stack<int> _above = new();
    private int _last;

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>Begins the outermost struct, or one that is an element of a list.</summary>
    public void Begin()
    {
        _above.Push(_last);
        _last = 0;
    }

    /// <summary>Begins a struct in a field.</summary>
    public void Begin(int id)
    {
        Header(id, CompactType.Struct);
        Begin();
    }

    /// <summary>Ends the innermost struct.</summary>
    public void End()
    {
        Byte((byte)CompactType.Stop);
        _last = _above.Pop();
    }

    public void Boolean(int id, bool value) => Header(id, value ? CompactType.True : CompactType.False);

    public void Int8(int id, sbyte value)
    {
        Header(id, CompactType.Byte);
        Byte((byte)value);
    }

    public void Int16(int id, short value)
    {
        Header(id, CompactType.Int16);
        ZigZag(value);
    }

    public void Int32(int id, int value)
    {
        Header(id, CompactType.Int32);
        ZigZag(value);
    }

    public void Int64(int id, long value)
    {
        Header(id, CompactType.Int64);
        ZigZag(value);
    }

    public void Binary(int id, ReadOnlySpan<byte> value)
    {
        Header(id, CompactType.Binary);
        Bytes(value);
    }

    public void Text(int id, string value) => Binary(id, Encoding.UTF8.GetBytes(value));

    /// <summary>Begins a list; its elements follow as <see cref="Element(int)"/>, <see cref="Element(string)"/> or structs.</summary>
    public void List(int id, CompactType elements, int count)
    {
        Header(id, CompactType.List);
        if (count < 15)
        {
            Byte((byte)(count << 4 | (int)elements));
            return;
        }

        Byte((byte)(0xF0 | (int)elements));
        Varint((ulong)count);
    }

    public void Element(int value) => ZigZag(value);

    public void Element(string value) => Bytes(Encoding.UTF8.GetBytes(value));

    private void Header(int id, CompactType type)
    {
        var delta = id - _last;
        if (delta is > 0 and < 16)
        {
            Byte((byte)(delta << 4 | (int)type));
        }
        else
        {
            Byte((byte)type);
            ZigZag(id);
        }

        _last = id;
    }

    private void Bytes(ReadOnlySpan<byte> value)
    {
        Varint((ulong)value.Length);
        _bytes.Write(value);
    }

    private void ZigZag(long value) => Varint((ulong)(value << 1 ^ value >> 63));

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    private void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
