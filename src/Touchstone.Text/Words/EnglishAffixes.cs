using System.Collections.Frozen;

namespace Touchstone.Text.Words;

/// <summary>
/// What spaCy cuts off the two ends of a chunk and where it cuts a chunk within: the patterns of <c>spacy/lang/punctuation.py</c> and
/// <c>spacy/lang/en/punctuation.py</c> (3.8, MIT), matched by hand. Lengths are UTF-16 units.
/// </summary>
internal static class EnglishAffixes
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> AfterDigit =
        EnglishCharacterData.AfterDigit.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly int AfterDigitLengthMax = EnglishCharacterData.AfterDigit.Max(unit => unit.Length);

    /// <summary>Length of the prefix of a chunk, 0 where it has none. The first pattern that matches wins, as in an alternation.</summary>
    public static int Prefix(ReadOnlySpan<char> chunk)
    {
        var first = chunk[0];
        var set = EnglishCharacters.At(chunk, 0, out var length);
        if ((set & EnglishClass.Prefix) != 0) return length;
        return first switch
        {
            '+' => chunk.Length > 1 && char.IsAsciiDigit(chunk[1]) ? 0 : 1,
            '.' => FullStops(chunk, 0) is >= 2 and var stops ? stops : 0,
            'U' => chunk.StartsWith("US$") ? 3 : 0,
            'C' or 'A' => chunk.Length > 1 && chunk[1] == '$' ? 2 : 0,
            _ => 0,
        };
    }

    /// <summary>Length of the suffix of a chunk, 0 where it has none. All patterns end at the chunk's end, so the longest is the leftmost match.</summary>
    public static int Suffix(ReadOnlySpan<char> chunk)
    {
        if (chunk.IsEmpty) return 0;
        var last = chunk[^1];
        var length = 0;
        if ((EnglishCharacters.Before(chunk, chunk.Length, out var units) & EnglishClass.Suffix) != 0)
            length = last == '…' && chunk.Length > 1 && chunk[^2] == '…' ? 2 : units;
        else if (last == '.')
            length = FullStopSuffix(chunk);
        else if (last is 's' or 'S' && chunk.Length > 1 && chunk[^2] is '\'' or '’')
            length = 2;
        return Math.Max(length, AfterDigitSuffix(chunk));
    }

    /// <summary>Length of the infix that begins at an index, 0 where none does.</summary>
    /// <param name="chunk">The chunk without its affixes.</param>
    /// <param name="index">Where it begins; a character of class <see cref="EnglishClass.Infix"/>, or a high surrogate.</param>
    public static int Infix(ReadOnlySpan<char> chunk, int index)
    {
        var unit = chunk[index];
        if (unit == '.' && FullStops(chunk, index) is >= 2 and var stops) return stops;
        if (unit == '…') return 1;
        if ((EnglishCharacters.At(chunk, index, out var length) & EnglishClass.Icon) != 0) return length;
        if (index == 0 || index + 1 >= chunk.Length) return 0;

        var before = EnglishCharacters.Before(chunk, index, out _);
        var after = EnglishCharacters.At(chunk, index + 1, out _);
        switch (unit)
        {
            case '+' or '-' or '*' or '^' when (before & EnglishClass.Digit) != 0 && ((after & EnglishClass.Digit) != 0 || chunk[index + 1] == '-'):
                return 1;
            case '.':
                return (before & (EnglishClass.Lower | EnglishClass.Quote)) != 0 && (after & (EnglishClass.Upper | EnglishClass.Quote)) != 0 ? 1 : 0;
            case ',':
                return (before & after & EnglishClass.Letter) != 0 ? 1 : 0;
            case ':' or '<' or '>' or '=' or '/':
                return (before & (EnglishClass.Letter | EnglishClass.Digit)) != 0 && (after & EnglishClass.Letter) != 0 ? 1 : 0;
            case '-' or '–' or '—' or '~':
                return (before & (EnglishClass.Letter | EnglishClass.Digit)) != 0 ? Hyphens(chunk, index) : 0;
            default:
                return 0;
        }
    }

    /// <summary>One of - – — -- --- —— ~ with a letter behind it.</summary>
    private static int Hyphens(ReadOnlySpan<char> chunk, int index)
    {
        var unit = chunk[index];
        var longest = unit switch { '-' => 3, '—' => 2, _ => 1 };
        for (var length = 1; length <= longest && index + length < chunk.Length; length++)
        {
            if ((EnglishCharacters.At(chunk, index + length, out _) & EnglishClass.Letter) != 0) return length;
            if (chunk[index + length] != unit) return 0;
        }

        return 0;
    }

    private static int FullStops(ReadOnlySpan<char> chunk, int index)
    {
        var rest = chunk[index..].IndexOfAnyExcept('.');
        return rest < 0 ? chunk.Length - index : rest;
    }

    private static int FullStopSuffix(ReadOnlySpan<char> chunk)
    {
        var stops = chunk.Length - 1 - chunk.LastIndexOfAnyExcept('.');
        if (stops >= 2) return stops;
        if (chunk.Length == 1) return 0;
        var before = EnglishCharacters.Before(chunk, chunk.Length - 1, out var length);
        if ((before & EnglishClass.BeforeFullStop) != 0) return 1;
        var index = chunk.Length - 1 - length;
        if (index > 0 && (before & EnglishClass.Upper) != 0 && (EnglishCharacters.Before(chunk, index, out _) & EnglishClass.Upper) != 0) return 1;
        return index > 0 && chunk[index] is 'F' or 'f' or 'C' or 'c' or 'K' or 'k' && chunk[index - 1] == '°' ? 1 : 0;
    }

    /// <summary>A unit, currency or plus sign with a digit just before it: none of them holds a digit, so only what follows the last digit can be one.</summary>
    private static int AfterDigitSuffix(ReadOnlySpan<char> chunk)
    {
        for (var length = 1; length <= AfterDigitLengthMax && length < chunk.Length; length++)
        {
            if (char.IsAsciiDigit(chunk[^(length + 1)])) return AfterDigit.Contains(chunk[^length..]) ? length : 0;
        }

        return 0;
    }
}
