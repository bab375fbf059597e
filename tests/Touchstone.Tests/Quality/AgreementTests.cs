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

    [Theory]
    [InlineData("emotion", "nominal")]
    [InlineData("emotion", "ordinal")]
    [InlineData("emotion", "interval")]
    [InlineData("wordsim", "nominal")]
    [InlineData("wordsim", "ordinal")]
    [InlineData("wordsim", "interval")]
    [InlineData("wordsim", "ratio")]
    public async Task Agreement_on_numbers_is_as_other_programs_have_it(string set, string level)
    {
        var expected = (await ExpectedAsync($"expected-{set}.json"))["krippendorff_alpha"]![level]!.GetValue<double>();
        var json = await RunAsync(TestData.Find(Assert.Skip, "crowd", $"{set}.labels.csv"), "--level", level);
        Assert.Equal(expected, json["value"]!.GetValue<double>(), 1e-8);
    }

    [Theory]
    [InlineData("nominal")]
    [InlineData("ordinal")]
    [InlineData("interval")]
    [InlineData("ratio")]
    public async Task Numbers_written_in_several_ways_are_one_label_and_this_is_told(string level)
    {
        using var folder = new TemporaryFolder();
        await WriteVotesAsync(folder["plain.csv"], "0,0 0,1 1,1 2,2 2,1 0,2");
        await WriteVotesAsync(folder["mixed.csv"], "0,00 -0,1 1.0,1 2,2e0 2,01 0.0,2");
        var (plain, mixed) = (await RunAsync(folder["plain.csv"], "--level", level), await RunAsync(folder["mixed.csv"], "--level", level));
        foreach (var figure in new[] { "value", "standard_error", "labels" }) Assert.Equal(plain[figure]!.ToJsonString(), mixed[figure]!.ToJsonString());
        Assert.DoesNotContain(plain["warnings"]!.AsArray(), w => w!["code"]!.GetValue<string>() == "labels_merged");
        var warning = Assert.Single(mixed["warnings"]!.AsArray(), w => w!["code"]!.GetValue<string>() == "labels_merged")!["message"]!.GetValue<string>();
        Assert.StartsWith("6 labels are another spelling of a number", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_sure_the_crowd_is_stands_beside_how_far_it_agrees()
    {
        var expected = await ExpectedAsync("expected-face.json");
        var json = await RunAsync(TestData.Find(Assert.Skip, "crowd", "face.labels.csv"));
        Assert.Equal(expected["crowdkit_consistency"]!.GetValue<double>(), json["consistency"]!.GetValue<double>(), 1e-6);
        Assert.Equal(expected["crowdkit_uncertainty_aggregated_by_task"]!.GetValue<double>(), json["uncertainty"]!.GetValue<double>(), 1e-6);
    }

    [Fact]
    public async Task Labels_that_are_named_or_not_all_numbers_are_compared_as_written()
    {
        using var folder = new TemporaryFolder();
        await WriteVotesAsync(folder["codes.csv"], "01,1 1,01 7,7 01,01");
        Assert.Equal(2, (await RunAsync(folder["codes.csv"]))["labels"]!.AsArray().Count);
        Assert.Equal(3, (await RunAsync(folder["codes.csv"], "--order", "01,1,7"))["labels"]!.AsArray().Count);
        await WriteVotesAsync(folder["words.csv"], "01,1 1,01 x,x 01,01");
        Assert.Equal(3, (await RunAsync(folder["words.csv"]))["labels"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("1e308,1e308 -1e308,-1e308 1e308,-1e308", "1,1 -1,-1 1,-1")]
    [InlineData("3e-320,3e-320 1e-320,1e-320 2e-320,1e-320", "3,3 1,1 2,1")]
    [InlineData("1e200,1e200 2e200,2e200 3e200,4e200", "1,1 2,2 3,4")]
    public async Task Huge_and_tiny_numbers_agree_as_ordinary_ones_do(string extreme, string ordinary)
    {
        using var folder = new TemporaryFolder();
        await WriteVotesAsync(folder["extreme.csv"], extreme);
        await WriteVotesAsync(folder["ordinary.csv"], ordinary);
        foreach (var options in new[] { new[] { "--level", "interval" }, ["--metric", "icc"], ["--metric", "gwet", "--level", "interval"], ["--level", "interval", "--bootstrap", "50"] })
        {
            var (one, other) = (await RunAsync(folder["extreme.csv"], options), await RunAsync(folder["ordinary.csv"], options));
            Assert.Equal(other["value"]!.GetValue<double>(), one["value"]!.GetValue<double>(), 4);
            if (other["standard_error"] is { } error) Assert.Equal(error.GetValue<double>(), one["standard_error"]!.GetValue<double>(), 3);
        }

        if (!extreme.Contains('-', StringComparison.Ordinal) || extreme.StartsWith('3'))
            Assert.Equal((await RunAsync(folder["ordinary.csv"], "--level", "ratio"))["value"]!.GetValue<double>(), (await RunAsync(folder["extreme.csv"], "--level", "ratio"))["value"]!.GetValue<double>(), 3);
    }

    [Theory]
    [InlineData("krippendorff")]
    [InlineData("gwet")]
    public async Task One_task_alone_has_no_error_and_no_interval_drawn_again_or_not(string metric)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["v.csv"], "task,worker,label\nt,a,x\nt,b,x\nt,c,y\n", TestContext.Current.CancellationToken);
        foreach (var options in new[] { new[] { "--metric", metric }, ["--metric", metric, "--bootstrap", "200"] })
        {
            var json = await RunAsync(folder["v.csv"], options);
            Assert.NotNull(json["value"]);
            Assert.Null(json["standard_error"]);
            Assert.Null(json["interval"]);
            Assert.Contains(json["warnings"]!.AsArray(), w => w!["code"]!.GetValue<string>() == "one_paired_item");
        }
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
        await File.WriteAllTextAsync(folder["negative.csv"], "task,worker,label\nt,a,1\nt,b,-3\nu,a,1\nu,b,1\n", TestContext.Current.CancellationToken);
        (await CommandRun.OfAsync("quality", "agreement", folder["negative.csv"], "--level", "ratio")).Refused(ExitCode.Failed, "negative.csv, line 3: expected a number of 0 or more as label", "found \"-3\"");
        (await CommandRun.OfAsync("quality", "agreement", folder["ratings.csv"], "--metric", "gwet", "--level", "ratio")).Refused(ExitCode.Misuse, "only --metric krippendorff");
    }

    private static async Task<JsonNode> ExpectedAsync(string name) => JsonNode.Parse(await File.ReadAllTextAsync(TestData.Find(Assert.Skip, "crowd", name), TestContext.Current.CancellationToken))!;

    private static async Task<JsonNode> RunAsync(string file, params string[] options) => (await CommandRun.OfAsync(["quality", "agreement", file, .. options, "--json"])).Expect(ExitCode.Done).Json;

    /// <summary>Votes of two workers, task after task.</summary>
    private static Task WriteVotesAsync(string path, string tasks) =>
        File.WriteAllTextAsync(path, "task,worker,label\n" + string.Concat(tasks.Split(' ').SelectMany((task, t) => task.Split(',').Select((label, w) => $"t{t},w{w},{label}\n"))), TestContext.Current.CancellationToken);

    private static Task WriteAsync(string path, JsonArray[] raters)
    {
        var text = new StringBuilder("task,worker,label\n");
        for (var r = 0; r < raters.Length; r++)
            for (var u = 0; u < raters[r].Count; u++)
                if (raters[r][u] is { } said) text.Append(CultureInfo.InvariantCulture, $"u{u},r{r},{said}\n");
        return File.WriteAllTextAsync(path, text.ToString(), TestContext.Current.CancellationToken);
    }
}
