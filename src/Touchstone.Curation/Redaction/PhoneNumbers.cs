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

    public static void Find(string text, List<RedactedSpan> found)
    {
        var groups = new DigitGroups();
        for (var from = 0; groups.MoveNext(text, ref from);)
        {
            for (var first = 0; first < groups.Count; first++)
            {
                for (var count = Math.Min(MaxGroups, groups.Count - first); count > 0; count--)
                {
                    if (Start(text, groups, first, count) is not (>= 0 and var start)) continue;
                    var (_, end) = groups.Range(first, count);
                    found.Add(new(start, end - start, RedactionTypes.Phone));
                    first += count;
                    break;
                }
            }
        }
    }

    // Where the number begins, with its plus sign and parenthesis; -1 where the groups are none.
    private static int Start(string text, DigitGroups groups, int first, int count)
    {
        var digits = groups.Digits(first, count);
        var (start, end) = groups.Range(first, count);
        if (digits is < 7 or > MaxDigits || (end < text.Length && (char.IsLetterOrDigit(text[end]) || IsFraction(text, end)))) return -1;
        var opened = start > 0 && text[start - 1] == '(' && text.AsSpan(start, end - start).Contains(')') ? start - 1 : start;
        var hasPlus = opened > 0 && text[opened - 1] == '+';
        var begin = hasPlus ? opened - 1 : opened;
        if (begin > 0 && (char.IsLetterOrDigit(text[begin - 1]) || text[begin - 1] is '+' or '_' or '/' or '=' or '.' or ',' or '$')) return -1;
        if (hasPlus) return digits >= 8 && text[start] != '0' ? begin : -1;
        if (first > 0 && begin == start && groups[first - 1].Start + groups[first - 1].Length == start - 1) return -1; // the middle of a longer row of numbers
        if (IsNorthAmerican(text, groups, first, count) || IsInternational(text, groups, first, count, digits) || IsNational(text, groups, first, count, digits)) return begin;
        return IsLabelled(text, begin) ? begin : -1;
    }

    private static bool IsFraction(string text, int end) => end + 1 < text.Length && text[end] is '.' or ',' && char.IsAsciiDigit(text[end + 1]);

    private static bool IsNorthAmerican(string text, DigitGroups groups, int first, int count)
    {
        if (count == 4 && groups[first] is (var one, 1) && text[one] == '1') (first, count) = (first + 1, 3);
        if (count != 3 || groups[first].Length != 3 || groups[first + 1].Length != 3 || groups[first + 2].Length != 4) return false;
        return text[groups[first].Start] >= '2' && text[groups[first + 1].Start] >= '2' && text[groups[first + 1].Start - 1] != '/';
    }

    private static bool IsInternational(string text, DigitGroups groups, int first, int count, int digits) =>
        text[groups[first].Start] == '0' && groups[first].Length > 3 && text[groups[first].Start + 1] == '0' && text[groups[first].Start + 2] != '0' && digits >= 10 && count > 1;

    private static bool IsNational(string text, DigitGroups groups, int first, int count, int digits)
    {
        var (start, length) = groups[first];
        return count > 1 && digits is >= 9 and <= 11 && text[start] == '0' && length is >= 2 and <= 5 && text[start + 1] != '0' && !IsDate(groups, first, count);
    }

    // 01.02.2003 10 or 09-11-2001 9: two groups of two and one of four.
    private static bool IsDate(DigitGroups groups, int first, int count) =>
        count >= 3 && groups[first].Length == 2 && groups[first + 1].Length == 2 && groups[first + 2].Length == 4;

    private static bool IsLabelled(string text, int begin)
    {
        var end = begin;
        while (end > 0 && begin - end < 4 && text[end - 1] is ' ' or ':' or '.' or '#') end--;
        foreach (var label in s_labels)
        {
            var start = end - label.Length;
            if (start >= 0 && text.AsSpan(start, label.Length).Equals(label, StringComparison.OrdinalIgnoreCase) && (start == 0 || !char.IsLetter(text[start - 1]) || label is "phone" or "fax")) return true;
        }

        return false;
    }
}
