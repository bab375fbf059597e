namespace Touchstone.Statistics;

/// <summary>Quantiles of samples, plain and weighted.</summary>
public static class Quantiles
{
    /// <summary>Quantile of an ascending sample, interpolated linearly between order statistics.</summary>
    /// <param name="ascending">The sample, sorted; not empty.</param>
    /// <param name="probability">In [0, 1].</param>
    /// <remarks>Type 7 of Hyndman and Fan, The American Statistician 50(4), 1996: the default of R and NumPy.</remarks>
    public static double OfSorted(ReadOnlySpan<double> ascending, double probability)
    {
        if (ascending.IsEmpty) throw new ArgumentException("A quantile needs at least one value.", nameof(ascending));
        if (!(probability >= 0 && probability <= 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies in [0, 1].");
        var place = probability * (ascending.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, ascending.Length - 1);
        return ascending[below] + (place - below) * (ascending[above] - ascending[below]);
    }

    /// <summary>Quantile of a sample in any order; the sample is copied.</summary>
    /// <inheritdoc cref="OfSorted" path="/remarks"/>
    public static double Of(ReadOnlySpan<double> sample, double probability)
    {
        var sorted = sample.ToArray();
        Array.Sort(sorted);
        return OfSorted(sorted, probability);
    }

    /// <summary>The value at which half of the weight lies on each side; where the halves meet between two values, the middle of the two.</summary>
    /// <param name="values">In any order; not empty.</param>
    /// <param name="weights">One for each value, not negative, not all zero.</param>
    public static double WeightedMedian(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        if (values.IsEmpty || values.Length != weights.Length)
            throw new ArgumentException($"A weighted median needs as many weights as values and at least one; it got {values.Length} values, {weights.Length} weights.", nameof(weights));
        var sorted = values.ToArray();
        var sortedWeights = weights.ToArray();
        Array.Sort(sorted, sortedWeights);
        var total = StableSum.Of(sortedWeights);
        if (!(total > 0)) throw new ArgumentException("The weights must not be negative and must not all be zero.", nameof(weights));
        double before = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            before += sortedWeights[i];
            if (Math.Abs(before - total / 2) <= 1e-12 * total)
            {
                var next = i + 1;
                while (next < sorted.Length - 1 && sortedWeights[next] <= 0) next++;
                return next < sorted.Length ? (sorted[i] + sorted[next]) / 2 : sorted[i];
            }

            if (before > total / 2) return sorted[i];
        }

        return sorted[^1];
    }
}
