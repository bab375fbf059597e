namespace Touchstone.Quality.Categorical;

/// <summary>The label that most contributors gave, each counting alike or by a weight.</summary>
/// <remarks>
/// Of several labels with the same weight the first in the order of labels is taken, and the share of such items is among the warnings. A
/// contributor's skill is how often they gave the label that was taken. O(votes + items * K) time.
/// </remarks>
public static class MajorityVote
{
    /// <summary>Every vote counts alike.</summary>
    /// <param name="votes">The votes; may be none.</param>
    /// <param name="known">Known class of each item or <see cref="DawidSkene.Unknown"/>; empty when none is known.</param>
    public static TruthResult Fit(Votes votes, ReadOnlySpan<int> known = default)
    {
        Known.Check(votes, known);
        votes.CountAhead();
        var posterior = WeightedShares.Of(votes, [], known);
        return Result("majority", votes, posterior, SkillByAgreement.With(votes, posterior));
    }

    /// <summary>Votes count by their contributor's weight.</summary>
    /// <param name="votes">The votes; may be none.</param>
    /// <param name="weights">Weight of each contributor, 0 or more; an item all of whose weights are 0 is decided by plain majority.</param>
    /// <param name="known">Known class of each item or <see cref="DawidSkene.Unknown"/>; empty when none is known.</param>
    public static TruthResult FitWeighted(Votes votes, ReadOnlySpan<double> weights, ReadOnlySpan<int> known = default)
    {
        Known.Check(votes, known);
        votes.CountAhead();
        if (weights.Length != votes.ContributorCount)
            throw new ArgumentException($"There are {votes.ContributorCount} contributors but {weights.Length} weights.", nameof(weights));
        for (var c = 0; c < weights.Length; c++)
            if (!double.IsFinite(weights[c]) || weights[c] < 0) throw new ArgumentOutOfRangeException(nameof(weights), weights[c], $"Contributor {c}: a weight is finite and not below 0.");
        var posterior = WeightedShares.Of(votes, weights, known);
        return Result("weighted-majority", votes, posterior, SkillByAgreement.With(votes, posterior));
    }

    /// <summary>Worker agreement with aggregate: votes once more, weighted by how often each contributor agreed with the plain majority.</summary>
    /// <remarks>Wawa, Appen's measure; skills are the agreement with the plain majority.</remarks>
    /// <inheritdoc cref="Fit" path="/param"/>
    public static TruthResult FitWawa(Votes votes, ReadOnlySpan<int> known = default)
    {
        Known.Check(votes, known);
        votes.CountAhead();
        var skills = SkillByAgreement.With(votes, WeightedShares.Of(votes, [], known));
        return Result("wawa", votes, WeightedShares.Of(votes, [.. skills.Select(s => s.Accuracy)], known), skills);
    }

    /// <summary>Votes weighted by how often each contributor was right on items whose class is known; who answered none counts as their mean.</summary>
    /// <param name="votes">The votes; may be none.</param>
    /// <param name="known">Known class of each item or <see cref="DawidSkene.Unknown"/>.</param>
    public static TruthResult FitGold(Votes votes, ReadOnlySpan<int> known)
    {
        Known.Check(votes, known);
        votes.CountAhead();
        var (skills, unseen) = SkillByAgreement.WithGold(votes, known);
        var result = Result("gold-majority", votes, WeightedShares.Of(votes, [.. skills.Select(s => s.Accuracy)], known), skills) with { Skills = skills };
        return unseen == 0 || votes.Count == 0
            ? result
            : result with { Warnings = [.. result.Warnings, new("contributors_without_gold", $"{unseen} contributors answered no item of known class; each counts as the mean of those who did.")] };
    }

    private static TruthResult Result(string method, Votes votes, double[] posterior, WorkerSkill[] skills) => new()
    {
        Method = method,
        LabelCount = votes.LabelCount,
        Posterior = posterior,
        ClassShares = WeightedShares.ClassShares(votes, posterior),
        Skills = WorkerSkills.WithoutIntervals(skills),
        LogLikelihood = null,
        Rounds = 1,
        Converged = true,
        Warnings = TruthWarnings.For(votes, skills, converged: true, rounds: 1),
    };
}
