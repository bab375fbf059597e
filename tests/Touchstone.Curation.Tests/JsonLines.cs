using System.IO.Compression;
using System.Text.Json;

namespace Touchstone.Curation.Tests;

/// <summary>Reads the compressed lines of the reference data.</summary>
internal static class JsonLines
{
    /// <summary>Every object of a file of <c>text</c>; the elements outlive the reading.</summary>
    public static IEnumerable<JsonElement> Read(string name)
    {
        using var file = File.OpenRead(Testing.TestData.Find(Assert.Skip, "text", name));
        using var lines = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            using var parsed = JsonDocument.Parse(line);
            yield return parsed.RootElement.Clone();
        }
    }

    /// <summary>A member's text.</summary>
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
