using System.Text;
using Touchstone.Text.Unicode;

namespace Touchstone.Text.Words;

/// <summary>
/// Splits text at the default word boundaries of Unicode (UAX #29, rules WB3 to WB999). Punctuation marks are words, white space is none. In scripts without spaces
/// the rules part every character of Chinese, of Hiragana and of Thai, and keep runs of Katakana together. Belongs to one thread.
/// </summary>
/// <remarks>The classes of characters follow from general categories and a few ranges (see <see cref="WordBreakClasses"/>), since the runtime carries no table of them.</remarks>
public sealed class UnicodeTokenizer : IWordSplitter
{
    /// <inheritdoc/>
    public Lexicon Lexicon { get; } = new();

    /// <inheritdoc/>
    public void Split(ReadOnlySpan<char> text, WordList words)
    {
        if (Lexicon.IsFull) Lexicon.Clear();
        SplitPart(text, words);
    }

    /// <inheritdoc/>
    public void SplitPart(ReadOnlySpan<char> text, WordList words)
    {
        words.Clear();
        for (var start = 0; start < text.Length;)
        {
            var length = LengthAt(text[start..]);
            var piece = text.Slice(start, length);
            start += length;

            // A mark behind a space belongs to the space for Unicode; here it is what is left of the word that it was meant for.
            piece = PythonLines.StripStart(piece);
            if (!piece.IsEmpty) words.Add(start - piece.Length, piece.Length, Lexicon.Number(piece, Lexicon.Hash(piece)));
        }
    }

    /// <summary>Number of UTF-16 units up to the first boundary behind the start of a text.</summary>
    internal static int LengthAt(ReadOnlySpan<char> text)
    {
        var state = new Boundary(Take(text, 0, out var index));
        while (index < text.Length)
        {
            var next = Take(text, index, out var end);
            if (state.Breaks(next, text[end..])) break;
            index = end;
        }

        return index;
    }

    internal static WordBreak Take(ReadOnlySpan<char> text, int index, out int end)
    {
        Rune.DecodeFromUtf16(text[index..], out var rune, out var units);
        end = index + units;
        return WordBreakClasses.Of(rune);
    }

    /// <summary>What the rules need to know of the text before a place that may be a boundary.</summary>
    private struct Boundary(WordBreak first)
    {
        /// <summary>Class of the character right before.</summary>
        private WordBreak _last = first;

        /// <summary>Class of the last character that is not passed over (rule WB4), and of the one before that.</summary>
        private WordBreak _base = first;

        private WordBreak _beforeBase = WordBreak.Other;
        private int _flags = first == WordBreak.RegionalIndicator ? 1 : 0;

        public bool Breaks(WordBreak next, ReadOnlySpan<char> rest)
        {
            if (IsBoundary(next, rest)) return true;
            if (next is not (WordBreak.Extend or WordBreak.Format or WordBreak.Joiner))
            {
                (_beforeBase, _base) = (_base, next);
                _flags = next == WordBreak.RegionalIndicator ? _flags + 1 : 0;
            }

            _last = next;
            return false;
        }

        private readonly bool IsBoundary(WordBreak next, ReadOnlySpan<char> rest)
        {
            if (_last == WordBreak.CarriageReturn && next == WordBreak.LineFeed) return false;   // WB3
            if (IsLineBreak(_last) || IsLineBreak(next)) return true;                             // WB3a, WB3b
            if (_last == WordBreak.Joiner && next == WordBreak.Pictograph) return false;          // WB3c
            if (_last == WordBreak.Space && next == WordBreak.Space) return false;                // WB3d
            if (next is WordBreak.Extend or WordBreak.Format or WordBreak.Joiner) return false;   // WB4
            if (IsLetter(_base) && IsLetter(next)) return false;                                  // WB5
            if (IsLetter(_base) && IsMiddleOfWord(next) && IsLetter(Following(rest))) return false;                          // WB6
            if (IsLetter(_beforeBase) && IsMiddleOfWord(_base) && IsLetter(next)) return false;                              // WB7
            if (_base == WordBreak.HebrewLetter && next == WordBreak.SingleQuote) return false;                             // WB7a
            if (_base == WordBreak.HebrewLetter && next == WordBreak.DoubleQuote && Following(rest) == WordBreak.HebrewLetter) return false;          // WB7b
            if (_beforeBase == WordBreak.HebrewLetter && _base == WordBreak.DoubleQuote && next == WordBreak.HebrewLetter) return false;              // WB7c
            if ((IsLetter(_base) || _base == WordBreak.Numeric) && next == WordBreak.Numeric) return false;                  // WB8, WB9
            if (_base == WordBreak.Numeric && IsLetter(next)) return false;                                                  // WB10
            if (_beforeBase == WordBreak.Numeric && IsMiddleOfNumber(_base) && next == WordBreak.Numeric) return false;      // WB11
            if (_base == WordBreak.Numeric && IsMiddleOfNumber(next) && Following(rest) == WordBreak.Numeric) return false;  // WB12
            if (_base == WordBreak.Katakana && next == WordBreak.Katakana) return false;                                     // WB13
            if (next == WordBreak.ExtendNumLet && (IsLetter(_base) || _base is WordBreak.Numeric or WordBreak.Katakana or WordBreak.ExtendNumLet)) return false;   // WB13a
            if (_base == WordBreak.ExtendNumLet && (IsLetter(next) || next is WordBreak.Numeric or WordBreak.Katakana)) return false;                              // WB13b
            return !(_base == WordBreak.RegionalIndicator && next == WordBreak.RegionalIndicator && _flags % 2 == 1);        // WB15, WB16, WB999
        }

        /// <summary>Class of the next character that is not passed over.</summary>
        private static WordBreak Following(ReadOnlySpan<char> rest)
        {
            for (var index = 0; index < rest.Length;)
            {
                var next = Take(rest, index, out index);
                if (next is not (WordBreak.Extend or WordBreak.Format or WordBreak.Joiner)) return next;
            }

            return WordBreak.Other;
        }

        private static bool IsLineBreak(WordBreak value) => value is WordBreak.CarriageReturn or WordBreak.LineFeed or WordBreak.Newline;

        private static bool IsLetter(WordBreak value) => value is WordBreak.Letter or WordBreak.HebrewLetter;

        private static bool IsMiddleOfWord(WordBreak value) => value is WordBreak.MidLetter or WordBreak.MidNumLet or WordBreak.SingleQuote;

        private static bool IsMiddleOfNumber(WordBreak value) => value is WordBreak.MidNum or WordBreak.MidNumLet or WordBreak.SingleQuote;
    }
}
