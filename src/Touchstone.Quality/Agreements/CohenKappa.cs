using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.Agreements;

/// <summary>Cohen's kappa of two lists of labels, and of every pair of contributors.</summary>
public static class CohenKappa
{
    /// <summary>Agreement of two contributors on the same items, corrected for chance.</summary>
    /// <param name="first">Label index per item, each in [0, <paramref name="labelCount"/>).</param>
    /// <param name="second">The other contributor's labels for the same items, in the same order.</param>
    /// <param name="labelCount">Number of labels in the label set, used or not.</param>
    /// <param name="options">Weights, bootstrap; null is <see cref="AgreementOptions.Default"/>.</param>
    /// <returns>Undefined when both used one and the same label throughout.</returns>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    /// <remarks>J. Cohen, Educational and Psychological Measurement 20(1), 1960. O(items + labels²) time.</remarks>
    public static Agreement Of(ReadOnlySpan<int> first, ReadOnlySpan<int> second, int labelCount, AgreementOptions? options = null)
    {
        if (first.Length != second.Length) throw new ArgumentException($"One contributor has {first.Length} labels, the other {second.Length}.", nameof(second));
        var items = new int[2 * first.Length];
        var contributors = new int[2 * first.Length];
        for (var i = 0; i < first.Length; i++)
        {
            items[i] = items[first.Length + i] = i;
            contributors[first.Length + i] = 1;
        }

        return AgreementCoefficients.Of(new Votes(items, contributors, [.. first, .. second], first.Length, 2, labelCount), AgreementMetric.Cohen, options);
    }

    /// <summary>Kappa of each pair of contributors with enough items in common, by their indices.</summary>
    /// <param name="votes">Votes; of several by one contributor on one item the first counts.</param>
    /// <param name="minCommon">Least number of items that a pair judged both.</param>
    /// <returns>Pairs in the order of their indices; kappa is null where it is not defined.</returns>
    /// <remarks>O(sum over items of votes²) time: every pair of votes is looked at once.</remarks>
    public static IReadOnlyList<PairKappa> Pairs(Votes votes, int minCommon = 1)
    {
        var table = new ItemTable(votes);
        var tables = new Dictionary<(int, int), Dictionary<(int, int), int>>();
        for (var i = 0; i < table.ItemCount; i++)
        {
            for (var v = table.Start[i]; v < table.Start[i + 1]; v++)
            {
                if (!table.IsFirst[v]) continue;
                for (var u = table.Start[i]; u < v; u++)
                {
                    if (!table.IsFirst[u]) continue;
                    var (low, high) = table.Contributors[u] < table.Contributors[v] ? (u, v) : (v, u);
                    var pair = (table.Contributors[low], table.Contributors[high]);
                    if (!tables.TryGetValue(pair, out var cells)) tables[pair] = cells = [];
                    var cell = (table.Labels[low], table.Labels[high]);
                    cells[cell] = cells.GetValueOrDefault(cell) + 1;
                }
            }
        }

        return [.. tables.Select(t => Kappa(t.Key.Item1, t.Key.Item2, t.Value)).Where(p => p.Items >= minCommon).OrderBy(p => p.First).ThenBy(p => p.Second)];
    }

    private static PairKappa Kappa(int first, int second, Dictionary<(int First, int Second), int> cells)
    {
        double items = cells.Values.Sum();
        var rows = cells.GroupBy(c => c.Key.First).ToDictionary(g => g.Key, g => g.Sum(c => c.Value));
        var columns = cells.GroupBy(c => c.Key.Second).ToDictionary(g => g.Key, g => g.Sum(c => c.Value));
        var observed = cells.Where(c => c.Key.First == c.Key.Second).Sum(c => c.Value) / items;
        var expected = rows.Sum(r => r.Value * (double)columns.GetValueOrDefault(r.Key)) / (items * items);
        return new PairKappa(first, second, (int)items, expected >= 1 ? null : (observed - expected) / (1 - expected));
    }
}

/// <summary>Cohen's kappa of a pair of contributors.</summary>
/// <param name="First">Index of the first.</param>
/// <param name="Second">Index of the second, greater.</param>
/// <param name="Items">Items that both judged.</param>
/// <param name="Kappa">Null when both used one and the same label throughout.</param>
public readonly record struct PairKappa(int First, int Second, int Items, double? Kappa);
