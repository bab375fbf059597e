namespace Touchstone.Curation.Redaction;

/// <summary>
/// A window that slides over a text's groups of digits, one group at a time. It shows the first group and those that single signs join to it, such as the parts of a telephone number, so
/// that every group is looked at as the first of a number, however long the row of numbers that it stands in.
/// </summary>
internal sealed class DigitGroups(string text)
{
    /// <summary>Number of groups that a window shows at most; a power of two.</summary>
    private const int MaxGroups = 8;

    private readonly (int Start, int Length)[] _groups = new (int, int)[MaxGroups];
    private int _first, _from;
    private bool _isWhole = true;

    /// <summary>Number of groups in the window.</summary>
    public int Count { get; private set; }

    /// <summary>Where the group ended that is joined to the first one from before; -1 where there is none.</summary>
    public int Before { get; private set; } = -1;

    /// <summary>Where a group of the window lies in the text, in UTF-16 units.</summary>
    public (int Start, int Length) this[int group] => _groups[(_first + group) & (MaxGroups - 1)];

    /// <summary>First unit behind a group of the window.</summary>
    public int End(int group) => this[group].Start + this[group].Length;

    /// <summary>
    /// Makes the next group of digits the first of the window. Groups are joined by one blank, hyphen, dot, slash or parenthesis, or by a parenthesis and one or two of the others.
    /// </summary>
    /// <returns>False where the text has no other group.</returns>
    public bool MoveNext()
    {
        Before = Count > 1 ? End(0) : -1;
        if (Count > 0) (_first, Count) = (_first + 1, Count - 1);
        if (Count == 0)
        {
            var start = text.AsSpan(_from).IndexOfAnyInRange('0', '9');
            if (start < 0) return false;
            Take(_from + start);
            _isWhole = false;
        }

        while (!_isWhole && Count < MaxGroups)
        {
            var joint = JointLength(_from);
            if (joint < 0) _isWhole = true;
            else Take(_from + joint);
        }

        return true;
    }

    private void Take(int start)
    {
        var length = text.AsSpan(start).IndexOfAnyExceptInRange('0', '9');
        _from = length < 0 ? text.Length : start + length;
        _groups[(_first + Count++) & (MaxGroups - 1)] = (start, _from - start);
    }

    private int JointLength(int from)
    {
        var length = 0;
        while (length < 3 && from + length < text.Length && IsJoint(text[from + length])) length++;
        var ends = from + length < text.Length && char.IsAsciiDigit(text[from + length]);
        var hasParenthesis = length > 1 && (text[from] is '(' or ')' || text[from + 1] is '(' or ')');
        return ends && (length == 1 || hasParenthesis) ? length : -1;
    }

    private static bool IsJoint(char c) => IsBlank(c) || c is '-' or '.' or '/' or '(' or ')' or '\u2010' or '\u2011' or '\u2012' or '\u2013';

    /// <summary>True for the blanks that stand between the groups of a number.</summary>
    public static bool IsBlank(char c) => c is ' ' or '\u00A0' or '\u2007' or '\u2009' or '\u202F';

    /// <summary>The sign before a group of the window other than the first.</summary>
    public char Joint(int group) => text[this[group].Start - 1];

    /// <summary>Number of digits of the first groups of the window.</summary>
    public int Digits(int count)
    {
        var digits = 0;
        for (var g = 0; g < count; g++) digits += this[g].Length;
        return digits;
    }

    /// <summary>The part of the text from the first of the window's groups on.</summary>
    /// <param name="count">How many groups.</param>
    /// <param name="type">One of <see cref="RedactionTypes"/>.</param>
    public RedactedSpan Span(int count, string type) => new(this[0].Start, End(count - 1) - this[0].Start, type);
}
