using System.Runtime.CompilerServices;

namespace Touchstone.Quality.Categorical;

/// <summary>Votes in the order of items, four bytes each: what a round of a fit streams.</summary>
internal sealed class VotesByItem
{
    private const int MostParts = 16;
    private readonly double _inverse;

    private VotesByItem(int[] start, int[] cell, int labelCount)
    {
        (Start, Cell, LabelCount) = (start, cell, labelCount);
        _inverse = 1.0 / Math.Max(1, labelCount);
    }

    /// <summary>Votes of item i are those from Start[i] to Start[i + 1], in the order in which they were given.</summary>
    public int[] Start { get; }

    /// <summary>contributor * K + label, of each vote.</summary>
    public int[] Cell { get; }

    public int LabelCount { get; }

    public int ItemCount => Start.Length - 1;

    public ReadOnlySpan<int> Of(int item) => Cell.AsSpan(Start[item], Start[item + 1] - Start[item]);

    /// <summary>The contributor of a cell: cell / K, by a multiplication, which is several times faster and exact for all cells and K below 2^31.</summary>
    public int ContributorOf(int cell) => (int)((cell + 0.5) * _inverse);

    /// <summary>The contributor and the label of a vote, by its place in the order of items.</summary>
    public (int Contributor, int Label) At(int vote)
    {
        var contributor = ContributorOf(Cell[vote]);
        return (contributor, Cell[vote] - contributor * LabelCount);
    }

    /// <summary>
    /// Bounds of parts of about equal votes that are worked on side by side. They depend on the votes alone, never on the machine, so that sums over
    /// parts, added in order, give the same bits everywhere.
    /// </summary>
    /// <param name="accumulated">Numbers that each part adds up; parts are fewer where adding them would cost more than the votes.</param>
    /// <returns>Part p has the items from [p] to [p + 1].</returns>
    public int[] Parts(int accumulated)
    {
        var count = (int)Math.Clamp(Cell.Length / (4L * Math.Max(accumulated, 1000)), 1, MostParts);
        var bounds = new int[count + 1];
        for (var p = 1; p < count; p++) bounds[p] = Math.Max(ItemOf((int)((long)Cell.Length * p / count)), bounds[p - 1]);
        bounds[count] = ItemCount;
        return bounds;
    }

    /// <summary>The first item none of whose votes stand before the given vote.</summary>
    public int ItemOf(int vote)
    {
        var found = Array.BinarySearch(Start, vote);
        return Math.Min(found < 0 ? ~found : found, ItemCount);
    }

    /// <summary>A counting sort; votes that already stand in the order of items are taken as they stand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static VotesByItem Of(Votes votes)
    {
        if ((long)votes.ContributorCount * votes.LabelCount > int.MaxValue)
            throw new ArgumentException($"{votes.ContributorCount} contributors with {votes.LabelCount} labels have more than {int.MaxValue} pairs.", nameof(votes));
        var (items, contributors, labels, k) = (votes.Items, votes.Contributors, votes.Labels, votes.LabelCount);
        var start = new int[votes.ItemCount + 1];
        var sorted = true;
        var last = 0;
        foreach (var item in items)
        {
            start[item + 1]++;
            sorted &= item >= last;
            last = item;
        }

        for (var i = 0; i < votes.ItemCount; i++) start[i + 1] += start[i];
        var cell = GC.AllocateUninitializedArray<int>(votes.Count);
        if (sorted)
        {
            for (var v = 0; v < cell.Length; v++) cell[v] = contributors[v] * k + labels[v];
        }
        else
        {
            var place = start.AsSpan(0, votes.ItemCount).ToArray();
            for (var v = 0; v < cell.Length; v++) cell[place[items[v]]++] = contributors[v] * k + labels[v];
        }

        return new VotesByItem(start, cell, k);
    }
}
