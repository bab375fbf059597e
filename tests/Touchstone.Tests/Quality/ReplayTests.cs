using System.Xml.Linq;
using Touchstone.Terminal;
using Touchstone.Testing;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Quality;

/// <summary><c>touchstone quality replay</c> on votes of real crowds.</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData("rte")]
    [InlineData("wsd")]
    public async Task Adaptive_overlap_spends_fewer_votes_and_is_drawn_again_from_its_seed(string set)
    {
        using var folder = new TemporaryFolder();
        string[] command = ["quality", "replay", TestData.Find(Assert.Skip, "crowd", $"{set}.labels.csv"), "--truth", TestData.Find(Assert.Skip, "crowd", $"{set}.truth.csv"), "--orders", "2", "--json"];
        var run = (await CommandRun.OfAsync([.. command, "--plot", folder["r.svg"]])).Expect(ExitCode.Done);
        var adaptive = run.Json["policies"]!["adaptive"]!;
        Assert.InRange(adaptive["share"]!.GetValue<double>(), 0.01, 0.9);
        Assert.Equal(run.Json["policies"]!["random"]!["votes"]!.GetValue<double>(), adaptive["votes"]!.GetValue<double>());
        Assert.InRange(adaptive["lost"]!.GetValue<double>(), -0.2, 0.2);
        Assert.Equal(run.Output, (await CommandRun.OfAsync(command)).Output);
        var svg = XDocument.Load(folder["r.svg"]);
        Assert.Equal(2, svg.Descendants().Count(e => e.Name.LocalName == "polyline"));
        Assert.DoesNotContain("NaN", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_policy_is_shown_beside_another_at_its_cost()
    {
        using var folder = QualityFolder.Make();
        foreach (var (policy, other) in new[] { ("adaptive", "random"), ("fixed", "adaptive"), ("random", "adaptive") })
        {
            var json = (await CommandRun.OfAsync("quality", "replay", folder["votes.csv"], "--truth", folder["truth.csv"], "--policy", policy, "--confidence", "0.95", "--orders", "2", "--json")).Expect(ExitCode.Done).Json;
            Assert.Equal([policy, other], json["policies"]!.AsObject().Select(p => p.Key));
            Assert.Equal(300, json["all_votes"]!["votes"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task Misuse_is_told()
    {
        using var folder = QualityFolder.Make();
        await File.WriteAllTextAsync(folder["other.csv"], "task,label\nx,low\n", TestContext.Current.CancellationToken);
        (await CommandRun.OfAsync("quality", "replay", folder["votes.csv"], "--truth", folder["other.csv"])).Refused(ExitCode.Failed, "Do the tasks of both files have the same names?");
        (await CommandRun.OfAsync("quality", "replay", folder["votes.csv"], "--truth", folder["truth.csv"], "--min", "4", "--max", "2")).Refused(ExitCode.Misuse, "--max: expected at least 4");
        (await CommandRun.OfAsync("quality", "replay", folder["votes.csv"], "--truth", folder["truth.csv"], "--confidence", "1.5")).Refused(ExitCode.Misuse, "--confidence: expected a number above 0 and below 1, found 1.5");
    }
}
