namespace Touchstone.Curation.Redaction;

/// <summary>A stretch of a text with groups of digits that single signs join, such as a telephone number: found once and looked at by every rule on numbers.</summary>
internal sealed class DigitGroups
{
    private const int MaxGroups = 12;
    private readonly (int Start, int Length)[] _groups = new (int, int)[MaxGroups];

    /// <summary>Number of groups.</summary>
    public int Count { get; private set; }

    /// <summary>Where a group lies in the text, in UTF-16 units.</summary>
    public (int Start, int Length) this[int group] => _groups[group];

    /// <summary>
    /// Takes in hand the next stretch from a place on. Groups are joined by one blank, hyphen, dot, slash or parenthesis, or by a parenthesis and one of the others.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to look from; becomes the place behind the stretch.</param>
    public bool MoveNext(string text, ref int from)
    {
        Count = 0;
        while (from < text.Length && Count < MaxGroups)
        {
            var start = Count == 0 ? text.AsSpan(from).IndexOfAnyInRange('0', '9') : JointLength(text, from);
            if (start < 0) break;
            start += from;
            from = start;
            while (from < text.Length && char.IsAsciiDigit(text[from])) from++;
            _groups[Count++] = (start, from - start);
        }

        return Count > 0;
    }

    private static int JointLength(string text, int from)
    {
        var length = 0;
        while (length < 3 && from + length < text.Length && IsJoint(text[from + length])) length++;
        var ends = from + length < text.Length && char.IsAsciiDigit(text[from + length]);
        var hasParenthesis = length > 1 && (text[from] is '(' or ')' || text[from + 1] is '(' or ')');
        return ends && (length == 1 || hasParenthesis) ? length : -1;
    }

    private static bool IsJoint(char c) => c is ' ' or '-' or '.' or '/' or '(' or ')' or '\u00A0' or '\u2010' or '\u2011' or '\u202F';

    /// <summary>Number of digits of some groups.</summary>
    public int Digits(int first, int count)
    {
        var digits = 0;
        for (var g = first; g < first + count; g++) digits += _groups[g].Length;
        return digits;
    }

    /// <summary>Copies the digits of some groups.</summary>
    /// <returns>Number of digits; -1 where they do not fit.</returns>
    public int CopyDigits(string text, int first, int count, Span<char> digits)
    {
        var total = 0;
        for (var g = first; g < first + count; g++)
        {
            var group = text.AsSpan(_groups[g].Start, _groups[g].Length);
            if (total + group.Length > digits.Length) return -1;
            group.CopyTo(digits[total..]);
            total += group.Length;
        }

        return total;
    }

    /// <summary>The part of the text from the first to the last of some groups.</summary>
    public (int Start, int End) Range(int first, int count) => (_groups[first].Start, _groups[first + count - 1].Start + _groups[first + count - 1].Length);
}
