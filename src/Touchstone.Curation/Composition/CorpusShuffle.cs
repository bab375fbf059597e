using System.Buffers.Binary;
using System.IO.Compression;
using Touchstone.Files.Lines;
using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Composition;

/// <summary>Files of JSON lines that go into a shuffled corpus together.</summary>
/// <param name="Name">What the part is called; it stands in each line's draw, so that two parts are drawn apart.</param>
/// <param name="Files">The files in their order, plain or compressed by gzip (<c>.gz</c>).</param>
/// <param name="Repeats">How often each line goes in, on average: see <see cref="Mixture.Plan"/>.</param>
public sealed record ShufflePart(string Name, IReadOnlyList<string> Files, double Repeats = 1);

/// <summary>What a shuffle did.</summary>
/// <param name="Read">Lines read from each part.</param>
/// <param name="Written">Lines written of each part, repeats counted.</param>
/// <param name="Files">The files written, in order.</param>
/// <param name="Faults">Lines that were too long to be taken, with file and line.</param>
public sealed record ShuffleResult(IReadOnlyList<long> Read, IReadOnlyList<long> Written, IReadOnlyList<string> Files, IReadOnlyList<string> Faults);

/// <summary>
/// Mixes parts of a corpus by weight and shuffles the whole, out of core: lines are scattered into as many files as memory asks for, by a key that is drawn for each line, then each file is sorted by it.
/// Lines go through byte for byte, so that all they say of their origin, licence and making is carried.
/// </summary>
/// <remarks>
/// The key is xxHash64 of seed, part, number of the line in its part and number of its copy: the same input and seed give the same bytes, whatever the memory. Each line is read once and written twice. Every order is as likely as
/// 64 random bits allow.
/// </remarks>
public static class CorpusShuffle
{
    private const int MaxBuckets = 512;
    private const int HeaderBytes = 12; // key and length
    private const int BucketBufferBytes = 1 << 16;

