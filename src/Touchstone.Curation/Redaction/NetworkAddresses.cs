using System.Buffers;
using System.Net;

namespace Touchstone.Curation.Redaction;

/// <summary>Finds addresses of the Internet Protocol that are reachable from everywhere. Versions of programs look alike: four numbers stand alone between other signs here.</summary>
internal static class NetworkAddresses
{
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
            var (start, end) = (i + colon, i + colon);
            while (start > i && s_six.Contains(text[start - 1])) start--;
            var length = text.AsSpan(end).IndexOfAnyExcept(s_six);
            end = length < 0 ? text.Length : end + length;
            i = end;
            while (end > start && text[end - 1] is '.' or ':') end--;
            if (end - start is < 6 or > MaxSixLength || Joins(text, start - 1) || Joins(text, end)) continue;
            if (IPAddress.TryParse(text.AsSpan(start, end - start), out var address) && PublicAddresses.IsGlobal(address)) found.Add(new(start, end - start, RedactionTypes.Ip));
        }
    }
}
