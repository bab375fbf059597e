using System.Buffers.Binary;
using System.Text;

namespace Touchstone.Files.Arrow;

/// <summary>A message of an Arrow file, to tell where in the file a byte of it stands.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Offset">Where the message begins, bytes from the file's start.</param>
internal readonly record struct FlatPlace(string File, long Offset)
{
    public ArrowFormatException Fault(long at, string message) => new(File, Offset + at, message);
}

/// <summary>A table of FlatBuffers. Every offset is checked against the message before anything is read by it.</summary>
/// <remarks>google/flatbuffers, docs/source/internals.md: a table begins with the distance back to its vtable, which has a 16-bit offset for each field, 0 where the field has its default.</remarks>
internal readonly ref struct FlatTable
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FlatPlace _place;
    private readonly int _at;
    private readonly int _fields;
    private readonly int _vtable;
    private readonly int _tableBytes;

    private FlatTable(ReadOnlySpan<byte> bytes, FlatPlace place, long at)
    {
        _bytes = bytes;
        _place = place;
        if (at < 0 || at > bytes.Length - 4) throw place.Fault(Math.Max(0, at), "a table was expected here, outside its message.");
        _at = (int)at;
        var vtable = at - BinaryPrimitives.ReadInt32LittleEndian(bytes[_at..]);
        if (vtable < 0 || vtable > bytes.Length - 4) throw place.Fault(at, "the table's list of fields lies outside its message.");
        _vtable = (int)vtable;
        var vtableBytes = BinaryPrimitives.ReadUInt16LittleEndian(bytes[_vtable..]);
        _tableBytes = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(_vtable + 2)..]);
        if (vtableBytes < 4 || vtableBytes > bytes.Length - _vtable || _tableBytes > bytes.Length - _at) throw place.Fault(vtable, "the table or its list of fields is longer than its message.");
        _fields = (vtableBytes - 4) / 2;
    }

    /// <summary>The table that a message begins with.</summary>
    public static FlatTable Root(ReadOnlySpan<byte> message, FlatPlace place) =>
        message.Length >= 8 ? new FlatTable(message, place, BinaryPrimitives.ReadUInt32LittleEndian(message)) : throw place.Fault(0, $"a message of {message.Length} bytes; 8 or more were expected.");

    public ArrowFormatException Fault(string message) => _place.Fault(_at, message);

    public bool Has(int field) => Find(field, 1) > 0;

    public byte Byte(int field, byte or = 0) => Find(field, 1) is var at and > 0 ? _bytes[at] : or;

    public short Short(int field, short or = 0) => Find(field, 2) is var at and > 0 ? BinaryPrimitives.ReadInt16LittleEndian(_bytes[at..]) : or;

    public int Int(int field, int or = 0) => Find(field, 4) is var at and > 0 ? BinaryPrimitives.ReadInt32LittleEndian(_bytes[at..]) : or;

    public long Long(int field) => Find(field, 8) is var at and > 0 ? BinaryPrimitives.ReadInt64LittleEndian(_bytes[at..]) : 0;

    /// <summary>The table that a field leads to.</summary>
    public FlatTable Table(int field, string what) => Find(field, 4) is var at and > 0 ? new FlatTable(_bytes, _place, Follow(at)) : throw Fault($"{what} was expected.");

    /// <summary>A field's text; empty where there is none.</summary>
    public string Text(int field)
    {
        var bytes = Vector(field, 1, out var count);
        return Encoding.UTF8.GetString(bytes[..count]);
    }

    /// <summary>The bytes of a field's vector.</summary>
    /// <param name="field">Its number.</param>
    /// <param name="elementBytes">Bytes of an element.</param>
    /// <param name="count">Elements; 0 where there is no such field.</param>
    public ReadOnlySpan<byte> Vector(int field, int elementBytes, out int count)
    {
        count = 0;
        if (Find(field, 4) is not (var at and > 0)) return [];
        var start = Follow(at);
        if (start > _bytes.Length - 4) throw _place.Fault(at, "a list was expected here, outside its message.");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(_bytes[(int)start..]);
        if (length * (long)elementBytes > _bytes.Length - start - 4) throw _place.Fault(start, $"a list of {length} elements of {elementBytes} bytes; {_bytes.Length - start - 4} bytes are left of its message.");
        count = (int)length;
        return _bytes.Slice((int)start + 4, count * elementBytes);
    }

    /// <summary>A table of a field's list of tables.</summary>
    public FlatTable TableOf(int field, int index)
    {
        Vector(field, 4, out var count);
        if (index >= count) throw Fault($"{index + 1} tables were expected in a list of {count}.");
        var at = (int)Follow(Find(field, 4)) + 4 + 4 * index;
        return new FlatTable(_bytes, _place, Follow(at));
    }

    private long Follow(int at) => at + (long)BinaryPrimitives.ReadUInt32LittleEndian(_bytes[at..]);

    /// <summary>Where a field's value stands; 0 where it has its default.</summary>
    private int Find(int field, int bytes)
    {
        if (field >= _fields) return 0;
        var offset = BinaryPrimitives.ReadUInt16LittleEndian(_bytes[(_vtable + 4 + 2 * field)..]);
        if (offset == 0) return 0;
        if (offset < 4 || offset + bytes > _tableBytes) throw Fault($"field {field} of {bytes} bytes stands at byte {offset} of a table of {_tableBytes} bytes.");
        return _at + offset;
    }
}
