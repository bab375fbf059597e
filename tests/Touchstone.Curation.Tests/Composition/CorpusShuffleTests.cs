using System.IO.Compression;
using Touchstone.Curation.Composition;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Composition;

public sealed class CorpusShuffleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Lines(string name, int count, bool isCompressed = false)
    {
        var lines = Enumerable.Range(0, count).Select(i => $"{{\"id\":\"{name}-{i}\",\"license\":\"CC0-1.0\",\"text\":\"{new string('x', i % 400)}\"}}");
        using var file = File.Create(_folder[name]);
        using var stream = isCompressed ? new GZipStream(file, CompressionLevel.Fastest) : (Stream)file;
        using var writer = new StreamWriter(stream);
        foreach (var line in lines) writer.Write(line + "\n");
        return _folder[name];
    }

    private static List<string> Read(ShuffleResult result) => [.. result.Files.SelectMany(File.ReadAllLines)];

    [Fact]
    public void Every_line_comes_out_as_it_was_in_an_order_of_its_own_whatever_the_memory()
    {
        ShufflePart[] parts = [new("web", [Lines("a.jsonl", 20_000), Lines("b.jsonl.gz", 3_000, true)]), new("books", [Lines("c.jsonl", 1_000)])];
        var small = CorpusShuffle.Run(parts, _folder["small"], seed: 7, memoryBytes: 1 << 20, shardBytes: 1 << 20);
        var large = CorpusShuffle.Run(parts, _folder["large"], seed: 7);
        Assert.Equal([23_000L, 1_000], small.Written);
        Assert.True(small.Files.Count > 3);
        Assert.All(small.Files, f => Assert.InRange(new FileInfo(f).Length, 1, 1 << 20));
        var lines = Read(small);
        Assert.Equal(lines, Read(large));
        Assert.Equal(parts.SelectMany(p => p.Files).SelectMany(ReadPlain).Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
        Assert.False(Directory.Exists(_folder["small/.shuffle"]));

        Assert.NotEqual(lines, Read(CorpusShuffle.Run(parts, _folder["other"], seed: 8)));
        var neighbours = lines.Zip(lines.Skip(1)).Count(p => p.First[..8] == p.Second[..8]);
        Assert.InRange(neighbours / (double)lines.Count, 0.65, 0.76); // as often as chance has it: (20^2 + 3^2 + 1^2) / 24^2
    }

    private static IEnumerable<string> ReadPlain(string file)
    {
        using var stream = File.OpenRead(file);
        using var reader = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        while (reader.ReadLine() is { } line) yield return line;
    }

    [Fact]
    public void Parts_go_in_as_often_as_the_mixture_says()
    {
        ShufflePart[] parts = [new("a", [Lines("a.jsonl", 1_000)], 2.5), new("b", [Lines("b.jsonl", 4_000)], 0.25), new("c", [Lines("c.jsonl", 10)], 0)];
        var result = CorpusShuffle.Run(parts, _folder["out"], seed: 1);
        Assert.InRange(result.Written[0], 2_430, 2_570);
        Assert.InRange(result.Written[1], 900, 1_100);
        Assert.Equal(0, result.Written[2]);
        Assert.All(Read(result).Where(l => l.Contains("\"a.jsonl-", StringComparison.Ordinal)).GroupBy(l => l), g => Assert.InRange(g.Count(), 2, 3));
    }

    [Fact]
    public void What_cannot_be_done_is_said_and_nothing_scattered_is_left()
    {
        Assert.Throws<ArgumentException>(() => CorpusShuffle.Run([new("a", [], -1)], _folder["x"], 1));
        Assert.Throws<ArgumentException>(() => CorpusShuffle.Run([], _folder["x"], 1, memoryBytes: 1));
        Assert.Throws<FileNotFoundException>(() => CorpusShuffle.Run([new("a", [_folder["missing"]])], _folder["x"], 1));
        Assert.False(Directory.Exists(_folder["x/.shuffle"]));
        Assert.Empty(CorpusShuffle.Run([], _folder["empty"], 1).Files);

        File.WriteAllText(_folder["long.jsonl"], new string('y', (16 << 20) + 1) + "\n{\"id\":1}\n");
        var result = CorpusShuffle.Run([new("long", [_folder["long.jsonl"]])], _folder["long"], 1);
        Assert.Equal(["{\"id\":1}"], Read(result));
        Assert.StartsWith($"{_folder["long.jsonl"]}:1:", Assert.Single(result.Faults), StringComparison.Ordinal);
    }
}
