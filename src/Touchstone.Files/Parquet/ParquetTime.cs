using System.Globalization;

namespace Touchstone.Files.Parquet;

/// <summary>A time of day, to the nanosecond.</summary>
/// <param name="Nanoseconds">Since midnight; a day has 86,400,000,000,000.</param>
/// <param name="IsUtc">The time is UTC; else it is of no stated zone.</param>
public readonly record struct ParquetTime(long Nanoseconds, bool IsUtc)
{
    private const long PerSecond = 1_000_000_000;

    /// <summary>A time of day of no stated zone.</summary>
    public static ParquetTime From(TimeOnly time) => new(time.Ticks * 100, false);

    /// <summary>The time to 100 ns, rounded down.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not within a day.</exception>
    public TimeOnly ToTimeOnly() => new(Nanoseconds / 100);

    /// <summary>ISO 8601, such as 12:00:00.25 or 12:00:00.25Z.</summary>
    public override string ToString()
    {
        var seconds = Nanoseconds / PerSecond;
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:D2}:{seconds / 60 % 60:D2}:{seconds % 60:D2}{Fraction((int)(Nanoseconds % PerSecond))}{(IsUtc ? "Z" : "")}");
    }

    /// <summary>Point and digits of a part of a second, without zeros at the end; nothing where there is no part.</summary>
    internal static string Fraction(int nanoseconds) => nanoseconds == 0 ? "" : "." + nanoseconds.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
}
