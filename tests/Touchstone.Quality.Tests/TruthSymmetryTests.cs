using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

/// <summary>What votes are called and in which order they stand says nothing of the truth, and no method may read it as if it did.</summary>
/// <remarks>Fixed seeds, none of them skipped: whether votes are tied is part of what is tried out.</remarks>
public sealed class TruthSymmetryTests
{
    private const int Seeds = 40, Items = 40, Contributors = 7;

    /// <summary>Methods that climb to a maximum by different roundings stop within their tolerance of it, and not on the same bits.</summary>
    private static readonly Dictionary<string, double> Tolerances = new() { ["glad"] = 1e-6, ["mace"] = 1e-3, ["mace-shares"] = 1e-3 };

    /// <summary>Several labels of the same weight: these two take the first, as the programs that define them do, and go on from there (docs/reference/quality-methods.md).</summary>
    private static readonly string[] TiesByOrder = ["wawa", "fast-dawid-skene"];

    /// <summary>Draws are made contributor by contributor or item by item, or skills are read off one after another: another numbering leads to other draws, or to another of several fixed points.</summary>
    private static readonly string[] ByNumber = ["dawid-skene-sampled", "mace", "mace-shares", "m-msr"];

    public static TheoryData<string, int> Methods
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var method in TruthMethods.All)
                for (var labels = 2; labels <= (method.OfTwoLabels ? 2 : 3); labels++) data.Add(method.Name, labels);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_order_of_votes_does_not_matter(string name, int labels) => Check(name, labels, (votes, random) =>
    {
        int[] order = [.. Enumerable.Range(0, votes.Count)];
        random.Shuffle(order.AsSpan());
        return new Renamed(new Votes([.. order.Select(v => votes.Items[v])], [.. order.Select(v => votes.Contributors[v])], [.. order.Select(v => votes.Labels[v])], Items, Contributors, labels), Same(Items), Same(labels));
    });

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_names_of_labels_do_not_matter(string name, int labels)
    {
        if (labels > 2 && TiesByOrder.Contains(name)) return;
        Check(name, labels, (votes, _) =>
        {
            int[] rename = labels == 2 ? [1, 0] : [2, 0, 1];
            return new Renamed(new Votes(votes.Items, votes.Contributors, [.. votes.Labels.Select(l => rename[l])], Items, Contributors, labels), Same(Items), rename);
        });
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_numbers_of_items_and_contributors_do_not_matter(string name, int labels)
    {
        if (ByNumber.Contains(name)) return;
        Check(name, labels, (votes, random) =>
        {
            var (items, contributors) = (Same(Items), Same(Contributors));
            random.Shuffle(items.AsSpan());
            random.Shuffle(contributors.AsSpan());
            return new Renamed(new Votes([.. votes.Items.Select(i => items[i])], [.. votes.Contributors.Select(c => contributors[c])], votes.Labels, Items, Contributors, labels), items, Same(labels));
        });
    }

    private sealed record Renamed(Votes Votes, int[] Items, int[] Labels);

    /// <summary>Five votes on two labels are never tied; four on three labels often are.</summary>
    private static void Check(string name, int labels, Func<Votes, SeededRandom, Renamed> rename)
    {
        var tolerance = Tolerances.GetValueOrDefault(name, 1e-9);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new SeededRandom(seed);
            var (votes, _) = DawidSkeneTests.Simulate(random, Items, Contributors, labels, perItem: labels == 2 ? 5 : 4);
            var other = rename(votes, random);
            var (first, second) = (Fit(name, votes), Fit(name, other.Votes));
            for (var i = 0; i < Items; i++)
                for (var k = 0; k < labels; k++)
                {
                    var (before, after) = (first.Posterior[i * labels + k], second.Posterior[other.Items[i] * labels + other.Labels[k]]);
                    Assert.True(Math.Abs(before - after) <= tolerance, $"seed {seed}, item {i}, label {k}: {before} and {after}");
                }
        }
    }

    private static int[] Same(int count) => [.. Enumerable.Range(0, count)];

    private static TruthResult Fit(string name, Votes votes)
    {
        var method = TruthMethods.Find(name)!;
        return method.Fit(votes, new TruthInputs { Weights = [.. Enumerable.Repeat(1.0, votes.ContributorCount)], Known = method.NeedsKnown ? [.. Enumerable.Repeat(DawidSkene.Unknown, votes.ItemCount)] : [] });
    }
}
