using System.Text.Json;
using Touchstone.Quality.Categorical;
using Touchstone.Testing;

namespace Touchstone.Quality.Tests;

/// <summary>A crowd label set of the reference data with what other programs made of it.</summary>
internal sealed class CrowdData
{
    public required Votes Votes { get; init; }

    /// <summary>True class of each item, or -1.</summary>
    public required int[] Truth { get; init; }

    public required bool[] IsTied { get; init; }

    /// <summary>Names by number.</summary>
    public required string[] ItemNames { get; init; }

    public required string[] ContributorNames { get; init; }

    public required string[] ClassNames { get; init; }

    public required JsonElement Expected { get; init; }

    /// <summary>Names of the contributors, in their order.</summary>
    public required string[] Contributors { get; init; }

    public static CrowdData Load(string name)
    {
        var expected = JsonDocument.Parse(File.ReadAllBytes(TestData.Find(Assert.Skip, "crowd", $"expected-{name}.json"))).RootElement;
        var rows = Rows(name, "labels");
        var classes = Index(expected.GetProperty("classes").EnumerateArray().Select(c => c.GetString()!));
        var items = Index(rows.Select(r => r[0]).Distinct().Order(StringComparer.Ordinal));
        var contributors = Index(rows.Select(r => r[1]).Distinct().Order(StringComparer.Ordinal));
        var truth = Enumerable.Repeat(-1, items.Count).ToArray();
        foreach (var row in Rows(name, "truth"))
            if (items.TryGetValue(row[0], out var item)) truth[item] = classes[row[1]];
        var votes = new Votes(
            [.. rows.Select(r => items[r[0]])], [.. rows.Select(r => contributors[r[1]])], [.. rows.Select(r => classes[r[2]])],
            items.Count, contributors.Count, classes.Count);
        return new CrowdData
        {
            Votes = votes,
            Truth = truth,
            IsTied = Ties(votes),
            Expected = expected,
            Contributors = [.. contributors.Keys],
            ItemNames = [.. items.Keys],
            ContributorNames = [.. contributors.Keys],
            ClassNames = [.. classes.Keys],
        };
    }

    public double Accuracy(Func<int, int> label)
    {
        var judged = Enumerable.Range(0, Truth.Length).Where(i => Truth[i] >= 0).ToArray();
        return judged.Count(i => label(i) == Truth[i]) / (double)judged.Length;
    }

    private static bool[] Ties(Votes votes)
    {
        var tally = votes.Tally();
        return [.. Enumerable.Range(0, votes.ItemCount).Select(i =>
        {
            var counts = tally.AsSpan(i * votes.LabelCount, votes.LabelCount).ToArray();
            return counts.Count(c => c == counts.Max()) > 1;
        })];
    }

    private static string[][] Rows(string name, string kind) =>
        [.. File.ReadLines(TestData.Find(Assert.Skip, "crowd", $"{name}.{kind}.csv")).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(','))];

    private static Dictionary<string, int> Index(IEnumerable<string> names) => names.Select((name, i) => (name, i)).ToDictionary(x => x.name, x => x.i);
}
