using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.LabelErrors;

/// <summary>Votes item by item, at most one of each contributor: of several the last counts.</summary>
internal sealed class SingleVotes
{
    public SingleVotes(Votes votes)
    {
        (ItemCount, ContributorCount, LabelCount) = (votes.ItemCount, votes.ContributorCount, votes.LabelCount);
        var order = new int[votes.Count];
        var starts = new int[ItemCount + 1];
        foreach (var item in votes.Items) starts[item + 1]++;
        for (var i = 0; i < ItemCount; i++) starts[i + 1] += starts[i];
        var next = starts.AsSpan(0, ItemCount).ToArray();
        for (var v = 0; v < votes.Count; v++) order[next[votes.Items[v]]++] = v;

        Starts = new int[ItemCount + 1];
        (Contributors, Labels) = (new int[votes.Count], new int[votes.Count]);
        var count = 0;
        for (var i = 0; i < ItemCount; i++)
        {
            var own = order.AsSpan(starts[i], starts[i + 1] - starts[i]);
            own.Sort((a, b) => votes.Contributors[a] != votes.Contributors[b] ? votes.Contributors[a] - votes.Contributors[b] : a - b);
            for (var n = 0; n < own.Length; n++)
            {
                if (n + 1 < own.Length && votes.Contributors[own[n]] == votes.Contributors[own[n + 1]]) continue;
                Contributors[count] = votes.Contributors[own[n]];
                Labels[count++] = votes.Labels[own[n]];
            }

            Starts[i + 1] = count;
        }

        Count = count;
        Duplicates = votes.Count - count;
        for (var i = 0; i < ItemCount; i++)
        {
            if (CountOf(i) > 0) VotedItems++;
            if (CountOf(i) > 1) SharedItems++;
        }
    }

    public int ItemCount { get; }

    public int ContributorCount { get; }

    public int LabelCount { get; }

    /// <summary>Item i has the votes Starts[i] ... Starts[i + 1] - 1.</summary>
    public int[] Starts { get; }

    public int[] Contributors { get; }

    public int[] Labels { get; }

    /// <summary>Votes kept.</summary>
    public int Count { get; }

    /// <summary>Votes dropped because their contributor voted again on the item.</summary>
    public int Duplicates { get; }

    /// <summary>Items with a vote.</summary>
    public int VotedItems { get; }

    /// <summary>Items with more than one vote.</summary>
    public int SharedItems { get; }

    public int CountOf(int item) => Starts[item + 1] - Starts[item];

    public ReadOnlySpan<int> LabelsOf(int item) => Labels.AsSpan(Starts[item], CountOf(item));
}
