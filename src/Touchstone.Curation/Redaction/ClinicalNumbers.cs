using System.Text.RegularExpressions;

namespace Touchstone.Curation.Redaction;

/// <summary>Numbers of vehicles, prescribers, beneficiaries and post-office boxes that their form, and where there is one their check digit, tells without a label.</summary>
internal static partial class ClinicalNumbers
{
    /// <summary>Vehicle identification numbers: seventeen signs whose ninth is the check digit (ISO 3779, 49 CFR 565.15).</summary>
    public static void FindVehicles(string text, List<RedactedSpan> found) => Find(Vehicle(), RedactionTypes.Vehicle, HasVehicleCheckDigit, text, found);

    /// <summary>
    /// Numbers of the Drug Enforcement Administration: the kind of registrant, the first letter of the name or 9, and seven digits of which the last is that of the sum of the
    /// first, third and fifth and twice the second, fourth and sixth (DEA Office of Diversion Control, registrant identification).
    /// </summary>
    public static void FindPrescribers(string text, List<RedactedSpan> found) => Find(Prescriber(), RedactionTypes.Licence, HasPrescriberCheckDigit, text, found);

    /// <summary>Medicare's beneficiary identifiers: eleven signs, each place a digit or one of twenty letters or either, with or without hyphens (CMS, Understanding the MBI format).</summary>
    public static void FindBeneficiaries(string text, List<RedactedSpan> found) => Find(Beneficiary(), RedactionTypes.HealthPlan, _ => true, text, found);

    /// <summary>Boxes at a post office, with their number.</summary>
    public static void FindPostOfficeBoxes(string text, List<RedactedSpan> found) => Find(PostOfficeBox(), RedactionTypes.Place, _ => true, text, found);

    private static void Find(Regex form, string type, Func<ReadOnlySpan<char>, bool> isNumber, string text, List<RedactedSpan> found)
    {
        for (var match = form.Match(text); match.Success; match = match.NextMatch())
            if (isNumber(match.ValueSpan)) found.Add(new(match.Index, match.Length, type));
    }

    private static bool HasVehicleCheckDigit(ReadOnlySpan<char> number)
    {
        ReadOnlySpan<int> weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
        const string values = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ"; // the place of a sign, modulo ten, is its value
        var sum = 0;
        for (var i = 0; i < number.Length; i++) sum += values.IndexOf(number[i], StringComparison.Ordinal) % 10 * weights[i];
        return number[8] == (sum % 11 == 10 ? 'X' : (char)('0' + sum % 11));
    }

    private static bool HasPrescriberCheckDigit(ReadOnlySpan<char> number)
    {
        var sum = 0;
        for (var i = 2; i < 8; i++) sum += (number[i] - '0') * (i % 2 == 0 ? 1 : 2);
        return number[8] - '0' == sum % 10;
    }

    [GeneratedRegex(@"\b[A-HJ-NPR-Z0-9]{17}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Vehicle();

    [GeneratedRegex(@"\b[A-HJ-MPR-UX][A-Z9][0-9]{7}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Prescriber();

    [GeneratedRegex(@"\b[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9]-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9]-?[AC-HJKMNP-RT-Y]{2}[0-9]{2}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Beneficiary();

    [GeneratedRegex(@"\b(?:p\.?\s?o\.?|post\s+office)(?>\s*)box(?>\s*)(?:#(?>\s*))?[0-9]+[a-z]?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PostOfficeBox();
}
