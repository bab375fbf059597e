using System.Globalization;
using System.Text;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Reading.Objects;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Tests.Runs;
using Touchstone.Files.Parquet;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Reading.Objects;

public sealed class ObjectSourceTests : IClassFixture<S3Server>, IDisposable
{
    private readonly S3Server _server;
    private readonly TemporaryFolder _folder;

    public ObjectSourceTests(S3Server server)
    {
        server.Require();
        (_server, _folder) = (server, new());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SourceKind.Jsonl, "edge.jsonl.gz")]
    [InlineData(SourceKind.Warc, "warc/pages.warc.gz")]
    [InlineData(SourceKind.Wet, "warc/pages.warc.wet.gz")]
    [InlineData(SourceKind.Parquet, "rows.parquet")]
    [InlineData(SourceKind.Csv, "rows.csv")]
    [InlineData(SourceKind.Text, "notes.md")]
    [InlineData(SourceKind.Html, "page.html")]
    public async Task Every_kind_reads_the_same_as_from_a_disk(SourceKind kind, string name)
    {
        var file = _folder[Path.GetFileName(name)];
        Write(kind, name, file);
        await _server.PutFolderAsync(S3Server.Bucket, $"kinds/{kind}/", _folder.Path);
        var address = $"s3://{S3Server.Bucket}/kinds/{kind}/{Path.GetFileName(name)}";

        var expected = ReadAll.Of(kind, file);
        var source = Only(kind, address);
        var input = Assert.Single(source.Files());
        var (documents, faults) = ReadAll.Of(source.Open([input.Whole]));

        Assert.Equal((new FileInfo(file).Length, address), (input.Bytes, input.File));
        Assert.Equal(expected.Documents.Select(d => d with { Id = d.Id.Replace(file, address, StringComparison.Ordinal), Place = d.Place with { File = address } }), documents);
        Assert.Equal(expected.Faults.Select(f => (address, f.Place.Line, f.Place.Offset, f.Code, f.Message)), faults.Select(f => (f.Place.File, f.Place.Line, f.Place.Offset, f.Code, f.Message)));
        Assert.NotEmpty(documents);
    }

    [Theory]
    [InlineData("[plain]", "{ jsonl: out/ }", 6000, 300_000)]                      // one file in parts
    [InlineData("[plain, minhash: { keep: first }]", "{ parquet: out/ }", 300, 30_000)]
    public async Task A_run_over_objects_writes_the_same_bytes(string steps, string sink, int lines, int shardBytes)
    {
        RunBench.WriteCorpus(_folder["in"], files: 2, lines);
        var name = $"run-{lines}/";
        await _server.PutFolderAsync(S3Server.Bucket, name, _folder["in"]);
        var options = RunBench.Options with { ShardBytes = shardBytes };
        await CurationRun.RunAsync(RunBench.Recipe(_folder["in"], steps, sink), _folder["disk"], options, Token);
        await CurationRun.RunAsync(RunBench.Recipe($"s3://{S3Server.Bucket}/{name.TrimEnd('/')}", steps, sink), _folder["objects"], options, Token);

        Assert.Equal(Written(_folder["disk"]), Written(_folder["objects"]));
        Assert.NotEmpty(Written(_folder["disk"]));
        foreach (var (told, _) in RunBench.Snapshot(_folder["disk"]).Where(f => f.Key == "faults.jsonl" || f.Key.StartsWith("dropped/", StringComparison.Ordinal)))
            Assert.Equal(File.ReadAllText(_folder["disk/" + told]).Replace(_folder["in"] + "/", $"s3://{S3Server.Bucket}/{name}", StringComparison.Ordinal), File.ReadAllText(_folder["objects/" + told]));
        Assert.Contains("\"etag\"", File.ReadAllText(_folder["objects/plan.json"]), StringComparison.Ordinal);
        Assert.DoesNotContain("\"etag\"", File.ReadAllText(_folder["disk/plan.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_reads_at_any_place_give_the_object()
    {
        var content = new byte[ObjectStream.RangeBytes * 2 + ObjectStream.JumpBytes + 12_345];
        new Random(3).NextBytes(content);
        await _server.PutAsync(S3Server.Bucket, "bytes", content);
        var input = Source.Input($"s3://{S3Server.Bucket}/bytes", ReadOptions.Default);
        using var stream = SourceFile.OpenStored(input.Whole, ReadOptions.Default);
        using var whole = new MemoryStream();
        stream.CopyTo(whole);
        Assert.True(whole.ToArray().AsSpan().SequenceEqual(content));

        var random = new Random(5);
        var buffer = new byte[700_000];
        for (var i = 0; i < 30; i++)
        {
            if (random.Next(3) > 0) stream.Position = random.NextInt64(content.Length + 10);
            var at = (int)stream.Position;
            var got = stream.ReadAtLeast(buffer.AsSpan(0, random.Next(1, buffer.Length)), 1, throwOnEndOfStream: false);
            Assert.True(buffer.AsSpan(0, got).SequenceEqual(content.AsSpan(Math.Min(at, content.Length), got)), $"{got} bytes at {at}");
            Assert.Equal(at >= content.Length, got == 0);
        }
    }

    [Theory]
    [InlineData(S3Server.Bucket)]
    [InlineData(S3Server.PlainBucket)]
    public async Task An_object_that_changes_while_it_is_read_is_told(string bucket)
    {
        var line = Encoding.UTF8.GetBytes("{\"text\":\"" + new string('a', 1000) + "\"}\n");
        var content = Enumerable.Repeat(line, 12_000).SelectMany(b => b).ToArray();
        await _server.PutAsync(bucket, "changing.jsonl", content);
        var source = Only(SourceKind.Jsonl, $"s3://{bucket}/changing.jsonl");
        using var reader = source.Open([.. source.Files().Select(f => f.Whole)]);
        using (var first = reader.Next()) Assert.NotNull(first);
        content.AsSpan().Replace((byte)'a', (byte)'b');
        await _server.PutAsync(bucket, "changing.jsonl", content);

        var failure = Assert.Throws<ObjectChangedException>(() =>
        {
            while (reader.Next() is { } batch)
                using (batch) Assert.True(batch.Bytes > 0);
        });
        Assert.Contains($"s3://{bucket}/changing.jsonl is another object", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_does_not_go_on_with_another_object()
    {
        await _server.PutAsync(S3Server.Bucket, "later/0.jsonl", "{\"text\":\"one\"}\n"u8.ToArray());
        var pipeline = RunBench.Recipe($"s3://{S3Server.Bucket}/later");
        var before = RunPlan.Of(pipeline);
        Assert.Null(before.DifferenceTo(RunPlan.Of(pipeline)));
        await _server.PutAsync(S3Server.Bucket, "later/0.jsonl", "{\"text\":\"two\"}\n"u8.ToArray());
        Assert.Contains("later/0.jsonl", before.DifferenceTo(RunPlan.Of(pipeline))!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listings_of_more_than_a_page_are_read_to_their_end()
    {
        await Parallel.ForAsync(0, 1100, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            await _server.PutAsync(S3Server.Bucket, $"many/{i % 2}/{i:D4}.jsonl", Encoding.UTF8.GetBytes($"{{\"text\":\"{i}\"}}\n")));
        await _server.PutAsync(S3Server.Bucket, "many/0/note.md", "x"u8.ToArray());

        Assert.Equal(1100, Files("many/").Count);
        Assert.Equal(1100, Files("many").Count);
        Assert.Equal(1101, Files("many/**").Count);
        Assert.Equal(550, Files("many/[1]/*.jsonl").Count);
        Assert.Equal(["many/0/1098.jsonl", "many/1/1099.jsonl"], Files("many/**/109[89].jsonl", "many/1/1099.jsonl"));
        Assert.Throws<FileNotFoundException>(() => Files("many/*.jsonl"));
        var all = new Source(SourceKind.Jsonl, [$"s3://{S3Server.Bucket}/many/0/"], ReadOptions.Default);
        Assert.Equal(550, ReadAll.Of(all.Open([.. all.Files().Select(f => f.Whole)])).Documents.Count);

        IReadOnlyList<string> Files(params string[] keys)
        {
            var prefix = $"s3://{S3Server.Bucket}/";
            return [.. new Source(SourceKind.Jsonl, [.. keys.Select(k => prefix + k)], ReadOptions.Default).Files().Select(f => f.File[prefix.Length..])];
        }
    }

    [Fact]
    public async Task Files_and_objects_are_mixed_in_order()
    {
        const string Key = "mixed/ä b+c%20d.jsonl";
        await _server.PutAsync(S3Server.Bucket, Key, "{\"text\":\"far\"}\n"u8.ToArray());
        File.WriteAllText(_folder["a.jsonl"], "{\"text\":\"near\"}\n");
        var source = new Source(SourceKind.Jsonl, [$"s3://{S3Server.Bucket}/mixed/*", _folder["*.jsonl"]], ReadOptions.Default);
        Assert.Equal([_folder["a.jsonl"], $"s3://{S3Server.Bucket}/{Key}"], source.Files().Select(f => f.File));
        Assert.Equal(["near", "far"], ReadAll.Of(source.Open([.. source.Files().Select(f => f.Whole)])).Documents.Select(d => d.Text));
    }

    [Fact]
    public void What_is_not_there_or_not_allowed_is_told_with_its_address()
    {
        Tells<FileNotFoundException>("s3://no-such-bucket/x.jsonl", "there is no bucket no-such-bucket at http://127.0.0.1:");
        Tells<FileNotFoundException>("s3://no-such-bucket/*.jsonl", "there is no bucket no-such-bucket");
        Tells<FileNotFoundException>($"s3://{S3Server.Bucket}/nothing.jsonl", "there is no such object");
        Tells<IOException>($"s3://{S3Server.Bucket}/x/*", "access is denied", S3Server.Store(_server.Endpoint, "nobody", "not the key"));
        Tells<IOException>($"s3://{S3Server.Bucket}/x", "access is denied", S3Server.Store(_server.Endpoint, "nobody", "not the key"));
        Tells<IOException>($"s3://{S3Server.Bucket}/x", "at http://127.0.0.1:1 cannot be reached: Connection refused", S3Server.Store("http://name:word@127.0.0.1:1", S3Server.AccessKey, "not the key"));

        static void Tells<T>(string address, string message, ObjectStore? store = null)
            where T : IOException
        {
            var options = store is null ? ReadOptions.Default : ReadOptions.Default with { Objects = store };
            var failure = Assert.Throws<T>(() => new Source(SourceKind.Jsonl, [address], options).Files());
            Assert.StartsWith(address.Split('*')[0], failure.Message, StringComparison.Ordinal);
            Assert.Contains(message, failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("not the key", failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("word", failure.Message, StringComparison.Ordinal);
        }
    }

    private static Source Only(SourceKind kind, string address) => new(kind, [address], ReadOptions.Default);

    /// <summary>Digests of the files of kept documents and fates, which name no file of the source.</summary>
    private static SortedDictionary<string, string> Written(string run)
    {
        var files = RunBench.Snapshot(run);
        foreach (var name in files.Keys.Where(k => !k.StartsWith("out/", StringComparison.Ordinal) && !k.StartsWith("fates/", StringComparison.Ordinal)).ToList()) files.Remove(name);
        return files;
    }

    private static void Write(SourceKind kind, string name, string file)
    {
        switch (kind)
        {
            case SourceKind.Parquet:
                using (var stream = File.Create(file))
                {
                    var writer = new ParquetWriter(stream, new([ParquetField.Required("text", ParquetType.String), ParquetField.Required("note", ParquetType.String)]));
                    var random = new Random(11);
                    for (var i = 0; i < 3000; i++) writer.WriteRow($"text {i}", Convert.ToHexString(BitConverter.GetBytes(random.NextInt64())) + new string('x', i % 300));
                    writer.Finish();
                }

                break;
            case SourceKind.Csv:
                File.WriteAllText(file, "text,note\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"text, {i}\",a note of {i}\n"))));
                break;
            case SourceKind.Text:
                File.WriteAllText(file, "# Title\n");
                break;
            case SourceKind.Html:
                File.WriteAllText(file, "<!doctype html><meta charset=utf-8><p>straße");
                break;
            default:
                File.Copy(TestData.Find(Assert.Skip, ["text", .. name.Split('/')]), file);
                break;
        }
    }
}
