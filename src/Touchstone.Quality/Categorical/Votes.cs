namespace Touchstone.Quality.Categorical;

/// <summary>Categorical answers as flat arrays: vote v says that item <c>Items[v]</c> has label <c>Labels[v]</c>, in the opinion of contributor <c>Contributors[v]</c>.</summary>
/// <remarks>A pair of item and contributor may occur more than once; each occurrence counts.</remarks>
public sealed class Votes
{
    private const int Many = 100_000;
    private readonly Lazy<VotesByItem> _byItem;
    private readonly Lazy<VoteFacts> _facts;

    /// <summary>Votes from three arrays of one length.</summary>
    /// <param name="items">Item of each vote, in [0, <paramref name="itemCount"/>).</param>
    /// <param name="contributors">Contributor of each vote, in [0, <paramref name="contributorCount"/>).</param>
    /// <param name="labels">Label of each vote, in [0, <paramref name="labelCount"/>).</param>
    /// <param name="itemCount">Number of items, voted on or not.</param>
    /// <param name="contributorCount">Number of contributors.</param>
    /// <param name="labelCount">Number of labels in the label set, used or not.</param>
    public Votes(int[] items, int[] contributors, int[] labels, int itemCount, int contributorCount, int labelCount)
    {
        if (items.Length != contributors.Length || items.Length != labels.Length)
            throw new ArgumentException($"The arrays differ in length: {items.Length} items, {contributors.Length} contributors, {labels.Length} labels.", nameof(items));
        Check(items, itemCount, nameof(items));
        Check(contributors, contributorCount, nameof(contributors));
        Check(labels, labelCount, nameof(labels));
        (Items, Contributors, Labels) = (items, contributors, labels);
        (ItemCount, ContributorCount, LabelCount) = (itemCount, contributorCount, labelCount);
        (_byItem, _facts) = (new(() => VotesByItem.Of(this)), new(() => VoteFacts.Of(this)));
    }

    /// <summary>Item of each vote.</summary>
    public int[] Items { get; }

    /// <summary>Contributor of each vote.</summary>
    public int[] Contributors { get; }

    /// <summary>Label of each vote.</summary>
    public int[] Labels { get; }

    /// <summary>Number of items.</summary>
    public int ItemCount { get; }

    /// <summary>Number of contributors.</summary>
    public int ContributorCount { get; }

    /// <summary>Number of labels in the label set.</summary>
    public int LabelCount { get; }

    /// <summary>Number of votes.</summary>
    public int Count => Items.Length;

    /// <summary>How often each label was given to each item: item by item, <see cref="LabelCount"/> numbers each.</summary>
    public int[] Tally()
    {
        var tally = new int[ItemCount * LabelCount];
        for (var v = 0; v < Items.Length; v++) tally[Items[v] * LabelCount + Labels[v]]++;
        return tally;
    }

    /// <summary>The same votes in the order of items; made when first asked for, and kept.</summary>
    internal VotesByItem ByItem => _byItem.Value;

    /// <summary>What the votes are like before any model sees them; counted when first asked for, and kept.</summary>
    internal VoteFacts Facts => _facts.Value;

    /// <summary>Of many votes, has the facts counted on another thread while the caller goes on; whoever asks for them waits where they are not there yet.</summary>
    internal void CountAhead()
    {
        if (Count < Many) return;
        _ = ByItem;
        ThreadPool.UnsafeQueueUserWorkItem(static facts => _ = facts.Value, _facts, preferLocal: false);
    }

    private static void Check(int[] values, int count, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count, name);
        for (var v = 0; v < values.Length; v++)
            if ((uint)values[v] >= (uint)count) throw new ArgumentOutOfRangeException(name, values[v], $"Vote {v}: {name} must lie in [0, {count}).");
    }
}
