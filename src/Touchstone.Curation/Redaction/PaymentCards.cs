namespace Touchstone.Curation.Redaction;

/// <summary>Finds numbers of payment cards by the ranges of their issuers and the check digit.</summary>
/// <remarks>
/// ISO/IEC 7812-1: annex B is the Luhn check digit. Ranges and lengths as the networks publish them: Visa 4 (13, 16, 19 digits), Mastercard 51-55 and 2221-2720 (16),
/// American Express 34, 37 (15), Discover 6011, 644-649, 65 (16 to 19), JCB 3528-3589 (16 to 19), Diners Club 300-305, 36, 38, 39 (14 to 19), UnionPay 62 (16 to 19).
/// </remarks>
internal static class PaymentCards
{
    private const int MaxDigits = 19;
    private const int MaxGroups = 5;

    /// <summary>Finds every row of groups that may be a card, also where two share a group: which of them is the card, no rule can tell.</summary>
    public static void Find(string text, List<RedactedSpan> found)
    {
        var groups = new DigitGroups(text);
        Span<char> digits = stackalloc char[MaxDigits];
        while (groups.MoveNext())
        {
            if (groups[0].Length < 4 || (groups[0].Start > 0 && char.IsLetterOrDigit(text[groups[0].Start - 1]))) continue;
            var (card, length) = (0, 0);
            for (var count = 1; count <= Math.Min(MaxGroups, groups.Count); count++)
            {
                var (start, more) = groups[count - 1];
                if (length + more > MaxDigits || !IsGrouped(groups, count)) break;
                text.AsSpan(start, more).CopyTo(digits[length..]);
                length += more;
                if (length >= 13 && Ends(text, start + more) && HasIssuer(digits[..length]) && HasCheckDigit(digits[..length])) card = count;
            }

            if (card > 0) found.Add(groups.Span(card, RedactionTypes.CreditCard));
        }
    }

    private static bool Ends(string text, int end) => end == text.Length || !char.IsLetterOrDigit(text[end]);

    // As cards are printed: in one piece, or groups of four to six, of which the last may be shorter, joined by the same blank, hyphen or dot.
    private static bool IsGrouped(DigitGroups groups, int count)
    {
        if (count == 1) return true;
        var (before, last) = (groups[count - 2].Length, count - 1);
        return before is >= 4 and <= 6 && groups.End(last - 1) + 1 == groups[last].Start && groups.Joint(last) is not ('/' or '(' or ')') && groups.Joint(last) == groups.Joint(1);
    }

    private static bool HasIssuer(ReadOnlySpan<char> digits)
    {
        var four = int.Parse(digits[..4], System.Globalization.CultureInfo.InvariantCulture);
        return digits.Length switch
        {
            13 => four / 1000 == 4,
            14 => IsDiners(four),
            15 => four / 100 is 34 or 37,
            16 => four / 1000 == 4 || four / 100 is >= 51 and <= 55 || four is >= 2221 and <= 2720 || IsLong(four),
            19 => four / 1000 == 4 || IsLong(four),
            _ => false, // 17 and 18 are allowed to some and given out by next to none; bare numbers of that length are ids
        };
    }

    private static bool IsLong(int four) =>
        four is 6011 or (>= 3528 and <= 3589) || four / 10 is >= 644 and <= 649 || four / 100 is 62 or 65 || IsDiners(four);

    private static bool IsDiners(int four) => four / 10 is >= 300 and <= 305 || four / 100 is 36 or 38 or 39;

    /// <summary>True where the last digit is the Luhn check digit of the others.</summary>
    public static bool HasCheckDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }

        return sum % 10 == 0;
    }
}
