using System.Globalization;
using System.Text.Json.Nodes;
using Touchstone.Terminal;
using Touchstone.Testing;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Quality;

/// <summary><c>touchstone quality aggregate</c> on data of others and on what people give it by mistake.</summary>
public sealed class AggregateTests
{
    [Theory]
    [InlineData("bluebird")]
    [InlineData("face")]
    [InlineData("product")]
    [InlineData("rte")]
    [InlineData("temporal")]
    [InlineData("wsd")]
    [InlineData("mozafari")]
    public async Task Dawid_and_Skene_are_as_accurate_as_the_peers(string set)
    {
        var run = (await CommandRun.OfAsync(
            "quality", "aggregate", TestData.Find(Assert.Skip, "crowd", $"{set}.labels.csv"), "--truth", TestData.Find(Assert.Skip, "crowd", $"{set}.truth.csv"), "--method", "dawid-skene", "--json")).Expect(ExitCode.Done);
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(TestData.Find(Assert.Skip, "crowd", $"expected-{set}.json"), TestContext.Current.CancellationToken))!;
        var json = run.Json;
        Assert.Equal("dawid-skene", json["method"]!.GetValue<string>());
        Assert.True(json["converged"]!.GetValue<bool>());
        Assert.Equal(expected["n_labels"]!.GetValue<int>(), json["votes"]!.GetValue<int>());
        Assert.Equal(expected["n_tasks"]!.GetValue<int>(), json["tasks"]!.GetValue<int>());
        Assert.Equal(expected["n_workers"]!.GetValue<int>(), json["workers"]!.AsArray().Count);
        Assert.Equal(expected["n_truth"]!.GetValue<int>(), json["truth"]!["tasks"]!.GetValue<int>());
        Assert.Equal(expected["classes"]!.AsArray().Select(c => c!.GetValue<string>()), json["classes"]!.AsArray().Select(c => c!["label"]!.GetValue<string>()));
        var peer = expected["accuracy"]!["DawidSkene"]!.GetValue<double>();
        Assert.InRange(json["accuracy"]!.GetValue<double>(), peer - 0.01, 1);
        Assert.All(json["workers"]!.AsArray(), w => Assert.True(w!["interval"] is null && w["skill"]!.GetValue<double>() is >= 0 and <= 1)); // of this method none keeps its promise
    }

    [Theory]
    [InlineData("bluebird", "majority", "MajorityVote")]
    [InlineData("bluebird", "wawa", "Wawa")]
    [InlineData("temporal", "wawa", "Wawa")]
    [InlineData("face", "dawid-skene", "DawidSkene_converged_ref")]
    public async Task Methods_without_ties_are_as_accurate_as_those_of_crowd_kit(string set, string method, string name)
    {
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(TestData.Find(Assert.Skip, "crowd", $"expected-{set}.json"), TestContext.Current.CancellationToken))!;
        var json = (await CommandRun.OfAsync(
            "quality", "aggregate", TestData.Find(Assert.Skip, "crowd", $"{set}.labels.csv"), "--truth", TestData.Find(Assert.Skip, "crowd", $"{set}.truth.csv"), "--method", method, "--json")).Expect(ExitCode.Done).Json;
        Assert.Equal(expected["accuracy"]![name]!.GetValue<double>(), json["accuracy"]!.GetValue<double>(), 6);
    }

    [Theory]
    [InlineData("emotion", "mean")]
    [InlineData("emotion", "median")]
    [InlineData("wordsim", "mean")]
    [InlineData("wordsim", "median")]
    public async Task Numbers_are_aggregated_as_by_others(string set, string method)
    {
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(TestData.Find(Assert.Skip, "crowd", $"expected-{set}.json"), TestContext.Current.CancellationToken))!["error"]![method]!;
        var json = (await CommandRun.OfAsync(
            "quality", "aggregate", TestData.Find(Assert.Skip, "crowd", $"{set}.labels.csv"), "--truth", TestData.Find(Assert.Skip, "crowd", $"{set}.truth.csv"), "--method", method, "--json")).Expect(ExitCode.Done).Json;
        Assert.Equal(expected["mae"]!.GetValue<double>(), json["mean_absolute_error"]!.GetValue<double>(), 6);
        Assert.Equal(expected["rmse"]!.GetValue<double>(), json["root_mean_square_error"]!.GetValue<double>(), 6);
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("median")]
    [InlineData("trimmed-mean")]
    [InlineData("huber")]
    [InlineData("reliable-mean")]
    public async Task Numbers_too_large_to_square_have_finite_errors_and_larger_ones_are_refused(string method)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["v.csv"], "task,worker,label\na,w,1e200\na,v,3e200\na,u,1.5e200\nb,w,-1e200\nb,v,-2e200\nb,u,-1e200\nc,w,5\nc,v,7\nc,u,6\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["truth.csv"], "task,label\na,1e200\nb,1e200\n", TestContext.Current.CancellationToken);
        var json = (await CommandRun.OfAsync("quality", "aggregate", folder["v.csv"], "--method", method, "--truth", folder["truth.csv"], "--out", folder["o.ndjson"], "--json")).Expect(ExitCode.Done).Json;
        Assert.InRange(json["root_mean_square_error"]!.GetValue<double>(), 1e199, 1e201);
        Assert.All(json["workers"]!.AsArray(), w => Assert.True(w!["deviation"]!.GetValue<double>() >= 0));
        foreach (var line in await File.ReadAllLinesAsync(folder["o.ndjson"], TestContext.Current.CancellationToken))
        {
            var answer = JsonNode.Parse(line)!;
            Assert.True(double.IsFinite(answer["label"]!.GetValue<double>()) && double.IsFinite(answer["standard_error"]!.GetValue<double>()), line);
        }

        await File.WriteAllTextAsync(folder["huge.csv"], "task,worker,label\na,w,1\na,v,1e308\n", TestContext.Current.CancellationToken);
        (await CommandRun.OfAsync("quality", "aggregate", folder["huge.csv"], "--method", method, "--out", folder["h.csv"])).Refused(ExitCode.Failed, "huge.csv, line 3: expected a number between -1E+300 and 1E+300 as label, found \"1e308\"");
        Assert.False(File.Exists(folder["h.csv"]));
    }

    [Theory]
    [InlineData("rover", "ROVER", 0.02)]
    [InlineData("rasa", "TextRASA_fnv256", 0.02)]
    public async Task Texts_are_aggregated_no_worse_than_by_others(string method, string name, double slack)
    {
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(TestData.Find(Assert.Skip, "crowd", "expected-wsa-t1.json"), TestContext.Current.CancellationToken))!["scores"]![name]!["corpus_wer"]!.GetValue<double>();
        var json = (await CommandRun.OfAsync(
            "quality", "aggregate", TestData.Find(Assert.Skip, "crowd", "wsa-t1.texts.csv"), "--truth", TestData.Find(Assert.Skip, "crowd", "wsa-t1.truth.csv"), "--method", method, "--json")).Expect(ExitCode.Done).Json;
        Assert.InRange(json["word_error_rate"]!.GetValue<double>(), 0, expected + slack);
        Assert.InRange(json["mean_word_error_rate"]!.GetValue<double>(), 0, expected + slack);
        Assert.InRange(json["exact_match"]!.GetValue<double>(), 0.02, 1);
    }

    [Fact]
    public async Task Answers_are_written_whole_and_the_same_from_every_form_of_the_votes()
    {
        using var folder = QualityFolder.Make();
        (await CommandRun.OfAsync("quality", "aggregate", folder["votes.csv"], "--out", folder["a.csv"])).Expect(ExitCode.Done);
        (await CommandRun.OfAsync("quality", "aggregate", folder["votes.ndjson"], "--out", folder["b.csv"])).Expect(ExitCode.Done);
        (await CommandRun.OfAsync("quality", "aggregate", folder["votes.csv"], "--out", folder["c.ndjson"])).Expect(ExitCode.Done);
        var lines = await File.ReadAllLinesAsync(folder["a.csv"], TestContext.Current.CancellationToken);
        Assert.Equal("task,label,confidence", lines[0]);
        Assert.Equal(61, lines.Length);
        Assert.Equal(lines, await File.ReadAllLinesAsync(folder["b.csv"], TestContext.Current.CancellationToken));
        var objects = (await File.ReadAllLinesAsync(folder["c.ndjson"], TestContext.Current.CancellationToken)).Select(l => JsonNode.Parse(l)!);
        Assert.Equal(lines.Skip(1), objects.Select(o => string.Create(CultureInfo.InvariantCulture, $"{o["task"]},{o["label"]},{o["confidence"]!.GetValue<double>()}")));
        Assert.DoesNotContain(Directory.EnumerateFiles(folder.Path), f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gold_keeps_its_label_and_does_not_count_as_accuracy()
    {
        using var folder = QualityFolder.Make();
        await File.WriteAllTextAsync(folder["gold.csv"], "task,label\nt0,never said\nt1,low\nnowhere,low\n", TestContext.Current.CancellationToken);
        var json = (await CommandRun.OfAsync("quality", "aggregate", folder["votes.csv"], "--gold", folder["gold.csv"], "--truth", folder["truth.csv"], "--out", folder["a.csv"], "--json")).Expect(ExitCode.Done).Json;
        Assert.Equal(58, json["truth"]!["tasks"]!.GetValue<int>());
        Assert.Equal(2, json["truth"]!["gold"]!.GetValue<int>());
        Assert.Contains(json["classes"]!.AsArray(), c => c!["label"]!.GetValue<string>() == "never said");
        Assert.Contains(json["warnings"]!.AsArray(), w => w!["code"]!.GetValue<string>() == "gold_without_votes");
        Assert.Contains("t0,never said,1", await File.ReadAllLinesAsync(folder["a.csv"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Text_of_any_language_and_with_any_sign_comes_back()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["v.csv"], "task,worker,label\n\"a,\"\"1\"\"\",β,猫\n\"a,\"\"1\"\"\",γ,猫\nb,β,\"x\ny\"\nb,γ,\"x\ny\"\nc,β,猫\nc,γ,🐈\n", TestContext.Current.CancellationToken);
        var run = (await CommandRun.OfAsync("quality", "aggregate", folder["v.csv"], "--out", folder["o.csv"])).Expect(ExitCode.Done);
        Assert.Contains("β", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("task,label,confidence\n\"a,\"\"1\"\"\",猫,", await File.ReadAllTextAsync(folder["o.csv"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Duplicates_are_counted_whatever_becomes_of_them()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["v.csv"], "task,worker,label\nt,a,x\nt,a,y\nt,b,x\nu,a,y\nu,b,y\n", TestContext.Current.CancellationToken);
        foreach (var (policy, votes) in new[] { ("keep", 5), ("first", 4), ("last", 4) })
        {
            var json = (await CommandRun.OfAsync("quality", "aggregate", folder["v.csv"], "--duplicates", policy, "--json")).Expect(ExitCode.Done).Json;
            Assert.Equal(votes, json["votes"]!.GetValue<int>());
            Assert.Equal(policy, json["duplicates"]!["policy"]!.GetValue<string>());
            Assert.Equal(1, json["duplicates"]!["count"]!.GetValue<int>());
            Assert.Contains(json["warnings"]!.AsArray(), w => w!["code"]!.GetValue<string>() == "duplicate_votes");
        }

        (await CommandRun.OfAsync("quality", "aggregate", folder["v.csv"], "--duplicates", "error")).Refused(ExitCode.Failed, "v.csv, line 3: ", "a second one of \"a\" on \"t\"");
    }

    [Theory]
    [InlineData("task,worker,label\nt,a,x\nu,a,x\n", "one_class")]
    [InlineData("task,worker,label\nt,a,x\nu,a,y\n", "one_contributor")]
    [InlineData("task,worker,label\nt,a,x\nu,b,y\n", "items_with_one_vote")]
    [InlineData("task,worker,label\nt,a,x\nt,b,y\nu,a,y\nu,b,x\n", "tied_items")]
    public async Task What_makes_a_result_doubtful_is_a_warning(string text, string code)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["v.csv"], text, TestContext.Current.CancellationToken);
        var run = (await CommandRun.OfAsync("quality", "aggregate", folder["v.csv"], "--json")).Expect(ExitCode.Done);
        Assert.Contains(run.Json["warnings"]!.AsArray(), w => w!["code"]!.GetValue<string>() == code);
        Assert.DoesNotContain("NaN", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "expected a header line or a JSON object, found an empty file")]
    [InlineData("task,worker,label\n", "expected votes after the header line, found none")]
    [InlineData("task,worker\nt,a\n", "v.csv, line 1: expected the columns task, worker, label; label is missing, found \"task, worker\"")]
    [InlineData("task,worker,label\nt,a,x\nt,\"b,x\n", "v.csv, line 3, column 3: expected a closing quote, the file ends without one")]
    [InlineData("task,worker,label\nt,a,x\nt,b\n", "v.csv, line 3, column 4: expected 3 fields (\"task,worker,label\"), the line ends after 2")]
    [InlineData("task,worker,label\nt,a,\n", "v.csv, line 2, column 5: expected a label, found nothing")]
    public async Task A_broken_file_is_refused_with_line_and_column(string text, string message)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["v.csv"], text, TestContext.Current.CancellationToken);
        (await CommandRun.OfAsync("quality", "aggregate", folder["v.csv"], "--out", folder["o.csv"])).Refused(ExitCode.Failed, "touchstone quality aggregate: ", message);
        Assert.False(File.Exists(folder["o.csv"]));
    }

    [Fact]
    public async Task A_truth_that_says_two_things_or_speaks_of_other_tasks_is_told()
    {
        using var folder = QualityFolder.Make();
        await File.WriteAllTextAsync(folder["two.csv"], "task,label\nt1,low\nt2,mid\nt1,high\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["other.csv"], "task,label\nx1,low\n", TestContext.Current.CancellationToken);
        (await CommandRun.OfAsync("quality", "aggregate", folder["votes.csv"], "--truth", folder["two.csv"])).Refused(ExitCode.Failed, "two.csv, line 4, column 4: expected one label for each task, found \"high\" for \"t1\", which was \"low\" before");
        var json = (await CommandRun.OfAsync("quality", "aggregate", folder["votes.csv"], "--truth", folder["other.csv"], "--json")).Expect(ExitCode.Done).Json;
        Assert.Null(json["accuracy"]);
        Assert.Contains(json["warnings"]!.AsArray(), w => w!["code"]!.GetValue<string>() == "truth_not_compared");
    }

    [Fact]
    public async Task Misuse_is_told()
    {
        using var folder = QualityFolder.Make();
        (await CommandRun.OfAsync("quality", "aggregate", folder["none.csv"])).Refused(ExitCode.Failed, "There is no file");
        (await CommandRun.OfAsync("quality", "aggregate", folder.Path)).Refused(ExitCode.Failed, "is a folder");
        (await CommandRun.OfAsync("quality", "aggregate", folder["votes.csv"], "--method", "bogus")).Refused(ExitCode.Misuse, "--method: expected ");
        (await CommandRun.OfAsync("quality", "aggregate", "-", "--gold", "-")).Refused(ExitCode.Misuse, "Only one of the files can be \"-\"");
        (await CommandRun.OfAsync("quality", "aggregate", folder["votes.csv"], "--method", "gold-majority")).Refused(ExitCode.Misuse, "it needs --gold");
        (await CommandRun.OfAsync("quality", "aggregate", folder["votes.csv"], "--method", "weighted-majority")).Refused(ExitCode.Misuse, "it needs --weights");
        (await CommandRun.OfAsync("quality", "aggregate", folder["votes.csv"], "--weights", folder["weights.csv"])).Refused(ExitCode.Misuse, "weighted-majority takes them");
        (await CommandRun.OfAsync("quality", "aggregate", folder["ratings.csv"], "--method", "median", "--gold", folder["gold.csv"])).Refused(ExitCode.Misuse, "median does not learn");
        await File.WriteAllTextAsync(folder["w.csv"], "worker,weight\nw0,1\n", TestContext.Current.CancellationToken);
        (await CommandRun.OfAsync("quality", "aggregate", folder["votes.csv"], "--method", "weighted-majority", "--weights", folder["w.csv"])).Refused(ExitCode.Failed, "found none for \"w1\"");
    }
}
