using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Touchstone.Curation.Redaction;

/// <summary>Which addresses of the Internet Protocol are reachable from everywhere, and so may lead to a person.</summary>
/// <remarks>
/// IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and its successors). The IPv4 networks are those that Python 3.11's
/// <c>ipaddress.is_global</c> knows, since datatrove asks it; a multicast address counts as global there.
/// </remarks>
internal static class PublicAddresses
{
    // (network, number of leading bits)
    private static readonly (uint Network, int Bits)[] s_special =
    [
        (0x00000000, 8), (0x0A000000, 8), (0x64400000, 10), (0x7F000000, 8), (0xA9FE0000, 16), (0xAC100000, 12), (0xC0000000, 29), (0xC00000AA, 31),
        (0xC0000200, 24), (0xC0A80000, 16), (0xC6120000, 15), (0xC6336400, 24), (0xCB007100, 24), (0xF0000000, 4),
    ];

    /// <summary>True for an IPv4 address, first octet in the highest byte, in none of the special networks.</summary>
    public static bool IsGlobal(uint address)
    {
        foreach (var (network, bits) in s_special)
            if ((address ^ network) >> (32 - bits) == 0) return false;
        return true;
    }

    /// <summary>True for an IPv4 multicast address (224.0.0.0/4), which names a group and not a machine.</summary>
    public static bool IsMulticast(uint address) => address >> 28 == 0xE;

    /// <summary>True for an IPv6 address that IANA gives out for use everywhere: 2000::/3 without the protocol's own 2001::/23, documentation and its kind.</summary>
    public static bool IsGlobal(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return false;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        var high = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return high >> 29 == 1 && high >> 9 != 0x20010000 >> 9 && high != 0x20010DB8 && high >> 12 != 0x3FFF0000 >> 12;
    }

    /// <summary>Reads an octet written with one to three digits.</summary>
    /// <param name="digits">The digits; longer or other text is refused.</param>
    /// <param name="octet">The value, 0 to 255.</param>
    public static bool TryOctet(ReadOnlySpan<char> digits, out int octet)
    {
        octet = 0;
        if (digits.Length is 0 or > 3) return false;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return false;
            octet = octet * 10 + digit - '0';
        }

        return octet <= 255;
    }
}
