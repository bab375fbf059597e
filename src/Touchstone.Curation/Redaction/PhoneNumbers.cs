namespace Touchstone.Curation.Redaction;

/// <summary>
/// Finds telephone and fax numbers that show what they are: international ones (a plus sign or 00, 8 to 15 digits), numbers of the North American plan in their usual groups, national
/// ones with a leading zero in two groups or more, and any of 7 to 15 digits behind a word such as «tel» or «fax». Digits without a sign of this kind stay: they are more often counts.
/// </summary>
/// <remarks>ITU-T E.164 (at most fifteen digits with the country's code); North American Numbering Plan: area code and exchange begin with 2 to 9.</remarks>
internal static class PhoneNumbers
{
    private const int MaxDigits = 15;
    private const int MaxGroups = 7;
    private static readonly string[] s_labels = ["phone", "tel", "mobile", "cell", "fax", "call", "whatsapp", "telefon", "téléphone", "teléfono", "telefono"];

    /// <summary>Finds every row of groups that may be a number, also where two share a group: which of them is the number, no rule can tell.</summary>
    public static void Find(string text, List<RedactedSpan> found)
    {
        var groups = new DigitGroups(text);
        for (var last = -1; groups.MoveNext();)
        {
            var begin = Begin(text, groups);
            var count = GroupsOfNumber(text, groups, begin, isInRow: last >= 0 && groups.Before == last);
            if (count == 0) continue;
            last = groups.End(count - 1);
            found.Add(new(begin, last - begin, RedactionTypes.Phone));
        }
    }

    // Where a number that begins with the first group would begin, with its plus sign and parenthesis.
    private static int Begin(string text, DigitGroups groups)
    {
        var (begin, end) = (groups[0].Start, groups.End(0));
        if (begin > 0 && text[begin - 1] == '(' && groups.Count > 1 && text[end] == ')') begin--;
        return begin > 0 && text[begin - 1] == '+' ? begin - 1 : begin;
    }

    // Number of groups from the first on that are one number; 0 where it begins none.
    private static int GroupsOfNumber(string text, DigitGroups groups, int begin, bool isInRow)
    {
        if (begin > 0 && (char.IsLetterOrDigit(text[begin - 1]) || text[begin - 1] is '+' or '$')) return 0;
        if (text[begin] == '+') return CountAfterPlus(text, groups);
        if (CountNorthAmerican(text, groups) is > 0 and var american) return american;
        if (text[groups[0].Start] == '0' && CountWithZero(text, groups, isInRow) is > 0 and var national) return national;
        return CountOf(text, groups, 7, MaxDigits, isWhole: true) is > 0 and var count && IsLabelled(text, begin) ? count : 0;
    }

    private static int CountAfterPlus(string text, DigitGroups groups)
    {
        if (text[groups[0].Start] == '0') return 0;
        return groups[0].Length == 1 && CountNorthAmerican(text, groups) is 4 ? 4 : CountOf(text, groups, 8, MaxDigits, isWhole: false);
    }

    // As many groups as make a number of some digits, the most of them; a whole number is none that goes on behind a point.
    private static int CountOf(string text, DigitGroups groups, int least, int most, bool isWhole)
    {
        for (var count = Math.Min(MaxGroups, groups.Count); count > 0; count--)
        {
            var digits = groups.Digits(count);
            if (digits >= least && digits <= most && Ends(text, groups.End(count - 1)) && !(isWhole && IsFraction(text, groups.End(count - 1)))) return count;
        }

        return 0;
    }

    // A letter behind a number makes it a part of something else, unless it announces an extension.
    private static bool Ends(string text, int end) =>
        end == text.Length || !char.IsLetterOrDigit(text[end]) || text[end] is 'x' or 'X' || text.AsSpan(end).StartsWith("ext", StringComparison.OrdinalIgnoreCase);

