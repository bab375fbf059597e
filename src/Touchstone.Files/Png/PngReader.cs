using System.IO.Compression;
using System.Text;

namespace Touchstone.Files.Png;

/// <summary>Reads PNG: every colour type and depth, transparency, both interlace methods; every CRC is checked.</summary>
/// <remarks>W3C, Portable Network Graphics (PNG) Specification, third edition.</remarks>
public static class PngReader
{
    private const int MostTextBytes = 1 << 20;
    private const int MostDeflated = 1032;     // bytes that one byte of deflate can stand for: 258 bytes repeated take two bits (RFC 1951, section 3.2.5)

    /// <summary>Reads one image, forward only.</summary>
    /// <param name="stream">A readable stream at the signature; it is left after the IEND chunk.</param>
    /// <param name="limits">The largest image to accept; the defaults when null.</param>
    /// <exception cref="PngFormatException">The file is no PNG, truncated, corrupt or larger than the limits. Size is judged before memory is taken.</exception>
    public static PngImage Read(Stream stream, PngLimits? limits = null)
    {
        var chunks = new PngChunks(stream);
        chunks.ReadSignature();
        var header = PngHeader.Read(chunks);
        (limits ?? PngLimits.Default).Check(header);
        if (stream.CanSeek && (double)header.HeightPx * (((double)header.WidthPx * header.BitsPerPixel + 7) / 8) > (double)MostDeflated * stream.Length)
            throw new PngFormatException(PngFault.Truncated, $"{stream.Length} bytes cannot hold {header.WidthPx} x {header.HeightPx} pixels of {header.BitsPerPixel} bits");

        byte[]? samples = null;
        byte[] palette = [], transparency = [];
        var texts = new List<PngText>();
        chunks.Next();
        while (chunks.Type != "IEND")
        {
            if (chunks.Type == "IDAT" && samples is null)
            {
                samples = ReadSamples(chunks, header);       // leaves the walk at the first chunk after the data
                continue;
            }

            switch (chunks.Type)
            {
                case "PLTE" when samples is null:
                    palette = ReadPalette(chunks);
                    break;
                case "tRNS" when samples is null:
                    transparency = chunks.ReadAll(256);
                    break;
                case "tEXt" when chunks.Length <= MostTextBytes:
                    texts.Add(ReadText(chunks.ReadAll(MostTextBytes)));
                    break;
                default:
                    if (chunks.IsCritical)
                        throw new PngFormatException(PngFault.Corrupt, $"an unexpected {chunks.Type} chunk ends at byte {chunks.Offset + chunks.Remaining + 4}");
                    chunks.Finish();
                    break;
            }

            chunks.Next();
        }

        chunks.Finish();
        if (samples is null)
            throw new PngFormatException(PngFault.Corrupt, "there is no IDAT chunk");
        if (header.Colour == PngColour.Palette && palette.Length == 0)
            throw new PngFormatException(PngFault.Corrupt, "a palette image has no PLTE chunk");
        return new PngImage(header.WidthPx, header.HeightPx, header.Colour, header.BitDepth, samples)
        {
            Palette = palette,
            Transparency = transparency,
            Texts = texts,
        };
    }

    private static byte[] ReadPalette(PngChunks chunks)
    {
        var palette = chunks.ReadAll(256 * 3);
        return palette.Length % 3 == 0 && palette.Length > 0
            ? palette
            : throw new PngFormatException(PngFault.Corrupt, $"the PLTE chunk has {palette.Length} bytes, not a multiple of three");
    }

    private static PngText ReadText(byte[] payload)
    {
        var end = Array.IndexOf(payload, (byte)0);
        return end < 0
            ? new PngText(Encoding.Latin1.GetString(payload), "")
            : new PngText(Encoding.Latin1.GetString(payload, 0, end), Encoding.Latin1.GetString(payload, end + 1, payload.Length - end - 1));
    }

    private static byte[] ReadSamples(PngChunks chunks, PngHeader header)
    {
        using var data = new PngDataStream(chunks);
        byte[] samples;
        try
        {
            using var rows = new ZLibStream(data, CompressionMode.Decompress, leaveOpen: true);
            samples = header.IsInterlaced ? PngRows.ReadInterlaced(rows, header) : PngRows.Read(rows, header);
        }
        catch (InvalidDataException fault)
        {
            throw new PngFormatException(PngFault.Corrupt, $"the compressed data is broken before byte {chunks.Offset} ({fault.Message.TrimEnd('.')})", fault);
        }

        data.Drain();
        return samples;
    }
}
