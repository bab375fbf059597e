using System.Text.Json.Nodes;
using Touchstone.Terminal;
using Touchstone.Testing;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Conversions;

/// <summary><c>touchstone convert</c> and <c>inspect</c> with records to train language models with, and with texts.</summary>
public sealed class ConvertRecordsTests
{
    [Fact]
    public async Task Pairs_are_recognised_parted_and_written_with_a_report()
    {
        using var folder = new ConversionFolder();
        var run = (await CommandRun.OfAsync("convert", "--to", "trl", folder["pairs.jsonl"], folder["trl"], "--split", "train=0.8,test=0.2", "--seed", "3", "--report", folder["report.json"], "--json")).Expect(0).Json;
        Assert.Equal(("hh-rlhf", "trl", 20, 20, 0), (run["from"]!.GetValue<string>(), run["to"]!.GetValue<string>(), run["records_read"]!.GetValue<int>(), run["records_written"]!.GetValue<int>(), run["losses"]!.AsArray().Count));
        Assert.Equal(16, (await File.ReadAllLinesAsync(folder["trl/train.jsonl"], TestContext.Current.CancellationToken)).Length);
        Assert.Equal(4, (await File.ReadAllLinesAsync(folder["trl/test.jsonl"], TestContext.Current.CancellationToken)).Length);
        Assert.True(JsonNode.DeepEquals(run, JsonNode.Parse(await File.ReadAllTextAsync(folder["report.json"], TestContext.Current.CancellationToken))));
        var set = (await CommandRun.OfAsync("inspect", folder["trl"], "--json")).Expect(0).Json["data_sets"]!.AsArray().Single()!;
        Assert.Equal(("trl", 20, 20, 4), (set["format"]!.GetValue<string>(), set["records"]!.GetValue<int>(), set["kinds"]!["preference"]!.GetValue<int>(), set["splits"]!["test"]!.GetValue<int>()));
    }

