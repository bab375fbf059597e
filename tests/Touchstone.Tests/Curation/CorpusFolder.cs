using System.Globalization;
using System.IO.Compression;
using Touchstone.Testing;

namespace Touchstone.Tests.Curation;

/// <summary>A folder with a small corpus, a pipeline upon it and what the examples of the help name.</summary>
internal static class CorpusFolder
{
    public const string Pipeline = """
        source: { jsonl: "corpus/*.jsonl.gz" }
        steps:
          - gopher_quality: { words_minimum: 5, stop_words_minimum: 0 }
          - minhash: { keep: first, record_clusters: true }
        sink: { jsonl: out/, compression: gzip, shard: 1MB }
        dropped: { jsonl: dropped/ }
        """;

    public const string Mixture = """
        sources:
          web: { jsonl: "corpus/*.jsonl.gz", weight: 3 }
          books: { jsonl: fineweb-run/out, weight: 1, licence: CC0-1.0 }
        repeats_max: 4
        seed: 1
        shard: 1MB
        """;

    public static TemporaryFolder Make(int documents = 300, int files = 1)
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["corpus"]);
        var random = new Random(11);
        var last = "";
        for (var f = 0; f < files; f++)
        {
            using var writer = new StreamWriter(new GZipStream(File.Create(folder[string.Create(CultureInfo.InvariantCulture, $"corpus/{f}.jsonl.gz")]), CompressionLevel.Fastest));
            for (var i = f * documents / files; i < (f + 1) * documents / files; i++)
            {
                var text = i % 10 == 9 ? last : string.Join(' ', Enumerable.Range(0, random.Next(2, 120)).Select(_ => Words[random.Next(Words.Length)] + (random.Next(3) == 0 ? "." : "")));
                last = text;
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{{\"id\":\"en-{i:000000}\",\"text\":\"{text}\",\"source\":\"made\"}}\n"));
            }

            if (f == files - 1) writer.Write("{\"id\":\"broken\",\"text\":null}\n");
        }

        File.WriteAllText(folder["pipeline.yaml"], Pipeline);
        File.WriteAllText(folder["mixture.yaml"], Mixture);
        File.WriteAllText(folder["fineweb.yaml"], Pipeline.Replace("words_minimum: 5", "words_minimum: 20", StringComparison.Ordinal));
        return folder;
    }

    private static readonly string[] Words = ["the", "river", "and", "a", "mill", "have", "grown", "with", "meadow", "that", "stands", "of", "old", "stone", "bridge", "over", "cold", "water"];
}
