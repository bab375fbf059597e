namespace Touchstone.Quality.Categorical;

/// <summary>Looks at which votes there are, whatever the method, for what would mislead a reader.</summary>
internal static class VoteDesign
{
    private const int EnoughVotes = 20;

    public static List<TruthWarning> Warnings(Votes votes)
    {
        List<TruthWarning> warnings = [];
        if (votes.Count == 0)
        {
            warnings.Add(new("no_votes", "There are no votes: every item has the classes' shares, every contributor what is believed beforehand."));
            return warnings;
        }

        AddLabels(warnings, votes);
        AddCounts(warnings, votes);
        AddParts(warnings, votes);
        return warnings;
    }

    /// <summary>What only a fit shows: that it did not settle, or that contributors stand against the crowd.</summary>
    public static void AddFit(List<TruthWarning> warnings, int labelCount, ReadOnlySpan<WorkerSkill> skills, bool converged, int rounds)
    {
        if (!converged) warnings.Add(new("not_converged", $"The fit had not settled after {rounds} rounds; allow more or raise the tolerance."));
        var against = 0;
        foreach (var skill in skills)
            if (skill.Votes >= EnoughVotes && skill.High < 1.0 / labelCount) against++;
        if (against > 0)
            warnings.Add(new("worse_than_chance", $"{against} contributors with {EnoughVotes} votes or more are right less often than by guessing."));
    }

    private static void AddLabels(List<TruthWarning> warnings, Votes votes)
    {
        if (votes.LabelCount == 1) warnings.Add(new("one_label", "There is one label only: every answer is right by definition and nothing is learned."));
        var used = new bool[votes.LabelCount];
        foreach (var label in votes.Labels) used[label] = true;
        var unused = used.Count(u => !u);
        if (unused > 0) warnings.Add(new("labels_never_chosen", $"{unused} of {votes.LabelCount} labels were never chosen."));
    }

    private static void AddCounts(List<TruthWarning> warnings, Votes votes)
    {
        var perItem = new int[votes.ItemCount];
        foreach (var item in votes.Items) perItem[item]++;
        var (none, single) = (perItem.Count(n => n == 0), perItem.Count(n => n == 1));
        if (none > 0) warnings.Add(new("items_without_votes", $"{none} of {votes.ItemCount} items have no vote: they have the classes' shares."));
        if (single > 0) warnings.Add(new("single_votes", $"{single} of {votes.ItemCount} items have one vote only: their class is that vote, their probability rests on the contributor's skill alone."));
        if (votes.ContributorCount == 1) warnings.Add(new("one_contributor", "There is one contributor only: nobody's answers can be compared."));
    }

    private static void AddParts(List<TruthWarning> warnings, Votes votes)
    {
        var parent = new int[votes.ItemCount + votes.ContributorCount];
        for (var i = 0; i < parent.Length; i++) parent[i] = i;
        for (var v = 0; v < votes.Count; v++) parent[Root(parent, votes.Items[v])] = Root(parent, votes.ItemCount + votes.Contributors[v]);
        HashSet<int> parts = [];
        foreach (var contributor in votes.Contributors.Distinct()) parts.Add(Root(parent, votes.ItemCount + contributor));
        if (parts.Count > 1)
            warnings.Add(new("disconnected", $"The votes fall into {parts.Count} groups without a common item: contributors of different groups are compared through what is believed beforehand only."));
    }

    private static int Root(int[] parent, int node)
    {
        while (parent[node] != node) node = parent[node] = parent[parent[node]];
        return node;
    }
}
