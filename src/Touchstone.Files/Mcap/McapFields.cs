using System.Buffers.Binary;
using System.Text;

namespace Touchstone.Files.Mcap;

/// <summary>A record that is not what its kind wants.</summary>
internal sealed class McapFaultException(string message, Exception? inner = null) : FormatException(message, inner);

/// <summary>The fields of a record, one after another.</summary>
internal ref struct McapFields(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes that were read.</summary>
    public int At { get; private set; }

    public readonly int Left => _bytes.Length - At;

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2, "a number"));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, "a number"));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8, "a number"));

    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>Bytes behind their length of 32 bits.</summary>
    public ReadOnlySpan<byte> Bytes() => Take(UInt32(), "a text");

    /// <summary>Pairs of texts behind the length of all; of a name that comes again the last is kept.</summary>
    public Dictionary<string, string> Map()
    {
        var inner = new McapFields(Take(UInt32(), "a list of pairs"));
        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        while (inner.Left > 0) pairs[inner.Text()] = inner.Text();
        return pairs;
    }

    private ReadOnlySpan<byte> Take(uint count, string what)
    {
        if (count > Left) throw new McapFaultException($"{what} of {count} bytes was expected at byte {At} of the record; {Left} are left of it.");
        var taken = _bytes.Slice(At, (int)count);
        At += (int)count;
        return taken;
    }
}