    /// <summary>Mixes and shuffles.</summary>
    /// <param name="parts">What goes in.</param>
    /// <param name="folder">Takes <c>00000.jsonl</c> and so on, and the scattered lines while it runs. Made if missing; files of these names are replaced.</param>
    /// <param name="seed">Another seed gives another order and another sample.</param>
    /// <param name="memoryBytes">About how much memory may be taken.</param>
    /// <param name="shardBytes">Largest size of an output file, but for a single longer line.</param>
    /// <param name="cancellationToken">Stops; scattered lines are taken away.</param>
    /// <exception cref="ArgumentException">A number of repeats is below 0, or memory or shards are below 1 MiB.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static ShuffleResult Run(IReadOnlyList<ShufflePart> parts, string folder, ulong seed, long memoryBytes = 1L << 30, long shardBytes = 256L << 20, CancellationToken cancellationToken = default)
    {
        foreach (var part in parts)
            if (!(part.Repeats >= 0 && part.Repeats < int.MaxValue)) throw new ArgumentException($"{part.Name}: expected a number of repeats from 0, found {part.Repeats}.", nameof(parts));
        if (memoryBytes < 1 << 20 || shardBytes < 1 << 20) throw new ArgumentException($"Expected at least 1 MiB of memory and for a file, found {memoryBytes} and {shardBytes} bytes.");

        Directory.CreateDirectory(folder);
        var scratch = Path.Combine(folder, ".shuffle");
        Directory.CreateDirectory(scratch);
        try
        {
            var counts = (Read: new long[parts.Count], Written: new long[parts.Count], Faults: new List<string>());
            var buckets = Buckets(parts, memoryBytes);
            Scatter(parts, seed, scratch, buckets, counts, cancellationToken);
            return new(counts.Read, counts.Written, Gather(scratch, buckets, folder, memoryBytes, shardBytes, cancellationToken), counts.Faults);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    // A bucket shall fill a quarter of the memory; compressed text grows about fivefold. More buckets than that only cost open files.
    private static int Buckets(IReadOnlyList<ShufflePart> parts, long memoryBytes)
    {
        double bytes = 0;
        foreach (var part in parts)
            foreach (var file in part.Files) bytes += new FileInfo(file).Length * part.Repeats * (IsCompressed(file) ? 5 : 1);
        return (int)Math.Clamp(Math.Ceiling(4 * bytes / memoryBytes), 1, MaxBuckets);
    }

    private static bool IsCompressed(string file) => file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static void Scatter(IReadOnlyList<ShufflePart> parts, ulong seed, string scratch, int buckets, (long[] Read, long[] Written, List<string> Faults) counts, CancellationToken cancellationToken)
    {
        var files = new FileStream[buckets];
        try
        {
            for (var b = 0; b < buckets; b++) files[b] = new(BucketPath(scratch, b), FileMode.Create, FileAccess.Write, FileShare.None, BucketBufferBytes);
            for (var p = 0; p < parts.Count; p++)
            {
                foreach (var file in parts[p].Files)
                {
                    using var stream = File.OpenRead(file);
                    using var plain = IsCompressed(file) ? new GZipStream(stream, CompressionMode.Decompress) : (Stream)stream;
                    foreach (var line in NdjsonReader.Read(plain))
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        if (line.IsTooLong) counts.Faults.Add($"{file}:{line.Number}: the line is longer than {NdjsonReader.DefaultMaxLineBytes} bytes");
                        else counts.Written[p] += Put(files, line.Bytes.Span, DocumentDraw.Bits(seed, parts[p].Name), counts.Read[p], parts[p].Repeats);
                        counts.Read[p]++;
                    }
                }
            }
        }
        finally
        {
            foreach (var file in files) file?.Dispose();
        }
    }

    private static string BucketPath(string scratch, int bucket) => Path.Combine(scratch, $"{bucket:00000}.lines");

    private static int Put(FileStream[] files, ReadOnlySpan<byte> line, ulong partSeed, long number, double repeats)
    {
        var copies = (int)repeats;
        if ((Key(partSeed, number, -1) >> 11) * (1.0 / (1UL << 53)) < repeats - copies) copies++;
        Span<byte> header = stackalloc byte[HeaderBytes];
        for (var copy = 0; copy < copies; copy++)
        {
            var key = Key(partSeed, number, copy);
            BinaryPrimitives.WriteUInt64LittleEndian(header, key);
            BinaryPrimitives.WriteInt32LittleEndian(header[8..], line.Length);
            var file = files[(int)Math.BigMul(key, (ulong)files.Length, out _)];
            file.Write(header);
            file.Write(line);
        }

        return copies;
    }

    private static ulong Key(ulong partSeed, long number, int copy)
    {
        Span<byte> name = stackalloc byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(name, number);
        BinaryPrimitives.WriteInt32LittleEndian(name[8..], copy);
        return XxHash64.Hash(name, partSeed);
    }

    private static List<string> Gather(string scratch, int buckets, string folder, long memoryBytes, long shardBytes, CancellationToken cancellationToken)
    {
        using var output = new Shards(folder, shardBytes);
        for (var b = 0; b < buckets; b++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = BucketPath(scratch, b);
            if (new FileInfo(path).Length > Math.Min(memoryBytes, Array.MaxLength))
                throw new IOException($"A part of the shuffle has {new FileInfo(path).Length} bytes and does not fit in the {memoryBytes} bytes of memory that are allowed: allow more.");
            Sort(File.ReadAllBytes(path), output);
            File.Delete(path);
        }

        return output.Finish();
    }

    private static void Sort(byte[] lines, Shards output)
    {
        var order = new List<(ulong Key, int Start)>();
        for (var i = 0; i < lines.Length; i += HeaderBytes + Length(lines, i)) order.Add((BinaryPrimitives.ReadUInt64LittleEndian(lines.AsSpan(i)), i));
        order.Sort(); // equal keys stay in the order of reading, which is that of their place
        foreach (var (_, start) in order) output.Write(lines.AsSpan(start + HeaderBytes, Length(lines, start)));
    }

    private static int Length(byte[] lines, int start) => BinaryPrimitives.ReadInt32LittleEndian(lines.AsSpan(start + 8));

    /// <summary>Files of limited size, which appear under their names when all are done.</summary>
    private sealed class Shards(string folder, long shardBytes) : IDisposable
    {
        private readonly List<string> _files = [];
        private FileStream? _file;

        public void Write(ReadOnlySpan<byte> line)
        {
            if (_file is null || (_file.Position > 0 && _file.Position + line.Length + 1 > shardBytes))
            {
                Close();
                _file = new(Path.Combine(folder, $"{_files.Count:00000}.jsonl.part"), FileMode.Create, FileAccess.Write, FileShare.None, BucketBufferBytes);
                _files.Add(Path.Combine(folder, $"{_files.Count:00000}.jsonl"));
            }

            _file.Write(line);
            _file.WriteByte((byte)'\n');
        }

        public List<string> Finish()
        {
            Close();
            foreach (var file in _files) File.Move(file + ".part", file, overwrite: true);
            return _files;
        }

        private void Close()
        {
            _file?.Flush(flushToDisk: true);
            _file?.Dispose();
            _file = null;
        }

        public void Dispose() => _file?.Dispose();
    }
}
