using System.Buffers.Binary;
using System.Text;

namespace Touchstone.Formats.Wire;

/// <summary>Bytes that are no message of Protocol Buffers, or none of the kind that was expected.</summary>
/// <param name="offset">Where, bytes from the beginning of what the outermost message stands in.</param>
/// <param name="message">What was expected and what was found.</param>
internal sealed class WireFaultException(long offset, string message) : FormatException(message)
{
    public long Offset => offset;
}

/// <summary>Reads the fields of a message of Protocol Buffers in the order in which they stand. Fields that nobody asks for are passed over, as the encoding wants it; nothing is read beyond the message, and messages within it are read by the caller, as deep as it knows them.</summary>
/// <remarks>protobuf.dev, "Encoding": a field begins with its number and the kind of its value; groups, which are no longer used, are refused.</remarks>
/// <param name="bytes">The message.</param>
/// <param name="offset">Where it begins, for faults.</param>
internal ref struct WireReader(ReadOnlySpan<byte> bytes, long offset)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;
    private int _kind;
    private bool _isTaken = true;

    private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;

    /// <summary>Where the message ends, for faults.</summary>
    public readonly long End => offset + _bytes.Length;

    /// <summary>The field's number.</summary>
    public int Field { get; private set; }

    /// <summary>Goes to the next field.</summary>
    /// <returns>False at the end of the message.</returns>
    public bool Next()
    {
        if (!_isTaken) Skip();
        if (_at == _bytes.Length) return false;
        var start = _at;
        var tag = ReadVarint();
        (Field, _kind, _isTaken) = ((int)Math.Min(tag >> 3, int.MaxValue), (int)(tag & 7), false);
        if (Field == 0 || tag >> 3 > 0x1FFFFFFF) throw Fault(start, $"a field with a number from 1 to 536870911 was expected; {tag >> 3} found.");
        return true;
    }

    /// <summary>A whole number.</summary>
    public long Whole()
    {
        Expect(Varint, "a whole number");
        return (long)ReadVarint();
    }

    /// <summary>A whole number, as a 32-bit one with a sign.</summary>
    public int Int() => unchecked((int)Whole());

    /// <summary>A real number of 64 bits.</summary>
    public double Double()
    {
        Expect(Fixed64, "a number of 8 bytes");
        return BinaryPrimitives.ReadDoubleLittleEndian(Take(8));
    }

    /// <summary>A whole number of 32 bits that stands in four bytes.</summary>
    public uint Fixed()
    {
        Expect(Fixed32, "a number of 4 bytes");
        return BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
    }

    /// <summary>Real numbers of 64 bits: one, or all of a packed list.</summary>
    /// <exception cref="WireFaultException">There would be more than <paramref name="most"/>.</exception>
    public void Doubles(List<double> to, int most)
    {
        if (_kind == Fixed64) to.Add(Double());
        else
        {
            var packed = Bytes();
            if (packed.Length % 8 != 0) throw Fault(_at, $"numbers of 8 bytes were expected; {packed.Length} bytes found.");
            if (packed.Length / 8 + to.Count <= most)
                for (var i = 0; i < packed.Length; i += 8) to.Add(BinaryPrimitives.ReadDoubleLittleEndian(packed[i..]));
            else most = -1;
        }

        if (to.Count > most) throw Fault(_at, $"more numbers than were expected in field {Field}.");
    }

    /// <summary>Bytes, which hold as long as the message does.</summary>
    public ReadOnlySpan<byte> Bytes() => Bytes(out _);

    /// <inheritdoc cref="Bytes()"/>
    /// <param name="start">Where they begin.</param>
    public ReadOnlySpan<byte> Bytes(out long start)
    {
        Expect(Delimited, "a length and bytes");
        var at = _at;
        var length = ReadVarint();
        if (length > (ulong)(_bytes.Length - _at)) throw Fault(at, $"{length} bytes were expected; {_bytes.Length - _at} are left of the message.");
        start = offset + _at;
        return Take((int)length);
    }

    /// <summary>A text; bytes that are no UTF-8 become U+FFFD.</summary>
    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>A message within this one.</summary>
    public WireReader Message()
    {
        var inner = Bytes(out var start);
        return new WireReader(inner, start);
    }

    public readonly WireFaultException Fault(string message) => Fault(_at, message);

    private readonly WireFaultException Fault(int at, string message) => new(offset + at, message);

    private void Expect(int kind, string what)
    {
        if (_kind != kind) throw Fault(_at, $"{what} was expected in field {Field}; a value of the kind {_kind} found.");
        _isTaken = true;
    }

    private void Skip()
    {
        _isTaken = true;
        switch (_kind)
        {
            case Varint: ReadVarint(); break;
            case Fixed64: Take(8); break;
            case Fixed32: Take(4); break;
            case Delimited: Bytes(); break;
            default: throw Fault(_at, $"a value of the kind {_kind} in field {Field}; 0, 1, 2 or 5 was expected.");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _at) throw Fault(_at, $"{count} bytes were expected; {_bytes.Length - _at} are left of the message.");
        var taken = _bytes.Slice(_at, count);
        _at += count;
        return taken;
    }

    private ulong ReadVarint()
    {
        var start = _at;
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (_at == _bytes.Length) throw Fault(start, "the message ends within a number.");
            var next = _bytes[_at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw Fault(start, "a number of more than ten bytes.");
    }
}
