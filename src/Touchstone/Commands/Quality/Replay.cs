using Touchstone.Quality.Categorical;
using Touchstone.Terminal;

namespace Touchstone.Commands.Quality;

/// <summary>Adaptive overlap and another policy at the same cost, over several random orders of the same votes.</summary>
internal sealed class Replay(Votes votes, int[] truth, AdaptiveOverlap policy, long seed)
{
    public Votes Votes => votes;

    public AdaptiveOverlap Policy => policy;

    public long Seed => seed;

    /// <summary>What all votes together give.</summary>
    public ReplayResult All { get; private set; } = new(0, 0, [], null, []);

    /// <summary>Runs of each policy, one an order.</summary>
    public Dictionary<string, List<ReplayResult>> Runs { get; } = new() { ["adaptive"] = [] };

    public (double Votes, double Share, double? Accuracy) Mean(string name) => (Runs[name].Average(r => r.Votes), Runs[name].Average(r => r.Share), Runs[name].Average(r => r.Accuracy));

    /// <summary>Replays every order.</summary>
    /// <param name="other">The policy beside adaptive: fixed or random.</param>
    /// <param name="orders">Orders, seeded one after the other.</param>
    /// <param name="progress">Told after each order.</param>
    /// <param name="cancellationToken">Gives up between orders.</param>
    public void Run(string other, int orders, ProgressLine progress, CancellationToken cancellationToken)
    {
        Runs[other] = [];
        All = VoteReplay.Random(votes, truth, votes.Count, (ulong)seed);
        for (var order = 0; order < orders; order++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var own = (ulong)(seed + order);
            var adaptive = VoteReplay.Adaptive(votes, truth, policy, own);
            Runs["adaptive"].Add(adaptive);
            Runs[other].Add(other == "fixed" ? VoteReplay.Fixed(votes, truth, NearestOverlap(adaptive.Votes), own) : AtRandom(adaptive, own, isDrawn: order == 0));
            progress.Report(order + 1, orders);
        }
    }

    /// <summary>Random votes at the cost of an adaptive run; where a curve is drawn, at the cost of each of its points too, which are beginnings of one order.</summary>
    private ReplayResult AtRandom(ReplayResult adaptive, ulong order, bool isDrawn)
    {
        var run = VoteReplay.Random(votes, truth, adaptive.Votes, order);
        return isDrawn ? run with { Curve = [.. adaptive.Curve.SkipLast(1).SelectMany(p => VoteReplay.Random(votes, truth, p.Votes, order).Curve), .. run.Curve] } : run;
    }

    /// <summary>The fixed overlap whose cost is nearest to so many votes.</summary>
    private int NearestOverlap(int budget)
    {
        var counts = new int[votes.ItemCount];
        foreach (var item in votes.Items) counts[item]++;
        var (best, nearest) = (1, int.MaxValue);
        for (var overlap = 1; overlap <= counts.Max(); overlap++)
        {
            var cost = counts.Sum(c => Math.Min(c, overlap));
            if (Math.Abs(cost - budget) < nearest) (best, nearest) = (overlap, Math.Abs(cost - budget));
        }

        return best;
    }
}
