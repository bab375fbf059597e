using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.Tests;

public sealed class KosTests
{
    [Theory]
    [InlineData("bluebird")]
    [InlineData("rte")]
    [InlineData("temporal")]
    [InlineData("mozafari")]
    [InlineData("product")]
    public void It_does_at_least_as_well_as_the_reference_which_may_flip(string name)
    {
        var data = CrowdData.Load(name);
        var result = Kos.Fit(data.Votes);
        var reference = data.Expected.GetProperty("accuracy").GetProperty("KOS").GetDouble();
        Assert.True(data.Accuracy(result.LabelOf) >= reference, $"{name}: {data.Accuracy(result.LabelOf):F4}, reference {reference:F4}, {result.Rounds} rounds");
        Assert.Equal(result.Posterior, Kos.Fit(data.Votes).Posterior);
    }

    [Fact]
    public void Where_all_items_come_out_as_one_class_it_says_so() =>
        Assert.Contains(Kos.Fit(new Votes([.. Enumerable.Range(0, 300).Select(v => v / 3)], [.. Enumerable.Range(0, 300).Select(v => v % 3)], [.. Enumerable.Range(0, 300).Select(v => v < 3 ? 0 : 1)], 100, 3, 2)).Warnings, w => w.Code == "one_class_for_all");

    [Fact]
    public void Degenerate_votes_give_a_result_with_a_warning()
    {
        foreach (var (votes, code) in Degenerate.Votes().Where(d => d.Votes.LabelCount == 2)) Degenerate.Check(Kos.Fit(votes), votes, code);
        Assert.Throws<ArgumentException>(() => Kos.Fit(new Votes([], [], [], 0, 0, 3)));
    }
}
