using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Writing;
using Touchstone.Testing;
using TestData = Touchstone.Testing.TestData;

namespace Touchstone.Curation.Tests.Reading;

public sealed class JsonLinesReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_document_of_a_real_corpus_is_read_with_its_record_as_it_lies()
    {
        var file = TestData.Find(Assert.Skip, "text", "edge.jsonl.gz");
        var lines = Lines(file);
        var (documents, faults) = ReadAll.Of(SourceKind.Jsonl, file);
        Assert.Empty(faults);
        Assert.Equal(lines, documents.Select(d => d.Record));
        Assert.Equal(lines.Select(l => System.Text.Json.JsonElement.Parse(l).GetProperty("text").GetString()), documents.Select(d => d.Text));
    }

    [Theory]
    [InlineData(LinesCompression.None)]
    [InlineData(LinesCompression.Gzip)]
    [InlineData(LinesCompression.Zstd)]
    public void Blocks_compressed_by_themselves_are_read_as_one_file(LinesCompression compression)
    {
        var blocks = new BlockCompression(compression);
        var file = _folder["corpus"];
        using (var output = File.Create(file))
            for (var block = 0; block < 5; block++)
                output.Write(blocks.Compress(Encoding.UTF8.GetBytes($"{{\"id\":\"{block}a\",\"text\":\"one\"}}\n{{\"id\":\"{block}b\",\"text\":\"two\"}}\n")).Span);
        var (documents, faults) = ReadAll.Of(SourceKind.Jsonl, file);
        Assert.Empty(faults);
        Assert.Equal("0a 0b 1a 1b 2a 2b 3a 3b 4a 4b", string.Join(' ', documents.Select(d => d.Id)));
        Assert.Equal(Enumerable.Range(1, 10).Select(n => (long)n), documents.Select(d => d.Place.Line));
    }

    [Fact]
    public void However_a_file_is_cut_into_batches_and_ranges_every_line_is_read_once() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var text = new StringBuilder();
            var count = random.Next(1, 60);
            for (var i = 0; i < count; i++)
                text.Append($"{{\"id\":\"{i}\",\"text\":\"{new string('x', random.Next(1, 300))}\"}}").Append(random.Next(4) == 0 ? "\r\n" : random.Next(6) == 0 ? "\n\n" : i == count - 1 && random.Next(2) == 0 ? "" : "\n");
            var file = _folder[$"{seed}.jsonl"];
            File.WriteAllText(file, text.ToString());
            var size = new FileInfo(file).Length;
            var options = ReadOptions.Default with { BatchBytes = random.Next(64, 1024) };
            var source = new Source(SourceKind.Jsonl, [file], options);
            var shards = source.Shards([SourcePart.Whole(file, size)], shardBytes: random.Next(16, 2000));
            var ids = shards.SelectMany(s => ReadAll.Of(source.Open(s)).Documents).ToList();
            Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i}"), ids.Select(d => d.Id));
            Assert.All(ids, d => Assert.Equal(d.Record, Encoding.UTF8.GetString(File.ReadAllBytes(file).AsSpan((int)d.Place.Offset, d.Record.Length))));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("{\"text\":\"a\"", ReadFaultCode.NotJson)]
    [InlineData("[\"text\"]", ReadFaultCode.NotJson)]
    [InlineData("{\"text\":\"a\"} {}", ReadFaultCode.NotJson)]
    [InlineData("{\"text\":\"a\0b\"}", ReadFaultCode.NotJson)]
    [InlineData("{\"id\":\"a\"}", ReadFaultCode.NoText)]
    [InlineData("{\"text\":7}", ReadFaultCode.TextNotString)]
    [InlineData("{\"text\":null}", ReadFaultCode.TextNotString)]
    [InlineData("{\"text\":{\"text\":\"a\"}}", ReadFaultCode.TextNotString)]
    [InlineData("{\"text\":\"\"}", ReadFaultCode.EmptyText)]
    [InlineData("{\"text\":\"a\",\"text\":\"b\"}", ReadFaultCode.TwoTexts)]
    [InlineData("{\"text\":\"a\\ud800b\"}", ReadFaultCode.InvalidUnicode)]
    public void A_line_that_is_no_document_is_told_with_its_place_and_the_others_are_read(string line, string code)
    {
        var file = _folder["corpus.jsonl"];
        File.WriteAllText(file, $"{{\"text\":\"before\"}}\n{line}\n{{\"text\":\"behind\"}}");
        var (documents, faults) = ReadAll.Of(SourceKind.Jsonl, file);
        Assert.Equal(["before", "behind"], documents.Select(d => d.Text));
        var fault = Assert.Single(faults);
        Assert.Equal((code, 2L, 18L), (fault.Code, fault.Place.Line, fault.Place.Offset));
        Assert.Equal("corpus.jsonl#0", documents[0].Id);
    }

    [Fact]
    public void Whatever_lies_in_a_file_every_line_is_a_document_or_a_fault() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            ReadOnlySpan<byte> likely = "{}[]\":,\\ued800textid 0\n\n\r"u8;
            var bytes = new byte[random.Next(1, 3000)];
            for (var i = 0; i < bytes.Length; i++) bytes[i] = random.Next(5) == 0 ? (byte)random.Next(256) : likely[random.Next(likely.Length)];
            if (bytes is [0x1F, 0x8B, ..] or [0x28, 0xB5, 0x2F, 0xFD, ..] or [_, 0x2A, 0x4D, 0x18, ..] or [0xEF, 0xBB, ..]) return;
            if (random.Next(2) == 0) "{\"text\":\"a\"}\n"u8.CopyTo(bytes.AsSpan(0, Math.Min(bytes.Length, 13)) is { Length: 13 } start ? start : new byte[13]);
            var file = _folder[$"{seed}.jsonl"];
            File.WriteAllBytes(file, bytes);
            var lines = Encoding.Latin1.GetString(bytes).Split('\n').Count(l => l.Trim(' ', '\t', '\r').Length > 0);
            var (documents, faults) = ReadAll.Of(SourceKind.Jsonl, file, ReadOptions.Default with { BatchBytes = random.Next(16, 500) });
            Assert.Equal(lines, documents.Count + faults.Count);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bytes_that_are_no_utf8_are_told_wherever_in_the_record_they_stand()
    {
        var file = _folder["corpus.jsonl"];
        File.WriteAllBytes(file, [.. "{\"text\":\"good\",\"author\":\"Jos"u8, 0xE9, .. "\"}\n{\"text\":\"fine\\u0000\"}\n"u8]);
        var (documents, faults) = ReadAll.Of(SourceKind.Jsonl, file);
        Assert.Equal("fine\0", Assert.Single(documents).Text);
        Assert.Contains("byte 28", Assert.Single(faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused_and_does_not_overflow()
    {
        var file = _folder["corpus.jsonl"];
        File.WriteAllText(file, $"{{\"text\":\"a\",\"deep\":{new string('[', 200_000)}{new string(']', 200_000)}}}\n{{\"text\":\"b\"}}\n");
        Assert.Equal((1, ReadFaultCode.NotJson), ReadAll.Summary(SourceKind.Jsonl, file));
    }

    [Fact]
    public void A_line_beyond_the_limit_is_passed_over_without_holding_it()
    {
        var file = _folder["corpus.jsonl.gz"];
        using (var gzip = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        {
            gzip.Write("{\"text\":\"before\"}\n{\"text\":\""u8);
            var much = new byte[1 << 20];
            Array.Fill(much, (byte)'x');
            for (var i = 0; i < 200; i++) gzip.Write(much);
            gzip.Write("\"}\n{\"text\":\"behind\"}\n"u8);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var (documents, faults) = ReadAll.Of(SourceKind.Jsonl, file, ReadOptions.Default with { RecordBytesMax = 4 << 20 });
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 60 << 20);
        Assert.Equal([("before", 1L), ("behind", 3L)], documents.Select(d => (d.Text, d.Place.Line)));
        var fault = Assert.Single(faults);
        Assert.Equal((ReadFaultCode.TooLong, 2L, 18L), (fault.Code, fault.Place.Line, fault.Place.Offset));
    }

    [Theory]
    [InlineData(LinesCompression.Gzip, false)]
    [InlineData(LinesCompression.Gzip, true)]
    [InlineData(LinesCompression.Zstd, false)]
    [InlineData(LinesCompression.Zstd, true)]
    public void Compressed_data_that_is_cut_or_damaged_gives_what_stands_before_and_one_fault(LinesCompression compression, bool isDamaged)
    {
        var random = new Random(5);
        var lines = string.Concat(Enumerable.Range(0, 4000).Select(i => $"{{\"id\":\"{i}\",\"text\":\"{Convert.ToHexString(BitConverter.GetBytes(random.NextInt64()))}\"}}\n"));
        var whole = new BlockCompression(compression).Compress(Encoding.UTF8.GetBytes(lines)).ToArray();
        var file = _folder["corpus"];
        if (isDamaged) whole.AsSpan(whole.Length / 2, 40).Fill(0xFF);
        File.WriteAllBytes(file, isDamaged ? whole : whole[..(whole.Length / 2)]);
        var (documents, faults) = ReadAll.Of(SourceKind.Jsonl, file, ReadOptions.Default with { BatchBytes = 4096 });
        Assert.Equal(1, faults.Count(f => f.Code == ReadFaultCode.BrokenCompression));
        Assert.InRange(documents.Count, compression == LinesCompression.Gzip ? 1000 : 0, 3999);
        if (isDamaged) return;                     // deflate decodes damaged bits to other text until the checksum at the end of the member tells
        Assert.Single(faults);
        Assert.Equal(Enumerable.Range(0, documents.Count).Select(i => $"{i}"), documents.Select(d => d.Id));
    }

    [Fact]
    public void Names_of_the_members_can_be_chosen()
    {
        var file = _folder["corpus.jsonl"];
        File.WriteAllText(file, "{\"text\":\"no\",\"content\":\"yes\",\"n\":17}\n");
        var seen = Assert.Single(ReadAll.Of(SourceKind.Jsonl, file, ReadOptions.Default with { TextName = "content", IdName = "n" }).Documents);
        Assert.Equal(("17", "yes"), (seen.Id, seen.Text));
    }

    private static List<string> Lines(string file)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress), Encoding.UTF8);
        var lines = new List<string>();
        while (text.ReadLine() is { } line) lines.Add(line);
        return lines;
    }
}
