using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.Agreements;

/// <summary>Votes gathered by item: item i has the votes from <c>Start[i]</c> to <c>Start[i + 1]</c>, and its label counts from <c>CountStart[i]</c> on. Items without votes are left out.</summary>
internal sealed class ItemTable
{
    public ItemTable(Votes votes)
    {
        LabelCount = votes.LabelCount;
        ContributorCount = votes.ContributorCount;
        var sizes = new int[votes.ItemCount];
        foreach (var item in votes.Items) sizes[item]++;
        var place = new int[votes.ItemCount];
        List<int> start = [0];
        for (var i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] == 0) continue;
            place[i] = start[^1];
            start.Add(start[^1] + sizes[i]);
        }

        Start = [.. start];
        Labels = new int[votes.Count];
        Contributors = new int[votes.Count];
        for (var v = 0; v < votes.Count; v++)
        {
            var at = place[votes.Items[v]]++;
            Labels[at] = votes.Labels[v];
            Contributors[at] = votes.Contributors[v];
        }

        CountStart = new int[Start.Length];
        CountLabels = new int[votes.Count];
        Counts = new int[votes.Count];
        CountLabelsOfItems();
        IsFirst = new bool[votes.Count];
        MarkFirst();
    }

    public int LabelCount { get; }

    public int ContributorCount { get; }

    public int ItemCount => Start.Length - 1;

    public int[] Start { get; }

    public int[] Labels { get; }

    public int[] Contributors { get; }

    /// <summary>Whether a vote is the first of its contributor on its item.</summary>
    public bool[] IsFirst { get; }

    public int[] CountStart { get; }

    public int[] CountLabels { get; }

    public int[] Counts { get; }

    public int DuplicateVotes { get; private set; }

    public int ActiveContributors { get; private set; }

    public int PairedItems => Enumerable.Range(0, ItemCount).Count(i => Size(i) >= 2);

    public int Size(int item) => Start[item + 1] - Start[item];

    private void CountLabelsOfItems()
    {
        var count = new int[LabelCount];
        var next = 0;
        for (var i = 0; i < ItemCount; i++)
        {
            CountStart[i] = next;
            for (var v = Start[i]; v < Start[i + 1]; v++)
            {
                if (count[Labels[v]]++ == 0) CountLabels[next++] = Labels[v];
            }

            for (var c = CountStart[i]; c < next; c++)
            {
                Counts[c] = count[CountLabels[c]];
                count[CountLabels[c]] = 0;
            }
        }

        CountStart[^1] = next;
    }

    private void MarkFirst()
    {
        var last = new int[ContributorCount];
        Array.Fill(last, -1);
        for (var i = 0; i < ItemCount; i++)
        {
            for (var v = Start[i]; v < Start[i + 1]; v++)
            {
                var contributor = Contributors[v];
                if (last[contributor] < 0) ActiveContributors++;
                IsFirst[v] = last[contributor] != i;
                if (!IsFirst[v]) DuplicateVotes++;
                last[contributor] = i;
            }
        }
    }
}
