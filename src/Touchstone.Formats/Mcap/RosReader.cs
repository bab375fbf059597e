using System.Buffers.Binary;
using System.Text;
using Touchstone.Formats.Wire;

namespace Touchstone.Formats.Mcap;

/// <summary>Reads the fields of a ROS message: of ROS 1, where they stand without gaps, or of ROS 2, where each number begins at a multiple of its own length (CDR).</summary>
/// <remarks>wiki.ros.org, "ROS message serialization"; OMG, DDS-XTypes 1.3, 7.4: CDR begins with four bytes of which the second says which byte of a number comes first, and its multiples count from behind them.</remarks>
internal ref struct RosReader
{
    private const int CdrHeadBytes = 4;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _isCdr;
    private readonly bool _isBigEndian;
    private int _at;

    /// <param name="bytes">The message.</param>
    /// <param name="isCdr">Whether it is of ROS 2.</param>
    /// <exception cref="WireFaultException">It is of ROS 2 and does not begin with a head of CDR.</exception>
    public RosReader(ReadOnlySpan<byte> bytes, bool isCdr)
    {
        (_isCdr, _at) = (isCdr, 0);
        _bytes = bytes;
        if (!isCdr) return;
        if (bytes.Length < CdrHeadBytes || bytes[0] != 0 || bytes[1] > 1) throw new WireFaultException(0, $"a message in CDR begins with 00 00 or 00 01 and two more bytes; {Convert.ToHexString(bytes[..Math.Min(bytes.Length, CdrHeadBytes)])} found.");
        _isBigEndian = bytes[1] == 0;
        _at = CdrHeadBytes;
    }

    public byte Byte() => Take(1)[0];

    public uint UInt32()
    {
        if (_isCdr) Take((4 - (_at - CdrHeadBytes) % 4) % 4);
        var bytes = Take(4);
        return _isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    /// <summary>A text; that of ROS 2 ends with a byte of 0.</summary>
    public string Text() => Encoding.UTF8.GetString(Bytes()).TrimEnd('\0');

    /// <summary>Bytes behind their number.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        var count = UInt32();
        return Take(count);
    }

    /// <summary>The head that sensors' messages begin with: its frame.</summary>
    public string Header()
    {
        if (!_isCdr) UInt32();                                  // seq
        (_, _) = (UInt32(), UInt32());                          // stamp
        return Text();
    }

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count > _bytes.Length - _at) throw new WireFaultException(_at, $"{count} bytes were expected; {_bytes.Length - _at} are left of the message.");
        var taken = _bytes.Slice(_at, (int)count);
        _at += (int)count;
        return taken;
    }
}
