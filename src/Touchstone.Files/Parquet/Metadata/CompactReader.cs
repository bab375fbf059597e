using System.Text;

namespace Touchstone.Files.Parquet.Metadata;

/// <summary>Types of the compact protocol, as they stand in headers of fields, lists and maps.</summary>
internal enum CompactType : byte
{
    Stop = 0,
    True = 1,
    False = 2,
    Byte = 3,
    Int16 = 4,
    Int32 = 5,
    Int64 = 6,
    Double = 7,
    Binary = 8,
    List = 9,
    Set = 10,
    Map = 11,
    Struct = 12,
    Uuid = 13,
}

/// <summary>Reads Thrift's compact protocol; every length is compared with what is there before memory is taken.</summary>
/// <remarks>Apache Thrift, thrift-compact-protocol.md. Faults are <see cref="InvalidDataException"/>; the caller adds the place.</remarks>
internal ref struct CompactReader(ReadOnlySpan<byte> bytes)
{
    private const int DepthMax = 32;
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Reads the header of a struct's next field.</summary>
    /// <param name="id">The last field's id, 0 before the first; then this field's.</param>
    /// <param name="type">The field's type.</param>
    /// <returns>False at the struct's end.</returns>
    public bool Field(ref int id, out CompactType type)
    {
        var header = Byte();
        type = (CompactType)(header & 0x0F);
        if (type == CompactType.Stop) return false;
        id = header >> 4 is > 0 and var delta ? id + delta : (short)ZigZag(Varint());
        return true;
    }

    public byte Byte() => Position < _bytes.Length ? _bytes[Position++] : throw Ended();

    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var b = Byte();
            if (shift == 63 && b > 1) break;
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return value;
        }

        throw new InvalidDataException($"expected a number of at most 64 bits at byte {Position}, found a longer one");
    }

    public static long ZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    /// <summary>A whole number in a field of that type.</summary>
    public long Integer(CompactType type) => type switch
    {
        CompactType.Byte => (sbyte)Byte(),
        CompactType.Int16 or CompactType.Int32 or CompactType.Int64 => ZigZag(Varint()),
        _ => throw Unexpected("a whole number", type),
    };

    /// <summary>A whole number that must fit 32 bits.</summary>
    public int Int32(CompactType type)
    {
        var value = Integer(type);
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw new InvalidDataException($"expected a number of 32 bits before byte {Position}, found {value}");
    }

    public readonly bool Boolean(CompactType type) => type switch { CompactType.True => true, CompactType.False => false, _ => throw Unexpected("true or false", type) };

    public ReadOnlySpan<byte> Binary(CompactType type)
    {
        if (type != CompactType.Binary) throw Unexpected("bytes", type);
        var length = Varint();
        if (length > (ulong)(_bytes.Length - Position)) throw new InvalidDataException($"expected {length} bytes at byte {Position}, found {_bytes.Length - Position}");
        var value = _bytes.Slice(Position, (int)length);
        Position += (int)length;
        return value;
    }

    public string Text(CompactType type)
    {
        try
        {
            return Utf8.GetString(Binary(type));
        }
        catch (DecoderFallbackException fault)
        {
            throw new InvalidDataException($"expected text in UTF-8 before byte {Position}, found other bytes", fault);
        }
    }

    /// <summary>Reads a list's header.</summary>
    /// <returns>Its length, which is no more than the bytes that are left: every element has at least one.</returns>
    public int List(CompactType type, CompactType elements)
    {
        if (type is not (CompactType.List or CompactType.Set)) throw Unexpected("a list", type);
        var count = ListHeader(out var found);
        if (count > 0 && found != elements) throw Unexpected($"a list of {elements}", found);
        return count;
    }

    public readonly void ExpectStruct(CompactType type)
    {
        if (type != CompactType.Struct) throw Unexpected("a struct", type);
    }

    /// <summary>Passes a field over.</summary>
    public void Skip(CompactType type, int depth = 0)
    {
        if (depth > DepthMax) throw new InvalidDataException($"expected at most {DepthMax} structs within one another at byte {Position}");
        switch (type)
        {
            case CompactType.True or CompactType.False: break;
            case CompactType.Byte: Byte(); break;
            case CompactType.Int16 or CompactType.Int32 or CompactType.Int64: Varint(); break;
            case CompactType.Double: SkipBytes(8); break;
            case CompactType.Uuid: SkipBytes(16); break;
            case CompactType.Binary: Binary(type); break;
            case CompactType.List or CompactType.Set:
                for (var left = ListHeader(out var element); left > 0; left--) SkipElement(element, depth);
                break;
            case CompactType.Map: SkipMap(depth); break;
            case CompactType.Struct:
                for (var id = 0; Field(ref id, out var field);) Skip(field, depth + 1);
                break;
            default: throw Unexpected("a known type", type);
        }
    }

    private void SkipMap(int depth)
    {
        var count = Count(Varint());
        if (count == 0) return;
        var types = Byte();
        for (; count > 0; count--)
        {
            SkipElement((CompactType)(types >> 4), depth);
            SkipElement((CompactType)(types & 0x0F), depth);
        }
    }

    /// <summary>Truth values take a byte of their own within lists and maps, while those of fields are in the header.</summary>
    private void SkipElement(CompactType type, int depth)
    {
        if (type is CompactType.True or CompactType.False) Byte();
        else Skip(type, depth + 1);
    }

    private int ListHeader(out CompactType elements)
    {
        var header = Byte();
        elements = (CompactType)(header & 0x0F);
        return Count(header >> 4 is < 15 and var few ? (ulong)few : Varint());
    }

    private readonly int Count(ulong count) => count <= (ulong)(_bytes.Length - Position)
        ? (int)count
        : throw new InvalidDataException($"expected a list of {count} elements at byte {Position}, found {_bytes.Length - Position} bytes");

    private void SkipBytes(int count)
    {
        if (count > _bytes.Length - Position) throw Ended();
        Position += count;
    }

    private readonly InvalidDataException Ended() => new($"expected more after byte {_bytes.Length}, found the end");

    private readonly InvalidDataException Unexpected(string expected, CompactType found) => new($"expected {expected} before byte {Position}, found type {(int)found}");
}
