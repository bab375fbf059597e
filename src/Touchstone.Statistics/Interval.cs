namespace Touchstone.Statistics;

/// <summary>A closed interval on the real line.</summary>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end, not below the lower one.</param>
public readonly record struct Interval(double Lower, double Upper)
{
    /// <summary>Half the distance between the ends.</summary>
    public double HalfWidth => (Upper - Lower) / 2;

    /// <summary>Whether the value lies in the interval, ends included.</summary>
    public bool Contains(double value) => Lower <= value && value <= Upper;

    /// <summary>Whether the value lies in the interval, or outside it by no more than <paramref name="slack"/>.</summary>
    public bool Contains(double value, double slack) => Lower - slack <= value && value <= Upper + slack;
}
