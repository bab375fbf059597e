using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.Numbers;

/// <summary>Looks at which answers there are for what would mislead a reader.</summary>
internal static class NumericWarnings
{
    public static List<TruthWarning> For(NumericVotes votes)
    {
        List<TruthWarning> warnings = [];
        if (votes.Count == 0)
        {
            warnings.Add(new("no_votes", "There are no answers: no item has an estimate."));
            return warnings;
        }

        var perItem = new int[votes.ItemCount];
        foreach (var item in votes.Items) perItem[item]++;
        var (none, single) = (perItem.Count(n => n == 0), perItem.Count(n => n == 1));
        if (none > 0) warnings.Add(new("items_without_votes", $"{none} of {votes.ItemCount} items have no answer and no estimate."));
        if (single > 0) warnings.Add(new("single_votes", $"{single} of {votes.ItemCount} items have one answer only, which nothing checks."));
        if (votes.ContributorCount == 1) warnings.Add(new("one_contributor", "There is one contributor only: nobody's answers can be compared."));
        return warnings;
    }
}
