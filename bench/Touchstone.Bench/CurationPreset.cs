using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Runs;

namespace Touchstone.Bench;

/// <summary>
/// A whole preset over a made corpus of any size: time, core-seconds and the most memory that each stage held. The corpus is English paragraphs of the shared texts, those of three documents mixed
/// at random, with every twelfth word changed; one seed makes the same corpus everywhere.
/// </summary>
internal static class CurationPreset
{
    /// <summary>One word in so many is another.</summary>
    private const int ChangedWordIn = 12;

    private const long FileBytes = 256_000_000;

    public static async Task RunAsync(string[] arguments)
    {
        var megabytes = Arguments.Int(arguments, "--megabytes", 128);
        var memory = Arguments.Value(arguments, "--memory") ?? "2G";
        var workers = Arguments.Int(arguments, "--workers", 2);
        var preset = Arguments.Value(arguments, "--preset") ?? "fineweb";
        if (!Sizes.TryParse(memory, out var memoryBytes)) throw new ArgumentException($"--memory: expected an amount such as 2G, found {memory}.");
        var recipe = Presets.Find(preset) ?? throw new ArgumentException($"--preset: expected one of {string.Join(", ", Presets.Names)}, found {preset}.");
        var folder = Path.Combine(Arguments.Value(arguments, "--folder") ?? Path.GetTempPath(), $"touchstone-preset-{Guid.NewGuid():N}");
        try
        {
            var corpus = Path.Combine(folder, "corpus");
            var (documents, bytes) = WriteCorpus(corpus, megabytes * 1_000_000L, Arguments.Int(arguments, "--seed", 1));
            Console.WriteLine(Line($"{documents:N0} documents, {bytes / 1e6:N0} MB of JSONL; preset {preset}, {workers} workers, memory set to {memory}"));
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            var stages = new StagePeaks();
            var pipeline = Pipeline.Parse(preset, recipe.Replace("corpus/*.jsonl.gz", corpus + "/*.jsonl", StringComparison.Ordinal));
            var manifest = await CurationRun.RunAsync(pipeline, Path.Combine(folder, "run"), new RunOptions { Workers = workers, MemoryBytes = memoryBytes, Progress = stages.Note });
            stages.End();
            var (wall, cores) = (manifest.Usage.WallSeconds, manifest.Usage.CoreSeconds);
            Console.WriteLine(Line($"  {wall:0.0} s, {cores:0.0} core-seconds, {bytes / 1e6 / cores:0.0} MB a core-second; {manifest.Kept.Documents:N0} documents stay ({(double)manifest.Kept.Documents / documents:P1}); at its peak {stages.Highest:0} MB"));
            foreach (var step in manifest.Steps)
                if (step.Found is { } found) Console.WriteLine(Line($"  {step.Step}: {found.Clusters:N0} clusters of {found.Duplicates:N0} documents, {found.Removed:N0} taken out"));
            foreach (var (stage, peak) in stages.Peaks) Console.WriteLine(Line($"  {stage,-32} {peak,8:0} MB at most"));
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static (long Documents, long Bytes) WriteCorpus(string folder, long bytes, int seed)
    {
        var (random, originals, mixed) = (new Random(seed), ReadParagraphs(), new List<string>());
        Directory.CreateDirectory(folder);
        var (documents, written) = (0L, 0L);
        for (var file = 0; written < bytes; file++)
        {
            using var lines = new FileStream(Path.Combine(folder, Line($"{file:00000}.jsonl")), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
            for (var end = Math.Min(bytes, written + FileBytes); written < end; documents++)
            {
                mixed.Clear();
                for (var i = 0; i < 3; i++) mixed.AddRange(originals[random.Next(originals.Length)]);
                random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(mixed));
                var text = Change(string.Join('\n', mixed.Take((mixed.Count + 2) / 3)), random);
                var line = JsonSerializer.SerializeToUtf8Bytes(new { id = Line($"made-{documents:000000000}"), text });
                lines.Write(line);
                lines.WriteByte((byte)'\n');
                written += line.Length + 1;
            }
        }

        return (documents, written);
    }

    private static string[][] ReadParagraphs()
    {
        var data = Environment.GetEnvironmentVariable("TOUCHSTONE_TEST_DATA") ?? throw new InvalidOperationException("Set TOUCHSTONE_TEST_DATA to the folder of reference data.");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(data, "text", "en.jsonl.gz")), CompressionMode.Decompress), Encoding.UTF8);
        var texts = new List<string[]>();
        while (reader.ReadLine() is { } line)
            if (JsonElement.Parse(line).GetProperty("text").GetString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } paragraphs) texts.Add(paragraphs);
        return [.. texts];
    }

    // Another word has as many letters, so that what looks at lengths alone sees the same text.
    private static string Change(string text, Random random) => string.Create(text.Length, (text, random), static (changed, made) =>
    {
        made.text.CopyTo(changed);
        for (var i = 0; i < changed.Length;)
        {
            var end = i;
            while (end < changed.Length && char.IsAsciiLetter(changed[end])) end++;
            if (end > i && made.random.Next(ChangedWordIn) == 0)
                for (var k = i; k < end; k++) changed[k] = (char)((char.IsAsciiLetterUpper(changed[k]) ? 'A' : 'a') + made.random.Next(26));
            i = end + 1;
        }
    });

    private static string Line(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>The most memory of the process while each stage of a run was done.</summary>
    private sealed class StagePeaks
    {
        private readonly Lock _lock = new();
        private string? _stage;

        public OrderedDictionary<string, double> Peaks { get; } = [];

        public double Highest => Peaks.Values.DefaultIfEmpty().Max();

        public void Note(RunProgress progress)
        {
            lock (_lock)
            {
                if (progress.Stage == _stage) return;
                End();
                _stage = progress.Stage;
            }
        }

        public void End()
        {
            if (_stage is not null) Peaks[_stage] = Math.Max(Peaks.GetValueOrDefault(_stage), PeakMemory.Megabytes());
            PeakMemory.Reset();
        }
    }
}
