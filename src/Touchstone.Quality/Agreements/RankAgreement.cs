namespace Touchstone.Quality.Agreements;

/// <summary>Agreement of rankings: Kendall's W of many, tau-b of two.</summary>
public static class RankAgreement
{
    /// <summary>Kendall's coefficient of concordance, corrected for ties.</summary>
    /// <param name="scores">Contributor by contributor, <paramref name="items"/> finite numbers each; only their order within a contributor counts, equal ones are ties.</param>
    /// <param name="raters">Number of contributors.</param>
    /// <param name="items">Number of items that each ranked.</param>
    /// <remarks>
    /// M. G. Kendall, B. Babington Smith, Annals of Mathematical Statistics 10(3), 1939. W lies in [0, 1] and is 1 / contributors on average when all rank at random;
    /// (contributors * W - 1) / (contributors - 1), which is the mean of Spearman's correlation over pairs when nothing is tied, corrects for that. O(raters * items log items).
    /// </remarks>
    public static ConcordanceResult KendallW(ReadOnlySpan<double> scores, int raters, int items)
    {
        if (scores.Length != (long)raters * items) throw new ArgumentException($"{raters} contributors by {items} items need {(long)raters * items} numbers; there are {scores.Length}.", nameof(scores));
        foreach (var score in scores)
            if (!double.IsFinite(score)) throw new ArgumentException("Rankings need finite numbers.", nameof(scores));
        if (raters < 2) return ConcordanceResult.Missing(raters, items, new("needs_two_contributors", "Concordance needs two contributors."));
        if (items < 2) return ConcordanceResult.Missing(raters, items, new("needs_two_items", "Concordance needs two items."));

        var sums = new double[items];
        double ties = 0;
        for (var g = 0; g < raters; g++) ties += AddRanks(scores.Slice(g * items, items), sums);
        var mean = raters * (items + 1) / 2.0;
        double squares = 0;
        foreach (var sum in sums) squares += (sum - mean) * (sum - mean);
        double m = raters, n = items;
        var largest = m * m * (n * n * n - n) - m * ties;
        if (largest <= 0) return ConcordanceResult.Missing(raters, items, new("all_tied", "Every contributor ties all items, so there is no order to agree on."));
        var w = 12 * squares / largest;
        return new ConcordanceResult(w, (m * w - 1) / (m - 1), m * (n - 1) * w, items - 1, raters, items, null);
    }

    /// <summary>Kendall's tau-b of two rankings: pairs in the same order less pairs in the opposite one, corrected for ties.</summary>
    /// <param name="first">One number per item.</param>
    /// <param name="second">The other's numbers for the same items.</param>
    /// <returns>In [-1, 1]; null when either ties all items or there are fewer than two.</returns>
    /// <remarks>M. G. Kendall, Biometrika 33(3), 1945. O(items²) time; rankings by people are short.</remarks>
    public static double? TauB(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length) throw new ArgumentException($"One ranking has {first.Length} items, the other {second.Length}.", nameof(second));
        long balance = 0, tiedFirst = 0, tiedSecond = 0;
        for (var i = 0; i < first.Length; i++)
        {
            if (double.IsNaN(first[i]) || double.IsNaN(second[i])) throw new ArgumentException($"Item {i} has no number.", nameof(first));
            for (var j = 0; j < i; j++)
            {
                var (a, b) = (first[i].CompareTo(first[j]), second[i].CompareTo(second[j]));
                balance += a * b;
                if (a == 0) tiedFirst++;
                if (b == 0) tiedSecond++;
            }
        }

        var pairs = (long)first.Length * (first.Length - 1) / 2;
        var scale = Math.Sqrt((double)(pairs - tiedFirst) * (pairs - tiedSecond));
        return scale > 0 ? balance / scale : null;
    }

    /// <summary>Adds one contributor's mid-ranks; returns the sum of t³ - t over their groups of t tied items.</summary>
    private static double AddRanks(ReadOnlySpan<double> scores, double[] sums)
    {
        var order = new int[scores.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(scores.ToArray(), order);
        double ties = 0;
        for (var from = 0; from < order.Length;)
        {
            var to = from + 1;
            while (to < order.Length && scores[order[to]].Equals(scores[order[from]])) to++;
            var rank = (from + to + 1) / 2.0;
            for (var i = from; i < to; i++) sums[order[i]] += rank;
            double tied = to - from;
            ties += tied * tied * tied - tied;
            from = to;
        }

        return ties;
    }
}

/// <summary>Concordance of rankings.</summary>
/// <param name="W">Kendall's W in [0, 1]; null when not defined.</param>
/// <param name="BeyondChance">W corrected for chance: 1 full agreement, 0 what random rankings give.</param>
/// <param name="ChiSquare">Statistic of the test that all rank at random; about chi-square with <paramref name="DegreesOfFreedom"/> for more than seven items.</param>
/// <param name="DegreesOfFreedom">Items - 1.</param>
/// <param name="Raters">Contributors.</param>
/// <param name="Items">Items.</param>
/// <param name="Undefined">Why there is no value; null when there is one.</param>
public sealed record ConcordanceResult(double? W, double? BeyondChance, double? ChiSquare, int DegreesOfFreedom, int Raters, int Items, UndefinedAgreement? Undefined)
{
    internal static ConcordanceResult Missing(int raters, int items, UndefinedAgreement why) => new(null, null, null, Math.Max(0, items - 1), raters, items, why);
}
