using Touchstone.Statistics;

namespace Touchstone.Quality.LabelErrors;

/// <summary>Finds items that are nearly the same but labelled differently, from feature vectors or distances.</summary>
/// <remarks>
/// The rule of cleanlab's Datalab 2.9: a pair is a near-duplicate from 0.13 of the median distance to the nearest neighbour downwards. That it was labelled differently is not looked at there.
/// </remarks>
public static class NearDuplicates
{
    private const int MedianSample = 1_000;

    /// <summary>From feature vectors, such as the embeddings of a network.</summary>
    /// <param name="features">Item i, coordinate d at i * <paramref name="dimension"/> + d; finite.</param>
    /// <param name="dimension">Coordinates of an item, at least 1.</param>
    /// <param name="labels">Label of each item.</param>
    /// <param name="options">Null is <see cref="NearDuplicateOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">A coordinate is no finite number, or a vector without direction meets the cosine; the message names row and column, from 0.</exception>
    /// <remarks>
    /// Exact. O(items² * dimension) time at worst; pairs whose distances to three items of the set differ by more than the threshold are skipped, which is most of them where data has clusters. The median rests on up to
    /// 1,000 items evenly spaced in the order given.
    /// </remarks>
    public static NearDuplicateReport FromFeatures(ReadOnlySpan<float> features, int dimension, ReadOnlySpan<int> labels, NearDuplicateOptions? options = null)
    {
        options ??= NearDuplicateOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        if (features.Length != (long)labels.Length * dimension)
            throw new ArgumentException($"{labels.Length} items of {dimension} coordinates need {(long)labels.Length * dimension} numbers, but there are {features.Length}.", nameof(features));
        var vectors = new FeatureVectors(features.ToArray(), dimension, options.Cosine ?? dimension > 3);
        var threshold = Threshold(options, () => vectors.NearestDistances(MedianSample));
        return Report(threshold, vectors.PairsWithin(threshold), labels);
    }

    /// <summary>From all distances.</summary>
    /// <param name="distances">Distance of items i and j at i * items + j; symmetric, not negative, 0 on the diagonal.</param>
    /// <param name="labels">Label of each item.</param>
    /// <param name="options">Null is <see cref="NearDuplicateOptions.Default"/>.</param>
    /// <exception cref="ArgumentException">A distance is negative or not a number, or differs from the one in the other direction; the message names row and column, from 0.</exception>
    /// <remarks>O(items²) time.</remarks>
    public static NearDuplicateReport FromDistances(ReadOnlySpan<double> distances, ReadOnlySpan<int> labels, NearDuplicateOptions? options = null)
    {
        options ??= NearDuplicateOptions.Default;
        var count = labels.Length;
        if (distances.Length != (long)count * count) throw new ArgumentException($"{count} items have {(long)count * count} distances, but there are {distances.Length}.", nameof(distances));
        var nearest = new double[count];
        Array.Fill(nearest, double.PositiveInfinity);
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
            {
                var d = distances[i * count + j];
                if (!(d >= 0)) throw new ArgumentException($"Row {i}, column {j}: {d:R} is no distance.", nameof(distances));
                if (d != distances[j * count + i]) throw new ArgumentException($"Row {i}, column {j}: the distance {d:R} is {distances[j * count + i]:R} in the other direction.", nameof(distances));
                if (i != j && d < nearest[i]) nearest[i] = d;
            }

        var threshold = Threshold(options, () => nearest);
        List<NearDuplicatePair> pairs = [];
        for (var i = 0; i < count; i++)
            for (var j = i + 1; j < count; j++)
                if (distances[i * count + j] <= threshold) pairs.Add(new NearDuplicatePair(i, j, distances[i * count + j]));
        return Report(threshold, pairs, labels);
    }

    private static double Threshold(NearDuplicateOptions options, Func<double[]> nearest)
    {
        if (options.Threshold is { } given)
            return given >= 0 ? given : throw new ArgumentOutOfRangeException(nameof(options), given, "A distance is not negative.");
        if (!(options.RelativeThreshold >= 0)) throw new ArgumentOutOfRangeException(nameof(options), options.RelativeThreshold, "A share of a distance is not negative.");
        double[] known = [.. nearest().Where(double.IsFinite)];
        return known.Length == 0 ? 0 : options.RelativeThreshold * Quantiles.Of(known, 0.5);
    }

    private static NearDuplicateReport Report(double threshold, List<NearDuplicatePair> pairs, ReadOnlySpan<int> labels)
    {
        pairs.Sort((a, b) => a.Distance != b.Distance ? a.Distance.CompareTo(b.Distance) : a.First != b.First ? a.First - b.First : a.Second - b.Second);
        var root = Enumerable.Range(0, labels.Length).ToArray();
        foreach (var (first, second, _) in pairs)
        {
            var (a, b) = (Root(root, first), Root(root, second));
            root[Math.Max(a, b)] = Math.Min(a, b);
        }

        int[][] sets = [.. Enumerable.Range(0, root.Length).GroupBy(i => Root(root, i)).Where(g => g.Skip(1).Any()).Select(g => g.ToArray())];
        List<LabelConflict> conflicts = [];
        foreach (var set in sets)
            if (ConflictIn(set, labels) is { } conflict) conflicts.Add(conflict);
        conflicts.Sort((a, b) => a.Agreement != b.Agreement ? a.Agreement.CompareTo(b.Agreement) : a.Items[0] - b.Items[0]);
        return new NearDuplicateReport(threshold, [.. pairs], sets, [.. conflicts]);
    }

    private static int Root(int[] root, int item)
    {
        while (root[item] != item) item = root[item] = root[root[item]];
        return item;
    }

    private static LabelConflict? ConflictIn(int[] set, ReadOnlySpan<int> labels)
    {
        var counts = new SortedDictionary<int, int>();
        foreach (var item in set) counts[labels[item]] = counts.GetValueOrDefault(labels[item]) + 1;
        if (counts.Count == 1) return null;
        var most = counts.Values.Max();
        var majority = counts.Values.Count(c => c == most) > 1 ? -1 : counts.First(c => c.Value == most).Key;
        List<int> suspects = [];
        foreach (var item in set)
            if (labels[item] != majority || majority < 0) suspects.Add(item);
        var agreement = counts.Values.Sum(c => c * (c - 1.0)) / (set.Length * (set.Length - 1.0));
        return new LabelConflict(set, majority, [.. suspects], agreement);
    }
}
