using System.Globalization;
using Touchstone.Text.Normalisation;

namespace Touchstone.Curation.Decontamination;

/// <summary>
/// The tokens that overlap is counted in, with their places in the text: words without case, accents and punctuation, numbers as one sign. Chinese characters and kana
/// are a token each, since nothing parts their words.
/// </summary>
/// <remarks>
/// As datatrove's <c>simplify_text</c> makes texts alike before it cuts them into n-grams, but with the places of tokens kept and without punctuation altogether: a comma more or
/// less hides no copied sentence. Memory of one worker, used again for each text.
/// </remarks>
internal sealed class OverlapTokens
{
    private const ulong Offset = 14695981039346656037; // FNV-1a, 64 bits
    private const ulong Prime = 1099511628211;
    private const char Number = '0';

    private static readonly char[] s_bases = Bases();

    private (int Start, int End, ulong Hash)[] _tokens = new (int, int, ulong)[1024];

    public int Count { get; private set; }

    /// <summary>Where a token stands in the text, in UTF-16 units, and its hash.</summary>
    public (int Start, int End, ulong Hash) this[int token] => _tokens[token];

    /// <summary>Takes a text apart.</summary>
    public void Split(ReadOnlySpan<char> text)
    {
        Count = 0;
        for (var i = 0; i < text.Length;)
        {
            if (char.IsAsciiLetter(text[i]) || char.IsLetter(text[i])) i = Word(text, i);
            else if (char.IsDigit(text[i])) i = Digits(text, i);
            else i++;
        }
    }

    private int Word(ReadOnlySpan<char> text, int start)
    {
        if (IsAlone(text[start]))
        {
            Add(start, start + 1, Mix(Offset, text[start]));
            return start + 1;
        }

        var (hash, i) = (Offset, start);
        for (; i < text.Length; i++)
        {
            var sign = text[i];
            if (char.IsAsciiLetter(sign)) hash = Mix(hash, (char)(sign | 0x20));
            else if (char.IsLetter(sign) && !IsAlone(sign)) hash = Mix(hash, s_bases[sign]);
            else if (!IsApostrophe(text, i) && (char.IsAscii(sign) || char.GetUnicodeCategory(sign) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))) break;
            else if (char.GetUnicodeCategory(sign) == UnicodeCategory.SpacingCombiningMark) hash = Mix(hash, sign);
        }

        Add(start, i, hash);
        return i;
    }

    // An apostrophe within a word joins it, in whatever form it is written.
    private static bool IsApostrophe(ReadOnlySpan<char> text, int i) => text[i] is '\'' or '’' && i + 1 < text.Length && char.IsLetter(text[i + 1]);

    private int Digits(ReadOnlySpan<char> text, int start)
    {
        var i = start;
        while (i < text.Length && (char.IsDigit(text[i]) || (text[i] is '.' or ',' && i + 1 < text.Length && char.IsDigit(text[i + 1])))) i++;
        Add(start, i, Mix(Offset, Number));
        return i;
    }

    private static bool IsAlone(char sign) => sign is >= '\u3041' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF';

    // Each letter small and without its accents. Syllables of Hangul stay whole: their parts are letters and no accents.
    private static char[] Bases()
    {
        var (bases, simplifier) = (new char[char.MaxValue + 1], new TextSimplifier());
        for (var unit = 0; unit < bases.Length; unit++)
        {
            var letter = (char)unit;
            var simple = char.IsLetter(letter) && letter is not (>= '\uAC00' and <= '\uD7A3') ? simplifier.Simplify([letter]) : [];
            bases[unit] = simple.Length > 0 ? simple[0] : letter;
        }

        return bases;
    }

    private static ulong Mix(ulong hash, char sign) => (hash ^ sign) * Prime;

    private void Add(int start, int end, ulong hash)
    {
        if (Count == _tokens.Length) Array.Resize(ref _tokens, 2 * Count);
        _tokens[Count++] = (start, end, hash);
    }
}
