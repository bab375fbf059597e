using System.Globalization;

namespace Touchstone.Files.Parquet;

/// <summary>A point in time, or a date and time of day of no stated zone, to the nanosecond and without bounds of years.</summary>
/// <param name="Seconds">Whole seconds since 1970-01-01 00:00:00, rounded down, leap seconds not counted.</param>
/// <param name="Nanoseconds">What is left, from 0 to 999,999,999.</param>
/// <param name="IsUtc">The time is UTC; else it is of no stated zone.</param>
public readonly record struct ParquetTimestamp(long Seconds, int Nanoseconds, bool IsUtc)
{
    private const long SecondsPerDay = 86_400;

    /// <summary>A time stamp from a count of units since 1970-01-01 00:00:00.</summary>
    public static ParquetTimestamp From(long count, ParquetTimeUnit unit, bool isUtc)
    {
        var perSecond = PerSecond(unit);
        var seconds = Math.DivRem(count, perSecond, out var rest);
        if (rest < 0) (seconds, rest) = (seconds - 1, rest + perSecond);
        return new(seconds, (int)(rest * (1_000_000_000 / perSecond)), isUtc);
    }

    /// <summary>A point in time.</summary>
    public static ParquetTimestamp From(DateTimeOffset time) => FromTicks(time.UtcTicks, isUtc: true);

    /// <summary>A date and time of day: UTC where its kind says so, else of no stated zone.</summary>
    public static ParquetTimestamp From(DateTime time) => FromTicks(time.Ticks, time.Kind == DateTimeKind.Utc);

    /// <summary>The count of units since 1970-01-01 00:00:00.</summary>
    /// <returns>False where the time has a part smaller than the unit, or the count does not fit 64 bits.</returns>
    public bool TryCount(ParquetTimeUnit unit, out long count)
    {
        var perSecond = PerSecond(unit);
        var whole = (Int128)Seconds * perSecond + Nanoseconds / (1_000_000_000 / perSecond);
        count = (long)Int128.Clamp(whole, long.MinValue, long.MaxValue);
        return Nanoseconds % (1_000_000_000 / perSecond) == 0 && whole == count;
    }

    /// <summary>The time to 100 ns, rounded down.</summary>
    /// <exception cref="OverflowException">It is not within the years 1 to 9999.</exception>
    public DateTime ToDateTime()
    {
        var ticks = (Int128)Seconds * TimeSpan.TicksPerSecond + Nanoseconds / 100 + DateTime.UnixEpoch.Ticks;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) throw new OverflowException($"{this} is not within the years 1 to 9999.");
        return new DateTime((long)ticks, IsUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified);
    }

    /// <summary>ISO 8601, such as 2026-03-01T12:00:00.25Z; years outside 0 to 9999 have a sign.</summary>
    public override string ToString()
    {
        var days = Math.DivRem(Seconds, SecondsPerDay, out var second);
        if (second < 0) (days, second) = (days - 1, second + SecondsPerDay);
        var (year, month, day) = Civil(days);
        var sign = year < 0 ? "-" : year > 9999 ? "+" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{sign}{Math.Abs(year):D4}-{month:D2}-{day:D2}T{second / 3600:D2}:{second / 60 % 60:D2}:{second % 60:D2}{ParquetTime.Fraction(Nanoseconds)}{(IsUtc ? "Z" : "")}");
    }

    internal static long PerSecond(ParquetTimeUnit unit) => unit switch { ParquetTimeUnit.Milliseconds => 1_000, ParquetTimeUnit.Microseconds => 1_000_000, _ => 1_000_000_000 };

    private static ParquetTimestamp FromTicks(long ticks, bool isUtc)
    {
        ticks -= DateTime.UnixEpoch.Ticks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        if (rest < 0) (seconds, rest) = (seconds - 1, rest + TimeSpan.TicksPerSecond);
        return new(seconds, (int)rest * 100, isUtc);
    }

    /// <summary>Year, month and day of a day counted from 1970-01-01, in the proleptic Gregorian calendar.</summary>
    /// <remarks>H. Hinnant, chrono-compatible low-level date algorithms, civil_from_days: years begin in March, 146,097 days are 400 years.</remarks>
    private static (long Year, long Month, long Day) Civil(long days)
    {
        days += 719_468;
        var era = (days >= 0 ? days : days - 146_096) / 146_097;
        var dayOfEra = days - era * 146_097;
        var yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        var dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        var monthFromMarch = (5 * dayOfYear + 2) / 153;
        var month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
    }
}
