using System.Runtime.CompilerServices;

namespace Touchstone.Quality.Categorical;

/// <summary>Each label's share of the weighted votes on an item.</summary>
internal static class WeightedShares
{
    /// <param name="votes">The votes.</param>
    /// <param name="weights">Of each contributor; empty when all count alike.</param>
    /// <param name="known">Known class of each item, or empty.</param>
    /// <returns>item * K + label. An item without votes has equal shares, one without weight its plain shares.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] Of(Votes votes, ReadOnlySpan<double> weights, ReadOnlySpan<int> known)
    {
        var k = votes.LabelCount;
        var byItem = votes.ByItem;
        var posterior = new double[votes.ItemCount * k];
        for (var i = 0; i < votes.ItemCount; i++)
        {
            var row = posterior.AsSpan(i * k, k);
            var cells = byItem.Of(i);
            if (Known.Has(known, i)) row[known[i]] = 1;
            else if (cells.Length == 0) row.Fill(1.0 / k);
            else if (weights.IsEmpty || !Weigh(row, byItem, cells, weights)) Count(row, byItem, cells);
        }

        return posterior;
    }

    /// <summary>Mean share of each class over items with votes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double[] ClassShares(Votes votes, ReadOnlySpan<double> posterior)
    {
        var k = votes.LabelCount;
        var shares = new double[k];
        var start = votes.ByItem.Start;
        var voted = 0;
        for (var i = 0; i < votes.ItemCount; i++)
        {
            if (start[i] == start[i + 1]) continue;
            voted++;
            Extrapolation.Add(shares, posterior.Slice(i * k, k));
        }

        for (var j = 0; j < k; j++) shares[j] = voted > 0 ? shares[j] / voted : 1.0 / k;
        return shares;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Count(Span<double> row, VotesByItem votes, ReadOnlySpan<int> cells)
    {
        foreach (var cell in cells) row[cell - votes.ContributorOf(cell) * row.Length]++;
        foreach (ref var share in row) share /= cells.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Weigh(Span<double> row, VotesByItem votes, ReadOnlySpan<int> cells, ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (var cell in cells)
        {
            var contributor = votes.ContributorOf(cell);
            row[cell - contributor * row.Length] += weights[contributor];
            total += weights[contributor];
        }

        if (total <= 0) return false;
        foreach (ref var share in row) share /= total;
        return true;
    }
}
