using MathNet.Numerics;

namespace Touchstone.Statistics;

/// <summary>A test's statistic and its two-sided p-value.</summary>
/// <param name="Statistic">The statistic; which one the test says.</param>
/// <param name="PValue">Probability of a result at least as extreme where nothing differs, in [0, 1].</param>
public readonly record struct TestResult(double Statistic, double PValue);

/// <summary>Tests of whether two samples, or the two columns of a table, differ.</summary>
public static class SignificanceTests
{
    private const double TieSlack = 1e-7;

    /// <summary>Fisher's exact test of a table of two rows and two columns; the statistic is the odds ratio ad / (bc).</summary>
    /// <param name="a">First row, first column.</param>
    /// <param name="b">First row, second column.</param>
    /// <param name="c">Second row, first column.</param>
    /// <param name="d">Second row, second column.</param>
    /// <returns>Sum of the probabilities of all tables with the same margins that are no likelier than this one. The odds ratio is infinite where bc = 0, NaN where ad = 0 too.</returns>
    /// <remarks>R. A. Fisher, Journal of the Royal Statistical Society 85(1), 1922. Tables within 1e-7 of this one's probability count as no likelier, as in scipy.</remarks>
    public static TestResult Fisher(int a, int b, int c, int d)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(a);
        ArgumentOutOfRangeException.ThrowIfNegative(b);
        ArgumentOutOfRangeException.ThrowIfNegative(c);
        ArgumentOutOfRangeException.ThrowIfNegative(d);
        var (sample, errors, population) = (a + b, a + c, a + b + c + d);
        var (low, high) = (Math.Max(0, sample - (population - errors)), Math.Min(sample, errors));
        var terms = Counting.HypergeometricTerms(sample, errors, population, low, high);
        var own = terms[a - low] * (1 + TieSlack);
        return new TestResult((double)a * d / ((double)b * c), Math.Min(1, StableSum.Of(terms.Where(t => t <= own)) / StableSum.Of(terms)));
    }

    /// <summary>McNemar's exact test of paired answers; the statistic is the smaller of the two counts.</summary>
    /// <param name="onlyFirst">Pairs where the first alone is right.</param>
    /// <param name="onlySecond">Pairs where the second alone is right.</param>
    /// <returns>p-value 1 where no pair differs.</returns>
    /// <remarks>Q. McNemar, Psychometrika 12(2), 1947; twice the binomial tail.</remarks>
    public static TestResult McNemar(int onlyFirst, int onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        var smaller = Math.Min(onlyFirst, onlySecond);
        return new TestResult(smaller, Math.Min(1, 2 * Counting.BinomialCumulative(smaller, onlyFirst + onlySecond, 0.5)));
    }

    /// <summary>Whether two proportions differ; the statistic is z with the pooled proportion.</summary>
    /// <returns>Statistic 0 and p-value 1 where all or none succeeded in both.</returns>
    public static TestResult TwoProportions(double firstSuccesses, double firstTrials, double secondSuccesses, double secondTrials)
    {
        if (!(firstTrials > 0 && secondTrials > 0)) throw new ArgumentOutOfRangeException(nameof(firstTrials), "Both samples need at least one trial.");
        var pooled = (firstSuccesses + secondSuccesses) / (firstTrials + secondTrials);
        var deviation = Math.Sqrt(pooled * (1 - pooled) * (1 / firstTrials + 1 / secondTrials));
        var z = deviation > 0 ? (firstSuccesses / firstTrials - secondSuccesses / secondTrials) / deviation : 0;
        return new TestResult(z, TwoSided(z));
    }

    /// <summary>Pearson's chi-square test of whether rows of counts have one and the same distribution.</summary>
    /// <param name="table">Counts, row by row; columns that are empty in all rows are left out.</param>
    /// <param name="columns">Columns of the table, at least 1.</param>
    /// <remarks>The p-value is good where the least expected count is at least 5 (W. G. Cochran, 1952); no continuity correction.</remarks>
    public static ChiSquareResult ChiSquare(ReadOnlySpan<double> table, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (table.Length % columns != 0) throw new ArgumentException($"{table.Length} counts are no whole number of rows of {columns} columns.", nameof(table));
        var rowSums = new double[table.Length / columns];
        var columnSums = new double[columns];
        for (var i = 0; i < table.Length; i++)
        {
            if (!(table[i] >= 0 && double.IsFinite(table[i]))) throw new ArgumentException($"Row {i / columns}, column {i % columns}: {table[i]:R} is no count.", nameof(table));
            rowSums[i / columns] += table[i];
            columnSums[i % columns] += table[i];
        }

        var total = StableSum.Of(rowSums);
        double statistic = 0, least = double.PositiveInfinity;
        for (var i = 0; i < table.Length; i++)
        {
            var expected = total > 0 ? rowSums[i / columns] * columnSums[i % columns] / total : 0;
            if (expected <= 0) continue;
            least = Math.Min(least, expected);
            statistic += (table[i] - expected) * (table[i] - expected) / expected;
        }

        var degrees = Math.Max(0, rowSums.Count(s => s > 0) - 1) * Math.Max(0, columnSums.Count(s => s > 0) - 1);
        return new ChiSquareResult(statistic, degrees == 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degrees / 2.0, statistic / 2), degrees, double.IsFinite(least) ? least : 0);
    }

    /// <summary>Mann and Whitney's test of whether one sample tends to be larger; the statistic is U of the first.</summary>
    /// <param name="first">Not empty.</param>
    /// <param name="second">Not empty.</param>
    /// <remarks>H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18(1), 1947; normal approximation with corrections for ties and continuity, good from about 10 values each.</remarks>
    public static TestResult MannWhitney(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var (values, isFirst) = Merged(first, second);
        double n = first.Length, m = second.Length, ranks = 0, ties = 0;
        for (var start = 0; start < values.Length;)
        {
            var end = start;
            while (end < values.Length && values[end] == values[start]) end++;
            for (var i = start; i < end; i++)
                if (isFirst[i]) ranks += (start + 1 + end) / 2.0;
            double equal = end - start;
            ties += equal * equal * equal - equal;
            start = end;
        }

        var u = ranks - n * (n + 1) / 2;
        var deviation = Math.Sqrt(n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1))));
        var distance = Math.Max(0, Math.Abs(u - n * m / 2) - 0.5);
        return new TestResult(u, deviation > 0 ? TwoSided(distance / deviation) : 1);
    }

    /// <summary>Kolmogorov and Smirnov's test of whether two samples have one distribution; the statistic is the largest distance of their distribution functions.</summary>
    /// <param name="first">Not empty.</param>
    /// <param name="second">Not empty.</param>
    /// <returns>
    /// The p-value is exact up to 10,000,000 pairs of values (with ties it is then too large, so on the safe side); beyond, Kolmogorov's limit with Stephens' correction.
    /// </returns>
    /// <remarks>Exact by the share of lattice paths that stay within the distance: J. L. Hodges, Arkiv för Matematik 3(43), 1958. O(n m) time in that case.</remarks>
    public static TestResult KolmogorovSmirnov(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var (values, isFirst) = Merged(first, second);
        long i = 0, j = 0, largest = 0; // distances times n m, which are whole
        long n = first.Length, m = second.Length;
        for (var v = 0; v < values.Length; v++)
        {
            if (isFirst[v]) i++;
            else j++;
            if (v + 1 < values.Length && values[v + 1] == values[v]) continue;
            largest = Math.Max(largest, Math.Abs(i * m - j * n));
        }

        var distance = largest / (double)(n * m);
        return new TestResult(distance, n * m <= 10_000_000 ? PathsBeyond(n, m, largest) : Limit(distance, n * m / (double)(n + m)));
    }

    /// <summary>Area between the two distribution functions: how far, on average, values have moved.</summary>
    /// <param name="first">Not empty.</param>
    /// <param name="second">Not empty.</param>
    public static double Wasserstein(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        var (values, isFirst) = Merged(first, second);
        double i = 0, j = 0, area = 0;
        for (var v = 0; v + 1 < values.Length; v++)
        {
            if (isFirst[v]) i++;
            else j++;
            area += Math.Abs(i / first.Length - j / second.Length) * (values[v + 1] - values[v]);
        }

        return area;
    }

    private static double TwoSided(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    private static (double[] Values, bool[] IsFirst) Merged(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.IsEmpty || second.IsEmpty) throw new ArgumentException("Both samples need at least one value.", nameof(first));
        double[] values = [.. first, .. second];
        var isFirst = new bool[values.Length];
        isFirst.AsSpan(0, first.Length).Fill(true);
        if (values.Any(double.IsNaN)) throw new ArgumentException("A value is not a number.", nameof(first));
        Array.Sort(values, isFirst);
        return (values, isFirst);
    }

    /// <summary>Share of the paths from (0, 0) to (n, m) that somewhere are as far from the diagonal.</summary>
    private static double PathsBeyond(long n, long m, long largest)
    {
        if (largest == 0) return 1;
        var inside = new double[m + 1];
        for (long i = 0; i <= n; i++)
            for (long j = 0; j <= m; j++)
            {
                if (i == 0 && j == 0) inside[0] = 1;
                else if (Math.Abs(i * m - j * n) >= largest) inside[j] = 0;
                else inside[j] = ((i > 0 ? inside[j] * i : 0) + (j > 0 ? inside[j - 1] * j : 0)) / (i + j);
            }

        return Math.Clamp(1 - inside[m], 0, 1);
    }

    private static double Limit(double distance, double effective)
    {
        var x = distance * (Math.Sqrt(effective) + 0.12 + 0.11 / Math.Sqrt(effective));
        double sum = 0;
        for (var k = 1; k <= 100; k++)
        {
            var term = PortableMath.Exp(-2 * k * k * x * x);
            sum += k % 2 == 1 ? term : -term;
            if (term < 1e-17) return Math.Clamp(2 * sum, 0, 1);
        }

        return 1;
    }
}

/// <summary>What a chi-square test says.</summary>
/// <param name="Statistic">Sum of (observed - expected)² / expected.</param>
/// <param name="PValue">Probability of at least so large a statistic where the rows do not differ; 1 where there is nothing to compare.</param>
/// <param name="DegreesOfFreedom">(rows - 1)(columns - 1), empty ones not counted.</param>
/// <param name="LeastExpected">The least expected count: below 5 the p-value is rough.</param>
public readonly record struct ChiSquareResult(double Statistic, double PValue, int DegreesOfFreedom, double LeastExpected);
