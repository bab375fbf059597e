using System.Text.Json;
using Touchstone.Statistics.Ratings;
using Touchstone.Testing;

namespace Touchstone.Statistics.Tests;

/// <summary>The reference comparisons with what other programs made of them.</summary>
internal sealed record PairwiseData(Comparisons Comparisons, string[] Items, JsonElement Expected)
{
    public double[] Truth => [.. Items.Select(i => Expected.GetProperty("truth_log_strength").GetProperty(i).GetDouble())];

    public static PairwiseData Load()
    {
        var rows = File.ReadLines(TestData.Find(Assert.Skip, "crowd", "pairwise-synthetic.csv")).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')).ToArray();
        string[] items = [.. rows.SelectMany(r => new[] { r[1], r[2] }).Distinct().Order(StringComparer.Ordinal)];
        var comparisons = new Comparisons(
            [.. rows.Select(r => Array.IndexOf(items, r[1]))], [.. rows.Select(r => Array.IndexOf(items, r[2]))],
            [.. rows.Select(r => r[3] == r[1] ? Outcome.LeftWins : Outcome.RightWins)], items.Length);
        return new(comparisons, items, JsonDocument.Parse(File.ReadAllBytes(TestData.Find(Assert.Skip, "crowd", "expected-pairwise.json"))).RootElement);
    }
}
