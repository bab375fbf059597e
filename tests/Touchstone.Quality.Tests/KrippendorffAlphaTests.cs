using System.Text.Json;
using Touchstone.Quality.Agreements;
using Touchstone.Quality.Categorical;
using Touchstone.Testing;

namespace Touchstone.Quality.Tests;

public sealed class KrippendorffAlphaTests
{
    [Fact]
    public void Published_examples_come_out()
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(TestData.Find(Assert.Skip, "crowd", "expected-agreement.json")));
        foreach (var example in expected.RootElement.GetProperty("krippendorff").EnumerateArray())
        {
            var alpha = KrippendorffAlpha.Nominal(FromMatrix(example.GetProperty("raters_x_units (null = missing)"), ratersFirst: true));
            Assert.Equal(example.GetProperty("alpha").GetProperty("nominal").GetDouble(), alpha!.Value, 1e-9);
        }

        var published = expected.RootElement.GetProperty("cac")[0];
        Assert.Equal(0.74342, KrippendorffAlpha.Nominal(FromMatrix(published.GetProperty("subjects_x_raters"), ratersFirst: false))!.Value, 1e-5);
    }

    [Theory]
    [InlineData("bluebird")]
    [InlineData("face")]
    [InlineData("rte")]
    [InlineData("temporal")]
    [InlineData("wsd")]
    [InlineData("mozafari")]
    [InlineData("product")]
    public void Crowd_sets_come_out_as_two_other_programs_say(string name)
    {
        var data = CrowdData.Load(name);
        foreach (var program in new[] { "krippendorff_alpha_nominal", "krippendorff_alpha_nominal_crowdkit" })
            Assert.Equal(data.Expected.GetProperty("agreement").GetProperty(program).GetDouble(), KrippendorffAlpha.Nominal(data.Votes)!.Value, 1e-7);
    }

    [Fact]
    public void It_is_undefined_without_pairs_or_with_one_label_only()
    {
        Assert.Null(KrippendorffAlpha.Nominal(new Votes([0, 1], [0, 1], [0, 1], 2, 2, 2)));
        Assert.Null(KrippendorffAlpha.Nominal(new Votes([0, 0], [0, 1], [0, 0], 1, 2, 2)));
        Assert.Equal(1.0, KrippendorffAlpha.Nominal(new Votes([0, 0, 1, 1], [0, 1, 0, 1], [0, 0, 1, 1], 2, 2, 2)));
    }

    private static Votes FromMatrix(JsonElement matrix, bool ratersFirst)
    {
        List<int> items = [], contributors = [], labels = [];
        foreach (var (row, i) in matrix.EnumerateArray().Select((row, i) => (row, i)))
        {
            foreach (var (cell, j) in row.EnumerateArray().Select((cell, j) => (cell, j)))
            {
                if (cell.ValueKind == JsonValueKind.Null) continue;
                items.Add(ratersFirst ? j : i);
                contributors.Add(ratersFirst ? i : j);
                labels.Add(cell.GetInt32());
            }
        }

        return new Votes([.. items], [.. contributors], [.. labels], items.Max() + 1, contributors.Max() + 1, labels.Max() + 1);
    }
}
