using System.Runtime.CompilerServices;
using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>Skills with intervals for the methods that can keep an interval's promise, and without for the others.</summary>
internal static class WorkerSkills
{
    private static readonly double Quantile95 = Normal.Quantile(0.975);

    /// <summary>Skills with intervals that allow for not knowing which votes were right.</summary>
    /// <param name="votes">The votes.</param>
    /// <param name="accuracy">Probability of being right, of each contributor, as the method has it.</param>
    /// <param name="posterior">Probability of each class for each item, item * K + class.</param>
    /// <param name="priorVotes">Votes that the method's prior on an accuracy is worth.</param>
    /// <param name="wideAsEstimated">Whether the worth of the votes, itself estimated along with the skills of all others, calls for Student's t; a prior on accuracies makes up for that.</param>
    /// <remarks>
    /// A vote that is right with probability q and wrong with 1 - q carries less information than one known to be right or wrong; by the missing
    /// information principle (T. A. Louis, JRSS B 44(2), 1982) n votes of a contributor of accuracy s are worth n - Σ q(1 - q) / (s(1 - s)).
    /// The interval is Wilson's with that many votes. O(votes) time.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static WorkerSkill[] Of(Votes votes, ReadOnlySpan<double> accuracy, ReadOnlySpan<double> posterior, double priorVotes, bool wideAsEstimated = false)
    {
        var byItem = votes.ByItem;
        var k = votes.LabelCount;
        var right = new double[votes.ContributorCount];
        var unknown = new double[votes.ContributorCount];
        for (var i = 0; i < votes.ItemCount; i++)
        {
            var row = posterior.Slice(i * k, k);
            foreach (var cell in byItem.Of(i))
            {
                var contributor = byItem.ContributorOf(cell);
                var q = row[cell - contributor * k];
                right[contributor] += q;
                unknown[contributor] += q * (1 - q);
            }
        }

        var skills = new WorkerSkill[votes.ContributorCount];
        for (var c = 0; c < skills.Length; c++)
        {
            var count = votes.Facts.VotesOf[c];
            var mean = count > 0 ? right[c] / count : 0;
            var lost = unknown[c] > 0 ? unknown[c] / (mean * (1 - mean)) : 0;
            var worth = Math.Max(0, count - lost) + priorVotes;
            skills[c] = Of(accuracy[c], count, worth, wideAsEstimated ? StudentT.Quantile(0.975, Math.Max(2, worth)) : Quantile95);
        }

        return skills;
    }

    /// <summary>Skills alone, for methods whose posteriors are surer than the votes allow, or that hold a contributor against labels that their own votes helped to decide: no interval made of those keeps its promise.</summary>
    public static WorkerSkill[] WithoutIntervals(WorkerSkill[] skills) => Array.ConvertAll(skills, s => s with { Low = null, High = null });

    /// <summary>A skill whose votes are all known to be right or wrong.</summary>
    /// <param name="accuracy">In [0, 1], to rounding.</param>
    /// <param name="votes">Votes that it rests on.</param>
    /// <param name="worth">Independent trials that the votes, and what is believed beforehand, are worth.</param>
    public static WorkerSkill Of(double accuracy, int votes, double worth) => Of(accuracy, votes, worth, Quantile95);

    private static WorkerSkill Of(double accuracy, int votes, double worth, double quantile)
    {
        var inside = Math.Clamp(accuracy, 0, 1); // shares that add up to 1 may exceed it by their rounding
        if (votes == 0 || worth < 1e-6) return new WorkerSkill(inside, 0, 1, votes);
        var interval = ProportionInterval.Score(inside * worth, worth, quantile);
        return new WorkerSkill(inside, Math.Min(interval.Lower, inside), Math.Max(interval.Upper, inside), votes);
    }
}
