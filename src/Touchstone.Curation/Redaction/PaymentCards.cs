namespace Touchstone.Curation.Redaction;

/// <summary>Finds numbers of payment cards by the ranges of their issuers and the check digit.</summary>
/// <remarks>
/// ISO/IEC 7812-1: annex B is the Luhn check digit. Ranges and lengths as the networks publish them: Visa 4 (13, 16, 19 digits), Mastercard 51-55 and 2221-2720 (16),
/// American Express 34, 37 (15), Discover 6011, 644-649, 65 (16 to 19), JCB 3528-3589 (16 to 19), Diners Club 300-305, 36, 38, 39 (14 to 19), UnionPay 62 (16 to 19).
/// </remarks>
internal static class PaymentCards
{
    private const int MaxDigits = 19;

    public static void Find(string text, List<RedactedSpan> found)
    {
        var groups = new DigitGroups();
        Span<char> digits = stackalloc char[MaxDigits];
        for (var from = 0; groups.MoveNext(text, ref from);)
        {
            for (var first = 0; first < groups.Count; first++)
            {
                for (var count = Math.Min(5, groups.Count - first); count > 0; count--)
                {
                    if (!IsCard(text, groups, first, count, digits)) continue;
                    var (start, end) = groups.Range(first, count);
                    found.Add(new(start, end - start, RedactionTypes.CreditCard));
                    first += count;
                    break;
                }
            }
        }
    }

    private static bool IsCard(string text, DigitGroups groups, int first, int count, Span<char> digits)
    {
        if (groups.Digits(first, count) is < 13 or > MaxDigits || !IsGrouped(text, groups, first, count)) return false;
        var (start, end) = groups.Range(first, count);
        if ((start > 0 && char.IsLetterOrDigit(text[start - 1])) || (end < text.Length && char.IsLetterOrDigit(text[end]))) return false;
        var length = groups.CopyDigits(text, first, count, digits);
        return HasIssuer(digits[..length]) && HasCheckDigit(digits[..length]);
    }

    // As cards are printed: in one piece, or groups of four to six joined by the same blank or hyphen.
    private static bool IsGrouped(string text, DigitGroups groups, int first, int count)
    {
        for (var g = first + 1; g < first + count; g++)
        {
            var (start, length) = groups[g];
            if (groups[g - 1].Start + groups[g - 1].Length + 1 != start || text[start - 1] is '.' or '/' || text[start - 1] != text[groups[first + 1].Start - 1]) return false;
            if (groups[g - 1].Length is < 4 or > 6 || (length < 4 && g < first + count - 1)) return false;
        }

        return true;
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
