using Touchstone.Statistics;

namespace Touchstone.Quality.LabelErrors;

/// <summary>A smooth minimum: the mean of the scores, each weighted by softmax((1 - score) / temperature).</summary>
internal static class SoftMinimum
{
    /// <summary>The smooth minimum; 1 of no scores, since nothing then speaks against the labels. NaN scores are left out.</summary>
    /// <param name="scores">In [0, 1] or NaN.</param>
    /// <param name="temperature">Greater than 0: towards 0 it becomes the minimum, towards infinity the mean.</param>
    public static double Of(ReadOnlySpan<double> scores, double temperature)
    {
        if (!(temperature > 0)) throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature is greater than 0.");
        var least = double.PositiveInfinity;
        foreach (var score in scores)
            if (score < least) least = score;
        if (double.IsPositiveInfinity(least)) return 1;
        double weights = 0, sum = 0;
        foreach (var score in scores)
        {
            if (double.IsNaN(score)) continue;
            var weight = PortableMath.Exp((least - score) / temperature); // shifted, so that nothing overflows
            weights += weight;
            sum += weight * score;
        }

        return sum / weights;
    }
}
