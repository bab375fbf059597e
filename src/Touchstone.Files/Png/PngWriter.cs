using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Touchstone.Files.Png;

/// <summary>Writes PNG, not interlaced. The same image and options give the same bytes on one runtime.</summary>
public static class PngWriter
{
    /// <summary>Writes one image.</summary>
    /// <param name="stream">A writable stream; it stays open.</param>
    /// <param name="image">What to write; its palette, transparency and texts go along.</param>
    /// <param name="filter">How rows are predicted.</param>
    /// <param name="compression">How hard to compress.</param>
    /// <exception cref="ArgumentException">A palette image without a palette, or a text keyword that PNG does not allow.</exception>
    public static void Write(Stream stream, PngImage image, PngFilter filter = PngFilter.Adaptive, CompressionLevel compression = CompressionLevel.Optimal)
    {
        if (image.Colour == PngColour.Palette && (image.Palette.Length is 0 or > 768 || image.Palette.Length % 3 != 0))
            throw new ArgumentException("A palette image needs a palette of 1 to 256 entries of three bytes.", nameof(image));
        stream.Write(PngChunks.Signature);
        WriteHeader(stream, image);
        foreach (var text in image.Texts)
            WriteText(stream, text);
        if (image.Palette.Length > 0) WriteChunk(stream, "PLTE", image.Palette);
        if (image.Transparency.Length > 0) WriteChunk(stream, "tRNS", image.Transparency);
        using (var data = new PngDataWriter(stream))
        {
            using var compressed = new ZLibStream(data, compression, leaveOpen: true);
            WriteRows(compressed, image, filter);
        }

        WriteChunk(stream, "IEND", []);
    }

    /// <summary>The bytes of one image; see <see cref="Write"/>.</summary>
    public static byte[] ToBytes(PngImage image, PngFilter filter = PngFilter.Adaptive, CompressionLevel compression = CompressionLevel.Optimal)
    {
        using var stream = new MemoryStream();
        Write(stream, image, filter, compression);
        return stream.ToArray();
    }

    private static void WriteHeader(Stream stream, PngImage image)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.WidthPx);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.HeightPx);
        header[8] = (byte)image.BitDepth;
        header[9] = (byte)image.Colour;
        header[10..].Clear();
        WriteChunk(stream, "IHDR", header);
    }

    private static void WriteText(Stream stream, PngText text)
    {
        if (text.Keyword.Length is 0 or > 79 || text.Keyword.Contains('\0', StringComparison.Ordinal) || (text.Keyword + text.Text).Any(c => c > 255))
            throw new ArgumentException($"PNG allows no text chunk \"{text.Keyword}\": a keyword has 1 to 79 characters, and both are Latin-1.");
        WriteChunk(stream, "tEXt", Encoding.Latin1.GetBytes($"{text.Keyword}\0{text.Text}"));
    }

    private static void WriteRows(Stream stream, PngImage image, PngFilter filter)
    {
        var pixelBytes = Math.Max(1, image.ChannelCount * image.BitDepth / 8);
        var best = new byte[1 + image.RowBytes];
        var trial = new byte[1 + image.RowBytes];
        ReadOnlySpan<byte> above = new byte[image.RowBytes];
        for (var y = 0; y < image.HeightPx; y++)
        {
            ReadOnlySpan<byte> row = image.Samples.AsSpan(y * image.RowBytes, image.RowBytes);
            var (first, last) = filter == PngFilter.Adaptive ? (PngFilter.None, PngFilter.Paeth) : (filter, filter);
            var bestCost = long.MaxValue;
            for (var candidate = first; candidate <= last; candidate++)
            {
                trial[0] = (byte)candidate;
                PngFilters.Apply(candidate, row, above, pixelBytes, trial.AsSpan(1));
                var cost = first == last ? 0 : PngFilters.Cost(trial.AsSpan(1));
                if (cost >= bestCost) continue;
                bestCost = cost;
                (best, trial) = (trial, best);
            }

            stream.Write(best);
            above = row;
        }
    }

    internal static void WriteChunk(Stream stream, string type, ReadOnlySpan<byte> payload)
    {
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(head, payload.Length);
        Encoding.ASCII.GetBytes(type, head[4..]);
        stream.Write(head);
        stream.Write(payload);
        Span<byte> crc = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(crc, ~Crc32.Append(Crc32.Append(uint.MaxValue, head[4..]), payload));
        stream.Write(crc);
    }
}
