namespace Touchstone.Quality.Categorical;

/// <summary>Looks at a fit for what would mislead a reader.</summary>
internal static class DawidSkeneWarnings
{
    private const int EnoughVotes = 20;

    public static IReadOnlyList<DawidSkeneWarning> For(Votes votes, DawidSkeneResult result, DawidSkeneOptions options)
    {
        List<DawidSkeneWarning> warnings = [];
        if (votes.Count == 0)
        {
            warnings.Add(new("no_votes", "There are no votes: every item has the prior's classes."));
            return warnings;
        }

        if (!result.Converged)
            warnings.Add(new("not_converged", $"The fit had not settled after {options.MaxRounds} rounds; allow more or raise the tolerance."));
        AddUnusedClasses(warnings, votes);
        AddAgainstTheCrowd(warnings, votes, result);
        AddParts(warnings, votes);
        if (votes.Count <= votes.ItemCount)
            warnings.Add(new("no_overlap", "No more votes than items: without overlap confusions are the prior's, and so are the posteriors."));
        return warnings;
    }

    private static void AddUnusedClasses(List<DawidSkeneWarning> warnings, Votes votes)
    {
        var used = new bool[votes.LabelCount];
        foreach (var label in votes.Labels) used[label] = true;
        var unused = used.Count(u => !u);
        if (unused > 0) warnings.Add(new("labels_never_chosen", $"{unused} of {votes.LabelCount} labels were never chosen; nothing is known of how they are confused."));
    }

    /// <summary>Classes are named by the votes alone: a crowd that mostly swaps two labels fits as well as one that does not.</summary>
    private static void AddAgainstTheCrowd(List<DawidSkeneWarning> warnings, Votes votes, DawidSkeneResult result)
    {
        var counts = new int[votes.ContributorCount];
        foreach (var contributor in votes.Contributors) counts[contributor]++;
        var against = 0;
        for (var c = 0; c < votes.ContributorCount; c++)
            if (counts[c] >= EnoughVotes && result.AccuracyOf(c) < 1.0 / votes.LabelCount) against++;
        if (against > 0)
            warnings.Add(new("worse_than_chance", $"{against} contributors with {EnoughVotes} votes or more are right less often than by guessing; their votes count as evidence against what they say."));

        for (var k = 0; k < votes.LabelCount; k++)
        {
            var row = result.PooledConfusion.AsSpan(k * votes.LabelCount, votes.LabelCount);
            var likelier = 0;
            foreach (var value in row)
                if (value > row[k]) likelier++;
            if (likelier > 0)
            {
                warnings.Add(new("labels_may_be_swapped", $"The crowd as a whole calls class {k} by another label more often than by its own; classes may be swapped."));
                return;
            }
        }
    }

    private static void AddParts(List<DawidSkeneWarning> warnings, Votes votes)
    {
        var parent = Enumerable.Range(0, votes.ItemCount + votes.ContributorCount).ToArray();
        for (var v = 0; v < votes.Count; v++) parent[Root(parent, votes.Items[v])] = Root(parent, votes.ItemCount + votes.Contributors[v]);
        HashSet<int> parts = [];
        foreach (var contributor in votes.Contributors) parts.Add(Root(parent, votes.ItemCount + contributor));
        if (parts.Count > 1)
            warnings.Add(new("disconnected", $"The votes fall into {parts.Count} groups without a common item: contributors of different groups are compared through the prior only."));
    }

    private static int Root(int[] parent, int node)
    {
        while (parent[node] != node) node = parent[node] = parent[parent[node]];
        return node;
    }
}