    private static bool IsFraction(string text, int end) => end + 1 < text.Length && text[end] is '.' or ',' && char.IsAsciiDigit(text[end + 1]);

    private static int CountNorthAmerican(string text, DigitGroups groups)
    {
        var area = groups[0].Length == 1 && text[groups[0].Start] == '1' ? 1 : 0;
        if (groups.Count < area + 3 || groups[area].Length != 3 || groups[area + 1].Length != 3 || groups[area + 2].Length != 4) return 0;
        var isNumber = text[groups[area].Start] >= '2' && text[groups[area + 1].Start] >= '2' && groups.Joint(area + 1) != '/' && Ends(text, groups.End(area + 2));
        return isNumber ? area + 3 : 0;
    }

    // 00 and a country, or 0 and an area; the most groups that fit.
    private static int CountWithZero(string text, DigitGroups groups, bool isInRow)
    {
        var (start, length) = groups[0];
        if (length < 2 || IsTime(text, start, length)) return 0;
        var isInternational = length > 3 && text[start + 1] == '0' && text[start + 2] != '0';
        if (!isInternational && (length > 5 || text[start + 1] == '0' || IsDate(groups))) return 0;

        var (least, most) = isInternational ? (10, MaxDigits) : (9, 11);
        for (var count = Math.Min(MaxGroups, groups.Count); count > 1; count--)
        {
            var digits = groups.Digits(count);
            if (digits < least || digits > most || !Ends(text, groups.End(count - 1))) continue;
            if (isInRow || (IsApart(text, groups, count) && !IsPartOfNumber(text, groups, count))) return count;
        }

        return 0;
    }

    // A number may stand behind others on the line, but not behind the sign that joins its own groups: that would be the middle of a longer one.
    private static bool IsApart(string text, DigitGroups groups, int count)
    {
        var sign = groups[0].Start > 0 ? text[groups[0].Start - 1] : ' ';
        if (groups.Before < 0 || DigitGroups.IsBlank(sign)) return true;
        for (var g = 1; g < count; g++)
            if (groups.Joint(g) == sign) return false;
        return true;
    }

    private static bool IsTime(string text, int start, int length) => length == 2 && start > 1 && text[start - 1] == ':' && char.IsAsciiDigit(text[start - 2]);

    // 01.02.2003 10 or 09-11-2001 9: two groups of two and one of four.
    private static bool IsDate(DigitGroups groups) => groups.Count >= 3 && groups[0].Length == 2 && groups[1].Length == 2 && groups[2].Length == 4;

    // The end of a date (2003-04-05 1234 567), of a fraction (3.0141 592 65) or of an amount with parted thousands (10 012 345 678).
    private static bool IsPartOfNumber(string text, DigitGroups groups, int count)
    {
        var (start, length) = groups[0];
        if (start < 2 || !char.IsAsciiDigit(text[start - 2])) return false;
        if (length == 2 && text[start - 1] is '-' or '/') return true;
        if (text[start - 1] == '.') return start < 5 || !char.IsAsciiDigit(text[start - 3]) || !char.IsAsciiDigit(text[start - 4]) || !char.IsAsciiDigit(text[start - 5]);
        for (var g = 0; g < count; g++)
            if (groups[g].Length != 3) return false;
        return DigitGroups.IsBlank(text[start - 1]) || text[start - 1] == ',';
    }

    private static bool IsLabelled(string text, int begin)
    {
        var end = begin;
        while (end > 0 && begin - end < 4 && text[end - 1] is ' ' or ':' or '.' or '#') end--;
        if (end == 0 || !char.IsLetter(text[end - 1])) return false;
        foreach (var label in s_labels)
        {
            var start = end - label.Length;
            if (start >= 0 && text.AsSpan(start, label.Length).Equals(label, StringComparison.OrdinalIgnoreCase) && (start == 0 || !char.IsLetter(text[start - 1]) || label is "phone" or "fax")) return true;
        }

        return false;
    }
}
