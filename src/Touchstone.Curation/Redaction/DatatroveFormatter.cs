using System.Buffers;
using System.Globalization;
using System.Text;

namespace Touchstone.Curation.Redaction;

/// <summary>
/// Puts other addresses in the place of e-mail and public IPv4 addresses, text for text as datatrove's <c>PIIFormatter</c> does with its own settings, for corpora that
/// must equal theirs. Everyone else wants <see cref="Redactor"/>, whose placeholders say what stood there.
/// </summary>
/// <remarks>
/// huggingface/datatrove 0.10.0, <c>pipeline/formatters/pii.py</c> (Apache-2.0); the one for e-mail regards no case. Its two regular expressions are matched by hand, in time linear in the text: each
/// repeats only what the next part cannot begin with, so that going back never finds another match but in the places told below. Replacements go round in
/// turn; datatrove carries the turn from one document to the next of a worker, here every document begins anew, so that the output does not depend on
/// what was read before.
/// </remarks>
public static class DatatroveFormatter
{
    private static readonly string[] s_emails = ["email@example.com", "firstname.lastname@example.org"];

    // Public addresses that nothing answered at when the list was made, in datatrove's order.
    private static readonly string[] s_addresses =
        ["22.214.171.124", "126.96.36.199", "188.8.131.52", "184.108.40.206", "220.127.116.11", "18.104.22.168"];

    // [a-z0-9] in any case, with the four letters beyond ASCII that Python's [a-z] then takes too: İ ı ſ and the Kelvin sign.
    private const string Alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789\u0130\u0131\u017F\u212A";

    private static readonly SearchValues<char> s_alphanumeric = SearchValues.Create(Alphanumeric);
    private static readonly SearchValues<char> s_local = SearchValues.Create(Alphanumeric + "!#$%&'*+/=?^_`{|}~-");
    private static readonly SearchValues<char> s_label = SearchValues.Create(Alphanumeric + "-");
    private static readonly SearchValues<char> s_bracketed = SearchValues.Create(Alphanumeric + "-.:");

    /// <summary>The text with every address replaced; the same object where there is none.</summary>
    /// <param name="text">A document's text.</param>
    public static string Format(string text) => ReplaceAddresses(ReplaceEmails(text));

    private static string ReplaceEmails(string text)
    {
        StringBuilder? edited = null;
        var (from, turn) = (0, 0);
        for (var at = text.IndexOf('@'); at >= 0; at = Next(text, '@', Math.Max(at + 1, from)))
        {
            var start = LocalStart(text, at, from);
            if (start < 0) continue;
            var end = DomainEnd(text, at + 1);
            if (end < 0) continue;
            (edited ??= new(text.Length + 16)).Append(text, from, start - from).Append(s_emails[turn]);
            turn = (turn + 1) % s_emails.Length;
            from = end;
        }

        return edited is null ? text : edited.Append(text, from, text.Length - from).ToString();
    }

    private static int Next(string text, char wanted, int from) => from >= text.Length ? -1 : text.IndexOf(wanted, from);

    // \b[local]+(\.[local]+)*@ : the leftmost place that is a boundary of words within the longest stretch of that shape before the sign.
    private static int LocalStart(string text, int at, int from)
    {
        var start = -1;
        var i = at - 1;
        var needsLocal = true;
        for (; i >= from; i--)
        {
            var isLocal = s_local.Contains(text[i]);
            if (!isLocal && (needsLocal || text[i] != '.')) break;
            needsLocal = !isLocal;
            if (isLocal && IsWordBoundary(text, i)) start = i;
        }

        return start;
    }

    private static bool IsWordBoundary(string text, int i) => (i > 0 && IsWordBefore(text, i)) != (s_alphanumeric.Contains(text[i]) || text[i] == '_');

