using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Touchstone.Curation.Reading;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Reading;

public sealed class WarcReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pages_of_plain_chunked_and_compressed_bodies_are_those_that_were_archived()
    {
        var truth = JsonElement.Parse(File.ReadAllText(Find("pages-truth.json"))).EnumerateArray().ToDictionary(t => t.GetProperty("record_id").GetString()!);
        var (documents, faults) = ReadAll.Of(SourceKind.Warc, Find("pages.warc.gz"));
        Assert.DoesNotContain(faults, f => f.Code != ReadFaultCode.BadAddress);
        Assert.Equal(truth.Count, documents.Count);
        foreach (var document in documents)
        {
            var page = truth[document.Id];
#pragma warning disable CA5350 // The expected digests are of SHA-1.
            Assert.Equal(page.GetProperty("html_sha1").GetString(), Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(document.Text))));
#pragma warning restore CA5350
            Assert.Equal(page.GetProperty("url").GetString(), JsonElement.Parse(document.Record).GetProperty("url").GetString());
        }
    }

    [Fact]
    public void Extracted_texts_are_read_with_their_addresses()
    {
        var (documents, faults) = ReadAll.Of(SourceKind.Wet, Find("pages.warc.wet.gz"));
        Assert.Empty(faults);
        Assert.Equal(60, documents.Count);
        Assert.All(documents, d => Assert.StartsWith("<urn:uuid:", d.Id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("example.warc", 1, "")]
    [InlineData("example.warc.gz", 1, "")]
    [InlineData("example-iana.org-chunked.warc", 1, "")]
    [InlineData("example-resource.warc.gz", 1, "")]
    [InlineData("example-digest.warc", 0, "")]
    [InlineData("post-test.warc.gz", 0, "")]
    [InlineData("example-space-in-target-uri.warc.gz", 0, "")]
    [InlineData("example-wget-bad-target-uri.warc.gz", 1, "")]
    [InlineData("example-bad-non-chunked.warc.gz", 1, "")]
    [InlineData("example-wrong-chunks.warc.gz", 1, "wrong_length")]
    [InlineData("example-trunc.warc", 1, "wrong_length")]
    [InlineData("example.arc.gz", 0, "arc_archive")]
    public void Real_archives_give_their_pages_and_tell_what_is_wrong(string name, int documents, string codes) =>
        Assert.Equal((documents, codes), ReadAll.Summary(SourceKind.Warc, Find(name)));

    [Theory]
    [InlineData("5\r\n<p>on\r\n6\r\ne</p>\n\r\n0\r\n\r\n", "<p>one</p>\n", "")]
    [InlineData("<p>one</p>", "<p>one</p>", "broken_body")]
    [InlineData("5\r\n<p>on\r\nzz\r\ne</p>\r\n0\r\n\r\n", "<p>on", "broken_body")]
    [InlineData("ff\r\n<p>on", "<p>on", "broken_body")]
    public void Chunks_that_are_wrong_are_told_and_what_is_there_is_taken(string body, string text, string codes)
    {
        var file = _folder["chunks.warc"];
        File.WriteAllText(file, Record(body, 0, "Transfer-Encoding: chunked\r\n", ""));
        var (documents, faults) = ReadAll.Of(SourceKind.Warc, file);
        Assert.Equal((text, codes), (Assert.Single(documents).Text, string.Join(' ', faults.Select(f => f.Code))));
    }

    [Theory]
    [InlineData(-40)]
    [InlineData(-3)]
    [InlineData(+25)]
    [InlineData(+100_000)]
    public void A_wrong_length_is_told_and_neither_loses_the_record_nor_the_next_one(int off)
    {
        var file = _folder["wrong.warc"];
        File.WriteAllText(file, Record("one", off) + Record("two", 0) + Record("three", 0));
        var (documents, faults) = ReadAll.Of(SourceKind.Warc, file);
        Assert.Equal(["<p>one</p>", "<p>two</p>", "<p>three</p>"], documents.Select(d => d.Text));
        var fault = Assert.Single(faults);
        Assert.Equal((ReadFaultCode.WrongLength, 0L), (fault.Code, fault.Place.Offset));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void A_compressed_body_that_is_cut_is_told_and_what_is_there_is_taken(string coding)
    {
        var random = new Random(5);
        var page = "<html>" + string.Concat(Enumerable.Range(0, 20_000).Select(_ => $"<p>{random.Next()}</p>\n"));
        var body = Compressed(coding, page);
        var file = _folder["cut.warc"];
        var (head, tail) = Head(body.Length - body.Length / 3);
        File.WriteAllBytes(file, [.. head, .. body[..^(body.Length / 3)], .. tail]);
        var (documents, faults) = ReadAll.Of(SourceKind.Warc, file);
        Assert.Equal(ReadFaultCode.BrokenBody, Assert.Single(faults).Code);
        var text = Assert.Single(documents).Text;
        Assert.StartsWith(text, page, StringComparison.Ordinal);
        Assert.InRange(text.Length, page.Length * 0.6, page.Length * 0.7);

        (byte[] Head, byte[] Tail) Head(int length)
        {
            var http = $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {coding}\r\n\r\n";
            return (Encoding.ASCII.GetBytes($"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.com/\r\nContent-Type: application/http\r\nContent-Length: {http.Length + length}\r\n\r\n{http}"), "\r\n\r\n"u8.ToArray());
        }
    }

    [Fact]
    public void A_compressed_body_that_grows_beyond_the_limit_is_too_long()
    {
        var body = Encoding.Latin1.GetString(Compressed("gzip", new string('x', 1_000_000)));
        var file = _folder["bomb.warc"];
        File.WriteAllText(file, Record(body, 0, "Content-Encoding: gzip\r\n", "") + Record("two", 0), Encoding.Latin1);
        Assert.Equal((1, ReadFaultCode.TooLong), ReadAll.Summary(SourceKind.Warc, file, ReadOptions.Default with { RecordBytesMax = 10_000 }));
    }

    private static byte[] Compressed(string coding, string content)
    {
        using var bytes = new MemoryStream();
        using (Stream encoder = coding switch { "gzip" => new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true), "br" => new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true), _ => new ZLibStream(bytes, CompressionLevel.Optimal, leaveOpen: true) })
            encoder.Write(Encoding.UTF8.GetBytes(content));
        return bytes.ToArray();
    }

    [Fact]
    public void Rubbish_between_records_is_told_and_reading_goes_on()
    {
        var file = _folder["rubbish.warc"];
        File.WriteAllText(file, Record("one", 0) + "what is this\r\n" + Record("two", 0) + "WARC/1.0\r\nWARC-Type: response\r\n\r\nno length\r\n\r\n" + Record("three", 0) + "end");
        var (documents, faults) = ReadAll.Of(SourceKind.Warc, file);
        Assert.Equal(["<p>one</p>", "<p>two</p>", "<p>three</p>"], documents.Select(d => d.Text));
        Assert.Equal([ReadFaultCode.BrokenRecord, ReadFaultCode.BrokenRecord, ReadFaultCode.BrokenRecord], faults.Select(f => f.Code));
    }

    [Fact]
    public void A_record_beyond_the_limit_is_told_and_passed_over()
    {
        var file = _folder["large.warc"];
        File.WriteAllText(file, Record(new string('x', 100_000), 0) + Record("two", 0) + Stated("request", new string('x', 3_000_000), 3_000_000) + Record("three", 0));
        Assert.Equal((2, $"{ReadFaultCode.TooLong} {ReadFaultCode.TooLong}"), ReadAll.Summary(SourceKind.Warc, file, ReadOptions.Default with { RecordBytesMax = 10_000 }));
    }

    [Theory]
    [InlineData("request", 2_000, 10_000)]
    [InlineData("request", 20_000, 10_000)]
    [InlineData("request", 2_000_000, 10_000)]
    [InlineData("request", 2_000_000, 5_000_000)]
    [InlineData("warcinfo", 2_000_000, 10_000)]
    [InlineData("metadata", long.MaxValue, 10_000)]
    [InlineData("response", 20_000, 10_000)]
    [InlineData("response", 2_000_000, 10_000)]
    [InlineData("response", long.MaxValue, 10_000)]
    public void A_length_that_is_much_too_large_hides_no_record_of_any_type(string type, long length, int limit)
    {
        var file = _folder["swallows.warc"];
        var page = Record(new string('x', 1000), 0);
        var good = string.Concat(Enumerable.Repeat(page, 50));
        File.WriteAllText(file, good + Stated(type, "GET / HTTP/1.1\r\n\r\n", length) + good);
        var (documents, faults) = ReadAll.Of(SourceKind.Warc, file, ReadOptions.Default with { RecordBytesMax = limit });
        Assert.Equal(100, documents.Count(d => d.Text.Length == 1007));
        var fault = Assert.Single(faults, f => f.Code != ReadFaultCode.BrokenBody);
        Assert.Equal((ReadFaultCode.WrongLength, (long)good.Length), (fault.Code, fault.Place.Offset));
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(5_000_000)]
    public void A_length_that_ends_where_a_later_record_ends_is_told_and_hides_none(int limit)
    {
        var file = _folder["fits.warc"];
        var page = Record(new string('x', 1000), 0);
        var good = string.Concat(Enumerable.Repeat(page, 50));
        const string Request = "GET / HTTP/1.1\r\n\r\n";
        File.WriteAllText(file, Stated("request", Request, Request.Length + good.Length) + good + good);
        var (documents, faults) = ReadAll.Of(SourceKind.Warc, file, ReadOptions.Default with { RecordBytesMax = limit });
        Assert.Equal(100, documents.Count);
        Assert.Equal((ReadFaultCode.WrongLength, 0L), (Assert.Single(faults).Code, faults[0].Place.Offset));
    }

    [Fact]
    public void A_page_that_quotes_an_archive_is_one_document_and_told()
    {
        var file = _folder["quotes.warc"];
        File.WriteAllText(file, Record("one\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\n\r\n", 0) + Record("two", 0));
        var (documents, faults) = ReadAll.Of(SourceKind.Warc, file);
        Assert.Equal(2, documents.Count);
        Assert.StartsWith("<p>one\r\n\r\nWARC/1.0", documents[0].Text, StringComparison.Ordinal);
        Assert.Equal(ReadFaultCode.BrokenRecord, Assert.Single(faults).Code);
    }

    [Fact]
    public void A_page_whose_length_is_far_too_small_is_taken_up_to_the_next_record()
    {
        var file = _folder["small.warc"];
        var large = new string('x', 3_000_000);
        File.WriteAllText(file, Record(large, -2_900_000) + Record("two", 0));
        var (documents, faults) = ReadAll.Of(SourceKind.Warc, file);
        Assert.Equal([$"<p>{large}</p>", "<p>two</p>"], documents.Select(d => d.Text));
        Assert.Equal(ReadFaultCode.WrongLength, Assert.Single(faults).Code);
    }

    [Fact]
    public void Archives_cut_anywhere_never_fail_and_never_lose_a_whole_record_before_the_cut()
    {
        var whole = File.ReadAllBytes(Find("example.warc"));
        var end = Encoding.Latin1.GetString(whole).IndexOf("WARC-Type: request", StringComparison.Ordinal);
        for (var cut = 0; cut < whole.Length; cut += 37)
        {
            var file = _folder[$"cut{cut}.warc"];
            File.WriteAllBytes(file, whole[..cut]);
            var (documents, _) = ReadAll.Of(SourceKind.Warc, file);
            if (cut > end) Assert.Single(documents);
        }
    }

    private static string Record(string body, int off, string head = "", string tag = "p")
    {
        var content = tag.Length == 0 ? body : $"<{tag}>{body}</{tag}>";
        var block = $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n{content}";
        return $"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.com/\r\nWARC-Record-ID: <urn:x:{body.Length}>\r\nContent-Type: application/http\r\nContent-Length: {block.Length + off}\r\n\r\n{block}\r\n\r\n";
    }

    private static string Stated(string type, string block, long length) => $"WARC/1.0\r\nWARC-Type: {type}\r\nContent-Type: application/http\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n";

    private static string Find(string name) => TestData.Find(Assert.Skip, "text", "warc", name);
}
