namespace Touchstone.Quality.Numbers;

/// <summary>Answers that are numbers, as flat arrays: answer v says that item <c>Items[v]</c> measures <c>Values[v]</c>, in the opinion of contributor <c>Contributors[v]</c>.</summary>
/// <remarks>A pair of item and contributor may occur more than once; each occurrence counts.</remarks>
public sealed class NumericVotes
{
    /// <summary>Largest magnitude of an answer: up to here no estimate, standard error or bias is beyond what a double holds.</summary>
    public const double LargestValue = 1e300;

    /// <summary>Answers from three arrays of one length.</summary>
    /// <param name="items">Item of each answer, in [0, <paramref name="itemCount"/>).</param>
    /// <param name="contributors">Contributor of each answer, in [0, <paramref name="contributorCount"/>).</param>
    /// <param name="values">The answers; each between plus and minus <see cref="LargestValue"/>.</param>
    /// <param name="itemCount">Number of items, answered or not.</param>
    /// <param name="contributorCount">Number of contributors.</param>
    public NumericVotes(int[] items, int[] contributors, double[] values, int itemCount, int contributorCount)
    {
        if (items.Length != contributors.Length || items.Length != values.Length)
            throw new ArgumentException($"The arrays differ in length: {items.Length} items, {contributors.Length} contributors, {values.Length} values.", nameof(items));
        for (var v = 0; v < items.Length; v++)
        {
            if ((uint)items[v] >= (uint)itemCount) throw new ArgumentOutOfRangeException(nameof(items), items[v], $"Answer {v}: items must lie in [0, {itemCount}).");
            if ((uint)contributors[v] >= (uint)contributorCount)
                throw new ArgumentOutOfRangeException(nameof(contributors), contributors[v], $"Answer {v}: contributors must lie in [0, {contributorCount}).");
            if (!(Math.Abs(values[v]) <= LargestValue)) throw new ArgumentOutOfRangeException(nameof(values), values[v], $"Answer {v} is not a number between -1E+300 and 1E+300.");
        }

        (Items, Contributors, Values, ItemCount, ContributorCount) = (items, contributors, values, itemCount, contributorCount);
    }

    /// <summary>Item of each answer.</summary>
    public int[] Items { get; }

    /// <summary>Contributor of each answer.</summary>
    public int[] Contributors { get; }

    /// <summary>The answers.</summary>
    public double[] Values { get; }

    /// <summary>Number of items.</summary>
    public int ItemCount { get; }

    /// <summary>Number of contributors.</summary>
    public int ContributorCount { get; }

    /// <summary>Number of answers.</summary>
    public int Count => Items.Length;

    /// <summary>Answers of each item, ascending: those of item i stand from Start[i] to Start[i + 1]; Order names the answer.</summary>
    internal (int[] Start, double[] Values, int[] Order) ByItem()
    {
        var start = new int[ItemCount + 1];
        foreach (var item in Items) start[item + 1]++;
        for (var i = 0; i < ItemCount; i++) start[i + 1] += start[i];
        var place = start.AsSpan(0, ItemCount).ToArray();
        var order = new int[Count];
        var values = new double[Count];
        for (var v = 0; v < Count; v++)
        {
            var to = place[Items[v]]++;
            order[to] = v;
            values[to] = Values[v];
        }

        for (var i = 0; i < ItemCount; i++) Array.Sort(values, order, start[i], start[i + 1] - start[i]);
        return (start, values, order);
    }
}
