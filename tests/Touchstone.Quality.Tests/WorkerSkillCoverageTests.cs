using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

/// <summary>Whether the intervals of skills keep their promise, and that methods which cannot keep it give none.</summary>
public sealed class WorkerSkillCoverageTests(ITestOutputHelper output)
{
    private const int Seeds = 60;

    /// <summary>80, 20, 10, 10, 30 and 20 votes a contributor.</summary>
    public static TheoryData<string, int, int, int, int> Regimes
    {
        get
        {
            var data = new TheoryData<string, int, int, int, int>();
            foreach (var name in new[] { "one-coin", "zencrowd", "dawid-skene-shrunk" })
                foreach (var (items, perItem, contributors, labels) in new[] { (400, 6, 30, 3), (100, 6, 30, 3), (50, 6, 30, 3), (100, 3, 30, 3), (300, 3, 30, 10), (200, 5, 50, 2) })
                    data.Add(name, items, perItem, contributors, labels);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Regimes))]
    public void They_hold_the_truth_as_often_as_they_promise(string name, int items, int perItem, int contributors, int labels)
    {
        var (inside, all) = (0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new SeededRandom(1_000 + seed);
            var (votes, accuracy) = Simulate(random, items, perItem, contributors, labels);
            var skills = TruthMethods.Find(name)!.Fit(votes, TruthInputs.None).Skills;
            for (var c = 0; c < contributors; c++)
            {
                if (skills[c].Votes == 0) continue;
                all++;
                if (skills[c].Low <= accuracy[c] && accuracy[c] <= skills[c].High) inside++;
            }
        }

        output.WriteLine($"{name}, {items} items of {perItem} votes, {contributors} contributors, {labels} labels: {inside / (double)all:P1} of {all}");

        // Ten labels make a hundred cells of confusions of thirty votes: which of them were right is then known a little worse than the model believes.
        Assert.InRange(inside / (double)all, labels >= 10 && name == "dawid-skene-shrunk" ? 0.92 : 0.93, 0.97);
    }

    [Fact]
    public void Methods_that_cannot_keep_the_promise_give_no_interval()
    {
        string[] given = ["gold-majority", "dawid-skene-shrunk", "dawid-skene-sampled", "one-coin", "zencrowd"];
        var (votes, _) = Simulate(new SeededRandom(1), 60, 5, 8, 2);
        foreach (var method in TruthMethods.All)
        {
            var result = method.Fit(votes, new TruthInputs { Weights = [.. Enumerable.Repeat(1.0, 8)], Known = method.NeedsKnown ? [.. Enumerable.Range(0, 60).Select(i => i % 2)] : [] });
            Assert.All(result.Skills, s => Assert.Equal(given.Contains(method.Name), s.Low is not null && s.High is not null));
        }
    }

    private static (Votes Votes, double[] Accuracy) Simulate(SeededRandom random, int items, int perItem, int contributors, int labels)
    {
        double[] accuracy = [.. Enumerable.Range(0, contributors).Select(_ => random.NextDouble(0.55, 0.95))];
        int[] truth = [.. Enumerable.Range(0, items).Select(_ => random.NextInt(labels))];
        List<int> item = [], contributor = [], said = [];
        for (var i = 0; i < items; i++)
            foreach (var c in random.Sample(contributors, perItem))
            {
                item.Add(i);
                contributor.Add(c);
                said.Add(random.NextBool(accuracy[c]) ? truth[i] : (truth[i] + 1 + random.NextInt(labels - 1)) % labels);
            }

        return (new Votes([.. item], [.. contributor], [.. said], items, contributors, labels), accuracy);
    }
}
