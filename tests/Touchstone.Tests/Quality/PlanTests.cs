using Touchstone.Terminal;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Quality;

/// <summary><c>touchstone quality plan</c> against published plans.</summary>
public sealed class PlanTests
{
    [Theory]
    [InlineData("0.99", "0.95", "0.05", "0.1", 132, 3)]
    [InlineData("0.98", "0.92", "0.05", "0.1", 98, 4)]
    [InlineData("0.995", "0.97", "0.05", "0.05", 257, 3)]
    [InlineData("0.95", "0.85", "0.1", "0.1", 60, 5)]
    public async Task Plans_are_the_smallest_ones_that_keep_both_risks(string accept, string reject, string producer, string consumer, int sample, int errors)
    {
        var json = (await CommandRun.OfAsync("quality", "plan", "--accept", accept, "--reject", reject, "--producer-risk", producer, "--consumer-risk", consumer, "--json")).Expect(ExitCode.Done).Json;
        Assert.Equal(sample, json["sample"]!.GetValue<int>());
        Assert.Equal(errors, json["accept_up_to"]!.GetValue<int>());
        Assert.InRange(json["producer_risk"]!.GetValue<double>(), 0, double.Parse(producer, System.Globalization.CultureInfo.InvariantCulture));
        Assert.InRange(json["consumer_risk"]!.GetValue<double>(), 0, double.Parse(consumer, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_small_lot_needs_fewer_items_and_a_tiny_one_all()
    {
        var small = (await CommandRun.OfAsync("quality", "plan", "--lot", "300", "--accept", "0.99", "--reject", "0.95", "--json")).Expect(ExitCode.Done).Json;
        Assert.InRange(small["sample"]!.GetValue<int>(), 1, 131);
        var tiny = (await CommandRun.OfAsync("quality", "plan", "--lot", "10", "--accept", "0.99", "--reject", "0.95")).Expect(ExitCode.Done);
        Assert.Contains("Look at ", tiny.Output, StringComparison.Ordinal);
        Assert.Empty(small["warnings"]!.AsArray());
        var warned = (await CommandRun.OfAsync("quality", "plan", "--lot", "1", "--accept", "0.99", "--reject", "0.95", "--json")).Expect(ExitCode.Done).Json;
        Assert.Equal("lot_too_small", warned["warnings"]![0]!["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("--accept", "0.9", "--reject", "0.95", "--reject: expected an accuracy below 0.9")]
    [InlineData("--accept", "NaN", "--reject", "0.95", "--accept: expected a number above 0 and below 1, found NaN")]
    [InlineData("--lot", "0", "--reject", "0.95", "--lot: expected a whole number from 1")]
    [InlineData("--producer-risk", "0.6", "--consumer-risk", "0.5", "together below 1")]
    public async Task Plans_that_cannot_be_are_told(string first, string one, string second, string two, string message) =>
        (await CommandRun.OfAsync("quality", "plan", first, one, second, two)).Refused(ExitCode.Misuse, message);
}
