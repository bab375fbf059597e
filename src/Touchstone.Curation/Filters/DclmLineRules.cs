using System.Globalization;
using System.Text;
using Touchstone.Text.Unicode;

namespace Touchstone.Curation.Filters;

/// <summary>What DCLM's line rules ask of one line.</summary>
internal static class DclmLineRules
{
    private static readonly string[] Counted =
        ["likes", "shares", "comments", "retweets", "reposts", "quotes", "bookmarks", "upvotes", "downvotes", "downloads", "views", "followers"];

    /// <summary>Share of capitals (<c>str.isupper</c>) among the characters of a line, 0 for an empty one.</summary>
    public static double UppercaseShare(ReadOnlySpan<char> line)
    {
        var (count, characters) = (0, 0);
        foreach (var rune in line.EnumerateRunes())
        {
            characters++;
            if (rune.IsAscii ? char.IsAsciiLetterUpper((char)rune.Value) : IsUpper(rune)) count++;
        }

        return characters == 0 ? 0 : count / (double)characters;
    }

    /// <summary>Share of digits (<c>str.isdigit</c>, superscripts and circled digits among them) among the characters of a line, 0 for an empty one.</summary>
    public static double DigitShare(ReadOnlySpan<char> line)
    {
        var (count, characters) = (0, 0);
        foreach (var rune in line.EnumerateRunes())
        {
            characters++;
            if (rune.IsAscii ? char.IsAsciiDigit((char)rune.Value) : IsDigit(rune)) count++;
        }

        return characters == 0 ? 0 : count / (double)characters;
    }

    /// <summary>
    /// A number of likes, shares and so on, and nothing else: <c>^\W*\d(?:,|\.|\d)*(?:K|k|M|m|B|b)?\s+(?:likes|...)\W*$</c> on the lower-cased line.
    /// </summary>
    public static bool IsCounter(ReadOnlySpan<char> line)
    {
        var rest = SkipNonWord(line);
        if (!TryTakeDecimal(ref rest)) return false;
        while (!rest.IsEmpty && (rest[0] is ',' or '.' || TryPeekDecimal(rest))) rest = rest[Next(rest)..];
        if (rest is ['k' or 'K' or 'm' or 'M' or 'b' or 'B' or '\u212A', ..]) rest = rest[1..];
        var words = PythonLines.StripStart(rest);
        if (words.Length == rest.Length) return false;
        foreach (var word in Counted)
        {
            if (words.StartsWith(word, StringComparison.OrdinalIgnoreCase) && SkipNonWord(words[word.Length..]).IsEmpty) return true;
        }

        return words.Contains('\u212A') && IsCounter(line.ToString().Replace('\u212A', 'k'));
    }

    /// <summary>Cuts <c>\s?items in cart</c> out wherever it stands.</summary>
    public static void CutItemsInCart(ReadOnlySpan<char> line, LineEdit edit)
    {
        const string phrase = "items in cart";
        edit.BeginLine();
        var rest = line;
        for (var at = rest.IndexOf(phrase, StringComparison.OrdinalIgnoreCase); at >= 0; at = rest.IndexOf(phrase, StringComparison.OrdinalIgnoreCase))
        {
            edit.Append(rest[..(at > 0 && PythonCharacters.IsSpace(rest[at - 1]) ? at - 1 : at)]);
            rest = rest[(at + phrase.Length)..];
        }

        edit.Append(rest);
        edit.EndLine(unlessBlank: !line.IsEmpty);
    }

    /// <summary>Cuts <c>\s?read more...$</c> off the end; the full stops were never escaped, so that they stand for any three characters.</summary>
    public static void CutReadMore(ReadOnlySpan<char> line, LineEdit edit)
    {
        const string phrase = "read more";
        var kept = line;
        var start = BackThree(line) - phrase.Length;
        if (start >= 0 && line.Slice(start, phrase.Length).Equals(phrase, StringComparison.OrdinalIgnoreCase))
            kept = line[..(start > 0 && PythonCharacters.IsSpace(line[start - 1]) ? start - 1 : start)];
        edit.BeginLine();
        edit.Append(kept);
        edit.EndLine(unlessBlank: !line.IsEmpty);
    }

    /// <summary>Cuts <c>^sign-in\s?</c> off the start.</summary>
    public static void CutSignIn(ReadOnlySpan<char> line, LineEdit edit)
    {
        const string phrase = "sign-in";
        var kept = line;
        if (line.StartsWith(phrase, StringComparison.OrdinalIgnoreCase))
        {
            kept = line[phrase.Length..];
            if (!kept.IsEmpty && PythonCharacters.IsSpace(kept[0])) kept = kept[1..];
        }

        edit.BeginLine();
        edit.Append(kept);
        edit.EndLine(unlessBlank: !line.IsEmpty);
    }

    /// <summary>True where the first character of a text is a letter or number (<c>str.isalnum</c>).</summary>
    public static bool BeginsWithLetterOrNumber(ReadOnlySpan<char> text)
    {
        if (text[0] < 0x80) return char.IsAsciiLetterOrDigit(text[0]);
        return Rune.DecodeFromUtf16(text, out var rune, out _) == System.Buffers.OperationStatus.Done && PythonCharacters.IsWord(rune);
    }

    /// <summary>Where the third character from the end begins, -1 in a shorter line.</summary>
    private static int BackThree(ReadOnlySpan<char> line)
    {
        var index = line.Length;
        for (var i = 0; i < 3; i++)
        {
            if (index == 0) return -1;
            index -= index > 1 && char.IsLowSurrogate(line[index - 1]) && char.IsHighSurrogate(line[index - 2]) ? 2 : 1;
        }

        return index;
    }

    private static ReadOnlySpan<char> SkipNonWord(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf16(text, out var rune, out var units);
            if (PythonCharacters.IsWord(rune)) break;
            text = text[units..];
        }

        return text;
    }

    private static bool TryTakeDecimal(ref ReadOnlySpan<char> text)
    {
        if (!TryPeekDecimal(text)) return false;
        text = text[Next(text)..];
        return true;
    }

    private static bool TryPeekDecimal(ReadOnlySpan<char> text) =>
        !text.IsEmpty && Rune.DecodeFromUtf16(text, out var rune, out _) == System.Buffers.OperationStatus.Done && Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;

    private static int Next(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out _, out var units);
        return units;
    }

    /// <summary>Category Lu, or one of the other characters that Unicode counts as uppercase: Roman numerals and letters in circles and squares.</summary>
    private static bool IsUpper(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.UppercaseLetter
        || rune.Value is (>= 0x2160 and <= 0x216F) or (>= 0x24B6 and <= 0x24CF) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);

    private static bool IsDigit(Rune rune) =>
        rune.IsBmp ? CharUnicodeInfo.GetDigitValue((char)rune.Value) >= 0 : CharUnicodeInfo.GetDigitValue(rune.ToString(), 0) >= 0;
}
