namespace Touchstone.Quality.Categorical;

/// <summary>Votes in the order of items: those on item i stand from <c>Start[i]</c> to <c>Start[i + 1]</c>.</summary>
internal sealed class VotesInParts
{
    private const int MostParts = 16;

    public VotesInParts(Votes votes)
    {
        Votes = votes;
        Start = new int[votes.ItemCount + 1];
        foreach (var item in votes.Items) Start[item + 1]++;
        for (var i = 0; i < votes.ItemCount; i++) Start[i + 1] += Start[i];
        var place = Start.AsSpan(0, votes.ItemCount).ToArray();
        Contributor = new int[votes.Count];
        Label = new int[votes.Count];
        for (var v = 0; v < votes.Count; v++)
        {
            var to = place[votes.Items[v]]++;
            Contributor[to] = votes.Contributors[v];
            Label[to] = votes.Labels[v];
        }
    }

    public Votes Votes { get; }

    public int[] Start { get; }

    /// <summary>Contributor of each vote, in the order of items.</summary>
    public int[] Contributor { get; }

    /// <summary>Label of each vote, in the order of items.</summary>
    public int[] Label { get; }

    /// <summary>Votes of each contributor.</summary>
    public int[] CountByContributor()
    {
        var counts = new int[Votes.ContributorCount];
        foreach (var contributor in Contributor) counts[contributor]++;
        return counts;
    }

    /// <summary>
    /// Bounds of parts of about equal votes that are worked on side by side. They depend on the votes alone, never on the machine, so that sums over
    /// parts, added in order, give the same bits everywhere.
    /// </summary>
    /// <param name="accumulated">Numbers that each part adds up; parts are fewer where adding them would cost more than the votes.</param>
    /// <returns>Part p has the items from [p] to [p + 1].</returns>
    public int[] Parts(int accumulated)
    {
        var count = (int)Math.Clamp(Votes.Count / (4L * Math.Max(accumulated, 1000)), 1, MostParts);
        var bounds = new int[count + 1];
        for (var p = 1; p < count; p++)
        {
            var found = Array.BinarySearch(Start, (int)((long)Votes.Count * p / count));
            bounds[p] = Math.Clamp(found >= 0 ? found : ~found, bounds[p - 1], Votes.ItemCount);
        }

        bounds[count] = Votes.ItemCount;
        return bounds;
    }
}
