using System.Globalization;

namespace Touchstone.Curation.Redaction;

/// <summary>Finds social security numbers of the United States in their groups of three, two and four digits.</summary>
/// <remarks>No number has 000, 666 or 900 and more first, nor a group of zeros (Social Security Administration, POMS RM 10201.035).</remarks>
internal static class SocialSecurityNumbers
{
    public static void Find(string text, List<RedactedSpan> found)
    {
        var groups = new DigitGroups(text);
        while (groups.MoveNext())
        {
            if (groups.Count < 3 || groups[0].Length != 3 || groups[1].Length != 2 || groups[2].Length != 4) continue;
            var area = int.Parse(text.AsSpan(groups[0].Start, 3), CultureInfo.InvariantCulture);
            if (area is > 0 and not 666 and < 900 && text.AsSpan(groups[1].Start, 2) is not "00" && text.AsSpan(groups[2].Start, 4) is not "0000")
                found.Add(groups.Span(3, RedactionTypes.SocialSecurityNumber));
        }
    }
}
