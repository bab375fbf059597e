using System.Globalization;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Steps;
using Touchstone.Files.Storage;

namespace Touchstone.Curation.Tests.Runs;

/// <summary>Parameters of steps that tests make.</summary>
public sealed record PlainOptions
{
    public int WordsMin { get; init; } = 3;

    public string Cut { get; init; } = "";
}

/// <summary>Drops short texts, cuts a word out of the others, and notes how long they were.</summary>
internal sealed class PlainStep(PlainOptions options) : DocumentStep
{
    public override string Id => "plain@test";

    public override Verdict Judge(Document document, WorkingText text)
    {
        var words = text.Text.Split(' ').Length;
        if (text.Text.Contains("fail!", StringComparison.Ordinal)) throw new InvalidOperationException("it was told to");
        if (words < options.WordsMin) return Verdict.Dropped("too_few_words");
        (document.Findings ??= [])["words_before"] = words;
        return options.Cut.Length > 0 && text.Text.Contains(options.Cut, StringComparison.Ordinal) ? Verdict.Edited(text.Text.Replace(options.Cut, "", StringComparison.Ordinal)) : Verdict.Kept;
    }

    public override void Explain(Document document, WorkingText text, ICollection<RuleValue> values) =>
        values.Add(new("too_few_words", text.Text.Split(' ').Length, RuleComparison.Below, options.WordsMin, []));
}

/// <summary>A small corpus, pipelines upon it, and what they wrote.</summary>
internal static class RunBench
{
    public static readonly IReadOnlyList<StepKind> Kinds = [StepKind.Of<PlainOptions>("plain", "For tests.", o => new PlainStep(o)), .. StepRegistry.All];

    /// <summary>Files of texts, some of which are short, alike or broken.</summary>
    public static void WriteCorpus(string folder, int files, int lines, int seed = 7)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(seed);
        var texts = new List<string>();
        for (var f = 0; f < files; f++)
        {
            using var writer = new StreamWriter(Path.Combine(folder, $"{f}.jsonl"));
            for (var l = 0; l < lines; l++)
            {
                var text = texts.Count > 10 && random.Next(6) == 0
                    ? texts[random.Next(texts.Count)]
                    : string.Join(' ', Enumerable.Range(0, random.Next(1, 40)).Select(_ => Words[random.Next(Words.Length)] + random.Next(100).ToString(CultureInfo.InvariantCulture)));
                texts.Add(text);
                writer.Write(random.Next(50) == 0 ? "{\"text\": 5}\n" : $"{{\"id\": \"{f}-{l}\", \"text\": \"{text}\", \"weight\": 1.50}}\n");
            }
        }
    }

    public static Pipeline Recipe(string folder, string steps = "[plain]", string sink = "{ jsonl: out/, shard: 20KB }", string dropped = "{ jsonl: dropped/, compression: none }", int batchBytes = 2000)
    {
        var parsed = Pipeline.Parse("test.yaml", $"source: {{ jsonl: \"{folder}/*.jsonl\" }}\nsteps: {steps}\nsink: {sink}\ndropped: {dropped}\n", Kinds);
        return parsed.WithBatches(batchBytes);
    }

    public static RunOptions Options => new() { Workers = 2, BlockBatches = 3, ShardBytes = 30_000, MemoryBytes = 64 << 20 };

    /// <summary>Names and digests of everything that a run's user sees, but for the manifest, which tells times.</summary>
    public static SortedDictionary<string, string> Snapshot(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in FileDigest.List(folder))
            if (file != "manifest.json" && !file.StartsWith("work/", StringComparison.Ordinal)) files[file] = FileDigest.Of(File.ReadAllBytes(Path.Combine(folder, file)));
        return files;
    }

    private static readonly string[] Words = ["stone", "touch", "river", "glass", "paper", "cloud", "train", "north"];
}
