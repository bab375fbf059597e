using System.IO.Compression;
using System.Text;
using Touchstone.Curation.Reading;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Reading;

public sealed class GzipMembersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SourceKind.Jsonl)]
    [InlineData(SourceKind.Csv)]
    [InlineData(SourceKind.Wet)]
    public void Bytes_between_members_are_told_and_the_members_behind_them_are_read(SourceKind kind)
    {
        var (first, second) = (Member(Record(kind, "one", isFirst: true)), Member(Record(kind, "two", isFirst: false)));
        var file = Written([.. first, .. first, .. "GARBAGE"u8, .. second, .. "\0\0TAIL"u8]);
        var (documents, faults) = ReadAll.Of(kind, file);
        Assert.Equal("two", documents[^1].Text);
        Assert.Equal(kind == SourceKind.Csv ? 4 : 3, documents.Count);
        Assert.Equal([ReadFaultCode.BrokenCompression, ReadFaultCode.BrokenCompression], faults.Select(f => f.Code));
        Assert.Contains($"byte {2 * first.Length} of the file as it lies on the disk, found 7 other bytes before", faults[0].Message, StringComparison.Ordinal);
        Assert.Contains($"byte {2 * first.Length + 7 + second.Length} of the file as it lies on the disk, found 6 other bytes up to", faults[1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(512)]
    [InlineData(100_000)]
    public void Zeros_at_the_end_are_no_fault(int count)
    {
        var (documents, faults) = ReadAll.Of(SourceKind.Jsonl, Written([.. Member(Record(SourceKind.Jsonl, "one", isFirst: true)), .. new byte[count]]));
        Assert.Single(documents);
        Assert.Empty(faults);
    }

    [Fact]
    public void Wherever_other_bytes_lie_every_member_is_read_and_every_find_is_told()
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var random = new Random(seed);
            using var bytes = new MemoryStream();
            var (members, finds) = (random.Next(1, 40), 0);
            for (var member = 0; member < members; member++)
            {
                var noise = new byte[random.Next(1, 30_000)];
                random.NextBytes(noise);
                bytes.Write(Member($"{{\"id\":\"{member}\",\"text\":\"{Convert.ToHexString(noise)}\"}}\n"));
                if (random.Next(3) > 0) continue;
                var stray = new byte[random.Next(1, 20_000)];
                Array.Fill(stray, (byte)random.Next(0x20, 0x7F));
                bytes.Write(stray);
                finds++;
            }

            var (documents, faults) = ReadAll.Of(SourceKind.Jsonl, Written(bytes.ToArray()), ReadOptions.Default with { BatchBytes = random.Next(100, 100_000) });
            Assert.Equal(Enumerable.Range(0, members).Select(m => $"{m}"), documents.Select(d => d.Id));
            Assert.Equal(Enumerable.Repeat(ReadFaultCode.BrokenCompression, finds), faults.Select(f => f.Code));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void A_checksum_that_does_not_match_takes_no_line(int fromEnd)
    {
        foreach (var count in (int[])[1, 100, 5000])
        {
            var lines = string.Concat(Enumerable.Range(0, count).Select(i => $"{{\"id\":\"{i}\",\"text\":\"some text\"}}\n"));
            byte[] bytes = [.. Member("{\"id\":\"first\",\"text\":\"a\"}\n"), .. Member(lines)];
            bytes[^fromEnd] ^= 0x55;
            foreach (var batch in (int[])[200, 1 << 20])
            {
                var (documents, faults) = ReadAll.Of(SourceKind.Jsonl, Written(bytes), ReadOptions.Default with { BatchBytes = batch });
                Assert.Equal(count + 1, documents.Count);
                Assert.Equal(ReadFaultCode.BrokenCompression, Assert.Single(faults).Code);
                Assert.Contains("the checksum does not match", faults[0].Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Bytes_that_begin_as_a_member_and_are_none_are_told()
    {
        var member = Member(Record(SourceKind.Jsonl, "one", isFirst: true));
        foreach (var stray in (byte[][])[[0x1F], [0x1F, 0], [0x1F, 0x8B], [0x1F, 0x8B, 7, 0, 0, 0, 0, 0, 0, 0, 0]])
        {
            var (documents, faults) = ReadAll.Of(SourceKind.Jsonl, Written([.. member, .. stray]));
            Assert.Single(documents);
            Assert.Equal(ReadFaultCode.BrokenCompression, Assert.Single(faults).Code);
        }
    }

    private static string Record(SourceKind kind, string text, bool isFirst) => kind switch
    {
        SourceKind.Csv => (isFirst ? "text\n" : "") + text + "\n",
        SourceKind.Jsonl => $"{{\"text\":\"{text}\"}}\n",
        _ => $"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://example.org/\r\nContent-Type: text/plain\r\nContent-Length: {text.Length}\r\n\r\n{text}\r\n\r\n",
    };

    private static byte[] Member(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    private string Written(byte[] bytes)
    {
        File.WriteAllBytes(_folder["corpus.gz"], bytes);
        return _folder["corpus.gz"];
    }
}
