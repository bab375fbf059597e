using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Runs;

namespace Touchstone.Bench;

/// <summary>
/// A corpus in and out without a step: JSONL in gzip, one large file and several, with one and with two workers. What comes out is compared with what went in, byte for byte, before a
/// figure is told.
/// </summary>
internal static class CurationIo
{
    private const int GzipLevelOfInput = 6;

    public static async Task RunAsync(string[] arguments)
    {
        var megabytes = Arguments.Int(arguments, "--megabytes", 600);
        var repeats = Arguments.Int(arguments, "--repeats", 3);
        var data = Arguments.Value(arguments, "--data") ?? Environment.GetEnvironmentVariable("TOUCHSTONE_TEST_DATA") ?? throw new ArgumentException("Name the folder of reference data with --data or TOUCHSTONE_TEST_DATA.");
        var folder = Directory.CreateTempSubdirectory("touchstone-bench-").FullName;
        try
        {
            var lines = ReadLines(Path.Combine(data, "text", "en.jsonl.gz"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{megabytes} MB of JSONL (en.jsonl.gz, repeated with another id), gzip level {GzipLevelOfInput} in; best of {repeats}; MB are of JSONL, decompressed"));
            Console.WriteLine("files  out          workers   MB/s   MB a core-second   size out of size in");
            foreach (var files in (int[])[1, 8])
            {
                var corpus = Path.Combine(folder, $"corpus{files}");
                var digest = WriteCorpus(corpus, files, lines, megabytes * 1_000_000L);
                foreach (var compression in (string[])["gzip", "gzip, level: 1", "gzip, level: 6", "zstd", "none"])
                    foreach (var workers in (int[])[1, 2]) await MeasureAsync(folder, corpus, files, compression, workers, repeats, digest);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string folder, string corpus, int files, string compression, int workers, int repeats, string digest)
    {
        var pipeline = Pipeline.Parse("bench", $"source: {{ jsonl: \"{corpus}/*.gz\" }}\nsink: {{ jsonl: out/, compression: {compression}, shard: 1TB }}\n");
        RunManifest? best = null;
        for (var r = 0; r < repeats; r++)
        {
            var run = Path.Combine(folder, "run");
            var manifest = await CurationRun.RunAsync(pipeline, run, new RunOptions { Workers = workers });
            if (r == 0 && DigestOf([.. manifest.Outputs.Select(o => Path.Combine(run, o.Name))]) != digest) throw new InvalidOperationException("What came out is not what went in.");
            if (best is null || manifest.Usage.WallSeconds < best.Usage.WallSeconds) best = manifest;
            Directory.Delete(run, recursive: true);
        }

        var read = best!.ReadBytes / 1e6;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{files,5}  {compression,-14}{workers,6}   {read / best.Usage.WallSeconds,5:N0}   {read / best.Usage.CoreSeconds,16:N0}   {(double)best.Outputs.Sum(o => o.Bytes) / best.Inputs.Sum(i => i.Bytes),19:0.00}"));
    }

    private static List<string> ReadLines(string file)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress), Encoding.UTF8);
        var lines = new List<string>();
        while (text.ReadLine() is { } line) lines.Add(line);
        return lines;
    }

    /// <returns>Digest of all lines in their order.</returns>
    private static string WriteCorpus(string folder, int files, List<string> lines, long bytes)
    {
        Directory.CreateDirectory(folder);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long number = 0;
        for (var f = 0; f < files; f++)
        {
            using var gzip = new GZipStream(File.Create(Path.Combine(folder, $"{f}.jsonl.gz")), new ZLibCompressionOptions { CompressionLevel = GzipLevelOfInput });
            for (long written = 0; written < bytes / files; number++)
            {
                var line = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"copy\":{number},{lines[(int)(number % lines.Count)][1..]}\n"));
                gzip.Write(line);
                hash.AppendData(line);
                written += line.Length;
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string DigestOf(string[] files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            using var content = new JsonLinesContent(file);
            content.AppendTo(hash);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A file's content, decompressed.</summary>
    private sealed class JsonLinesContent(string file) : IDisposable
    {
        private readonly Stream _content = file switch
        {
            _ when file.EndsWith(".gz", StringComparison.Ordinal) => new GZipStream(File.OpenRead(file), CompressionMode.Decompress),
            _ when file.EndsWith(".zst", StringComparison.Ordinal) => new Files.Compression.ZstdReadStream(File.OpenRead(file)),
            _ => File.OpenRead(file),
        };

        public void AppendTo(IncrementalHash hash)
        {
            var buffer = new byte[1 << 20];
            for (var got = _content.Read(buffer); got > 0; got = _content.Read(buffer)) hash.AppendData(buffer, 0, got);
        }

        public void Dispose() => _content.Dispose();
    }
}
