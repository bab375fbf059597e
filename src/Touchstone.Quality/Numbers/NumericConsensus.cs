using Touchstone.Statistics;

namespace Touchstone.Quality.Numbers;

/// <summary>One number for each item from its own answers alone: means and medians that bear outliers more or less.</summary>
public static class NumericConsensus
{
    private const double NormalConsistency = 1.4826; // median absolute deviation to standard deviation
    private const double HuberBend = 1.345; // 95 % as efficient as the mean where errors are normal
    private const int MaxRounds = 100;

    /// <summary>The mean.</summary>
    public static NumericResult Mean(NumericVotes votes) => Each(votes, "mean", values =>
    {
        var mean = StableSum.Of(values) / values.Length;
        return (mean, values.Length > 1 ? Deviation(values, mean) / Math.Sqrt(values.Length) : null);
    });

    /// <summary>The median; of an even number of answers the middle of the two in the middle.</summary>
    /// <remarks>The standard error is that of a normal sample, 1.2533 standard deviations, taken from the median absolute deviation.</remarks>
    public static NumericResult Median(NumericVotes votes) => Each(votes, "median", values =>
    {
        var median = Quantiles.OfSorted(values, 0.5);
        return (median, values.Length > 1 ? 1.2533141373155 * Scale(values, median) / Math.Sqrt(values.Length) : null);
    });

    /// <summary>The mean of what is left when a share of the answers is cut off at either end.</summary>
    /// <param name="votes">The answers.</param>
    /// <param name="share">Cut at each end, in [0, 0.5); the number of answers cut is rounded down.</param>
    /// <remarks>Standard error from the winsorised variance: J. W. Tukey and D. H. McLaughlin, Sankhya A 25, 1963.</remarks>
    public static NumericResult TrimmedMean(NumericVotes votes, double share = 0.2)
    {
        if (!(share >= 0 && share < 0.5)) throw new ArgumentOutOfRangeException(nameof(share), share, "The share cut at each end lies in [0, 0.5).");
        return Each(votes, "trimmed-mean", values =>
        {
            var cut = (int)(share * values.Length);
            var mean = StableSum.Of(values[cut..^cut]) / (values.Length - 2 * cut);
            if (values.Length - 2 * cut < 2) return (mean, null);
            var winsorised = values.ToArray();
            winsorised.AsSpan(0, cut).Fill(values[cut]);
            winsorised.AsSpan(values.Length - cut).Fill(values[^(cut + 1)]);
            var deviation = Deviation(winsorised, StableSum.Of(winsorised) / winsorised.Length);
            return (mean, deviation / ((1 - 2.0 * cut / values.Length) * Math.Sqrt(values.Length)));
        });
    }

    /// <summary>Huber's estimate: answers further from it than 1.345 robust standard deviations pull no harder than one at that distance.</summary>
    /// <remarks>P. J. Huber, Annals of Mathematical Statistics 35(1), 1964; scale by the median absolute deviation.</remarks>
    public static NumericResult Huber(NumericVotes votes) => Each(votes, "huber", values =>
    {
        var centre = Quantiles.OfSorted(values, 0.5);
        var scale = Scale(values, centre);
        if (scale <= 0) return (centre, values.Length > 1 ? 0 : null); // more than half agree
        var bend = HuberBend * scale;
        double slope = 0;
        for (var round = 0; round < MaxRounds; round++)
        {
            double weights = 0, sum = 0;
            foreach (var value in values)
            {
                var weight = Math.Min(1, bend / Math.Max(Math.Abs(value - centre), 1e-300));
                weights += weight;
                sum += weight * value;
            }

            var next = sum / weights;
            var moved = Math.Abs(next - centre);
            centre = next;
            if (moved <= 1e-12 * scale) break;
        }

        double pull = 0;
        foreach (var value in values)
        {
            var distance = Math.Abs(value - centre);
            if (distance <= bend) slope++;
            pull += Math.Pow(Math.Min(distance, bend), 2);
        }

        return (centre, values.Length > 1 && slope > 0 ? Math.Sqrt(pull * values.Length / (values.Length - 1)) / slope : null);
    });

    private delegate (double Value, double? Error) Estimate(ReadOnlySpan<double> ascending);

    private static NumericResult Each(NumericVotes votes, string method, Estimate estimate)
    {
        var (start, sorted, _) = votes.ByItem();
        var values = new double?[votes.ItemCount];
        var errors = new double?[votes.ItemCount];
        for (var i = 0; i < votes.ItemCount; i++)
            if (start[i + 1] > start[i]) (values[i], errors[i]) = Scaled(estimate, sorted.AsSpan(start[i]..start[i + 1]));
        return new NumericResult
        {
            Method = method,
            Values = values,
            StandardErrors = errors,
            Skills = SkillsAgainst(votes, values),
            LogLikelihood = null,
            Rounds = 1,
            Converged = true,
            Warnings = NumericWarnings.For(votes),
        };
    }

    /// <summary>The estimate from answers brought near 1, where squares of them are infinite or zero otherwise.</summary>
    private static (double Value, double? Error) Scaled(Estimate estimate, Span<double> ascending)
    {
        var scale = BinaryScale.IfExtreme(ascending);
        if (scale.Exponent == 0) return estimate(ascending);
        for (var v = 0; v < ascending.Length; v++) ascending[v] = scale.Down(ascending[v]);
        var (value, error) = estimate(ascending);
        return (scale.Up(value), error is { } known ? scale.Up(known) : null);
    }

    private static NumericSkill[] SkillsAgainst(NumericVotes votes, double?[] values)
    {
        var (sums, squares, counts) = (new double[votes.ContributorCount], new double[votes.ContributorCount], new int[votes.ContributorCount]);
        var scales = ScalesOf(votes, values);
        for (var v = 0; v < votes.Count; v++)
        {
            var c = votes.Contributors[v];
            counts[c]++;
            sums[c] += scales[c].Down(votes.Values[v] - values[votes.Items[v]]!.Value);
        }

        for (var v = 0; v < votes.Count; v++)
        {
            var c = votes.Contributors[v];
            squares[c] += Math.Pow(scales[c].Down(votes.Values[v] - values[votes.Items[v]]!.Value) - sums[c] / counts[c], 2);
        }

        return [.. counts.Select((n, c) => new NumericSkill(n > 0 ? scales[c].Up(sums[c] / n) : 0, n > 1 ? scales[c].Up(Math.Sqrt(squares[c] / (n - 1))) : 0, n))];
    }

    /// <summary>A scale for each contributor's distances: one of huge ones must not make those of others vanish.</summary>
    private static BinaryScale[] ScalesOf(NumericVotes votes, double?[] values)
    {
        var largest = new double[votes.ContributorCount];
        for (var v = 0; v < votes.Count; v++)
        {
            var c = votes.Contributors[v];
            largest[c] = Math.Max(largest[c], Math.Abs(votes.Values[v] - values[votes.Items[v]]!.Value));
        }

        return Array.ConvertAll(largest, BinaryScale.IfExtreme);
    }

    private static double Deviation(ReadOnlySpan<double> values, double mean)
    {
        double squares = 0;
        foreach (var value in values) squares += (value - mean) * (value - mean);
        return Math.Sqrt(squares / (values.Length - 1));
    }

    private static double Scale(ReadOnlySpan<double> values, double median)
    {
        var distances = new double[values.Length];
        for (var i = 0; i < values.Length; i++) distances[i] = Math.Abs(values[i] - median);
        return NormalConsistency * Quantiles.Of(distances, 0.5);
    }
}
