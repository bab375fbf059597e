namespace Touchstone.Quality.Tests;

/// <summary>Measures of likeness that tests compare results by.</summary>
internal static class Numeric
{
    public static double Correlation(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var (meanFirst, meanSecond) = (first.Average(), second.Average());
        double both = 0, one = 0, other = 0;
        for (var i = 0; i < first.Count; i++)
        {
            both += (first[i] - meanFirst) * (second[i] - meanSecond);
            one += Math.Pow(first[i] - meanFirst, 2);
            other += Math.Pow(second[i] - meanSecond, 2);
        }

        return both / Math.Sqrt(one * other);
    }

    public static double Spearman(IReadOnlyList<double> first, IReadOnlyList<double> second) => Correlation(Ranks(first), Ranks(second));

    /// <summary>Probability that a bad one scores below a good one, ties counting half: the area under the curve of a score that should be low for what is bad.</summary>
    public static double Auroc(IReadOnlyList<double> scores, IReadOnlyList<bool> isBad)
    {
        var ranks = Ranks(scores);
        double bad = isBad.Count(b => b), good = isBad.Count - bad;
        var sum = ranks.Where((_, i) => isBad[i]).Sum(r => r + 1);
        return 1 - (sum - bad * (bad + 1) / 2) / (bad * good);
    }

    private static double[] Ranks(IReadOnlyList<double> values) =>
        [.. values.Select(v => values.Count(w => w < v) + (values.Count(w => w == v) - 1) / 2.0)];
}
