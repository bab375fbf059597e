using System.Buffers.Binary;
using System.Globalization;

namespace Touchstone.Curation.Composition;

/// <summary>
/// Sorts lines by random keys out of core: lines are scattered into as many files as memory asks for, by the high bits of their keys, then each file is sorted in memory. What comes out is the order of the keys, and of
/// the bytes where two are equal, whatever the number of files and whoever put lines in first.
/// </summary>
internal sealed class ShuffleBuckets
{
    private const int HeaderBytes = 12; // key and length
    private const int BucketsMax = 8192;
    private const int BufferBytesMin = 16 << 10, BufferBytesMax = 1 << 20;

    /// <summary>The most bytes of a file that is sorted in memory, whatever memory there is.</summary>
    private const long BucketBytesMax = 1L << 30;

    private readonly string _folder;
    private readonly Bucket[] _buckets;
    private readonly long _sortBytes;

    private ShuffleBuckets(string folder, int count, int bufferBytes, long sortBytes)
    {
        (_folder, _sortBytes) = (folder, sortBytes);
        _buckets = new Bucket[count];
        for (var b = 0; b < count; b++) _buckets[b] = new(PathOf(b), bufferBytes);
    }

    /// <summary>Makes buckets for lines of a known size.</summary>
    /// <param name="folder">Takes the files.</param>
    /// <param name="bytes">About how many bytes all lines have.</param>
    /// <param name="lines">About how many lines there are.</param>
    /// <param name="memoryBytes">What buffers and sorting may take.</param>
    /// <exception cref="IOException">The lines cannot be sorted with that memory: the message says with which.</exception>
    public static ShuffleBuckets For(string folder, double bytes, double lines, long memoryBytes)
    {
        var stored = bytes + lines * HeaderBytes;
        var most = (int)Math.Min(BucketsMax, memoryBytes / 4 / BufferBytesMin);
        var sortBytes = Math.Min(BucketBytesMax, memoryBytes / 2);
        // A bucket is to fill a half of what may be sorted at once, since lines differ in length and chance deals them out.
        var wanted = Math.Ceiling(stored / (sortBytes / 2.0));
        if (wanted > most) throw new IOException($"A mixture of {stored / 1e9:N1} GB cannot be shuffled with {memoryBytes / 1e9:N1} GB of memory; allow more by --memory, or mix less at a time.");
        var count = (int)Math.Max(1, wanted);
        return new(folder, count, (int)Math.Clamp(memoryBytes / 4 / count, BufferBytesMin, BufferBytesMax), sortBytes);
    }

    /// <summary>Bytes that were put in, headers too.</summary>
    public long Bytes => _buckets.Sum(b => b.Bytes);

    /// <summary>Puts a line in. Safe for several threads.</summary>
    /// <param name="key">64 random bits.</param>
    /// <param name="line">The line without its end.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Add(ulong key, ReadOnlySpan<byte> line) => _buckets[(int)Math.BigMul(key, (ulong)_buckets.Length, out _)].Add(key, line);

    /// <summary>Gives all lines back in the order of their keys; their files are deleted meanwhile.</summary>
    /// <param name="take">Is given a line without its end, and how many bytes are done.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="IOException">The disk refuses, or a file does not fit in memory.</exception>
    public void Drain(ReadOnlySpanAction take, CancellationToken cancellationToken)
    {
        foreach (var bucket in _buckets) bucket.Close();
        long done = 0;
        for (var b = 0; b < _buckets.Length; b++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var size = _buckets[b].Bytes;
            if (size == 0) continue;
            if (size > Math.Max(_sortBytes, BufferBytesMax) && _buckets[b].Lines > 1)
                throw new IOException($"A part of the shuffle has {size / 1e6:N0} MB, and {_sortBytes / 1e6:N0} MB can be sorted at once: allow more by --memory.");
            Sort(File.ReadAllBytes(PathOf(b)), done, take);
            File.Delete(PathOf(b));
            done += size;
        }
    }

    /// <summary>Takes a line.</summary>
    public delegate void ReadOnlySpanAction(ReadOnlySpan<byte> line, long doneBytes);

    private static void Sort(byte[] lines, long before, ReadOnlySpanAction take)
    {
        var order = new List<(ulong Key, int Start)>();
        for (var i = 0; i < lines.Length; i += HeaderBytes + Length(lines, i)) order.Add((BinaryPrimitives.ReadUInt64LittleEndian(lines.AsSpan(i)), i));
        order.Sort((first, second) => first.Key != second.Key ? first.Key.CompareTo(second.Key) : Line(lines, first.Start).SequenceCompareTo(Line(lines, second.Start)));
        long done = 0;
        foreach (var (_, start) in order)
        {
            done += HeaderBytes + Length(lines, start);
            take(Line(lines, start), before + done);
        }
    }

    private static ReadOnlySpan<byte> Line(byte[] lines, int start) => lines.AsSpan(start + HeaderBytes, Length(lines, start));

    private static int Length(byte[] lines, int start) => BinaryPrimitives.ReadInt32LittleEndian(lines.AsSpan(start + 8));

    private string PathOf(int bucket) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{bucket:00000}.lines"));

    /// <summary>A file that is opened only to append what has gathered, so that thousands of them need no handles.</summary>
    private sealed class Bucket(string path, int bufferBytes)
    {
        private readonly Lock _lock = new();
        private byte[] _buffer = [];
        private int _count;

        public long Bytes { get; private set; }

        public long Lines { get; private set; }

        public void Add(ulong key, ReadOnlySpan<byte> line)
        {
            Span<byte> header = stackalloc byte[HeaderBytes];
            BinaryPrimitives.WriteUInt64LittleEndian(header, key);
            BinaryPrimitives.WriteInt32LittleEndian(header[8..], line.Length);
            lock (_lock)
            {
                if (_buffer.Length == 0) _buffer = new byte[bufferBytes];
                if (_count + HeaderBytes + line.Length > _buffer.Length) Append(header, line);
                else Gather(header, line);
                Bytes += HeaderBytes + line.Length;
                Lines++;
            }
        }

        public void Close()
        {
            lock (_lock)
            {
                if (_count > 0) Append([], []);
                _buffer = [];
            }
        }

        private void Gather(ReadOnlySpan<byte> header, ReadOnlySpan<byte> line)
        {
            header.CopyTo(_buffer.AsSpan(_count));
            line.CopyTo(_buffer.AsSpan(_count + HeaderBytes));
            _count += HeaderBytes + line.Length;
        }

        private void Append(ReadOnlySpan<byte> header, ReadOnlySpan<byte> line)
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            file.Write(_buffer.AsSpan(0, _count));
            file.Write(header);
            file.Write(line);
            _count = 0;
        }
    }
}