    [Fact]
    public async Task What_a_target_cannot_carry_is_told_in_words()
    {
        using var folder = new ConversionFolder();
        var run = (await CommandRun.OfAsync("convert", "--to", "trl", "--trl-type", "prompt-only", folder["pairs.jsonl"], folder["prompts.jsonl"])).Expect(0);
        Assert.Contains("HH-RLHF to TRL: 20 records of 20, 1 files.", run.Output, StringComparison.Ordinal);
        Assert.Contains("TRL (prompt-only) has prompts alone; completions are left out.", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("{\"prompt\":[{\"role\":\"user\",\"content\":\"q0\"}]}", await File.ReadAllTextAsync(folder["prompts.jsonl"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_row_is_named_and_the_others_go_on_unless_it_is_strict()
    {
        using var folder = new ConversionFolder();
        folder.Write("bad.jsonl", "{\"prompt\":\"a\",\"completion\":\"b\"}\n{\"prompt\":\"a\",\"completion\":7}\n");
        var run = (await CommandRun.OfAsync("convert", "--to", "openai-chat", folder["bad.jsonl"], folder["chat.jsonl"])).Expect(0);
        Assert.Contains("bad.jsonl: line 2 /completion: a text or a list of messages was expected; 7 found.", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 records of 1", run.Output, StringComparison.Ordinal);
        (await CommandRun.OfAsync("convert", "--to", "openai-chat", folder["bad.jsonl"], folder["chat2.jsonl"], "--strict")).Refused(ExitCode.Failed, "bad.jsonl: line 2");
    }

    [Fact]
    public async Task What_cannot_be_is_refused_in_words()
    {
        using var folder = new ConversionFolder();
        (await CommandRun.OfAsync("convert", "--to", "coco", folder["pairs.jsonl"], folder["out"])).Refused(ExitCode.Misuse, "COCO is about labels of inputs, HH-RLHF about records");
        (await CommandRun.OfAsync("convert", "--to", "pandalm", folder["pairs.jsonl"], folder["out"])).Refused(ExitCode.Misuse, "read and not written");
        (await CommandRun.OfAsync("convert", "--to", "trl", folder["pairs.jsonl"], folder["out"], "--map", folder["classes.yaml"])).Refused(ExitCode.Misuse, "--map is about labels of pictures");
        (await CommandRun.OfAsync("convert", folder["pairs.jsonl"], folder["out.jsonl"])).Refused(ExitCode.Misuse, "openai-preference");
    }

    [Fact]
    public async Task Rows_go_into_Parquet_and_back_with_nothing_lost()
    {
        using var folder = new ConversionFolder();
        (await CommandRun.OfAsync("convert", "--to", "trl", folder["pairs.jsonl"], folder["parts"], "--split", "train=0.8,test=0.2", "--rows", "parquet")).Expect(0);
        Assert.Equal(["test.parquet", "train.parquet"], Directory.GetFiles(folder["parts"]).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        var set = (await CommandRun.OfAsync("inspect", folder["parts"], "--json")).Expect(0).Json["data_sets"]!.AsArray().Single()!;
        Assert.Equal(("trl", 20, 4), (set["format"]!.GetValue<string>(), set["records"]!.GetValue<int>(), set["splits"]!["test"]!.GetValue<int>()));
        (await CommandRun.OfAsync("convert", "--to", "trl", folder["pairs.jsonl"], folder["lines.jsonl"])).Expect(0);
        (await CommandRun.OfAsync("convert", "--to", "trl", folder["pairs.jsonl"], folder["one.parquet"])).Expect(0);
        var back = (await CommandRun.OfAsync("convert", "--to", "trl", folder["one.parquet"], folder["back.jsonl"], "--json")).Expect(0).Json;
        Assert.Empty(back["losses"]!.AsArray());
        Assert.Equal(await File.ReadAllTextAsync(folder["lines.jsonl"], TestContext.Current.CancellationToken), await File.ReadAllTextAsync(folder["back.jsonl"], TestContext.Current.CancellationToken));
        (await CommandRun.OfAsync("convert", "--to", "trl", folder["pairs.jsonl"], folder["other.jsonl"], "--rows", "parquet")).Refused(ExitCode.Misuse, "--rows parquet");
        (await CommandRun.OfAsync("convert", "--to", "conll", folder["ner.jsonl"], folder["ner2.conll"], "--rows", "parquet")).Refused(ExitCode.Misuse, "--rows is about records");
        folder.Write("no.parquet", "no Parquet at all");
        (await CommandRun.OfAsync("convert", "--from", "trl", "--to", "trl", folder["no.parquet"], folder["never.jsonl"])).Refused(ExitCode.Failed, "no.parquet");
    }

    [Fact]
    public async Task Spans_go_from_doccano_to_columns_and_back()
    {
        using var folder = new ConversionFolder();
        (await CommandRun.OfAsync("convert", "--to", "conll", folder["ner.jsonl"], folder["ner.conll"])).Expect(0);
        Assert.Equal("EU -X- _ B-ORG", (await File.ReadAllLinesAsync(folder["ner.conll"], TestContext.Current.CancellationToken))[0]);
        var run = (await CommandRun.OfAsync("convert", "--to", "doccano", "--doccano-code-points", folder["ner.conll"], folder["back.jsonl"], "--json")).Expect(0).Json;
        Assert.Equal(("conll", 1, 2), (run["from"]!.GetValue<string>(), run["inputs_written"]!.GetValue<int>(), run["objects_written"]!.GetValue<int>()));
        Assert.Contains("[[0,2,\"ORG\"],[11,17,\"MISC\"]]", await File.ReadAllTextAsync(folder["back.jsonl"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_published_set_is_recognised_and_looked_at()
    {
        var sets = (await CommandRun.OfAsync("inspect", TestData.Find(Assert.Skip, "preferences", "hh-rlhf"), "--json")).Expect(0).Json["data_sets"]!.AsArray();
        Assert.Equal(("hh-rlhf", 2312), (sets[0]!["format"]!.GetValue<string>(), sets[0]!["records"]!.GetValue<int>()));
        Assert.Equal(4, sets[0]!["suspicions"]!.AsArray().Single(s => s!["kind"]!.GetValue<string>() == "empty_completion")!["count"]!.GetValue<int>());
        var text = (await CommandRun.OfAsync("inspect", TestData.Find(Assert.Skip, "preferences", "process"))).Expect(0).Output;
        Assert.Contains("PRM800K", text, StringComparison.Ordinal);
        Assert.Contains("BIG-Bench Mistake", text, StringComparison.Ordinal);
    }
}
