using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Touchstone.Curation.Redaction;

/// <summary>Finds addresses of the Internet Protocol that are reachable from everywhere. Versions of programs look alike: four numbers stand alone between other signs here.</summary>
internal static class NetworkAddresses
{
    private const int MinSixLength = 6;
    private const int MaxSixLength = 45; // eight groups of four with an IPv4 tail, as INET6_ADDRSTRLEN counts

    private static readonly SearchValues<char> s_six = SearchValues.Create("0123456789abcdefABCDEF:.");

    public static void Find(string text, List<RedactedSpan> found)
    {
        FindFour(text, found);
        FindSix(text, found);
    }

    private static void FindFour(string text, List<RedactedSpan> found)
    {
        for (var i = 0; i < text.Length;)
        {
            var digit = text.AsSpan(i).IndexOfAnyInRange('0', '9');
            if (digit < 0) return;
            var start = i + digit;
            i = start;
            while (i < text.Length && (char.IsAsciiDigit(text[i]) || (text[i] == '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1])))) i++;
            if (i - start is < 7 or > 15 || Joins(text, start - 1) || Joins(text, i)) continue;
            if (TryFour(text.AsSpan(start, i - start), out var address) && PublicAddresses.IsGlobal(address) && !PublicAddresses.IsMulticast(address))
                found.Add(new(start, i - start, RedactionTypes.Ip));
        }
    }

    private static bool Joins(string text, int i) => (uint)i < (uint)text.Length && (char.IsLetterOrDigit(text[i]) || text[i] == '_');

    private static bool TryFour(ReadOnlySpan<char> digits, out uint address)
    {
        address = 0;
        var octets = 0;
        foreach (var part in digits.Split('.'))
        {
            if (++octets > 4 || !PublicAddresses.TryOctet(digits[part], out var octet) || (digits[part].Length > 1 && digits[part][0] == '0')) return false;
            address = address << 8 | (uint)octet;
        }

        return octets == 4;
    }

    private static void FindSix(string text, List<RedactedSpan> found)
    {
        for (var i = 0; i < text.Length;)
        {
            var colon = text.AsSpan(i).IndexOf(':');
            if (colon < 0) return;
            var start = i + colon;
            while (start > i && s_six.Contains(text[start - 1])) start--;
            var length = text.AsSpan(start).IndexOfAnyExcept(s_six);
            i = length < 0 ? text.Length : start + length;
            FindSixIn(text, start, i, found);
        }
    }

    // A row of hexadecimal digits, colons and dots is an address from end to end, or has some behind labels such as «IP:» and before ports.
    private static void FindSixIn(string text, int start, int end, List<RedactedSpan> found)
    {
        var last = WithoutMarks(text, start, end);
        var joins = Joins(text, last);
        if (!joins && !Joins(text, start - 1) && TrySix(text, start, last, out var whole) && !IsUnassigned(whole))
        {
            if (PublicAddresses.IsGlobal(whole)) found.Add(new(start, last - start, RedactionTypes.Ip));
            return;
        }

        for (var at = start; at + MinSixLength <= last; at++)
        {
            if (!BeginsGlobal(text, at, start)) continue;
            var stop = Math.Min(last, at + MaxSixLength + 1);
            if (stop == last && joins) stop = LastMark(text, at, stop);
            for (; stop - at >= MinSixLength; stop = LastMark(text, at, stop))
            {
                var length = WithoutMarks(text, at, stop) - at;
                if (!TrySix(text, at, at + length, out var address)) continue;
                if (PublicAddresses.IsGlobal(address)) found.Add(new(at, length, RedactionTypes.Ip));
                break;
            }
        }
    }

    private static int LastMark(string text, int start, int end) => start + text.AsSpan(start, end - start).LastIndexOfAny(':', '.');

    // The first sixteen bits of what everyone can reach are 2000 to 3fff: four digits, at the beginning of the row or behind a colon.
    private static bool BeginsGlobal(string text, int at, int start) =>
        text[at] is '2' or '3' && text[at + 4] == ':' && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]) && char.IsAsciiHexDigit(text[at + 3])
        && (at > start ? text[at - 1] is ':' or '.' : !Joins(text, at - 1));

    // A row that ends a sentence or stands before something else, without its last marks; two colons may stand for zeros.
    private static int WithoutMarks(string text, int start, int end)
    {
        while (end > start && (text[end - 1] == '.' || (text[end - 1] == ':' && !EndsWithZeros(text, start, end)))) end--;
        return end;
    }

    private static bool EndsWithZeros(string text, int start, int end) =>
        end - start > MinSixLength && text[end - 2] == ':' && text[end - 3] != ':' && text.AsSpan(start, end - start).Count(':') > 2;

    private static bool TrySix(string text, int start, int end, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        return end - start is >= MinSixLength and <= MaxSixLength && IPAddress.TryParse(text.AsSpan(start, end - start), out address) && address.AddressFamily == AddressFamily.InterNetworkV6;
    }

    // IANA gives out 2000::/3, fc00::/7, fe80::/10 and ff00::/8 and next to nothing else: what begins otherwise, such as «feed:2001:...» or «0143:2001:...», may be a word or number and its colon.
    private static bool IsUnassigned(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return bytes[0] is < 0x20 or >= 0x40 and < 0xFC || (bytes[0] == 0xFE && bytes[1] is < 0x80 or >= 0xC0);
    }
}
