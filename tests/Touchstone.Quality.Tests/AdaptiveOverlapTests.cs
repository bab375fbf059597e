using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.Tests;

/// <summary>What asking again only where the posterior needs it costs, on logs of real votes.</summary>
public sealed class AdaptiveOverlapTests
{
    private const int Orders = 20, FirstSeed = 7_000;

    [Fact]
    public void One_policy_for_all_sets_keeps_the_accuracy_of_all_votes_at_half_the_cost_and_beats_votes_at_random()
    {
        var policy = new AdaptiveOverlap(2, int.MaxValue, 0.99);
        string[] names = ["bluebird", "rte", "face", "temporal", "wsd", "mozafari"];
        var sets = Array.ConvertAll(names, name => Replay(CrowdData.Load(name), policy));
        Assert.True(sets.Average(s => s.Lost) <= 0.005, $"lost {sets.Average(s => s.Lost):P2} on average");
        Assert.All(sets, s => Assert.InRange(s.Lost, -1, 0.02));
        Assert.True(sets.Average(s => s.Share) <= 0.5, $"asked for {sets.Average(s => s.Share):P1} of the votes");
        Assert.All(sets, s => Assert.True(s.Lost < s.LostAtRandom, $"adaptive lost {s.Lost:P2}, random {s.LostAtRandom:P2}"));
    }

    private static (double Lost, double LostAtRandom, double Share) Replay(CrowdData data, AdaptiveOverlap policy)
    {
        var all = VoteReplay.Random(data.Votes, data.Truth, data.Votes.Count, FirstSeed).Accuracy!.Value;
        var runs = new (double Lost, double LostAtRandom, double Share)[Orders];
        Parallel.For(0, Orders, order =>
        {
            var seed = (ulong)(FirstSeed + order);
            var adaptive = VoteReplay.Adaptive(data.Votes, data.Truth, policy, seed);
            runs[order] = (all - adaptive.Accuracy!.Value, all - VoteReplay.Random(data.Votes, data.Truth, adaptive.Votes, seed).Accuracy!.Value, adaptive.Share);
        });
        return (runs.Average(r => r.Lost), runs.Average(r => r.LostAtRandom), runs.Average(r => r.Share));
    }
}
