using System.Collections.Frozen;

namespace Touchstone.Curation.Redaction;

/// <summary>Finds international bank account numbers by country, length and check digits.</summary>
/// <remarks>ISO 13616-1 with the lengths of the IBAN registry (SWIFT, release 99); check digits by ISO 7064 MOD 97-10. Groups may be parted by one blank each.</remarks>
internal static class BankAccounts
{
    private static readonly FrozenDictionary<string, int> s_lengths = Lengths(
        (15, "NO"), (16, "BE"), (18, "DK FO FI GL NL SD FK"), (19, "MK SI"), (20, "AT BA EE KZ LT LU XK MN"), (21, "HR LV LI CH"), (22, "BH BG CR GE DE IE ME RS GB VA"),
        (23, "GI IL IQ OM SO TL AE"), (24, "AD CZ MD PK RO SA SK ES SE TN VG"), (25, "PT ST LY"), (26, "IS TR"), (27, "BI DJ FR GR IT MR MC SM"),
        (28, "AL AZ BY CY DO GT HU LB NI PL SV"), (29, "BR EG PS QA UA"), (30, "JO KW MU YE"), (31, "MT SC"), (32, "LC"), (33, "RU"));

    public static void Find(string text, List<RedactedSpan> found)
    {
        Span<char> number = stackalloc char[34];
        var lengths = s_lengths.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 2; i + 1 < text.Length; i++)
        {
            var digit = text.AsSpan(i).IndexOfAnyInRange('0', '9');
            if (digit < 0) return;
            i += digit;
            if (i + 1 >= text.Length || !char.IsAsciiDigit(text[i + 1]) || !char.IsAsciiLetterUpper(text[i - 1]) || !char.IsAsciiLetterUpper(text[i - 2])) continue;
            if (i > 2 && char.IsLetterOrDigit(text[i - 3])) continue;
            if (!lengths.TryGetValue(text.AsSpan(i - 2, 2), out var length)) continue;
            var end = Copy(text, i - 2, number[..length]);
            if (end < 0 || !HasCheckDigits(number[..length])) continue;
            found.Add(new(i - 2, end - i + 2, RedactionTypes.Iban));
        }
    }

    private static int Copy(string text, int start, Span<char> number)
    {
        var i = start;
        for (var filled = 0; filled < number.Length; i++)
        {
            if (i >= text.Length) return -1;
            if (char.IsAsciiLetterUpper(text[i]) || char.IsAsciiDigit(text[i])) number[filled++] = text[i];
            else if (text[i] is not (' ' or '\u00A0') || text[i - 1] is ' ' or '\u00A0') return -1;
        }

        return i < text.Length && char.IsLetterOrDigit(text[i]) ? -1 : i;
    }

    /// <summary>True where the number with its first four signs at the end, letters as 10 to 35, leaves 1 when divided by 97.</summary>
    public static bool HasCheckDigits(ReadOnlySpan<char> number)
    {
        var rest = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var sign = number[(i + 4) % number.Length];
            rest = char.IsAsciiDigit(sign) ? (rest * 10 + sign - '0') % 97 : (rest * 100 + sign - 'A' + 10) % 97;
        }

        return rest == 1;
    }

    private static FrozenDictionary<string, int> Lengths(params ReadOnlySpan<(int Length, string Countries)> rows)
    {
        var lengths = new Dictionary<string, int>();
        foreach (var (length, countries) in rows)
            foreach (var country in countries.Split(' ')) lengths[country] = length;
        return lengths.ToFrozenDictionary();
    }
}
