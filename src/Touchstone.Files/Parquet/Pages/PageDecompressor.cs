using System.IO.Compression;
using Touchstone.Files.Compression;

namespace Touchstone.Files.Parquet.Pages;

/// <summary>Decompresses pages; memory is taken as content comes, not as a header announces it. Faults are <see cref="InvalidDataException"/>.</summary>
internal static class PageDecompressor
{
    /// <summary>Decompresses.</summary>
    /// <param name="compression">How.</param>
    /// <param name="compressed">The array that holds the compressed bytes.</param>
    /// <param name="start">Where in it they begin.</param>
    /// <param name="end">Where they end.</param>
    /// <param name="expectedBytes">How many bytes must come out.</param>
    /// <param name="content">A buffer that is replaced by a larger one where it does not suffice.</param>
    public static void Decompress(ParquetCompression compression, byte[] compressed, int start, int end, int expectedBytes, ref byte[] content)
    {
        switch (compression)
        {
            case ParquetCompression.Snappy:
                var block = compressed.AsSpan(start, end - start);
                var stated = SnappyDecoder.StatedLength(block, out _);
                if (stated != expectedBytes) throw new InvalidDataException($"expected {expectedBytes} bytes of content, the Snappy block states {stated}");
                if (content.Length < expectedBytes) content = new byte[expectedBytes];
                SnappyDecoder.Decode(block, content.AsSpan(0, expectedBytes));
                break;
            case ParquetCompression.Lz4:
                if (expectedBytes > (long)(end - start) * Lz4Decoder.ExpansionMax) throw new InvalidDataException($"expected {expectedBytes} bytes of content, more than an LZ4 block of {end - start} bytes can hold");
                if (content.Length < expectedBytes) content = new byte[expectedBytes];
                Lz4Decoder.Decode(compressed.AsSpan(start, end - start), content.AsSpan(0, expectedBytes));
                break;
            case ParquetCompression.Gzip:
                using (var gzip = new GZipStream(new MemoryStream(compressed, start, end - start), CompressionMode.Decompress))
                    Drain(gzip, expectedBytes, ref content);
                break;
            case ParquetCompression.Brotli:
                using (var brotli = new BrotliStream(new MemoryStream(compressed, start, end - start), CompressionMode.Decompress))
                    Drain(brotli, expectedBytes, ref content);
                break;
            case ParquetCompression.Zstd:
                Zstd.Decompress(compressed.AsSpan(start, end - start), expectedBytes, ref content);
                break;
            default:
                throw new InvalidDataException($"expected no compression, Snappy, gzip, Brotli, LZ4_RAW or Zstandard, found {Name(compression)}");
        }
    }

    private static void Drain(Stream stream, int expectedBytes, ref byte[] content)
    {
        var written = 0;
        while (true)
        {
            Growth.Ensure(ref content, written, expectedBytes + 1);
            int got;
            try
            {
                got = stream.Read(content, written, content.Length - written);
            }
            catch (InvalidOperationException fault)
            {
                throw new InvalidDataException($"the compressed data is broken after {written} bytes of content ({fault.Message.TrimEnd('.')})", fault);
            }

            if (got == 0) break;
            written += got;
            if (written > expectedBytes) throw new InvalidDataException($"expected {expectedBytes} bytes of content, the compressed data has more");
        }

        if (written != expectedBytes) throw new InvalidDataException($"expected {expectedBytes} bytes of content, the compressed data has {written}");
    }

    private static string Name(ParquetCompression compression) => (int)compression switch { 3 => "LZO", 5 => "LZ4 with Hadoop's frames", var other => $"codec {other}" };
}
