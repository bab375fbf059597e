using System.Globalization;
using System.IO.Compression;
using System.Text;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Runs;
using Touchstone.Testing;

namespace Touchstone.Tests.Curation;

/// <summary>How much memory the real program takes, as the kernel counts it.</summary>
[Collection("Slurm")]
public sealed class MemoryTests
{
    /// <summary>The signatures of its 315,000 documents alone have 280 MB.</summary>
    private const int CorpusMegabytes = 240;

    /// <summary>The runtime lets garbage lie as long as the machine has memory to spare, and more of it on some days than on others. It fails where more than this is needed at once.</summary>
    private const int HeapMegabytes = 160;

    /// <summary>The program's own pages, compiled code, buffers and stacks.</summary>
    private const int OutsideHeapMegabytes = 120;

    [Fact]
    public async Task A_corpus_larger_than_the_memory_goes_through_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The kernel's count of the most memory held is Linux'.");
        using var folder = new TemporaryFolder();
        var peak = await PeakAsync(folder, CorpusMegabytes);
        Assert.True(peak <= HeapMegabytes + OutsideHeapMegabytes, string.Create(CultureInfo.InvariantCulture, $"{CorpusMegabytes} MB took {peak:0} MB of memory."));
    }

    private static async Task<double> PeakAsync(TemporaryFolder root, int megabytes)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{megabytes}");
        var folder = Directory.CreateDirectory(root[name]).FullName;
        var documents = WriteCorpus(Path.Combine(folder, "corpus"), megabytes * 1_000_000L);
        await File.WriteAllTextAsync(Path.Combine(folder, "pipeline.yaml"), Presets.Find("dedup-minhash")!, TestContext.Current.CancellationToken);
        using var process = RunProcess.Start(folder, "run", HeapMegabytes, ["--workers", "2", "--memory", "64M"]);
        var peak = 0.0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, process.PeakMegabytes());
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await process.SucceedAsync();
        var manifest = RunManifest.Load(Path.Combine(folder, "run"));
        Assert.Equal(documents, manifest.Read.Documents);
        Assert.InRange(manifest.Kept.Documents, documents / 2, documents - documents / 20);
        TestContext.Current.SendDiagnosticMessage($"{megabytes} MB: {documents} documents, {peak:0} MB of memory");
        return peak;
    }

    // Texts of made words, of which every tenth is an earlier one with another beginning.
    private static long WriteCorpus(string folder, long bytes)
    {
        var (random, text, documents) = (new Random(6), new StringBuilder(), 0L);
        string[] words = [.. Enumerable.Range(0, 20_000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Syllables[random.Next(Syllables.Length)])))];
        Directory.CreateDirectory(folder);
        for (var file = 0; file < 4; file++)
        {
            using var lines = new StreamWriter(new GZipStream(File.Create(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{file}.jsonl.gz"))), CompressionLevel.Fastest));
            for (var written = 0L; written < bytes / 4; documents++)
            {
                if (documents % 10 == 9) text.Insert(0, words[random.Next(words.Length)] + " ");
                else
                {
                    text.Clear();
                    for (var w = random.Next(80, 160); w > 0; w--) text.Append(words[random.Next(words.Length)]).Append(w > 1 ? ' ' : '.');
                }

                var line = string.Create(CultureInfo.InvariantCulture, $"{{\"id\":\"made-{documents}\",\"text\":\"{text}\"}}\n");
                lines.Write(line);
                written += line.Length;
            }
        }

        return documents;
    }

    private static readonly string[] Syllables = ["ba", "ren", "to", "mil", "ka", "sel", "dor", "wi", "an", "fe", "gul", "hor", "ni", "pet", "qua", "zu", "lem", "ost"];
}
