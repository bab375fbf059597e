using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Filters;

/// <summary>A shared corpus with what datatrove 0.10 decided on each of its documents.</summary>
internal static class Corpus
{
    /// <param name="name">Name of the corpus, such as <c>en</c>.</param>
    public static IEnumerable<(string Id, string Text, JsonElement Expected)> WithExpected(string name)
    {
        var expected = Read($"expected-{name}-filters.jsonl.gz").ToDictionary(row => row.GetProperty("id").GetString()!);
        foreach (var row in Read($"{name}.jsonl.gz")) yield return (row.GetProperty("id").GetString()!, row.GetProperty("text").GetString()!, expected[row.GetProperty("id").GetString()!]);
    }

    /// <summary>The first 16 hexadecimal digits of SHA-1 over UTF-8, by which the expected results name texts.</summary>
    public static string Digest(string text)
    {
#pragma warning disable CA5350 // The reference results name texts by SHA-1; nothing is kept secret by it.
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)))[..16];
#pragma warning restore CA5350
    }

    public static IEnumerable<JsonElement> Read(string name)
    {
        using var stream = new GZipStream(File.OpenRead(TestData.Find(Assert.Skip, "text", name)), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }
}
