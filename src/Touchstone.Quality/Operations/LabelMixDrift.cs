using Touchstone.Statistics;

namespace Touchstone.Quality.Operations;

/// <summary>How far the mix of labels has moved between two periods.</summary>
/// <param name="StabilityIndex">Population stability index: sum of (q - p) log(q / p). By rule of thumb below 0.1 is quiet, above 0.25 is a shift.</param>
/// <param name="JensenShannon">Jensen-Shannon divergence in nats, in [0, log 2].</param>
/// <param name="TotalVariation">Half the sum of |q - p|, in [0, 1]: the share of items that would have to change.</param>
/// <param name="Test">Chi-square test of whether the mixes differ by more than chance: the index alone knows nothing of how many items it rests on.</param>
/// <param name="IsSmoothed">Whether half an item was added to each label for the index, because one was missing in one of the periods.</param>
public sealed record LabelMixDrift(double StabilityIndex, double JensenShannon, double TotalVariation, ChiSquareResult Test, bool IsSmoothed)
{
    /// <summary>Compares two periods.</summary>
    /// <param name="before">Items of each label before, not negative, not all 0.</param>
    /// <param name="after">Items of each label after, in the same order, not negative, not all 0.</param>
    /// <remarks>
    /// A label that is missing in both periods is left out. One that is missing in one of them would make the index infinite; then half an item is added to every label of both, for the index alone.
    /// J. Lin, IEEE Transactions on Information Theory 37(1), 1991 (Jensen-Shannon).
    /// </remarks>
    public static LabelMixDrift Between(ReadOnlySpan<int> before, ReadOnlySpan<int> after)
    {
        if (before.Length != after.Length) throw new ArgumentException($"The periods have {before.Length} and {after.Length} labels.", nameof(after));
        List<(double Before, double After)> counts = [];
        for (var k = 0; k < before.Length; k++)
        {
            if (before[k] < 0 || after[k] < 0) throw new ArgumentOutOfRangeException(nameof(before), $"Label {k}: a number of items is not negative.");
            if (before[k] + after[k] > 0) counts.Add((before[k], after[k]));
        }

        var (all, now) = (counts.Sum(c => c.Before), counts.Sum(c => c.After));
        if (!(all > 0 && now > 0)) throw new ArgumentException("Both periods need at least one item.", nameof(before));
        double divergence = 0, variation = 0, index = 0;
        var smoothing = counts.Any(c => c.Before == 0 || c.After == 0) ? 0.5 : 0;
        foreach (var (b, a) in counts)
        {
            var (p, q) = (b / all, a / now);
            divergence += (Term(p, (p + q) / 2) + Term(q, (p + q) / 2)) / 2;
            variation += Math.Abs(q - p) / 2;
            var (ps, qs) = ((b + smoothing) / (all + smoothing * counts.Count), (a + smoothing) / (now + smoothing * counts.Count));
            index += (qs - ps) * PortableMath.Log(qs / ps);
        }

        var test = SignificanceTests.ChiSquare([.. counts.Select(c => c.Before), .. counts.Select(c => c.After)], counts.Count);
        return new LabelMixDrift(index, Math.Max(0, divergence), variation, test, smoothing > 0);
    }

    private static double Term(double p, double middle) => p > 0 ? p * PortableMath.Log(p / middle) : 0;
}
