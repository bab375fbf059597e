using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Touchstone.Curation.Documents;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Deduplication;

/// <summary>The shared corpora and what datatrove 0.10 made of them, read once.</summary>
internal static class DeduplicationCorpus
{
    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<JsonElement>>> Files = new(StringComparer.Ordinal);

    public static IReadOnlyList<JsonElement> Lines(string name)
    {
        var path = TestData.Find(Assert.Skip, "text", $"{name}.jsonl.gz");
        return Files.GetOrAdd(path, p => new Lazy<IReadOnlyList<JsonElement>>(() => Read(p))).Value;
    }

    public static IReadOnlyList<Document> Documents(string name) => [.. Lines(name).Select(l => new Document { Id = l.GetProperty("id").GetString()!, Text = l.GetProperty("text").GetString()! })];

    /// <summary>The documents dealt out to shards one after the other, all of a shard together.</summary>
    public static IReadOnlyList<Func<IAsyncEnumerable<Document>>> Shards(IReadOnlyList<Document> documents, int shards)
    {
        var size = (documents.Count + shards - 1) / shards;
        return [.. documents.Chunk(size).Select(chunk => (Func<IAsyncEnumerable<Document>>)(() => chunk.ToAsyncEnumerable()))];
    }

    /// <summary>The first 16 digits of SHA-1, as the expected files have them.</summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The expected files hold it.")]
    public static string Sha1(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA1.HashData(bytes))[..16];

    public static string Sha1(string text) => Sha1(Encoding.UTF8.GetBytes(text));

    private static List<JsonElement> Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var lines = new List<JsonElement>();
        while (reader.ReadLine() is { } line) lines.Add(JsonElement.Parse(line));
        return lines;
    }
}
