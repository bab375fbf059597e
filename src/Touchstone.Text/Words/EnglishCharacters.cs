using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Touchstone.Text.Words;

/// <summary>Classes of characters in the rules for English words, one look-up for each UTF-16 unit.</summary>
[Flags]
internal enum EnglishClass : ushort
{
    None = 0,

    /// <summary>White space as Python's <c>str.isspace</c> and the pattern <c>\s</c> have it.</summary>
    Space = 1,

    /// <summary>spaCy's ALPHA.</summary>
    Letter = 2,

    /// <summary>spaCy's ALPHA_LOWER.</summary>
    Lower = 4,

    /// <summary>spaCy's ALPHA_UPPER.</summary>
    Upper = 8,

    /// <summary>A quotation mark.</summary>
    Quote = 16,

    /// <summary>A symbol that is always a token of its own.</summary>
    Icon = 32,

    /// <summary>Cut off at the start of a chunk whatever follows.</summary>
    Prefix = 64,

    /// <summary>Cut off at the end of a chunk whatever stands before.</summary>
    Suffix = 128,

    /// <summary>A full stop behind it is cut off.</summary>
    BeforeFullStop = 256,

    /// <summary>A match of the infix rules can begin here.</summary>
    Infix = 512,

    /// <summary>One of 0-9.</summary>
    Digit = 1024,
}

/// <summary>Looks characters up in <see cref="EnglishCharacterData"/>.</summary>
internal static class EnglishCharacters
{
    private static readonly ushort[] Units = new ushort[char.MaxValue + 1];
    private static readonly List<(int First, int Last, EnglishClass Class)> Supplementary = [];

    static EnglishCharacters()
    {
        // Python's str.isspace: bidirectional type WS, B or S, or category Zs (Unicode 14 to 16 agree on these).
        Add(EnglishClass.Space, "\t-\r\u001C-\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000");
        Add(EnglishClass.Letter, EnglishCharacterData.Letters + EnglishCharacterData.Uncased);
        Add(EnglishClass.Lower | EnglishClass.BeforeFullStop, EnglishCharacterData.Lower + EnglishCharacterData.Uncased);
        Add(EnglishClass.Upper, EnglishCharacterData.Upper + EnglishCharacterData.Uncased);
        Add(EnglishClass.Digit | EnglishClass.BeforeFullStop, "0-9");
        Add(EnglishClass.BeforeFullStop, EnglishCharacterData.BeforeFullStop);
        Add(EnglishClass.Prefix | EnglishClass.Suffix | EnglishClass.BeforeFullStop, EnglishCharacterData.Punctuation);
        Add(EnglishClass.Quote | EnglishClass.Prefix | EnglishClass.Suffix | EnglishClass.BeforeFullStop, EnglishCharacterData.Quotes);
        Add(EnglishClass.Icon | EnglishClass.Prefix | EnglishClass.Suffix | EnglishClass.Infix, EnglishCharacterData.Icons);
        Add(EnglishClass.Prefix, EnglishCharacterData.PrefixSymbols);
        Add(EnglishClass.Suffix, EnglishCharacterData.SuffixSymbols);
        Add(EnglishClass.Infix, EnglishCharacterData.InfixStarts);
    }

    /// <summary>Classes of one UTF-16 unit; a surrogate that is part of a pair has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EnglishClass Of(char unit) => (EnglishClass)Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Units), unit);

    /// <summary>Classes of the code point that begins at an index.</summary>
    public static EnglishClass At(ReadOnlySpan<char> text, int index, out int length)
    {
        var unit = text[index];
        length = 1;
        if (!char.IsHighSurrogate(unit) || index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1])) return Of(unit);
        length = 2;
        return OfSupplementary(char.ConvertToUtf32(unit, text[index + 1]));
    }

    /// <summary>Classes of the code point that ends before an index.</summary>
    public static EnglishClass Before(ReadOnlySpan<char> text, int index, out int length)
    {
        var unit = text[index - 1];
        length = 1;
        if (!char.IsLowSurrogate(unit) || index < 2 || !char.IsHighSurrogate(text[index - 2])) return Of(unit);
        length = 2;
        return OfSupplementary(char.ConvertToUtf32(text[index - 2], unit));
    }

    private static EnglishClass OfSupplementary(int codePoint)
    {
        var result = EnglishClass.None;
        foreach (var (first, last, set) in Supplementary)
        {
            if (codePoint >= first && codePoint <= last) result |= set;
        }

        return result;
    }

    private static void Add(EnglishClass set, string data)
    {
        // A backslash takes the next character for itself; a hyphen between two characters makes a range of them.
        var points = new List<int>();
        foreach (var rune in data.EnumerateRunes()) points.Add(rune.Value);
        for (var i = 0; i < points.Count; i++)
        {
            var first = points[i] == '\\' ? points[++i] : points[i];
            var last = first;
            if (i + 2 < points.Count && points[i + 1] == '-')
            {
                last = points[i + 2] == '\\' ? points[i + 3] : points[i + 2];
                i += points[i + 2] == '\\' ? 3 : 2;
            }

            Add(set, first, last);
        }
    }

    private static void Add(EnglishClass set, int first, int last)
    {
        if (first > last) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The range U+{first:X4} to U+{last:X4} runs backwards."));
        if (first > char.MaxValue) Supplementary.Add((first, last, set));
        else for (var point = first; point <= last; point++) Units[point] |= (ushort)set;
    }
}
