using System.Globalization;

namespace Touchstone.Curation.Pipelines;

/// <summary>Amounts of bytes as people write them.</summary>
public static class Sizes
{
    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("", 1), ("B", 1), ("K", 1L << 10), ("KB", 1000), ("KiB", 1L << 10), ("M", 1L << 20), ("MB", 1000_000), ("MiB", 1L << 20),
        ("G", 1L << 30), ("GB", 1000_000_000), ("GiB", 1L << 30), ("T", 1L << 40), ("TB", 1000_000_000_000), ("TiB", 1L << 40),
    ];

    /// <summary>Reads an amount such as <c>256MB</c> (millions), <c>2G</c> or <c>2GiB</c> (powers of two), or a plain number of bytes.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9') is >= 0 and var at ? at : text.Length;
        var unit = text[digits..].Trim();
        foreach (var (name, size) in Units)
        {
            if (!name.Equals(unit, StringComparison.OrdinalIgnoreCase)) continue;
            if (!long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue / size) return false;
            bytes = number * size;
            return true;
        }

        return false;
    }

    /// <summary>An amount for people: three digits and a unit of powers of ten.</summary>
    public static string Show(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB", "PB"];
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1000 && unit < units.Length - 1) (value, unit) = (value / 1000, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 || value >= 100 ? Math.Round(value) : Math.Round(value, value >= 10 ? 1 : 2)):0.##} {units[unit]}");
    }
}
