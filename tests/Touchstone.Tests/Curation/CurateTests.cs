using System.Text.Json.Nodes;
using Touchstone.Commands.Curate;
using Touchstone.Terminal;
using Touchstone.Testing;
using Touchstone.Tests.Cli;

namespace Touchstone.Tests.Curation;

public sealed class CurateTests(SlurmCluster slurm) : IDisposable
{
    private readonly TemporaryFolder _folder = CorpusFolder.Make();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_tells_what_it_did_by_step_and_reason()
    {
        var run = (await RunAsync("first", CorpusFolder.Pipeline)).Expect(ExitCode.Done);
        Assert.Matches(@"read +300 +100\.00 %", run.Output);
        Assert.Contains("gopher_short_doc", run.Output, StringComparison.Ordinal);
        Assert.Contains("minhash_duplicate", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 fault of the source (text_not_string 1)", run.Error, StringComparison.Ordinal);
        var stats = (await CommandRun.OfAsync("curate", "stats", _folder["first"], "--json")).Expect(ExitCode.Done).Json;
        Assert.Equal(300, stats["read"]!["documents"]!.GetValue<int>());
        Assert.Equal(300, stats["kept"]!["documents"]!.GetValue<int>() + stats["steps"]!.AsArray().SelectMany(s => s!["tally"]!["dropped"]!.AsObject()).Sum(d => d.Value!["documents"]!.GetValue<int>()));
        Assert.Matches("64 - 127", (await CommandRun.OfAsync("curate", "stats", _folder["first"])).Expect(ExitCode.Done).Output);
    }

    [Fact]
    public async Task A_plan_names_shards_steps_and_what_is_needed()
    {
        var plan = (await CommandRun.OfAsync("curate", "plan", await PipelineAsync("first", CorpusFolder.Pipeline), "--out", _folder["first"], "--json")).Expect(ExitCode.Done).Json;
        Assert.Equal((1, 1, 2), (plan["files"]!.GetValue<int>(), plan["shards"]!.GetValue<int>(), plan["stages"]!.GetValue<int>()));
        Assert.True(plan["disk_bytes"]!.GetValue<long>() > 0);
        Assert.False(Directory.Exists(_folder["first"]));
    }

    [Fact]
    public async Task A_plan_counts_what_many_tiny_documents_need_beside_their_text()
    {
        await File.WriteAllLinesAsync(_folder["tiny.jsonl"], Enumerable.Range(0, 20_000).Select(i => $$"""{"text":"w{{i}}"}"""), TestContext.Current.CancellationToken);
        var pipeline = await PipelineAsync("tiny", $"source: {{ jsonl: {_folder["tiny.jsonl"]} }}\nsteps:\n  - minhash\nsink: {{ jsonl: tiny/ }}\n");
        var plan = (await CommandRun.OfAsync("curate", "plan", pipeline, "--out", _folder["tiny-run"], "--json")).Expect(ExitCode.Done).Json;
        Assert.True(plan["work_bytes"]!.GetValue<long>() > 20_000 * 14 * 68, $"{plan["work_bytes"]} bytes, but the signatures alone have more");
    }

    [Fact]
    public async Task Two_runs_are_compared_document_by_document()
    {
        await RunAsync("first", CorpusFolder.Pipeline);
        await RunAsync("second", CorpusFolder.Pipeline.Replace("words_minimum: 5", "words_minimum: 40", StringComparison.Ordinal));
        var compared = (await CommandRun.OfAsync("curate", "compare", _folder["first"], _folder["second"], "--list", _folder["changed.jsonl"], "--json")).Expect(ExitCode.Done).Json;
        var changed = File.ReadLines(_folder["changed.jsonl"]).Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal(300, compared["both"]!.GetValue<int>());
        Assert.Equal(300 - compared["same"]!.GetValue<int>(), changed.Count);
        Assert.NotEmpty(changed);
        Assert.All(changed, c => Assert.Equal("gopher_short_doc", c["after"]!["reason"]!.GetValue<string>()));
        Assert.Contains("gopher_short_doc", (await CommandRun.OfAsync("curate", "compare", _folder["first"], _folder["second"])).Expect(ExitCode.Done).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_explanation_has_every_rule_beside_its_threshold()
    {
        var said = (await CommandRun.OfAsync("curate", "explain", _folder["corpus/0.jsonl.gz"], "--line", "1", "--pipeline", "gopher", "--json")).Expect(ExitCode.Done).Json;
        Assert.Equal("en-000000", said["id"]!.GetValue<string>());
        var rules = said["steps"]!.AsArray().SelectMany(s => s!["rules"]!.AsArray()).Select(r => r!["rule"]!.GetValue<string>()).ToList();
        Assert.Contains("dup_line_frac", rules);
        Assert.Contains("gopher_short_doc", rules);
        File.WriteAllText(_folder["text.txt"], "Too short.");
        var text = (await CommandRun.OfAsync("curate", "explain", "--text", _folder["text.txt"], "--pipeline", "gopher")).Expect(ExitCode.Done);
        Assert.Contains("gopher_short_doc", text.Output, StringComparison.Ordinal);
        Assert.Contains("FALLS", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_stands_by_itself_and_escapes_what_documents_say()
    {
        File.WriteAllText(_folder["corpus/1.jsonl.gz"], "{\"id\":\"<img src=x>\",\"text\":\"<script>alert(1)</script>\"}\n");
        await RunAsync("first", CorpusFolder.Pipeline);
        (await CommandRun.OfAsync("curate", "inspect", _folder["first"])).Expect(ExitCode.Done);
        var html = File.ReadAllText(_folder["first/report.html"]);
        Assert.Contains("minhash_duplicate", html, StringComparison.Ordinal);
        Assert.Contains("Near-duplicates", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        foreach (var outside in (string[])["<script", "<img", "http://", "https://", "url("]) Assert.DoesNotContain(outside, html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_report_in_JSON_is_the_one_that_the_page_draws()
    {
        await RunAsync("first", CorpusFolder.Pipeline);
        var report = (await CommandRun.OfAsync("curate", "inspect", _folder["first"], "--json")).Expect(ExitCode.Done).Json;
        Assert.False(File.Exists(_folder["first/report.html"]));
        Assert.Equal((1, "first", 300), (report["version"]!.GetValue<int>(), report["name"]!.GetValue<string>(), report["read"]!["documents"]!.GetValue<int>()));
        (await CommandRun.OfAsync("curate", "inspect", _folder["first"])).Expect(ExitCode.Done);
        var html = File.ReadAllText(_folder["first/report.html"]);
        var example = report["examples"]!.AsArray().First(e => e!["reason"]?.GetValue<string>() == "gopher_short_doc")!;
        Assert.Contains(example["id"]!.GetValue<string>(), html, StringComparison.Ordinal);
        Assert.Contains($"gopher_short_doc {example["rules"]![0]!["value"]!.GetValue<double>()}, falls below 5", html, StringComparison.Ordinal);
        Assert.Contains("stays, the first of the corpus", html, StringComparison.Ordinal);
        Assert.Contains("text_not_string", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_of_a_run_whose_files_were_deleted_says_so_on_the_page_and_to_who_asks()
    {
        await RunAsync("first", CorpusFolder.Pipeline);
        Directory.Delete(_folder["first/dropped"], recursive: true);
        Directory.Delete(_folder["first/fates"], recursive: true);
        var inspected = (await CommandRun.OfAsync("curate", "inspect", _folder["first"])).Expect(ExitCode.Done);
        Assert.Contains("dropped/00000-000.jsonl.gz is gone", inspected.Error, StringComparison.Ordinal);
        var html = File.ReadAllText(_folder["first/report.html"]);
        Assert.Contains("Files of the run are gone or changed", html, StringComparison.Ordinal);
        Assert.Contains("fates/00000-000.jsonl.gz is gone (fates of documents)", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_a_run_are_verified_by_their_digests()
    {
        await RunAsync("first", CorpusFolder.Pipeline);
        Assert.Contains("as the run wrote it", (await CommandRun.OfAsync("curate", "stats", _folder["first"], "--verify")).Expect(ExitCode.Done).Error, StringComparison.Ordinal);
        var output = Directory.GetFiles(_folder["first/out"]).Single();
        await File.WriteAllBytesAsync(output, new byte[new FileInfo(output).Length], TestContext.Current.CancellationToken);
        const string Changed = "has another content than the run wrote";
        Assert.Contains($"out/{Path.GetFileName(output)} {Changed}", (await CommandRun.OfAsync("curate", "stats", _folder["first"], "--verify")).Expect(ExitCode.Failed).Error, StringComparison.Ordinal);
        Assert.Contains(Changed, (await CommandRun.OfAsync("curate", "inspect", _folder["first"])).Expect(ExitCode.Done).Error, StringComparison.Ordinal);
        Assert.Contains(Changed, File.ReadAllText(_folder["first/report.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_run_or_of_its_source_is_never_written_over()
    {
        await RunAsync("first", CorpusFolder.Pipeline);
        Directory.CreateSymbolicLink(_folder["link"], _folder["first"]);
        var files = Directory.GetFiles(_folder["first"], "*", SearchOption.AllDirectories).Append(_folder["corpus/0.jsonl.gz"]).ToDictionary(f => f, f => File.ReadAllBytes(f));
        Assert.True(files.Count >= 7, $"{files.Count} files");
        foreach (var file in files.Keys.Append(_folder["link/manifest.json"]))
        {
            (await CommandRun.OfAsync("curate", "inspect", _folder["first"], "--page", file)).Refused(ExitCode.Failed, file, "Name another file");
            (await CommandRun.OfAsync("curate", "compare", _folder["first"], _folder["first"], "--list", file)).Refused(ExitCode.Failed, file, "Name another file");
        }

        Assert.All(files, f => Assert.Equal(f.Value, File.ReadAllBytes(f.Key)));
        (await CommandRun.OfAsync("curate", "inspect", _folder["first"], "--page", _folder["first/report.html"])).Expect(ExitCode.Done);
        (await CommandRun.OfAsync("curate", "inspect", _folder["first"], "--page", _folder["first/report.html"])).Expect(ExitCode.Done);
    }

    [Fact]
    public async Task What_cannot_be_run_is_refused_in_a_sentence()
    {
        (await CommandRun.OfAsync("curate", "run", _folder["none.yaml"])).Refused(ExitCode.Failed, "There is no file", "fineweb");
        (await CommandRun.OfAsync("curate", "run", "fineweb")).Refused(ExitCode.Failed, "touchstone curate preset fineweb");
        (await RunAsync("first", "source: { jsonl: nothing/*.jsonl }\nsink: { jsonl: out/ }\n")).Refused(ExitCode.Failed, "nothing/*.jsonl: there is no such file");
        (await RunAsync("first", "source: { jsonl: a }\nsteps: [gopher]\nsink: { jsonl: out/ }\n")).Refused(ExitCode.Failed, "line 2, column 9", "there is no step \"gopher\"");
        (await CommandRun.OfAsync("curate", "run", _folder["pipeline.yaml"], "--memory", "much")).Expect(ExitCode.Misuse);
        (await CommandRun.OfAsync("curate", "stats", _folder.Path)).Refused(ExitCode.Failed, "there is no manifest.json");
        (await CommandRun.OfAsync("curate", "preset", "finewep")).Refused(ExitCode.Failed, "there are c4");
    }

    [Fact]
    public async Task Every_example_of_every_verb_of_curate_runs()
    {
        await slurm.StartAsync(Assert.Skip);
        await RunAsync("fineweb-run", CorpusFolder.Pipeline);
        await RunAsync("stricter-run", CorpusFolder.Pipeline.Replace("words_minimum: 5", "words_minimum: 30", StringComparison.Ordinal));
        File.WriteAllBytes(_folder["redaction.key"], [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        File.WriteAllText(_folder["letters.jsonl"], "{\"id\":\"1\",\"text\":\"Write to somebody@example.org.\"}\n");
        await RunAsync("redacted-run", $"source: {{ jsonl: {_folder["letters.jsonl"]} }}\nsteps:\n  - redact: {{ types: [email], key_file: {_folder["redaction.key"]} }}\nsink: {{ jsonl: out/ }}\n");
        var count = await HelpExamples.RunAsync(_folder.Path, [.. CurateCommand.Make().Subcommands.Where(verb => verb.Name != "share").Select(verb => $"curate {verb.Name}")]);
        Assert.True(count >= 19, $"{count} examples");
    }

    [Fact]
    public async Task A_mixture_tells_what_went_in_and_its_mistakes_by_line()
    {
        await File.WriteAllTextAsync(_folder["mix.yaml"], $"sources:\n  made: {{ jsonl: \"{_folder["corpus"]}/*.jsonl.gz\", repeats: 2, licence: CC0-1.0 }}\n", TestContext.Current.CancellationToken);
        var mixed = (await CommandRun.OfAsync("curate", "mix", _folder["mix.yaml"], "--out", _folder["mixed"])).Expect(ExitCode.Done);
        Assert.Matches(@"made +300 +2 +600", mixed.Output);
        Assert.Contains("1 fault of the sources (text_not_string 1)", mixed.Error, StringComparison.Ordinal);
        Assert.Equal(600, JsonNode.Parse(File.ReadAllText(_folder["mixed/manifest.json"]))!["written"]!["documents"]!.GetValue<int>());
        Assert.Contains("is there already", (await CommandRun.OfAsync("curate", "mix", _folder["mix.yaml"], "--out", _folder["mixed"])).Expect(ExitCode.Failed).Error, StringComparison.Ordinal);
        File.AppendAllText(_folder["mix.yaml"], "sink: x\n");
        Assert.Contains("mix.yaml, line 3, column 1", (await CommandRun.OfAsync("curate", "mix", _folder["mix.yaml"], "--out", _folder["other"])).Expect(ExitCode.Failed).Error, StringComparison.Ordinal);
        Assert.Contains("There is no file", (await CommandRun.OfAsync("curate", "mix", _folder["none.yaml"])).Expect(ExitCode.Failed).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_redacted_comes_back_with_the_key_alone()
    {
        File.WriteAllBytes(_folder["key"], new byte[32]);
        File.WriteAllBytes(_folder["other"], [.. Enumerable.Repeat((byte)1, 32)]);
        File.WriteAllText(_folder["letters.jsonl"], "{\"id\":\"1\",\"text\":\"Write to somebody@example.org.\"}\n");
        await RunAsync("redacted", $"source: {{ jsonl: {_folder["letters.jsonl"]} }}\nsteps:\n  - redact: {{ types: [email], key_file: {_folder["key"]} }}\nsink: {{ jsonl: out/, compression: none }}\n");
        async Task<CommandRun> Restore(string key, params string[] more) => await CommandRun.OfAsync(["curate", "restore", _folder["redacted"], "--key", _folder[key], "--out", _folder["restored"], .. more]);
        Assert.Contains("There is no key file", (await Restore("none")).Expect(ExitCode.Failed).Error, StringComparison.Ordinal);
        Assert.Contains("opens none of the placeholders", (await Restore("other")).Expect(ExitCode.Failed).Error, StringComparison.Ordinal);
        var said = (await Restore("key", "--json")).Expect(ExitCode.Done);
        Assert.Equal(1, said.Json["opened"]!.GetValue<int>());
        Assert.DoesNotContain("somebody", said.Output, StringComparison.Ordinal);
        Assert.Contains("\"Write to somebody@example.org.\"", File.ReadAllText(_folder["restored/00000-000.jsonl"]), StringComparison.Ordinal);
    }

    private async Task<CommandRun> RunAsync(string name, string pipeline) => await CommandRun.OfAsync("curate", "run", await PipelineAsync(name, pipeline), "--out", _folder[name], "--workers", "2");

    private async Task<string> PipelineAsync(string name, string pipeline)
    {
        await File.WriteAllTextAsync(_folder[$"{name}.yaml"], pipeline.Replace("\"corpus/", $"\"{_folder["corpus"]}/", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        return _folder[$"{name}.yaml"];
    }
}
