using Touchstone.Statistics;

namespace Touchstone.Quality.Agreements;

/// <summary>Krippendorff's alpha over matched objects with distance 1 - similarity; items are resampled, the expected distance is held.</summary>
internal sealed class ObjectAlphaModel<T> : CoefficientModel
{
    private readonly double[] _disagreement; // per item: sum over its objects of distances over ordered pairs / (marks - 1)
    private readonly double[] _marks; // per item
    private readonly double _expected;

    public ObjectAlphaModel(IReadOnlyList<MarkedObject<T>> objects, int[][] groups, Func<T, T, double> similarity, ulong seed, int maxExact, int samples)
    {
        var items = groups.GroupBy(g => objects[g[0]].Item).OrderBy(g => g.Key).ToArray();
        _disagreement = new double[items.Length];
        _marks = new double[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            foreach (var group in items[i])
            {
                double sum = 0;
                for (var a = 0; a < group.Length; a++)
                    for (var b = 0; b < a; b++) sum += 2 * (1 - similarity(objects[group[a]].Value, objects[group[b]].Value));
                _disagreement[i] += sum / (group.Length - 1);
                _marks[i] += group.Length;
            }
        }

        int[] all = [.. groups.SelectMany(g => g)];
        _expected = all.Length <= maxExact ? Exact(objects, all, similarity) : Sampled(objects, all, similarity, new SeededRandom(seed).Fork("expected"), samples);
    }

    public override int ItemCount => _marks.Length;

    public override Estimate Of(ReadOnlySpan<int> times)
    {
        double observed = 0, marks = 0;
        for (var i = 0; i < times.Length; i++)
        {
            observed += times[i] * _disagreement[i];
            marks += times[i] * _marks[i];
        }

        if (marks == 0) return Estimate.Missing(new("no_matched_object", "No object was marked by two contributors, so there are no places to compare."));
        if (!(_expected > 0)) return new Estimate(null, 1 - observed / marks, 1, new("all_alike", "All objects lie in the same place, so agreement beyond chance cannot be measured."));
        return new Estimate(1 - observed / marks / _expected, 1 - observed / marks, 1 - _expected, null);
    }

    /// <summary>Variance of a ratio of sums over items, the expected distance held.</summary>
    public override double? Variance(Estimate estimate)
    {
        if (estimate.Value is not { } value || estimate.Observed is not { } agreement) return null;
        var mean = _marks.Sum() / _marks.Length;
        var influences = new double[ItemCount];
        for (var i = 0; i < influences.Length; i++) influences[i] = value - (_disagreement[i] - (1 - agreement) * _marks[i]) / (mean * _expected);
        return VarianceOfMean(influences, value);
    }

    private static double Exact(IReadOnlyList<MarkedObject<T>> objects, int[] all, Func<T, T, double> similarity)
    {
        if (all.Length < 2) return 0;
        double sum = 0;
        for (var i = 0; i < all.Length; i++)
        {
            double row = 0;
            for (var j = 0; j < i; j++) row += 1 - similarity(objects[all[i]].Value, objects[all[j]].Value);
            sum += row;
        }

        return sum / (all.Length * (all.Length - 1.0) / 2);
    }

    private static double Sampled(IReadOnlyList<MarkedObject<T>> objects, int[] all, Func<T, T, double> similarity, SeededRandom random, int samples)
    {
        double sum = 0;
        for (var s = 0; s < samples; s++)
        {
            var first = random.NextInt(all.Length);
            var second = random.NextInt(all.Length - 1);
            if (second >= first) second++;
            sum += 1 - similarity(objects[all[first]].Value, objects[all[second]].Value);
        }

        return sum / samples;
    }
}
