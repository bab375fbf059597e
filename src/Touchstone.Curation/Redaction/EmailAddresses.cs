using System.Buffers;

namespace Touchstone.Curation.Redaction;

/// <summary>Finds e-mail addresses: a dot-atom, the sign, and a domain of two labels or more whose last one is no number.</summary>
/// <remarks>RFC 5322 section 3.2.3 (atext) and RFC 1123 section 2.1 (host names); letters beyond ASCII as in RFC 6531. Quoted local parts and address literals are left.</remarks>
internal static class EmailAddresses
{
    private const int MaxLocal = 64;    // RFC 5321 section 4.5.3.1.1
    private const int MaxDomain = 255;  // RFC 5321 section 4.5.3.1.2

    private static readonly SearchValues<char> s_symbols = SearchValues.Create("!#$%&'*+/=?^_`{|}~-");

    public static void Find(string text, List<RedactedSpan> found)
    {
        for (var at = text.IndexOf('@'); at >= 0; at = text.IndexOf('@', at + 1))
        {
            var start = LocalStart(text, at);
            if (start == at) continue;
            var end = DomainEnd(text, at + 1);
            if (end > 0) found.Add(new(start, end - start, RedactionTypes.Email));
        }
    }

    private static int LocalStart(string text, int at)
    {
        var (start, lowest) = (at, Math.Max(0, at - MaxLocal));
        for (var i = at - 1; i >= lowest; i--)
        {
            if (IsAtom(text[i])) start = i;
            else if (text[i] != '.' || start != i + 1 || start == at) break;
        }

        // Marks that open a link or a quotation belong to the sentence and not to the address.
        while (start < at && s_symbols.Contains(text[start])) start++;
        return start;
    }

    private static bool IsAtom(char c) => char.IsAscii(c) ? char.IsAsciiLetterOrDigit(c) || s_symbols.Contains(c) : char.IsLetterOrDigit(c);

    private static int DomainEnd(string text, int start)
    {
        var (end, labels, label, highest) = (-1, 0, start, Math.Min(text.Length, start + MaxDomain));
        for (var i = start; i <= highest; i++)
        {
            if (i < highest && (char.IsLetterOrDigit(text[i]) || (text[i] == '-' && i > label))) continue;
            var last = i;
            while (last > label && text[last - 1] == '-') last--;
            if (last == label) break;
            labels++;
            if (labels > 1 && last - label > 1 && !char.IsAsciiDigit(text[label])) end = last;
            if (last < i || i == highest || text[i] != '.') break;
            label = i + 1;
        }

        return end;
    }
}
