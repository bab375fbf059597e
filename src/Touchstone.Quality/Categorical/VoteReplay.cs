using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>What a replay came to.</summary>
/// <param name="Votes">Votes spent.</param>
/// <param name="Share">Of all votes in the log.</param>
/// <param name="Labels">The label decided for each item.</param>
/// <param name="Accuracy">Share of items of known truth decided right; null without truth.</param>
/// <param name="Curve">Votes spent and accuracy after each sweep.</param>
public sealed record ReplayResult(int Votes, double Share, int[] Labels, double? Accuracy, IReadOnlyList<(int Votes, double Accuracy)> Curve);

/// <summary>Replays a log of real votes as if a queue had asked for one at a time.</summary>
/// <remarks>
/// The queue sweeps over the open items and takes the next unused vote on each from a random order. Reliabilities are fitted by <see cref="SampledDawidSkene"/> whenever the votes have grown by a
/// tenth (<see cref="FitDueAt"/>); in between every vote moves its own item alone. An item is closed once its posterior reaches the policy's confidence, and opened again when a later fit leaves it less
/// sure, since the first fits rest on few votes. The server's queue does the same, by the same parts. Deterministic in its seed.
/// </remarks>
public static class VoteReplay
{
    private const int FirstFit = 20;

    /// <summary>Votes at which the next fit of reliabilities is due: a tenth more than at the last, and 20 at first.</summary>
    public static long FitDueAt(long votesAtFit) => Math.Max(FirstFit, votesAtFit + (votesAtFit + 9) / 10);

    /// <summary>Asks as a policy says.</summary>
    /// <param name="votes">The log.</param>
    /// <param name="truth">True class of each item or <see cref="DawidSkene.Unknown"/>; empty when none is known.</param>
    /// <param name="policy">When to stop.</param>
    /// <param name="seed">Of the order of votes.</param>
    public static ReplayResult Adaptive(Votes votes, ReadOnlySpan<int> truth, AdaptiveOverlap policy, ulong seed)
    {
        var run = new ReplayRun(votes, truth, seed);
        var asks = Enumerable.Repeat(true, votes.ItemCount).ToArray();
        var fittedAt = 0L;
        for (var asked = true; asked;)
        {
            asked = false;
            for (var i = 0; i < asks.Length; i++)
            {
                if (!asks[i] || !run.Take(i)) continue;
                asked = true;
                if (run.Spent < FitDueAt(fittedAt)) Decide(run, policy, asks, i);
                else
                {
                    fittedAt = run.Spent;
                    run.Fit();
                    for (var other = 0; other < asks.Length; other++) Decide(run, policy, asks, other);
                }
            }

            if (asked) run.Measure();
        }

        return run.Result();
    }

    private static void Decide(ReplayRun run, AdaptiveOverlap policy, bool[] asks, int item) => asks[item] = policy.Decide(run.Judge(item), run.Taken(item)).AsksAgain;

    /// <summary>Every item gets the same number of votes, as far as the log has them.</summary>
    /// <inheritdoc cref="Adaptive" path="/param"/>
    public static ReplayResult Fixed(Votes votes, ReadOnlySpan<int> truth, int overlap, ulong seed)
    {
        var run = new ReplayRun(votes, truth, seed);
        for (var sweep = 0; sweep < overlap; sweep++)
        {
            var asked = false;
            for (var i = 0; i < votes.ItemCount; i++) asked |= run.Take(i);
            if (!asked) break;
            run.FitAndMeasure();
        }

        return run.Result();
    }

    /// <summary>Items at random until a budget is spent.</summary>
    /// <inheritdoc cref="Adaptive" path="/param"/>
    public static ReplayResult Random(Votes votes, ReadOnlySpan<int> truth, int budget, ulong seed)
    {
        var run = new ReplayRun(votes, truth, seed);
        int[] order = [.. votes.Items];
        new SeededRandom(seed).Fork("items").Shuffle(order.AsSpan());
        foreach (var item in order.AsSpan(0, Math.Min(budget, order.Length))) run.Take(item);
        run.FitAndMeasure();
        return run.Result();
    }
}
