namespace Touchstone.Statistics.Ratings;

/// <summary>Standard errors of log strengths against their group's mean, from the curvature of the log-likelihood at its maximum.</summary>
internal static class RatingErrors
{
    private const int LargestGroup = 1_500;

    public static double?[] Of(ComparisonPairs pairs, int[] groups, double[] log, double prior, double? factor, List<RatingWarning> warnings)
    {
        var errors = new double?[log.Length];
        var place = new int[log.Length];
        foreach (var group in Enumerable.Range(0, log.Length).GroupBy(i => groups[i]))
        {
            int[] items = [.. group];
            if (items.Length == 1) continue; // alone in its group: nothing is known of it
            if (items.Length > LargestGroup)
            {
                warnings.Add(new("no_standard_errors", $"A group has {items.Length} items; standard errors are given up to {LargestGroup}."));
                continue;
            }

            for (var i = 0; i < items.Length; i++) place[items[i]] = i;
            var variances = Variances(Curvature(pairs, groups, group.Key, place, items.Length, log, prior, factor), items.Length);
            for (var i = 0; i < items.Length; i++) errors[items[i]] = variances is null ? null : Math.Sqrt(Math.Max(0, variances[i]));
        }

        return errors;
    }

    private static double[] Curvature(ComparisonPairs pairs, int[] groups, int group, int[] place, int n, double[] log, double prior, double? factor)
    {
        var matrix = new double[n * n];
        for (var p = 0; p < pairs.Count; p++)
        {
            if (groups[pairs.First[p]] != group) continue;
            var (i, j) = (place[pairs.First[p]], place[pairs.Second[p]]);
            var count = pairs.FirstWins[p] + pairs.SecondWins[p] + pairs.Ties[p] + 2 * prior;
            var (first, _, second) = factor is { } f
                ? DavidsonTies.Probabilities(log[pairs.First[p]] - log[pairs.Second[p]], PortableMath.Log(f))
                : DavidsonTies.Probabilities(log[pairs.First[p]] - log[pairs.Second[p]], double.NegativeInfinity);
            // Variance of (wins - losses) / 2 of one comparison: p q without ties.
            var information = count * (first + second - (first - second) * (first - second)) / 4;
            matrix[i * n + i] += information;
            matrix[j * n + j] += information;
            matrix[i * n + j] -= information;
            matrix[j * n + i] -= information;
        }

        return matrix;
    }

    /// <summary>
    /// Diagonal of the pseudo-inverse of a matrix whose rows sum to 0: with the same number u added everywhere it becomes positive definite, and 1 / (n² u)
    /// is taken off its inverse again.
    /// </summary>
    private static double[]? Variances(double[] matrix, int n)
    {
        double trace = 0;
        for (var i = 0; i < n; i++) trace += matrix[i * n + i];
        var added = trace / n / n;
        if (!(added > 0)) return null;
        for (var j = 0; j < matrix.Length; j++) matrix[j] += added;
        if (!TryFactor(matrix, n)) return null;
        var variances = new double[n];
        var column = new double[n];
        for (var c = 0; c < n; c++)
        {
            // Solve L x = e_c: the inverse's diagonal is x · x.
            double square = 0;
            for (var i = c; i < n; i++)
            {
                var value = i == c ? 1.0 : 0;
                var row = matrix.AsSpan(i * n, n);
                for (var j = c; j < i; j++) value -= row[j] * column[j];
                column[i] = value / row[i];
                square += column[i] * column[i];
            }

            variances[c] = square - 1 / (n * (double)n * added);
        }

        return variances;
    }

    /// <summary>Cholesky's factor in the lower half.</summary>
    private static bool TryFactor(double[] matrix, int n)
    {
        for (var i = 0; i < n; i++)
        {
            var row = matrix.AsSpan(i * n, n);
            for (var j = 0; j <= i; j++)
            {
                var other = matrix.AsSpan(j * n, n);
                var value = row[j];
                for (var k = 0; k < j; k++) value -= row[k] * other[k];
                if (i == j)
                {
                    if (!(value > 0)) return false;
                    row[i] = Math.Sqrt(value);
                }
                else
                {
                    row[j] = value / other[j];
                }
            }
        }

        return true;
    }
}
