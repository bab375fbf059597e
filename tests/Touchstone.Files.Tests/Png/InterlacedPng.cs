using System.Buffers.Binary;
using System.IO.Compression;
using Touchstone.Files.Png;

namespace Touchstone.Files.Tests.Png;

/// <summary>Writes Adam7 the plain way, from the table of the specification, as a partner for the reader.</summary>
internal static class InterlacedPng
{
    private static readonly int[,] Pass = { { 1, 6, 4, 6, 2, 6, 4, 6 }, { 7, 7, 7, 7, 7, 7, 7, 7 }, { 5, 6, 5, 6, 5, 6, 5, 6 }, { 7, 7, 7, 7, 7, 7, 7, 7 }, { 3, 6, 4, 6, 3, 6, 4, 6 }, { 7, 7, 7, 7, 7, 7, 7, 7 }, { 5, 6, 5, 6, 5, 6, 5, 6 }, { 7, 7, 7, 7, 7, 7, 7, 7 } };

    public static byte[] Write(PngImage image)
    {
        var file = new MemoryStream();
        file.Write(PngChunks.Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.WidthPx);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.HeightPx);
        (header[8], header[9], header[12]) = ((byte)image.BitDepth, (byte)image.Colour, 1);
        PngWriter.WriteChunk(file, "IHDR", header);
        if (image.Palette.Length > 0) PngWriter.WriteChunk(file, "PLTE", image.Palette);
        var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
            for (var pass = 1; pass <= 7; pass++)
                WritePass(zlib, image, pass);
        PngWriter.WriteChunk(file, "IDAT", data.ToArray());
        PngWriter.WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void WritePass(Stream zlib, PngImage image, int pass)
    {
        for (var y = 0; y < image.HeightPx; y++)
        {
            var bits = new List<bool>();
            for (var x = 0; x < image.WidthPx; x++)
                if (Pass[y % 8, x % 8] == pass)
                    for (var channel = 0; channel < image.ChannelCount; channel++)
                        for (var bit = image.BitDepth - 1; bit >= 0; bit--)
                            bits.Add((image.Sample(x, y, channel) >> bit & 1) != 0);
            if (bits.Count == 0) continue;
            var row = new byte[1 + (bits.Count + 7) / 8];
            for (var i = 0; i < bits.Count; i++)
                if (bits[i])
                    row[1 + i / 8] |= (byte)(0x80 >> i % 8);
            zlib.Write(row);
        }
    }
}
