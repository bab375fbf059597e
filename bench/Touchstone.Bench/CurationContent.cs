using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Touchstone.Curation.Decontamination;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Extraction;
using Touchstone.Curation.Languages;
using Touchstone.Curation.Redaction;
using Touchstone.Curation.Steps;

namespace Touchstone.Bench;

/// <summary>
/// Redaction, language identification and decontamination over real English text, and extraction over real pages, on one core: each alone, cold and then again. What datatrove's formatter
/// makes of every text is compared first.
/// </summary>
internal static class CurationContent
{
    public static void Run(string[] arguments)
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("TOUCHSTONE_TEST_DATA") ?? throw new InvalidOperationException("Set TOUCHSTONE_TEST_DATA to the folder of reference data."), "text");
        var runs = Arguments.Int(arguments, "--runs", 5);
        var texts = Read(Path.Combine(folder, "en.jsonl.gz"), "text");
        var pages = Read(Path.Combine(folder, "html-pages.jsonl.gz"), "html");
        Compare(texts, Path.Combine(folder, "expected-en-filters.jsonl.gz"));
        Console.WriteLine(Line($"{texts.Count:N0} texts of {Megabytes(texts):0.0} MB, {pages.Count} pages of {Megabytes(pages):0.0} MB, one thread; MB are of UTF-8 given in; redaction as datatrove equals its result on every text"));
        Console.WriteLine("step                                     cold MB/s   median MB/s   documents/s   allocated MB/MB");

        Measure("redact as datatrove", new DatatroveRedactStep(), texts, runs);
        Measure("redact email, ip", new RedactStep(new()), texts, runs);
        Measure("redact general", new RedactStep(new() { Types = RedactionTypes.General }), texts, runs);
        Measure("redact safe_harbor", new RedactStep(new() { Types = RedactionTypes.SafeHarbor }), texts, runs);
        Measure("language", new LanguageStep(new() { Keep = ["en"] }), texts, runs);
        Measure("decontaminate, 200,000 runs of 12", new DecontaminateStep(Benchmark(texts)), texts, runs);
        Measure("extract", new ExtractStep(new()), pages, runs);
    }

    private static List<(string Id, string Text)> Read(string file, string member)
    {
        var rows = new List<(string, string)>();
        using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            rows.Add((row.RootElement.GetProperty("id").GetString()!, row.RootElement.GetProperty(member).GetString()!));
        }

        return rows;
    }

    private static void Compare(List<(string Id, string Text)> texts, string file)
    {
        var expected = new Dictionary<string, string?>();
        using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            using var row = JsonDocument.Parse(line);
            expected[row.RootElement.GetProperty("id").GetString()!] = row.RootElement.TryGetProperty("pii_sha1", out var sha) ? sha.GetString() : null;
        }

        foreach (var (id, text) in texts)
        {
            var formatted = DatatroveFormatter.Format(text);
#pragma warning disable CA5350 // the reference data names texts by SHA-1
            var found = formatted == text ? null : Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(formatted)))[..16];
#pragma warning restore CA5350
            if (found != expected[id]) throw new InvalidOperationException($"{id}: datatrove's formatter gives {expected[id] ?? "no change"}, ours {found ?? "no change"}.");
        }
    }

    // Other texts' words, so that the index is full and nothing of it is found but by chance.
    private static BenchmarkIndex Benchmark(List<(string Id, string Text)> texts)
    {
        var index = new BenchmarkIndex(new());
        foreach (var (_, text) in texts)
        {
            if (index.Count >= 200_000) break;
            var words = text.Split(' ');
            Array.Reverse(words);
            index.Add("reversed", string.Join(' ', words));
        }

        return index;
    }

    private static void Measure(string name, DocumentStep step, List<(string Id, string Text)> texts, int runs)
    {
        var (megabytes, working, seconds) = (Megabytes(texts), new WorkingText(), new double[runs]);
        var cold = Pass(step, texts, working);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < runs; run++) seconds[run] = Pass(step, texts, working);
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / 1e6 / runs / megabytes;
        Array.Sort(seconds);
        Console.WriteLine(Line($"{name,-40} {megabytes / cold,9:0.0} {megabytes / seconds[runs / 2],13:0.0} {texts.Count / seconds[runs / 2],13:0} {allocated,17:0.00}"));
    }

    private static double Pass(DocumentStep step, List<(string Id, string Text)> texts, WorkingText working)
    {
        var clock = Stopwatch.StartNew();
        foreach (var (id, text) in texts)
        {
            working.Begin(text);
            step.Judge(new Document { Id = id, Text = text }, working);
        }

        return clock.Elapsed.TotalSeconds;
    }

    private static double Megabytes(List<(string Id, string Text)> texts) => texts.Sum(t => (double)Encoding.UTF8.GetByteCount(t.Text)) / 1e6;

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
