using System.Globalization;

namespace Touchstone.Formats.Votes;

/// <summary>The order of labels that nobody states another for.</summary>
public static class LabelOrder
{
    /// <summary>Whether a label is a finite number.</summary>
    public static bool TryNumber(string label, out double number) =>
        double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>The labels by value where all are finite numbers, else by code points, as Python and UTF-8 sort.</summary>
    public static string[] Sort(IReadOnlyCollection<string> labels)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var label in labels)
            if (TryNumber(label, out var number)) values[label] = number;
        var areNumbers = values.Count == labels.Count;
        string[] sorted = [.. labels];
        Array.Sort(sorted, (a, b) => areNumbers && values[a] != values[b] ? values[a].CompareTo(values[b]) : CompareCodePoints(a, b));
        return sorted;
    }

    private static int CompareCodePoints(string a, string b)
    {
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
            if (a[i] != b[i]) return char.IsSurrogate(a[i]) == char.IsSurrogate(b[i]) ? a[i] - b[i] : char.IsSurrogate(a[i]) ? 1 : -1;
        return a.Length - b.Length;
    }
}
