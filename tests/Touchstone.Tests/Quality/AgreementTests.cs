using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Touchstone.Terminal;
using Touchstone.Testing;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Quality;

/// <summary><c>touchstone quality agreement</c> against published values and what other programs compute.</summary>
public sealed class AgreementTests
{
    [Theory]
    [InlineData("nominal")]
    [InlineData("ordinal")]
    [InlineData("interval")]
    [InlineData("ratio")]
    public async Task Krippendorffs_alpha_is_as_published(string level)
    {
        using var folder = new TemporaryFolder();
        foreach (var sample in (await ExpectedAsync("expected-agreement.json"))["krippendorff"]!.AsArray())
        {
            await WriteAsync(folder["v.csv"], [.. sample!["raters_x_units (null = missing)"]!.AsArray().Select(r => r!.AsArray())]);
            var json = await RunAsync(folder["v.csv"], "--metric", "krippendorff", "--level", level);
            Assert.Equal(sample["alpha"]![level]!.GetValue<double>(), json["value"]!.GetValue<double>(), 9);
        }
    }

    [Theory]
    [InlineData("gwet", "gwet_ac1", 0.14295)]
    [InlineData("fleiss", "fleiss", 0.15302)]
    [InlineData("conger", "conger", 0.14917)]
    [InlineData("brennan-prediger", "brennan_prediger", 0.14472)]
    [InlineData("krippendorff", "krippendorff", 0.14548)]
    public async Task Coefficients_and_their_errors_are_those_of_irrCAC(string metric, string name, double error)
    {
        using var folder = new TemporaryFolder();
        var sample = (await ExpectedAsync("expected-agreement.json"))["cac"]![0]!;
        var rows = sample["subjects_x_raters"]!.AsArray();
        await WriteAsync(folder["v.csv"], [.. Enumerable.Range(0, 4).Select(r => new JsonArray([.. rows.Select(row => row![r]?.DeepClone())]))]);
        var json = await RunAsync(folder["v.csv"], "--metric", metric);
        Assert.Equal(sample["published"]![name]!.GetValue<double>(), json["value"]!.GetValue<double>(), 5);
        Assert.Equal(error, json["standard_error"]!.GetValue<double>(), 5);
    }

    [Theory]
    [InlineData("face", "krippendorff", "krippendorff")]
    [InlineData("face", "gwet", "gwet_ac")]
    [InlineData("rte", "fleiss", "fleiss")]
    [InlineData("bluebird", "brennan-prediger", "brennan_prediger")]
    public async Task Agreement_on_crowds_is_as_other_programs_have_it(string set, string metric, string name)
    {
        var expected = (await ExpectedAsync($"expected-{set}.json"))["agreement"]!["cac_unweighted"]![name]!.GetValue<double>();
        var json = await RunAsync(TestData.Find(Assert.Skip, "crowd", $"{set}.labels.csv"), "--metric", metric);
        Assert.Equal(expected, json["value"]!.GetValue<double>(), 7);
    }

    [Fact]
    public async Task A_bootstrap_is_drawn_again_from_its_seed()
    {
        using var folder = QualityFolder.Make();
        var first = await RunAsync(folder["votes.csv"], "--bootstrap", "200", "--seed", "5");
        var again = await RunAsync(folder["votes.csv"], "--bootstrap", "200", "--seed", "5");
        var other = await RunAsync(folder["votes.csv"], "--bootstrap", "200", "--seed", "6");
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.NotEqual(first["interval"]!.ToJsonString(), other["interval"]!.ToJsonString());
        Assert.InRange(first["value"]!.GetValue<double>(), first["interval"]!["low"]!.GetValue<double>(), first["interval"]!["high"]!.GetValue<double>());
    }

    [Fact]
    public async Task Where_one_label_prevails_the_prevalence_is_told()
    {
        using var folder = new TemporaryFolder();
        var text = new StringBuilder("task,worker,label\n");
        for (var t = 0; t < 100; t++) text.Append(CultureInfo.InvariantCulture, $"t{t},a,{(t == 0 ? "yes" : "no")}\nt{t},b,{(t == 1 ? "yes" : "no")}\n");
        await File.WriteAllTextAsync(folder["v.csv"], text.ToString(), TestContext.Current.CancellationToken);
        var json = await RunAsync(folder["v.csv"], "--metric", "cohen");
        Assert.True(json["value"]!.GetValue<double>() < 0.1);
        Assert.True(json["prevalence"]!["trapped"]!.GetValue<bool>());
        Assert.True(json["prevalence"]!["ac1"]!.GetValue<double>() > 0.95);
        Assert.Contains(json["warnings"]!.AsArray(), w => w!["code"]!.GetValue<string>() == "prevalence");
    }

    [Fact]
    public async Task What_is_not_defined_is_null_with_a_reason_and_never_NaN()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["one.csv"], "task,worker,label\nt,a,x\nt,b,x\nu,a,x\nu,b,x\n", TestContext.Current.CancellationToken);
        foreach (var metric in new[] { "krippendorff", "fleiss", "cohen", "conger", "scott" })
        {
            var json = await RunAsync(folder["one.csv"], "--metric", metric);
            Assert.Null(json["value"]);
            Assert.Contains(json["warnings"]!.AsArray(), w => w!["code"]!.GetValue<string>().StartsWith("one_label", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Labels_that_do_not_fit_the_level_are_told()
    {
        using var folder = QualityFolder.Make();
        (await CommandRun.OfAsync("quality", "agreement", folder["votes.csv"], "--level", "interval")).Refused(ExitCode.Failed, "votes.csv, line ", "expected a number as label, found \"");
        (await CommandRun.OfAsync("quality", "agreement", folder["votes.csv"], "--level", "ordinal", "--order", "low,high")).Refused(ExitCode.Misuse, "--order: the file also has \"mid\"");
        (await CommandRun.OfAsync("quality", "agreement", folder["ratings.csv"], "--metric", "gwet", "--level", "ratio")).Refused(ExitCode.Misuse, "only --metric krippendorff");
    }

    private static async Task<JsonNode> ExpectedAsync(string name) => JsonNode.Parse(await File.ReadAllTextAsync(TestData.Find(Assert.Skip, "crowd", name), TestContext.Current.CancellationToken))!;

    private static async Task<JsonNode> RunAsync(string file, params string[] options) => (await CommandRun.OfAsync(["quality", "agreement", file, .. options, "--json"])).Expect(ExitCode.Done).Json;

    private static Task WriteAsync(string path, JsonArray[] raters)
    {
        var text = new StringBuilder("task,worker,label\n");
        for (var r = 0; r < raters.Length; r++)
            for (var u = 0; u < raters[r].Count; u++)
                if (raters[r][u] is { } said) text.Append(CultureInfo.InvariantCulture, $"u{u},r{r},{said}\n");
        return File.WriteAllTextAsync(path, text.ToString(), TestContext.Current.CancellationToken);
    }
}
