using System.Text.RegularExpressions;

namespace Touchstone.Curation.Redaction;

/// <summary>Rules for what HIPAA's Safe Harbor names beyond web text: dates, ages, places, numbers that a label announces, names behind a title.</summary>
/// <remarks>
/// 45 CFR 164.514(b)(2)(i)(A)-(R); the letters below are its. Expressions match without going back, so that no text makes them slow. In dates the year alone may stay and
/// is not looked for; ages of 90 and more go (C). Postal codes go whole, though the rule would let three digits of most stay (B).
/// </remarks>
internal static partial class ClinicalIdentifiers
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
    private const string Months = "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

    // The number behind a label is a group of signs with a digit in it. Words that stand before other numbers too (case, order, group) need a mark between: «no.», «#», a colon.
    private const string Value = "(?<value>[A-Za-z]{0,4}[-/]?[0-9][A-Za-z0-9/-]{2,29})";
    private const string Mark = @"(?:\s+(?:number|num|no|nr|id|code)\b\s*[.:#=]{0,2}\s*|\s*[:#=]{1,2}\s*#?)";
    private const string Number = $@"(?:{Mark}|\s+){Value}";
    private const string MarkedNumber = Mark + Value;

    // (A) names behind a title. (B) streets and postal codes. (C) dates and ages. (G) to (M) and (R) labelled numbers. (N) web addresses.
    private static readonly (string Type, Regex Rule)[] s_rules =
    [
        (RedactionTypes.Name, new(@"\b(?:Dr|Mr|Mrs|Ms|Miss|Prof|Doctor|Professor|Nurse|Patient(?: name)?:|Name:|Attending:|Physician:)\.?\s+(?<value>\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}\.)?(?:\s+\p{Lu}[\p{L}'’-]+){0,2})", Linear)),
        (RedactionTypes.Place, new(@"\b(?<value>[0-9]{1,6}\s+(?:[NSEW]\.?\s+)?(?:\p{Lu}[\p{L}0-9'’.-]*\s+){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Court|Ct|Place|Pl|Way|Terrace|Circle|Cir|Highway|Hwy|Parkway|Pkwy)\b\.?(?:,?\s+(?:Apt|Suite|Ste|Unit|#)\.?\s*[0-9A-Za-z-]+)?)", Linear)),
        (RedactionTypes.Place, new(@"\b(?:A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]|[Zz][Ii][Pp](?:\s+[Cc]ode)?:?)\s+(?<value>[0-9]{5}(?:-[0-9]{4})?)\b", Linear)),
        (RedactionTypes.Date, new($@"\b(?<value>[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-](?:[0-9]{{4}}|[0-9]{{2}})|[0-9]{{4}}[/.-][0-9]{{1,2}}[/.-][0-9]{{1,2}})\b", Linear)),
        (RedactionTypes.Date, new($@"\b(?<value>{Months}\.?\s+[0-9]{{1,2}}(?:st|nd|rd|th)?(?:,?\s+[0-9]{{4}})?|[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{Months}\.?(?:,?[\s-]+[0-9]{{2,4}})?|{Months}\.?,?\s+[0-9]{{4}})\b", Linear)),
        (RedactionTypes.Age, new(@"\b(?<value>(?:9[0-9]|1[0-4][0-9]))[\s-]*(?:years?|yrs?|y/?o|y\.o)\b", Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.Age, new(@"\bage[d:]?\s+(?<value>9[0-9]|1[0-4][0-9])\b", Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.SocialSecurityNumber, new(@"\b(?:ssn|social\s+security)" + Number, Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.MedicalRecord, new(@"\b(?:mrn|medical\s+record|patient\s+id)" + Number, Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.MedicalRecord, new(@"\b(?:chart|patient|hospital)" + MarkedNumber, Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.HealthPlan, new(@"\b(?:member|policy|beneficiary|subscriber|health\s+plan|medicare|medicaid|insurance|group)" + MarkedNumber, Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.Account, new(@"\b(?:account|acct)" + MarkedNumber, Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.Licence, new(@"\b(?:licen[cs]e|certificate|dea|npi)" + MarkedNumber, Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.Vehicle, new(@"\b(?:vin|licen[cs]e\s+plate|plate)" + MarkedNumber, Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.Device, new(@"\b(?:serial|device|udi|s/n|implant|lot)" + MarkedNumber, Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.Identifier, new(@"\b(?:accession|case|encounter|visit|specimen|study|order)" + MarkedNumber, Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.Identifier, new(@"\b(?<value>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b", Linear | RegexOptions.IgnoreCase)),
    ];

    /// <summary>Finds what a type's rules recognise.</summary>
    public static void Find(string type, string text, List<RedactedSpan> found)
    {
        if (type == RedactionTypes.SocialSecurityNumber) SocialSecurityNumbers.Find(text, found);
        if (type == RedactionTypes.Url) FindUrls(text, found);
        if (type == RedactionTypes.Vehicle) FindVehicles(text, found);
        foreach (var (ofType, rule) in s_rules)
        {
            if (ofType != type) continue;
            for (var match = rule.Match(text); match.Success; match = match.NextMatch())
            {
                var value = match.Groups["value"];
                found.Add(new(value.Index, value.Length, type));
            }
        }
    }

    private static void FindUrls(string text, List<RedactedSpan> found)
    {
        for (var match = Url().Match(text); match.Success; match = match.NextMatch())
            found.Add(new(match.Index, match.ValueSpan.TrimEnd(".,;:!?)]}'\"").Length, RedactionTypes.Url));
    }

    // Vehicle identification numbers: seventeen signs whose ninth is the check digit (ISO 3779, 49 CFR 565.15).
    private static void FindVehicles(string text, List<RedactedSpan> found)
    {
        for (var match = Vehicle().Match(text); match.Success; match = match.NextMatch())
            if (HasVehicleCheckDigit(match.ValueSpan)) found.Add(new(match.Index, match.Length, RedactionTypes.Vehicle));
    }

    private static bool HasVehicleCheckDigit(ReadOnlySpan<char> number)
    {
        ReadOnlySpan<int> weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
        const string values = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ"; // the place of a sign, modulo ten, is its value
        var sum = 0;
        for (var i = 0; i < number.Length; i++) sum += values.IndexOf(number[i], StringComparison.Ordinal) % 10 * weights[i];
        return number[8] == (sum % 11 == 10 ? 'X' : (char)('0' + sum % 11));
    }

    [GeneratedRegex(@"\b(?:https?://|ftp://|www\.)[^\s<>""«»\[\]]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Url();

    [GeneratedRegex(@"\b[A-HJ-NPR-Z0-9]{17}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Vehicle();
}
