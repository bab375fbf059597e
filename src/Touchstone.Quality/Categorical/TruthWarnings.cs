using System.Globalization;

namespace Touchstone.Quality.Categorical;

/// <summary>Looks at votes and at what a method made of them for what would mislead a reader; the same for every method.</summary>
internal static class TruthWarnings
{
    private const int EnoughVotes = 20;

    /// <summary>Codes that speak of the votes alone, whatever the method; callers that say the same elsewhere leave them out.</summary>
    public static readonly IReadOnlySet<string> OfVotes = new HashSet<string>(StringComparer.Ordinal)
    {
        "items_without_votes", "items_with_one_vote", "duplicate_votes", "tied_items", "one_class", "one_contributor",
    };

    /// <summary>All that can be said.</summary>
    /// <param name="votes">The votes.</param>
    /// <param name="skills">As the method found them.</param>
    /// <param name="converged">Whether the method reached its tolerance.</param>
    /// <param name="rounds">Rounds run.</param>
    /// <param name="pooledConfusion">Probability of each label given each class over the crowd, class * K + label; empty when the method has none to check.</param>
    public static IReadOnlyList<TruthWarning> For(Votes votes, ReadOnlySpan<WorkerSkill> skills, bool converged, int rounds, ReadOnlySpan<double> pooledConfusion = default)
    {
        List<TruthWarning> warnings = [];
        if (votes.Count == 0)
        {
            warnings.Add(new("no_votes", "There are no votes: every item has the prior's classes."));
            return warnings;
        }

        if (!converged)
            warnings.Add(new("not_converged", $"The fit had not settled after {rounds} rounds; allow more or raise the tolerance."));
        AddUnusedClasses(warnings, votes);
        AddAgainstTheCrowd(warnings, votes, skills, pooledConfusion);
        if (votes.Facts.Groups > 1)
            warnings.Add(new("disconnected", $"The votes fall into {votes.Facts.Groups} groups without a common item: contributors of different groups are compared through the prior only."));
        if (votes.Count <= votes.ItemCount)
            warnings.Add(new("no_overlap", "No more votes than items: without overlap nothing in the votes tells who errs, so that skills, and labels that differ from the votes, rest on the method's assumptions alone."));
        AddOfVotes(warnings, votes);
        return warnings;
    }

    private static void AddUnusedClasses(List<TruthWarning> warnings, Votes votes)
    {
        var unused = votes.Facts.Given.Count(n => n == 0);
        if (unused > 0) warnings.Add(new("labels_never_chosen", $"{unused} of {votes.LabelCount} labels were never chosen; nothing is known of how they are confused."));
    }

    /// <summary>Classes are named by the votes alone: a crowd that mostly swaps two labels fits as well as one that does not.</summary>
    private static void AddAgainstTheCrowd(List<TruthWarning> warnings, Votes votes, ReadOnlySpan<WorkerSkill> skills, ReadOnlySpan<double> pooledConfusion)
    {
        var against = 0;
        foreach (var skill in skills)
            if (skill.Votes >= EnoughVotes && skill.High < 1.0 / votes.LabelCount) against++;
        if (against > 0)
            warnings.Add(new("worse_than_chance", $"{against} contributors with {EnoughVotes} votes or more are right less often than by guessing; they may mean another label than the one they press."));

        for (var k = 0; k < votes.LabelCount && !pooledConfusion.IsEmpty; k++)
        {
            var row = pooledConfusion.Slice(k * votes.LabelCount, votes.LabelCount);
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

    private static void AddOfVotes(List<TruthWarning> warnings, Votes votes)
    {
        var facts = votes.Facts;
        if (facts.Unvoted > 0) warnings.Add(new("items_without_votes", $"{facts.Unvoted} of {votes.ItemCount} items have no votes; their classes are the prior's."));
        if (facts.Single > 0) warnings.Add(new("items_with_one_vote", $"{facts.Single} of {votes.ItemCount} items have one vote; nobody else's tells whether it is right."));
        if (facts.Repeated > 0)
            warnings.Add(new("duplicate_votes", $"{facts.Repeated} votes are by a contributor who had voted on the same item before; each counts."));
        if (facts.Tied > 0)
        {
            var share = ((double)facts.Tied / facts.Overlapped).ToString("P1", CultureInfo.InvariantCulture);
            warnings.Add(new("tied_items", $"{facts.Tied} of {facts.Overlapped} items with two votes or more ({share}) are tied; where weights do not decide, the first label is taken."));
        }

        if (facts.Given.Count(n => n > 0) == 1)
            warnings.Add(new("one_class", "Only one label was ever given: there is nothing to compare."));
        if (facts.Active == 1)
            warnings.Add(new("one_contributor", "All votes are by one contributor: their skill cannot be seen from votes."));
    }
}