    // Python's \w: what str.isalnum takes, and the underscore. Marks are none, unlike in .NET.
    private static bool IsWordBefore(string text, int i)
    {
        var before = text[i - 1];
        if (before < 128) return char.IsAsciiLetterOrDigit(before) || before == '_';
        var category = char.IsLowSurrogate(before) && i > 1 && char.IsHighSurrogate(text[i - 2]) ? CharUnicodeInfo.GetUnicodeCategory(text, i - 2) : char.GetUnicodeCategory(before);
        return category is <= UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
    }

    // Labels joined by dots, at least two; or an address in brackets.
    private static int DomainEnd(string text, int start)
    {
        if (start < text.Length && text[start] == '[') return BracketEnd(text, start);
        var labels = 0;
        while (true)
        {
            if (start >= text.Length || !IsAlphanumeric(text[start])) return -1;
            var length = text.AsSpan(start).IndexOfAnyExcept(s_label);
            var end = length < 0 ? text.Length : start + length;
            labels++;
            if (text[end - 1] != '-' && end + 1 < text.Length && text[end] == '.' && IsAlphanumeric(text[end + 1]))
            {
                start = end + 1;
                continue;
            }

            while (text[end - 1] == '-') end--;
            return labels > 1 ? end : -1;
        }
    }

    private static bool IsAlphanumeric(char c) => s_alphanumeric.Contains(c);

    private static int BracketEnd(string text, int start)
    {
        var length = text.AsSpan(start + 1).IndexOfAnyExcept(s_bracketed);
        if (length < 0 || text[start + 1 + length] != ']') return -1;
        var inside = text.AsSpan(start + 1, length);
        for (var octet = 0; octet < 3; octet++)
        {
            var dot = inside.IndexOf('.');
            if (dot < 0 || !PublicAddresses.TryOctet(inside[..dot], out _)) return -1;
            inside = inside[(dot + 1)..];
        }

        var isTag = inside.Length > 1 && inside[^1] == ':' && inside[^2] != '-' && !inside[..^1].ContainsAnyExcept(s_label);
        return isTag || PublicAddresses.TryOctet(inside, out _) ? start + length + 2 : -1;
    }

    private static string ReplaceAddresses(string text)
    {
        StringBuilder? edited = null;
        var (copied, turn) = (0, 0);
        for (var i = 0; i < text.Length;)
        {
            var digit = text.AsSpan(i).IndexOfAnyInRange('0', '9');
            if (digit < 0) break;
            i += digit;
            var end = AddressEnd(text, i, out var address);
            if (end < 0)
            {
                i++;
                continue;
            }

            if (address is { } number && PublicAddresses.IsGlobal(number))
            {
                (edited ??= new(text.Length + 16)).Append(text, copied, i - copied).Append(s_addresses[turn]);
                turn = (turn + 1) % s_addresses.Length;
                copied = end;
            }

            i = end;
        }

        return edited is null ? text : edited.Append(text, copied, text.Length - copied).ToString();
    }

    // No boundaries: 1234.1.1.1 holds 234.1.1.1, and of 1.1.1.256 the match is 1.1.1.25. An octet with a leading zero matches but is no address.
    private static int AddressEnd(string text, int start, out uint? address)
    {
        address = null;
        uint number = 0;
        var isValid = true;
        for (var octet = 0; octet < 3; octet++)
        {
            var dot = text.AsSpan(start, Math.Min(4, text.Length - start)).IndexOf('.');
            if (dot < 1 || !PublicAddresses.TryOctet(text.AsSpan(start, dot), out var value)) return -1;
            isValid &= dot == 1 || text[start] != '0';
            number = number << 8 | (uint)value;
            start += dot + 1;
        }

        for (var length = Math.Min(3, text.Length - start); length > 0; length--)
        {
            if (!PublicAddresses.TryOctet(text.AsSpan(start, length), out var last)) continue;
            if (isValid && (length == 1 || text[start] != '0')) address = number << 8 | (uint)last;
            return start + length;
        }

        return -1;
    }
}
