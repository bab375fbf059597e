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

    // Months alone with a day: in small letters only those that are no other word or name, nor the beginning of one.
    private static readonly string s_writtenMonths = $"(?:{Months}|{Months.ToUpperInvariant()}|january|february|april|june|july|august|september|october|november|december)";

    // The number behind a label is a group of signs with a digit in it. Words that stand before other numbers too (case, order, group) need a mark between: «no.», «#», a colon.
    private const string Value = "(?<value>[A-Za-z]{0,4}[-/]?[0-9][A-Za-z0-9/-]{2,})";
    private const string Mark = @"(?:\s+(?:number|num|no|nr|id|code)\b\s*[.:#=]{0,2}\s*|\s*[:#=]{1,2}\s*#?)";
    private const string Number = $@"(?:{Mark}|\s+){Value}";
    private const string MarkedNumber = Mark + Value;

    // Initials, «van der» and the like, and one to three names of two letters or more that begin with a capital.
    private const string Person = @"(?:\p{Lu}(?:\.\s*|\s+)){0,3}(?:(?:van|von|der?|den|del|di|da|la|le|al|bin|ter)\s+){0,2}\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}(?:\.|\b))?(?:\s+\p{Lu}[\p{L}'’-]+){0,2}";

    // MR and MS in capitals are as often magnetic resonance and multiple sclerosis: they need their point.
    private const string Titles = @"(?:(?:Dr|DR|Mr|Mrs|MRS|Ms|Miss|MISS|Prof|PROF|Doctor|DOCTOR|Professor|PROFESSOR|Nurse|NURSE)(?:\.\s*|\s+)|M[RS]\.\s*)";

    // A day and its time as ISO 8601 joins them.
    private const string Time = @"(?:[Tt][0-9]{2}:?[0-9]{2}(?::?[0-9]{2}(?:[.,][0-9]{1,9})?)?(?:[Zz]|[+-][0-9]{2}:?(?:[0-9]{2})?)?)";
    private const string Day = "(?:0?[1-9]|[12][0-9]|3[01])";

    // (A) names behind a title or label. (B) streets, post-office boxes and postal codes. (C) dates and ages. (G) to (M) and (R) labelled numbers. (N) web addresses.
    private static readonly (string Type, Regex Rule)[] s_rules =
    [
        (RedactionTypes.Name, new($@"\b{Titles}(?<value>{Person})", Linear)),
        (RedactionTypes.Name, new($@"\b(?i:patient(?:'s)?(?:\s+name)?|name|attending|physician|provider|surgeon)\s*:\s*(?:{Titles})?(?<value>{Person}(?:,\s*\p{{Lu}}[\p{{L}}'’-]+)?)", Linear)),
        (RedactionTypes.Place, new(@"\b(?<value>[0-9]{1,6}\s+(?:[NSEW]\.?\s+)?(?:\p{Lu}[\p{L}0-9'’.-]*\s+){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Court|Ct|Place|Pl|Way|Terrace|Circle|Cir|Highway|Hwy|Parkway|Pkwy)\b\.?(?:,?\s+(?:Apt|Suite|Ste|Unit|#)\.?\s*[0-9A-Za-z-]+)?)", Linear)),
        (RedactionTypes.Place, new(@"\b(?:A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]|[Zz][Ii][Pp](?:\s+[Cc]ode)?:?)\s+(?<value>[0-9]{5}(?:-[0-9]{4})?)\b", Linear)),
        (RedactionTypes.Date, new($@"(?:\b|_)(?<value>[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-](?:[0-9]{{4}}|[0-9]{{2}})|[0-9]{{4}}[/.-][0-9]{{1,2}}[/.-][0-9]{{1,2}}{Time}?|(?:19|20)[0-9]{{6}}{Time})(?:[^0-9]|$)", Linear)),
        (RedactionTypes.Date, new($@"\b(?<value>(?:0?[1-9]|1[0-2])/(?:19|20)[0-9]{{2}}|(?:0[1-9]|1[0-2])-(?:19|20)[0-9]{{2}}|(?:19|20)[0-9]{{2}}[/-](?:0[1-9]|1[0-2])|0[1-9]/(?:0[1-9]|[12][0-9]|3[01]))\b", Linear)),
        (RedactionTypes.Date, new($@"\b(?<value>(?i:{Months}\.?\s+{Day}(?:st|nd|rd|th)?,?\s+[0-9]{{4}}|{Day}(?:st|nd|rd|th)?(?:\s+of)?[\s/-]*{Months}\.?,?[\s/-]*(?:[0-9]{{4}}|[0-9]{{2}})|{Months}\.?,?[\s/-]+[0-9]{{4}})|{s_writtenMonths}\.?\s+{Day}(?:st|nd|rd|th)?|{Day}(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{s_writtenMonths})\b", Linear)),
        (RedactionTypes.Age, new(@"\b(?<value>(?:9[0-9]|1[0-4][0-9]))[\s-]*(?:years?|yrs?|y/?o|y\.o)\b", Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.Age, new(@"\bage[d:]?\s+(?<value>9[0-9]|1[0-4][0-9])\b", Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.SocialSecurityNumber, new(@"\b(?:ssn|social\s+security)" + Number, Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.MedicalRecord, new(@"\b(?:mrn|medical\s+record|patient\s+id)" + Number, Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.MedicalRecord, new(@"\b(?:chart|patient|hospital)" + MarkedNumber, Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.HealthPlan, new(@"\b(?:member|policy|beneficiary|subscriber|health\s+plan|medicare|medicaid|insurance|group)" + MarkedNumber, Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.Account, new(@"\b(?:account|acct)" + MarkedNumber, Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.Licence, new(@"\b(?:licen[cs]e|certificate|dea|npi)" + MarkedNumber, Linear | RegexOptions.IgnoreCase)),
        (RedactionTypes.Licence, new(@"\bNPI\s+(?<value>[0-9]{10})\b", Linear)),
        (RedactionTypes.Licence, new(@"\bDEA\s+(?<value>[A-Za-z][A-Za-z9][0-9]{7})\b", Linear)),
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
        if (type == RedactionTypes.Date) DaysWithoutYear.Find(text, found);
        if (type == RedactionTypes.Place) ClinicalNumbers.FindPostOfficeBoxes(text, found);
        if (type == RedactionTypes.Vehicle) ClinicalNumbers.FindVehicles(text, found);
        if (type == RedactionTypes.Licence) ClinicalNumbers.FindPrescribers(text, found);
        if (type == RedactionTypes.HealthPlan) ClinicalNumbers.FindBeneficiaries(text, found);
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

    [GeneratedRegex(@"\b(?:https?://|ftp://|www\.)[^\s<>""«»\[\]]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Url();
}
