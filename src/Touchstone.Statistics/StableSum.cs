namespace Touchstone.Statistics;

/// <summary>
/// Sums whose last bit does not depend on the machine's vector width, the number of threads or the mood of a compiler: the order of
/// additions is part of the definition.
/// </summary>
public static class StableSum
{
    /// <summary>Lanes of <see cref="OfLanes"/>; part of its definition.</summary>
    public const int LaneCount = 8;

    /// <summary>The sum with a running compensation for what rounding loses. Error about one unit in the last place, whatever the length.</summary>
    /// <remarks>A. Neumaier, ZAMM 54(1), 1974: Kahan's summation that also bears a term larger than the sum.</remarks>
    public static double Of(ReadOnlySpan<double> values)
    {
        double sum = 0, compensation = 0;
        foreach (var value in values) Add(ref sum, ref compensation, value);
        return sum + compensation;
    }

    /// <summary>As <see cref="Of(ReadOnlySpan{double})"/>, for a sequence.</summary>
    public static double Of(IEnumerable<double> values)
    {
        double sum = 0, compensation = 0;
        foreach (var value in values) Add(ref sum, ref compensation, value);
        return sum + compensation;
    }

    /// <summary>Lane j adds the values j, j + 8, j + 16, ...; the lanes are then added in pairs (0+4, 1+5, 2+6, 3+7; 0+2, 1+3; 0+1). Fast, and the same bits everywhere.</summary>
    public static double OfLanes(ReadOnlySpan<double> values)
    {
        Span<double> lanes = stackalloc double[LaneCount];
        lanes.Clear();
        var whole = values.Length - values.Length % LaneCount;
        for (var i = 0; i < whole; i += LaneCount)
            for (var lane = 0; lane < LaneCount; lane++) lanes[lane] += values[i + lane];
        for (var i = whole; i < values.Length; i++) lanes[i - whole] += values[i];
        return lanes[0] + lanes[4] + (lanes[2] + lanes[6]) + (lanes[1] + lanes[5] + (lanes[3] + lanes[7]));
    }

    private static void Add(ref double sum, ref double compensation, double value)
    {
        var next = sum + value;
        compensation += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
        sum = next;
    }
}
