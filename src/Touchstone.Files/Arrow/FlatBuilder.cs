using System.Buffers.Binary;
using System.Text;

namespace Touchstone.Files.Arrow;

/// <summary>Builds a FlatBuffers message from its end to its beginning, so that what is pointed to is written before what points to it.</summary>
/// <remarks>google/flatbuffers, docs/source/internals.md. Places are counted from the message's end.</remarks>
internal sealed class FlatBuilder
{
    private const int AlignmentBytes = 8;

    private byte[] _bytes = new byte[1024];
    private int _start = 1024;
    private int _tableStart;
    private int[] _fields = [];

    private int Place => _bytes.Length - _start;

    /// <summary>A text with its length.</summary>
    /// <returns>Its place.</returns>
    public int Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Align(4, bytes.Length + 1);
        Push(1);
        bytes.CopyTo(Push(bytes.Length));
        return Count(bytes.Length);
    }

    /// <summary>A list of places of tables.</summary>
    public int Tables(ReadOnlySpan<int> places)
    {
        Align(4, 4 * places.Length);
        for (var i = places.Length - 1; i >= 0; i--) PushOffset(places[i]);
        return Count(places.Length);
    }

    /// <summary>A list of structures of 64-bit numbers.</summary>
    /// <param name="numbers">All of their numbers.</param>
    /// <param name="perStructure">Numbers of a structure.</param>
    public int Structures(ReadOnlySpan<long> numbers, int perStructure)
    {
        Align(8, 8 * numbers.Length);
        for (var i = numbers.Length - 1; i >= 0; i--) BinaryPrimitives.WriteInt64LittleEndian(Push(8), numbers[i]);
        return Count(numbers.Length / perStructure);
    }

    public FlatBuilder Begin(int fields)
    {
        (_fields, _tableStart) = (new int[fields], Place);
        return this;
    }

    public FlatBuilder Byte(int field, byte value) => Field(field, 1, to => to[0] = value);

    public FlatBuilder Short(int field, short value) => Field(field, 2, to => BinaryPrimitives.WriteInt16LittleEndian(to, value));

    public FlatBuilder Int(int field, int value) => Field(field, 4, to => BinaryPrimitives.WriteInt32LittleEndian(to, value));

    public FlatBuilder Long(int field, long value) => Field(field, 8, to => BinaryPrimitives.WriteInt64LittleEndian(to, value));

    /// <summary>A field that leads to what was written before.</summary>
    public FlatBuilder Offset(int field, int place)
    {
        Align(4, 0);
        PushOffset(place);
        _fields[field] = Place;
        return this;
    }

    /// <summary>Ends the table.</summary>
    /// <returns>Its place.</returns>
    public int End()
    {
        Align(4, 0);
        Push(4);
        var table = Place;
        for (var i = _fields.Length - 1; i >= 0; i--) BinaryPrimitives.WriteUInt16LittleEndian(Push(2), (ushort)(_fields[i] == 0 ? 0 : table - _fields[i]));
        BinaryPrimitives.WriteUInt16LittleEndian(Push(2), (ushort)(table - _tableStart));
        BinaryPrimitives.WriteUInt16LittleEndian(Push(2), (ushort)(2 * _fields.Length + 4));
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_bytes.Length - table), Place - table);
        return table;
    }

    /// <summary>The message, whose root is this table; whole words of 8 bytes.</summary>
    public ReadOnlySpan<byte> Finish(int root)
    {
        Align(AlignmentBytes, 4);
        PushOffset(root);
        return _bytes.AsSpan(_start);
    }

    private FlatBuilder Field(int field, int bytes, Writer write)
    {
        Align(bytes, 0);
        write(Push(bytes));
        _fields[field] = Place;
        return this;
    }

    private delegate void Writer(Span<byte> to);

    private int Count(int count)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Push(4), (uint)count);
        return Place;
    }

    private void PushOffset(int place) => BinaryPrimitives.WriteUInt32LittleEndian(Push(4), (uint)(Place - place));

    /// <summary>Noughts, so that what is written after so many more bytes begins at a whole multiple.</summary>
    private void Align(int bytes, int before) => Push((bytes - (Place + before) % bytes) % bytes);

    private Span<byte> Push(int bytes)
    {
        if (bytes > _start)
        {
            var larger = new byte[Math.Max(2 * _bytes.Length, _bytes.Length + bytes)];
            _bytes.AsSpan(_start).CopyTo(larger.AsSpan(larger.Length - Place));
            (_start, _bytes) = (larger.Length - Place, larger);
        }

        _start -= bytes;
        return _bytes.AsSpan(_start, bytes);
    }
}
