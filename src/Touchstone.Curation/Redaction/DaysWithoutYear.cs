using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Touchstone.Curation.Redaction;

/// <summary>Finds a month and day in figures (3/14) behind a word that announces a day, and not where what follows makes it a fraction (on 1/2 tablet).</summary>
internal static partial class DaysWithoutYear
{
    private const int LongestWord = 12;

    private static readonly FrozenSet<string> s_announcing = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "on", "since", "date", "dated", "dob", "until", "till", "seen", "admitted", "discharged", "scheduled", "due", "appointment", "appt", "visit", "effective", "started", "starting");

    public static void Find(string text, List<RedactedSpan> found)
    {
        for (var match = Day().Match(text); match.Success; match = match.NextMatch())
            if (!match.Groups["measure"].Success && IsAnnounced(text, match.Index)) found.Add(new(match.Index, match.Groups["value"].Length, RedactionTypes.Date));
    }

    private static bool IsAnnounced(string text, int day)
    {
        var end = day;
        while (end > 0 && (char.IsWhiteSpace(text[end - 1]) || text[end - 1] == ':')) end--;
        var start = end;
        while (start > 0 && char.IsLetter(text[start - 1]) && end - start < LongestWord) start--;
        return end < day && s_announcing.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text.AsSpan(start, end - start));
    }

    [GeneratedRegex(@"\b(?<value>(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12][0-9]|3[01]))\b(?<measure>(?>\s+)(?:tab|tablet|cap|capsule|pill|dose|strip|patch|cup|tsp|tbsp|teaspoon|tablespoon|ml|mg|strength|power|murmur|pain|of)s?\b)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Day();
}
