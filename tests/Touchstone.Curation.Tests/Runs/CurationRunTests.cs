using System.IO.Compression;
using System.Text.Json;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Writing;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Runs;

public sealed class CurationRunTests : IDisposable
{
    private static readonly string[] Points = ["append", "before_checkpoint", "checkpoint", "before_marker", "marker", "published", "measured", "found", "before_manifest", "manifest"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_document_is_kept_or_dropped_with_a_reason_or_listed_as_a_fault()
    {
        RunBench.WriteCorpus(_folder["in"], files: 3, lines: 400);
        var manifest = await CurationRun.RunAsync(RunBench.Recipe(_folder["in"]), _folder["run"], RunBench.Options, Token);
        var faults = manifest.Faults["text_not_string"];
        Assert.Equal(1200, manifest.Read.Documents + faults);
        Assert.Equal(manifest.Read.Documents, manifest.Kept.Documents + manifest.Steps[0].Tally.Dropped["too_few_words"].Documents);
        var (kept, dropped) = (Lines("out"), Lines("dropped"));
        Assert.Equal((manifest.Kept.Documents, manifest.Steps[0].Tally.Dropped["too_few_words"].Documents), (kept.Count, dropped.Count));
        Assert.All(dropped, d => Assert.Equal("too_few_words", d.GetProperty("dropped").GetProperty("reason").GetString()));
        Assert.All(kept, d => Assert.True(d.GetProperty("words_before").GetInt32() >= 3));
        Assert.All(kept, d => Assert.Equal("1.50", d.GetProperty("weight").GetRawText()));
        Assert.Equal(faults, File.ReadLines(_folder["run/faults.jsonl"]).Count());
        Assert.Equal(manifest.Read.Documents, Lines("fates").Count);
        Assert.All(manifest.Outputs, o => Assert.True(o.Bytes <= 20_000));
        Assert.Equal(manifest.Outputs.Select(o => (o.Name, o.Sha256)).Concat(manifest.DroppedOutputs.Select(o => (o.Name, o.Sha256))).Concat(manifest.Fates.Select(o => (o.Name, o.Sha256))).Order(),
            RunBench.Snapshot(_folder["run"]).Where(f => f.Key.Contains('/', StringComparison.Ordinal)).Select(f => (f.Key, f.Value)).Order());
        Assert.False(Directory.Exists(_folder["run/work"]));
    }

    [Fact]
    public async Task Records_that_no_step_changed_are_written_byte_for_byte()
    {
        Directory.CreateDirectory(_folder["in"]);
        const string Odd = "{ \"a\" :1.0e3, \"text\":\"caf\\u00e9 \\/ \\ud83d\\ude00\",\"b\":[ ],\"id\" : 7 }";
        File.WriteAllText(_folder["in/1.jsonl"], Odd + "\r\n" + Odd);
        await CurationRun.RunAsync(RunBench.Recipe(_folder["in"], steps: "[]", sink: "{ jsonl: out/, compression: none }"), _folder["run"], RunBench.Options, Token);
        Assert.Equal($"{Odd}\n{Odd}\n", File.ReadAllText(_folder["run/out/00000-000.jsonl"]));
    }

    [Theory]
    [InlineData("[plain]", "{ jsonl: out/, shard: 20KB }")]
    [InlineData("[plain: { cut: stone }]", "{ parquet: out/, compression: gzip, shard: 20KB }")]
    [InlineData("[plain, minhash: { keep: first, record_clusters: true }, plain: { words_min: 6, cut: touch }]", "{ jsonl: out/, compression: zstd }")]
    public async Task Workers_change_nothing_of_what_comes_out(string steps, string sink)
    {
        RunBench.WriteCorpus(_folder["in"], files: 4, lines: 300);
        var pipeline = RunBench.Recipe(_folder["in"], steps, sink);
        await CurationRun.RunAsync(pipeline, _folder["one"], RunBench.Options with { Workers = 1 }, Token);
        await CurationRun.RunAsync(pipeline, _folder["many"], RunBench.Options with { Workers = 5, BlockBatches = 2, MemoryBytes = 1 << 30 }, Token);
        Assert.Equal(RunBench.Snapshot(_folder["one"]), RunBench.Snapshot(_folder["many"]));
        Assert.NotEmpty(RunBench.Snapshot(_folder["one"]));
    }

    [Theory]
    [InlineData("[plain: { cut: stone }]", "{ jsonl: out/, shard: 20KB }", 25)]
    [InlineData("[plain]", "{ parquet: out/, shard: 20KB }", 10)]
    [InlineData("[plain, minhash: { keep: first }, plain: { words_min: 6 }]", "{ jsonl: out/, compression: zstd }", 25)]
    public async Task A_run_that_is_broken_off_again_and_again_ends_with_the_same_bytes(string steps, string sink, int breaks)
    {
        RunBench.WriteCorpus(_folder["in"], files: 3, lines: 250);
        var pipeline = RunBench.Recipe(_folder["in"], steps, sink);
        var whole = await CurationRun.RunAsync(pipeline, _folder["whole"], RunBench.Options, Token);
        var random = new Random(20261123);
        for (var b = 0; b < breaks; b++)
        {
            var (point, after) = (Points[random.Next(Points.Length)], random.Next(1, 12));
            var options = RunBench.Options with
            {
                Workers = random.Next(1, 4),
                OnStep = step =>
                {
                    if (step == point && Interlocked.Decrement(ref after) == 0) throw new IOException("power cut");
                },
            };
            var failure = await Record.ExceptionAsync(() => CurationRun.RunAsync(pipeline, _folder["run"], options, Token));
            Assert.True(failure is null or IOException { Message: "power cut" }, failure?.ToString());
        }

        var manifest = await CurationRun.RunAsync(pipeline, _folder["run"], RunBench.Options, Token);
        Assert.Equal(RunBench.Snapshot(_folder["whole"]), RunBench.Snapshot(_folder["run"]));
        Assert.Equal(JsonSerializer.Serialize(whole with { Usage = new(0, 0, 0), Sessions = 0, Workers = 0, FinishedAt = null }, RunPlan.Json), JsonSerializer.Serialize(manifest with { Usage = new(0, 0, 0), Sessions = 0, Workers = 0, FinishedAt = null }, RunPlan.Json));
    }

    [Fact]
    public async Task At_most_one_block_is_done_again()
    {
        RunBench.WriteCorpus(_folder["in"], files: 1, lines: 2000);
        var pipeline = RunBench.Recipe(_folder["in"]);
        var appended = 0;
        var options = RunBench.Options with { ShardBytes = long.MaxValue / 4, BlockBatches = 5 };
        await Assert.ThrowsAsync<IOException>(() => CurationRun.RunAsync(pipeline, _folder["run"], options with { OnStep = s => { if (s == "append" && ++appended == 33) throw new IOException("power cut"); } }, Token));
        var again = 0;
        await CurationRun.RunAsync(pipeline, _folder["run"], options with { OnStep = s => again += s == "append" ? 1 : 0 }, Token);
        var whole = 0;
        await CurationRun.RunAsync(pipeline, _folder["whole"], options with { OnStep = s => whole += s == "append" ? 1 : 0 }, Token);
        Assert.Equal(whole - 30, again);
    }

    [Fact]
    public async Task A_finished_run_is_not_run_again()
    {
        RunBench.WriteCorpus(_folder["in"], files: 1, lines: 50);
        var pipeline = RunBench.Recipe(_folder["in"]);
        var first = await CurationRun.RunAsync(pipeline, _folder["run"], RunBench.Options, Token);
        File.SetLastWriteTimeUtc(_folder["run/manifest.json"], new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var second = await CurationRun.RunAsync(pipeline, _folder["run"], RunBench.Options with { OnStep = _ => throw new InvalidOperationException() }, Token);
        Assert.Equal(first.Usage, second.Usage);
        Assert.Null(first.FinishedBefore);
        Assert.Equal(first.FinishedAt, second.FinishedBefore);
    }

    [Theory]
    [InlineData(true, "is gone")]
    [InlineData(false, "has 4 bytes")]
    public async Task A_finished_run_whose_outputs_are_not_as_it_wrote_them_says_so(bool isGone, string message)
    {
        RunBench.WriteCorpus(_folder["in"], files: 1, lines: 50);
        var pipeline = RunBench.Recipe(_folder["in"]);
        var output = Path.Combine(_folder["run"], (await CurationRun.RunAsync(pipeline, _folder["run"], RunBench.Options, Token)).Outputs[0].Name);
        if (isGone) File.Delete(output);
        else File.WriteAllText(output, "else");
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => CurationRun.RunAsync(pipeline, _folder["run"], RunBench.Options, Token));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manifest_counts_the_lines_of_each_file()
    {
        RunBench.WriteCorpus(_folder["in"], files: 3, lines: 250);
        var manifest = await CurationRun.RunAsync(RunBench.Recipe(_folder["in"], "[plain, minhash: { keep: first }, plain: { words_min: 6 }]"), _folder["run"], RunBench.Options, Token);
        Assert.Equal(manifest.Read.Documents, manifest.Fates.Sum(f => f.Documents));
        foreach (var file in (IEnumerable<OutputFile>)[.. manifest.Outputs, .. manifest.DroppedOutputs, .. manifest.Fates, manifest.FaultList!])
            Assert.Equal((file.Name, file.Documents), (file.Name, LinesOf(_folder["run/" + file.Name]).Count()));
    }

    [Fact]
    public async Task A_list_or_an_input_that_was_written_anew_makes_another_run()
    {
        RunBench.WriteCorpus(_folder["in"], files: 1, lines: 50);
        File.WriteAllText(_folder["words.txt"], "stone\n");
        await CurationRun.RunAsync(Recipe(), _folder["run"], RunBench.Options, Token);
        Assert.NotNull((await CurationRun.RunAsync(Recipe(), _folder["run"], RunBench.Options, Token)).FinishedBefore);
        File.WriteAllText(_folder["words.txt"], "river\n");
        var list = await Assert.ThrowsAsync<InvalidDataException>(() => CurationRun.RunAsync(Recipe(), _folder["run"], RunBench.Options, Token));
        Assert.Contains("has changed", list.Message, StringComparison.Ordinal);
        File.WriteAllText(_folder["words.txt"], "stone\n");
        File.SetLastWriteTimeUtc(_folder["in/0.jsonl"], DateTime.UtcNow.AddHours(1));
        var input = await Assert.ThrowsAsync<InvalidDataException>(() => CurationRun.RunAsync(Recipe(), _folder["run"], RunBench.Options, Token));
        Assert.Contains("another file", input.Message, StringComparison.Ordinal);

        Pipeline Recipe() => RunBench.Recipe(_folder["in"], $"[c4_bad_words: {_folder["words.txt"]}]");
    }

    [Fact]
    public async Task A_folder_of_another_run_is_refused()
    {
        RunBench.WriteCorpus(_folder["in"], files: 1, lines: 50);
        await CurationRun.RunAsync(RunBench.Recipe(_folder["in"]), _folder["run"], RunBench.Options, Token);
        var other = await Assert.ThrowsAsync<InvalidDataException>(() => CurationRun.RunAsync(RunBench.Recipe(_folder["in"], "[plain: { words_min: 4 }]"), _folder["run"], RunBench.Options, Token));
        Assert.Contains("other steps", other.Message, StringComparison.Ordinal);
        File.AppendAllText(_folder["in/0.jsonl"], "{\"text\":\"more\"}\n");
        await Assert.ThrowsAsync<InvalidDataException>(() => CurationRun.RunAsync(RunBench.Recipe(_folder["in"]), _folder["run"], RunBench.Options, Token));
    }

    [Fact]
    public async Task A_step_that_fails_stops_the_run_and_names_the_document()
    {
        RunBench.WriteCorpus(_folder["in"], files: 2, lines: 50);
        File.AppendAllText(_folder["in/1.jsonl"], "{\"id\":\"culprit\",\"text\":\"now fail! please\"}\n");
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => CurationRun.RunAsync(RunBench.Recipe(_folder["in"]), _folder["run"], RunBench.Options, Token));
        Assert.Contains("culprit", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["run/manifest.json"]));
    }

