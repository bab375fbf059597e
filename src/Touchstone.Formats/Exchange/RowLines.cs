using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Exchange;

/// <summary>Open lines by where they cross rows of pixels, as files of lanes have them.</summary>
public static class RowLines
{
    /// <summary>The fact of an input that names its rows, a list of numbers that ascend.</summary>
    public const string RowsFact = "h_samples";

    /// <summary>Pixels between rows where an input does not name them: TuSimple's.</summary>
    public const int RowStep = 10;

    private const int RowsMax = 100_000;

    /// <summary>The rows that an input names, or else every tenth one of its height; where that is not known either, down to its lowest point.</summary>
    public static IReadOnlyList<double> RowsOf(Sample sample)
    {
        if (sample.Facts.TryGetValue(RowsFact, out var stated) && Rows(stated) is { } rows) return rows;
        var bottom = sample.HeightPx > 0 ? sample.HeightPx - 1 : sample.Opinions.SelectMany(o => o.Objects).Select(o => o.Mark).OfType<Outline>().Select(o => o.Geometry.Bounds.Bottom).DefaultIfEmpty(0).Max();
        return [.. Enumerable.Range(0, (int)Math.Clamp(bottom / RowStep + 1, 1, RowsMax)).Select(i => (double)i * RowStep)];
    }

    /// <summary>Numbers that ascend; null where it is no list of such.</summary>
    public static IReadOnlyList<double>? Rows(JsonElement stated)
    {
        if (stated.ValueKind != JsonValueKind.Array) return null;
        List<double> rows = new(stated.GetArrayLength());
        foreach (var each in stated.EnumerateArray())
        {
            if (each.AsNumber() is not { } row || rows.Count > 0 && row <= rows[^1]) return null;
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Whether each point lies on a row, and no two on one, from top to bottom.</summary>
    public static bool AreOn(IReadOnlyList<Point> points, IReadOnlyList<double> rows)
    {
        var at = 0;
        foreach (var point in points)
        {
            while (at < rows.Count && rows[at] < point.Y) at++;
            if (at == rows.Count || rows[at] != point.Y) return false;
            at++;
        }

        return points.Count > 1;
    }

    /// <summary>Where a line crosses rows, from top to bottom; of a row that it crosses several times, where it does so first.</summary>
    public static IReadOnlyList<Point> Crossings(IReadOnlyList<Point> points, IReadOnlyList<double> rows)
    {
        SortedDictionary<double, double> crossings = [];
        for (var i = 0; i + 1 < points.Count; i++)
        {
            var (a, b) = (points[i], points[i + 1]);
            var (top, bottom) = (Math.Min(a.Y, b.Y), Math.Max(a.Y, b.Y));
            for (var at = FirstAtLeast(rows, top); at < rows.Count && rows[at] <= bottom; at++)
                crossings.TryAdd(rows[at], a.Y == b.Y ? a.X : a.X + (b.X - a.X) * ((rows[at] - a.Y) / (b.Y - a.Y)));
        }

        return [.. crossings.Select(c => new Point(c.Value, c.Key))];
    }

    private static int FirstAtLeast(IReadOnlyList<double> rows, double y)
    {
        int low = 0, high = rows.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (rows[middle] < y) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
