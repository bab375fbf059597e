using System.Globalization;

namespace Touchstone.Text.Words;

/// <summary>
/// Whether a chunk is an address that stays one word: spaCy's URL pattern (<c>spacy/lang/tokenizer_exceptions.py</c> 3.8, MIT; after Diego Perini's, MIT), decided in
/// one walk over the chunk instead of by a backtracking expression.
/// </summary>
internal static class WebAddress
{
    /// <summary>A label of a host name has at most this many characters, a top-level domain one fewer.</summary>
    private const int LabelLengthMax = 64;

    /// <summary>True where the whole chunk, which has no white space, is an address: scheme and user are optional, port and path too.</summary>
    public static bool IsMatch(ReadOnlySpan<char> chunk)
    {
        if (!chunk.Contains('.')) return false;
        if (IsHostAndRest(chunk)) return true;
        var scheme = Scheme(chunk);
        if (scheme > 0 && IsHostAndRest(chunk[scheme..])) return true;

        // A user is one character or more and then an at sign, so that a host can begin behind every at sign but one at the start.
        for (var at = 1; at < chunk.Length; at++)
        {
            if (chunk[at] == '@' && IsHostAndRest(chunk[(at + 1)..])) return true;
        }

        return false;
    }

    /// <summary>Length of <c>[\w+\-.]{2,}://</c> at the start, 0 without it.</summary>
    private static int Scheme(ReadOnlySpan<char> chunk)
    {
        var end = chunk.IndexOf("://");
        if (end < 2) return 0;
        var points = 0;
        foreach (var rune in chunk[..end].EnumerateRunes())
        {
            if (rune.Value is not ('+' or '-' or '.') && !Unicode.PythonCharacters.IsWord(rune)) return 0;
            points++;
        }

        return points >= 2 ? end + 3 : 0;
    }

    private static bool IsHostAndRest(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(":/?#");
        var host = end < 0 ? text : text[..end];
        if (!IsHostName(host) && !IsPublicNetworkAddress(host)) return false;
        if (end < 0) return true;
        if (text[end] != ':') return true;
        var port = text[(end + 1)..];
        var digits = 0;
        var index = 0;
        while (index < port.Length && IsDigit(port, index, out var length))
        {
            digits++;
            index += length;
        }

        return digits is >= 2 and <= 5 && (index == port.Length || port[index] is '/' or '?' or '#');
    }

    private static bool IsHostName(ReadOnlySpan<char> host)
    {
        var dot = host.LastIndexOf('.');
        if (dot < 1 || !IsTopLevelDomain(host[(dot + 1)..])) return false;
        var start = 0;
        for (var i = 0; i <= dot; i++)
        {
            if (host[i] != '.') continue;
            if (!IsLabel(host[start..i])) return false;
            start = i + 1;
        }

        return true;
    }

    private static bool IsTopLevelDomain(ReadOnlySpan<char> name)
    {
        var points = 0;
        for (var i = 0; i < name.Length; points++)
        {
            if ((EnglishCharacters.At(name, i, out var length) & EnglishClass.Lower) == 0) return false;
            i += length;
        }

        return points is >= 2 and < LabelLengthMax;
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        if (label.Length is 0 or > LabelLengthMax || !IsHostCharacter(label, 0) || !IsHostCharacter(label, label.Length - 1)) return false;
        for (var i = 1; i < label.Length - 1; i++)
        {
            if (label[i] is not ('_' or '-') && !IsHostCharacter(label, i)) return false;
        }

        return true;
    }

    /// <summary>One of <c>A-Za-z0-9\u00a1-\uffff</c>, which takes in surrogates that stand alone and nothing beyond U+FFFF.</summary>
    private static bool IsHostCharacter(ReadOnlySpan<char> text, int index)
    {
        var unit = text[index];
        if (unit < 0x80) return char.IsAsciiLetterOrDigit(unit);
        if (unit < 0xA1) return false;
        if (char.IsHighSurrogate(unit)) return index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1]);
        return !char.IsLowSurrogate(unit) || index == 0 || !char.IsHighSurrogate(text[index - 1]);
    }

    /// <summary>Four numbers that are an address outside private and local networks, without the first and last of a class.</summary>
    private static bool IsPublicNetworkAddress(ReadOnlySpan<char> host)
    {
        Span<Range> ranges = stackalloc Range[5];
        if (host.Length > 27 || host.Split(ranges, '.') != 4) return false;
        var first = host[ranges[0]];
        var second = host[ranges[1]];
        if (first is "10" or "127") return false;
        if ((first is "169" && second is "254") || (first is "192" && second is "168")) return false;
        if (first is "172" && second.Length >= 2 && IsPrivateSecond(second)) return false;
        return IsFirst(first) && IsMiddle(second) && IsMiddle(host[ranges[2]]) && IsLast(host[ranges[3]]);
    }

    /// <summary><c>1[6-9]|2\d|3[0-1]</c></summary>
    private static bool IsPrivateSecond(ReadOnlySpan<char> part) =>
        (part.Length == 2 && ((part[0] == '1' && part[1] is >= '6' and <= '9') || (part[0] == '3' && part[1] is '0' or '1'))) || (part[0] == '2' && Digits(part[1..]) == 1);

    /// <summary><c>[1-9]\d?|1\d\d|2[01]\d|22[0-3]</c></summary>
    private static bool IsFirst(ReadOnlySpan<char> part)
    {
        if (part.IsEmpty || part[0] is < '1' or > '9') return false;
        if (part.Length == 1 || Digits(part[1..]) == 1) return true;
        return part[0] switch
        {
            '1' => Digits(part[1..]) == 2,
            '2' => (part[1] is '0' or '1' && Digits(part[2..]) == 1) || (part.Length == 3 && part[1] == '2' && part[2] is >= '0' and <= '3'),
            _ => false,
        };
    }

    /// <summary><c>1?\d{1,2}|2[0-4]\d|25[0-5]</c></summary>
    private static bool IsMiddle(ReadOnlySpan<char> part)
    {
        if (Digits(part) is 1 or 2) return true;
        return Digits(part) == 3 && (part[0] == '1' || (part[0] == '2' && (part[1] is >= '0' and <= '4' || (part.Length == 3 && part[1] == '5' && part[2] is >= '0' and <= '5'))));
    }

    /// <summary><c>[1-9]\d?|1\d\d|2[0-4]\d|25[0-4]</c></summary>
    private static bool IsLast(ReadOnlySpan<char> part)
    {
        if (part.IsEmpty || part[0] is < '1' or > '9') return false;
        if (part.Length == 1 || Digits(part[1..]) == 1) return true;
        return Digits(part) == 3 && (part[0] == '1' || (part[0] == '2' && (part[1] is >= '0' and <= '4' || (part.Length == 3 && part[1] == '5' && part[2] is >= '0' and <= '4'))));
    }

    /// <summary>Number of decimal digits that a text is made of, -1 where it holds anything else.</summary>
    private static int Digits(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; count++)
        {
            if (!IsDigit(text, i, out var length)) return -1;
            i += length;
        }

        return count;
    }

    /// <summary>The pattern <c>\d</c>: a decimal digit of any script.</summary>
    private static bool IsDigit(ReadOnlySpan<char> text, int index, out int length)
    {
        length = 1;
        if (text[index] < 0x80) return char.IsAsciiDigit(text[index]);
        if (System.Text.Rune.DecodeFromUtf16(text[index..], out var rune, out length) != System.Buffers.OperationStatus.Done) return false;
        return System.Text.Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;
    }
}
