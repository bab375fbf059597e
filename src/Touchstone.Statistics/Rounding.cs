namespace Touchstone.Statistics;

/// <summary>Numbers as they are written where bytes must repeat: release, assay, card.</summary>
public static class Rounding
{
    /// <summary>Decimals of every number that enters a digest.</summary>
    public const int Decimals = 6;

    /// <summary>Rounded to <see cref="Decimals"/> decimals, halves to even; never negative zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a number or infinite: it has no place in a digest.</exception>
    public static double ToDigest(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value), value, "Only finite numbers enter a digest.");
        return Math.Round(value, Decimals, MidpointRounding.ToEven) + 0.0;
    }

    /// <summary>As <see cref="ToDigest(double)"/>; what is missing stays missing.</summary>
    public static double? ToDigest(double? value) => value is { } known ? ToDigest(known) : null;
}
