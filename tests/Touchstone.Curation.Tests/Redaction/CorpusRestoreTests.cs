using System.IO.Compression;
using System.Text.Json;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Redaction;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Tests.Runs;
using Touchstone.Curation.Writing;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Redaction;

public sealed class CorpusRestoreTests : IDisposable
{
    private static readonly string[] Texts = ["Write to müller@köln.de or call +1 202 555 0123.", "Nothing to hide.", "müller@köln.de again, and 8.8.8.8 \"quoted\"", "[EMAIL] was here before"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static RestoreResult Restore(Source source, RedactionKey key, string folder, bool allowUnopened = false) =>
        CorpusRestore.Run(source, key, folder, allowUnopened, new(LinesCompression.Gzip), cancellationToken: TestContext.Current.CancellationToken);

    private async Task RedactAsync(string run, string sink = "{ jsonl: out/ }", bool hasKey = true)
    {
        Directory.CreateDirectory(_folder["in"]);
        File.WriteAllLines(_folder["in/1.jsonl"], Texts.Select((t, i) => JsonSerializer.Serialize(new { id = $"d{i}", text = t, n = 1.5 })));
        File.WriteAllBytes(_folder["key"], [.. Enumerable.Range(3, 40).Select(i => (byte)i)]);
        var key = hasKey ? $", key_file: \"{_folder["key"]}\"" : "";
        await CurationRun.RunAsync(RunBench.Recipe(_folder["in"], $"[redact: {{ types: [general]{key} }}]", sink), _folder[run], RunBench.Options, TestContext.Current.CancellationToken);
    }

    private List<string> TextsOf(string folder)
    {
        var texts = new List<string>();
        foreach (var file in Directory.EnumerateFiles(_folder[folder], "*.jsonl.gz").Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            while (reader.ReadLine() is { } line) texts.Add(JsonElement.Parse(line).GetProperty("text").GetString()!);
        }

        return texts;
    }

    [Theory]
    [InlineData("{ jsonl: out/ }")]
    [InlineData("{ jsonl: out/, compression: zstd }")]
    [InlineData("{ parquet: out/ }")]
    public async Task A_run_that_redacted_with_a_key_is_restored_with_it(string sink)
    {
        await RedactAsync("run", sink);
        using var key = RedactionKey.Read(_folder["key"]);
        var result = Restore(CorpusRestore.SourceOf(_folder["run"]), key, _folder["restored"]);
        Assert.Equal(Texts, TextsOf("restored"));
        Assert.Equal((4L, 2L, 4L, 0L), (result.Documents, result.Changed, result.Opened, result.Unopened));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["restored"]));
        foreach (var file in Directory.EnumerateFiles(_folder["run"], "*.json")) Assert.DoesNotContain("ller@", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_key_opens_nothing_and_nothing_is_written()
    {
        await RedactAsync("run");
        File.WriteAllBytes(_folder["other"], new byte[32]);
        using var other = RedactionKey.Read(_folder["other"]);
        var refused = Assert.Throws<InvalidDataException>(() => Restore(CorpusRestore.SourceOf(_folder["run"]), other, _folder["restored"], allowUnopened: true));
        Assert.Contains("opens none of the placeholders (4 of 4 placeholders)", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["restored"]) || Directory.Exists(_folder["restored.partial"]));
    }

    [Fact]
    public async Task A_placeholder_that_was_changed_is_named_by_its_place_and_stays_where_that_is_allowed()
    {
        await RedactAsync("run", "{ jsonl: out/, compression: none }");
        var lines = File.ReadAllLines(_folder["run/out/00000-000.jsonl"]);
        var at = lines[2].IndexOf("[IP:", StringComparison.Ordinal) + 10;
        lines[2] = lines[2][..at] + (lines[2][at] == 'A' ? 'B' : 'A') + lines[2][(at + 1)..];
        File.WriteAllLines(_folder["changed.jsonl"], lines);
        using var key = RedactionKey.Read(_folder["key"]);
        var source = new Source(SourceKind.Jsonl, [_folder["changed.jsonl"]], ReadOptions.Default);
        var refused = Assert.Throws<InvalidDataException>(() => Restore(source, key, _folder["restored"]));
        Assert.Contains($"does not open 1 of 4 placeholders: they were changed since, or redacted with another key. The first are in {_folder["changed.jsonl"]}:3 (document d2)", refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["restored"]));
        var restored = Restore(source, key, _folder["restored"], allowUnopened: true);
        Assert.Equal((3L, 1L), (restored.Opened, restored.Unopened));
        Assert.Equal(Texts[..2], TextsOf("restored")[..2]);
        Assert.StartsWith("müller@köln.de again, and [IP:", TextsOf("restored")[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_redacted_with_a_key_is_told()
    {
        await RedactAsync("run", hasKey: false);
        Assert.Contains("redacted without a key", Assert.Throws<InvalidDataException>(() => CorpusRestore.SourceOf(_folder["run"])).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => CorpusRestore.SourceOf(_folder["in"]));
        using var key = RedactionKey.Read(_folder["key"]);
        var refused = Assert.Throws<InvalidDataException>(() => Restore(new Source(SourceKind.Jsonl, [_folder["in/1.jsonl"]], ReadOptions.Default), key, _folder["restored"]));
        Assert.Contains("None of the 4 documents has a placeholder with a sign", refused.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => RedactionKey.Read(_folder["missing"]));
        File.WriteAllBytes(_folder["short"], new byte[31]);
        Assert.Contains("expected a key of 32 to 65536 bytes, found 31", Assert.Throws<InvalidDataException>(() => RedactionKey.Read(_folder["short"])).Message, StringComparison.Ordinal);
    }
}