    [Fact]
    public async Task Two_processes_do_not_work_on_one_run()
    {
        RunBench.WriteCorpus(_folder["in"], files: 1, lines: 50);
        using var held = new RunFolder(_folder["run"]).Hold();
        var refused = await Assert.ThrowsAsync<IOException>(() => CurationRun.RunAsync(RunBench.Recipe(_folder["in"]), _folder["run"], RunBench.Options, Token));
        Assert.Contains("another process", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_that_finishes_late_changes_nothing()
    {
        RunBench.WriteCorpus(_folder["in"], files: 1, lines: 50);
        var pipeline = RunBench.Recipe(_folder["in"]);
        var folder = new RunFolder(_folder["run"]);
        Directory.CreateDirectory(folder.Work);
        var stage = RunStage.Of(pipeline)[0];
        var (first, zombie) = folder.BeginAttempt(stage, 0, out _);
        var (second, winner) = folder.BeginAttempt(stage, 0, out _);
        var empty = new ShardMarker(second, 0, Tally.Of(1), new([], [], [], [], []));
        await folder.FinishAsync(stage, 0, winner, empty, Token);
        var counted = await folder.FinishAsync(stage, 0, zombie, empty with { Attempt = first, Documents = 17 }, Token);
        Assert.Equal((second, 0L), (counted.Attempt, counted.Documents));
    }

    [Fact]
    public async Task A_run_that_is_broken_off_while_files_are_moved_goes_on()
    {
        RunBench.WriteCorpus(_folder["in"], files: 2, lines: 100);
        var pipeline = RunBench.Recipe(_folder["in"]);
        await CurationRun.RunAsync(pipeline, _folder["whole"], RunBench.Options, Token);
        await Assert.ThrowsAsync<IOException>(() => CurationRun.RunAsync(pipeline, _folder["run"], RunBench.Options with { OnStep = s => { if (s == "before_manifest") throw new IOException("power cut"); } }, Token));
        foreach (var name in (string[])["out", "dropped", "fates"]) BreakOffMoves(_folder[$"run/{name}"]);
        await CurationRun.RunAsync(pipeline, _folder["run"], RunBench.Options, Token);
        Assert.Equal(RunBench.Snapshot(_folder["whole"]), RunBench.Snapshot(_folder["run"]));
    }

    [Theory]
    [InlineData("measured", "cut")]
    [InlineData("measured", "emptied")]
    [InlineData("measured", "gone")]
    [InlineData("measured", "flipped")]
    [InlineData("published", "cut")]
    [InlineData("found", "cut")]
    [InlineData("found", "flipped")]
    public async Task A_run_whose_work_files_were_damaged_judges_their_shard_anew(string point, string damage)
    {
        RunBench.WriteCorpus(_folder["in"], files: 3, lines: 250);
        var pipeline = RunBench.Recipe(_folder["in"], "[plain, minhash: { keep: first }, plain: { words_min: 6 }, exact, plain: { words_min: 7 }]");
        await CurationRun.RunAsync(pipeline, _folder["whole"], RunBench.Options, Token);
        for (var after = 1; after <= 2; after++)
        {
            var (run, left) = ($"run-{after}", after);
            var options = RunBench.Options with { Workers = 1, OnStep = s => { if (s == point && Interlocked.Decrement(ref left) == 0) throw new IOException("power cut"); } };
            await Assert.ThrowsAsync<IOException>(() => CurationRun.RunAsync(pipeline, _folder[run], options, Token));
            foreach (var file in Directory.GetFiles(_folder[$"{run}/work"], "spill-*", SearchOption.AllDirectories)) Damage(file, damage);
            await CurationRun.RunAsync(pipeline, _folder[run], RunBench.Options, Token);
            Assert.Equal(RunBench.Snapshot(_folder["whole"]), RunBench.Snapshot(_folder[run]));
        }
    }

    [Fact]
    public async Task Outputs_that_are_gone_before_the_run_is_finished_are_made_again()
    {
        RunBench.WriteCorpus(_folder["in"], files: 3, lines: 250);
        var pipeline = RunBench.Recipe(_folder["in"], "[plain, minhash: { keep: first }, plain: { words_min: 6 }]");
        await CurationRun.RunAsync(pipeline, _folder["whole"], RunBench.Options, Token);
        await Assert.ThrowsAsync<IOException>(() => CurationRun.RunAsync(pipeline, _folder["run"], RunBench.Options with { OnStep = s => { if (s == "before_manifest") throw new IOException("power cut"); } }, Token));
        foreach (var name in (string[])["out", "fates", "dropped"]) File.Delete(Directory.GetFiles(_folder[$"run/{name}"]).Order(StringComparer.Ordinal).Last());
        await CurationRun.RunAsync(pipeline, _folder["run"], RunBench.Options, Token);
        Assert.Equal(RunBench.Snapshot(_folder["whole"]), RunBench.Snapshot(_folder["run"]));
    }

    private static void Damage(string file, string damage)
    {
        var bytes = File.ReadAllBytes(file);
        switch (damage)
        {
            case "gone":
                File.Delete(file);
                return;
            case "flipped":
                for (var at = Spill.HeadBytes + 4; at < bytes.Length && at < Spill.HeadBytes + 40; at++) bytes[at] ^= 0x5A;
                break;
            default:
                bytes = damage == "cut" ? bytes[..^(bytes.Length / 3)] : [];
                break;
        }

        File.WriteAllBytes(file, bytes);
    }

    /// <summary>As a kill leaves files that were on their way: linked but not yet taken away at the old place, or half of a copy onto another disk.</summary>
    private void BreakOffMoves(string folder)
    {
        foreach (var (file, n) in Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select((f, n) => (f, n)))
        {
            var stem = folder.EndsWith("out", StringComparison.Ordinal) ? "kept" : Path.GetFileName(folder);
            var name = Path.GetFileName(file);
            var written = Directory.GetDirectories(_folder[$"run/work/stage-0/shard-{name[..5]}"]).Single() + $"/{stem}-{name[6..]}";
            if (n % 2 == 0)
            {
                File.Copy(file, written);
                continue;
            }

            File.Move(file, written);
            File.WriteAllBytes($"{file}.{Guid.NewGuid():N}.part", File.ReadAllBytes(written)[..^3]);
        }
    }

    [Fact]
    public async Task A_corpus_without_documents_gives_a_manifest_and_no_output()
    {
        Directory.CreateDirectory(_folder["in"]);
        File.WriteAllText(_folder["in/1.jsonl"], "");
        var manifest = await CurationRun.RunAsync(RunBench.Recipe(_folder["in"], "[plain, minhash]"), _folder["run"], RunBench.Options, Token);
        Assert.Equal((0L, 0), (manifest.Read.Documents, manifest.Outputs.Count));
    }

    private List<JsonElement> Lines(string name) => [.. Directory.GetFiles(Path.Combine(_folder["run"], name)).Order(StringComparer.Ordinal).SelectMany(LinesOf)];

    private static IEnumerable<JsonElement> LinesOf(string file)
    {
        using var content = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.OpenRead(file), CompressionMode.Decompress) : (Stream)File.OpenRead(file);
        return [.. new StreamReader(content).ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonElement.Parse(l))];
    }
}
