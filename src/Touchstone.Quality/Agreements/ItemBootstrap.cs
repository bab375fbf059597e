using Touchstone.Statistics;

namespace Touchstone.Quality.Agreements;

/// <summary>Percentile bootstrap over items: whole items are drawn again, so that the votes on one item stay together.</summary>
/// <remarks>B. Efron, R. Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13. Each sample has a generator of its own, forked from the seed by number, so that threads do not change the result.</remarks>
internal static class ItemBootstrap
{
    public static (double? StandardError, Interval? Interval, int Undefined) Run(CoefficientModel model, int replicates, ulong seed, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicates, 2);
        if (model.ItemCount == 0) return (null, null, replicates);
        var random = new SeededRandom(seed);
        var values = new double[replicates];
        Parallel.For(0, replicates, () => new int[model.ItemCount], (replicate, _, times) =>
        {
            var draw = random.Fork(replicate);
            Array.Clear(times);
            for (var i = 0; i < times.Length; i++) times[draw.NextInt(times.Length)]++;
            values[replicate] = model.Of(times).Value ?? double.NaN;
            return times;
        }, _ => { });

        var defined = values.Where(v => !double.IsNaN(v)).Order().ToArray();
        if (defined.Length < 2) return (null, null, replicates - defined.Length);
        var mean = StableSum.Of(defined) / defined.Length;
        var variance = StableSum.Of(defined.Select(v => (v - mean) * (v - mean))) / (defined.Length - 1);
        var tail = (1 - confidence) / 2;
        return (Math.Sqrt(variance), new Interval(Quantiles.OfSorted(defined, tail), Quantiles.OfSorted(defined, 1 - tail)), replicates - defined.Length);
    }
}
