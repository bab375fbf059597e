using System.Text;
using System.Text.Json.Nodes;
using Touchstone.Terminal;
using Touchstone.Testing;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Quality;

/// <summary><c>touchstone quality errors</c> against cleanlab.</summary>
public sealed class ErrorsTests
{
    [Theory]
    [InlineData("prune-by-noise-rate", "prune_by_noise_rate")]
    [InlineData("prune-by-class", "prune_by_class")]
    [InlineData("confident-learning", "confident_learning")]
    [InlineData("predicted-neq-given", "predicted_neq_given")]
    public async Task The_errors_are_those_of_cleanlab(string filter, string name)
    {
        using var folder = new TemporaryFolder();
        var (labels, probabilities) = (new StringBuilder("task,label\n"), new StringBuilder("p3,p0,task,p1,p2\n"));
        foreach (var line in (await File.ReadAllLinesAsync(TestData.Find(Assert.Skip, "crowd", "labelerrors-synthetic.csv"), TestContext.Current.CancellationToken)).Skip(1))
        {
            var fields = line.Split(',');
            labels.Append($"{fields[0]},p{fields[1]}\n");
            probabilities.Append($"{fields[6]},{fields[3]},{fields[0]},{fields[4]},{fields[5]}\n");
        }

        await File.WriteAllTextAsync(folder["l.csv"], labels.ToString(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["p.csv"], probabilities.ToString(), TestContext.Current.CancellationToken);
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(TestData.Find(Assert.Skip, "crowd", "expected-labelerrors.json"), TestContext.Current.CancellationToken))!;
        var json = (await CommandRun.OfAsync("quality", "errors", "--labels", folder["l.csv"], "--probabilities", folder["p.csv"], "--filter", filter, "--out", folder["o.csv"], "--json")).Expect(ExitCode.Done).Json;
        var ids = expected["issues"]![name]!["ids"]!.AsArray().Select(i => i!.GetValue<int>()).ToArray();
        Assert.Equal(ids, json["issues"]!.AsArray().Select(i => int.Parse(i!["task"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture)).Order());
        Assert.Equal(expected["num_label_issues_off_diagonal"]!.GetValue<int>(), json["estimated_errors"]!.GetValue<int>());
        Assert.Equal(ids.Length, (await File.ReadAllLinesAsync(folder["o.csv"], TestContext.Current.CancellationToken)).Count(l => l.EndsWith(",true", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("task,cat,dog\np0,NaN,1\n", "p.csv, line 2, column 4: expected a number from 0 to 1 as cat, found \"NaN\"")]
    [InlineData("task,cat,dog\np0,1,0\np1,Infinity,0\n", "p.csv, line 3, column 4: expected a number from 0 to 1 as cat, found \"Infinity\"")]
    [InlineData("task,cat,dog\np0,1.5,-0.5\n", "p.csv, line 2, column 4: expected a number from 0 to 1 as cat, found \"1.5\"")]
    [InlineData("task,cat,dog\np0,0.5,0.4\n", "p.csv, line 2: expected probabilities that sum to 1, found a sum of 0.9; are they scores before a softmax?")]
    [InlineData("task,cat,dog\np0,0.5,0.5\np0,0.5,0.5\n", "p.csv, line 3, column 1: expected every task once, found \"p0\" a second time")]
    [InlineData("task,cat\np0,1\n", "has the label \"dog\", for which ")]
    [InlineData("id,cat,dog\np0,1,0\n", "p.csv, line 1: expected the columns task; task is missing, found \"id, cat, dog\"")]
    [InlineData("task,cat,dog\nother,1,0\n", "Do the tasks of both files have the same names?")]
    public async Task Probabilities_that_are_none_are_told(string text, string message)
    {
        using var folder = QualityFolder.Make();
        await File.WriteAllTextAsync(folder["p.csv"], text, TestContext.Current.CancellationToken);
        (await CommandRun.OfAsync("quality", "errors", "--labels", folder["labels.csv"], "--probabilities", folder["p.csv"])).Refused(ExitCode.Failed, message);
    }
}
