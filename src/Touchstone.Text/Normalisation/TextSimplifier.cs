using System.Globalization;
using System.Text;
using Fate = Touchstone.Text.Normalisation.SimplifiedCharacters.Fate;

namespace Touchstone.Text.Normalisation;

/// <summary>
/// Texts made alike before they are compared for near-duplicates: lower case, every number a <c>0</c>, punctuation and white space single spaces, no diacritics. A worker's memory that
/// is used again for each text; one for each thread.
/// </summary>
/// <remarks>
/// datatrove 0.10's <c>simplify_text</c> (utils/text.py) with its default options, character for character: its steps one after the other (lower, numbers, punctuation, white space,
/// NFD without category Mn) are done in one pass. Categories and cases are those of .NET's Unicode tables, decompositions of Unicode 15.1; texts in characters that are younger
/// than the Python at hand can differ. O(n) time.
/// </remarks>
public sealed class TextSimplifier
{
    /// <summary>A buffer that grew beyond this for one huge text gives the memory back with the next.</summary>
    private const int KeptLengthMax = 1 << 22;

    private char[] _text = new char[4096];
    private int _length;
    private int _marksStart;
    private bool _hasText, _spacePending;

    /// <summary>The simplified text.</summary>
    /// <param name="text">Any text; lone surrogates stay as they are.</param>
    /// <returns>Valid until the next call. Two spaces can follow each other where a mark stood alone between them.</returns>
    public ReadOnlySpan<char> Simplify(ReadOnlySpan<char> text)
    {
        (_length, _marksStart, _hasText, _spacePending) = (0, -1, false, false);
        if (_text.Length > KeptLengthMax) _text = new char[4096];
        var (fates, images) = (SimplifiedCharacters.Fates, SimplifiedCharacters.Images);
        for (var i = 0; i < text.Length;)
        {
            // One unit of text becomes at most one unit with those pending before it, and Special makes room for itself.
            if (_text.Length - _length < text.Length - i + 2) Array.Resize(ref _text, Math.Max(_text.Length + _text.Length / 2, _length + text.Length - i + 2));
            i = SimplifyMost(text, i, fates, images);
            if (i < text.Length) i = Special(text, i);
        }

        return _text.AsSpan(0, _length).Trim(' ');
    }

    /// <summary>Goes on up to the next special unit.</summary>
    private int SimplifyMost(ReadOnlySpan<char> text, int i, Fate[] fates, char[] images)
    {
        var target = _text;
        var (length, hasText, spacePending) = (_length, _hasText, _spacePending);
        for (; i < text.Length; i++)
        {
            var unit = text[i];
            var fate = fates[unit];
            if (fate == Fate.Space)
            {
                spacePending = hasText;
                continue;
            }

            if (fate == Fate.Special) break;
            if (spacePending) target[length++] = ' ';
            (hasText, spacePending) = (true, false);
            if (fate == Fate.Mapped)
            {
                target[length++] = images[unit];
            }
            else if (fate == Fate.Digit)
            {
                target[length++] = '0';
                i = EndOfNumber(text, i) - 1;
            }
            else
            {
                continue; // A mark leaves no trace but that there was text, so that the spaces around it stay.
            }

            _marksStart = -1;
        }

        (_length, _hasText, _spacePending) = (length, hasText, spacePending);
        return i;
    }

    private int Special(ReadOnlySpan<char> text, int i)
    {
        if (text[i] == LowerCase.CapitalSigma)
        {
            Append(LowerCase.OfSigma(text, i));
            return i + 1;
        }

        if (text[i] == LowerCase.CapitalIWithDot)
        {
            Append('i'); // The mark of its lower case is one of those that go away.
            return i + 1;
        }

        if (Rune.DecodeFromUtf16(text[i..], out var rune, out var length) != System.Buffers.OperationStatus.Done)
        {
            Append(text[i]);
            return i + 1;
        }

        if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
        {
            Append('0');
            return EndOfNumber(text, i);
        }

        Append(LowerCase.Of(rune.Value));
        return i + length;
    }

    /// <summary>Appends what NFD without marks leaves of a code point in lower case.</summary>
    private void Append(int character)
    {
        const int most = 8; // A space and three code points of two units each, and one to spare.
        if (_text.Length - _length < most) Array.Resize(ref _text, _text.Length * 2);
        if (_spacePending) _text[_length++] = ' ';
        (_hasText, _spacePending) = (true, false);
        if (CanonicalBases.IsHangul(character))
        {
            _length += CanonicalBases.DecomposeHangul(character, _text.AsSpan(_length));
            _marksStart = -1;
            return;
        }

        if (CanonicalBases.IsRemoved(character)) return;
        if (CanonicalBases.Of(character) is not { } rest)
        {
            AppendOrdered(character);
            return;
        }

        for (var i = 0; i < rest.Length; i += char.IsSurrogate(rest[i]) ? 2 : 1) AppendOrdered(char.ConvertToUtf32(rest, i));
    }

    /// <summary>Appends a code point behind the marks before it whose combining class is not above its own.</summary>
    private void AppendOrdered(int character)
    {
        Span<char> units = stackalloc char[2];
        var count = 1;
        if (character > char.MaxValue) count = new Rune(character).EncodeToUtf16(units);
        else units[0] = (char)character;

        var combining = CanonicalBases.CombiningClass(character);
        var at = _length;
        if (combining == 0) _marksStart = -1;
        else if (_marksStart < 0) _marksStart = _length;
        else at = PlaceAmongMarks(combining);
        _text.AsSpan(at, _length - at).CopyTo(_text.AsSpan(at + count));
        units[..count].CopyTo(_text.AsSpan(at));
        _length += count;
    }

    private int PlaceAmongMarks(int combining)
    {
        var at = _length;
        while (at > _marksStart)
        {
            Rune.DecodeLastFromUtf16(_text.AsSpan(0, at), out var before, out var length);
            if (CanonicalBases.CombiningClass(before.Value) <= combining) break;
            at -= length;
        }

        return at;
    }

    /// <summary>End of digits, of which a second run may follow behind one separator: <c>\p{Nd}+([.,،٫⎖⎗⎘]\p{Nd}+)?</c>.</summary>
    private static int EndOfNumber(ReadOnlySpan<char> text, int i)
    {
        var end = EndOfDigits(text, i);
        if (end >= text.Length || !SimplifiedCharacters.IsSeparator(text[end])) return end;
        var fraction = EndOfDigits(text, end + 1);
        return fraction > end + 1 ? fraction : end;
    }

    private static int EndOfDigits(ReadOnlySpan<char> text, int i)
    {
        while (i < text.Length)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                i++;
                continue;
            }

            if (char.IsAscii(text[i])) return i;
            Rune.DecodeFromUtf16(text[i..], out var rune, out var length);
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.DecimalDigitNumber) return i;
            i += length;
        }

        return i;
    }
}
