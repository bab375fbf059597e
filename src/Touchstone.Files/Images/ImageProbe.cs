using System.Diagnostics.CodeAnalysis;
using Touchstone.Files.Png;

namespace Touchstone.Files.Images;

/// <summary>
/// Tells what a picture is and whether its file is whole, from its bytes alone and without making pixels of them: the structure is walked
/// from the header to the end marker, PNG's checksums are compared and its data inflated and counted, and EXIF tells how it is turned.
/// </summary>
public static class ImageProbe
{
    /// <summary>Probes one file, forward only and with a small fixed memory.</summary>
    /// <param name="stream">A readable stream at the first byte. It need not be seekable.</param>
    /// <param name="image">What the picture is.</param>
    /// <param name="fault">Why it is not taken.</param>
    /// <param name="limits">The largest picture to take; the defaults when null.</param>
    /// <returns>True when the file is a whole picture within the limits.</returns>
    /// <exception cref="IOException">The stream itself fails.</exception>
    public static bool TryProbe(Stream stream, [NotNullWhen(true)] out ImageInfo? image, [NotNullWhen(false)] out ImageFault? fault, ImageLimits? limits = null)
    {
        try
        {
            image = Probe(new ForwardReader(stream), limits ?? ImageLimits.Default);
            fault = null;
            return true;
        }
        catch (ImageFaultException refused)
        {
            (image, fault) = (null, refused.Fault);
            return false;
        }
    }

    /// <summary>Probes a file on disk; see <see cref="TryProbe(Stream, out ImageInfo?, out ImageFault?, ImageLimits?)"/>.</summary>
    public static bool TryProbe(string path, [NotNullWhen(true)] out ImageInfo? image, [NotNullWhen(false)] out ImageFault? fault, ImageLimits? limits = null)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        return TryProbe(stream, out image, out fault, limits);
    }

    private static ImageInfo Probe(ForwardReader reader, ImageLimits limits)
    {
        var start = reader.Peek(32);
        if (start.IsEmpty) throw new ImageFaultException(ImageFaults.EmptyFile, "The file has no bytes.");
        if (start.StartsWith(PngChunks.Signature)) return PngProbe.Walk(reader, limits);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return JpegProbe.Walk(reader, limits);
        if (start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8)) return GifProbe.Walk(reader, limits);
        if (start.StartsWith("RIFF"u8) && start.Length >= 12 && start[8..12].SequenceEqual("WEBP"u8)) return WebPProbe.Walk(reader, limits);
        if (start.StartsWith("BM"u8) && BmpProbe.LooksLikeBmp(start)) return BmpProbe.Walk(reader, limits);
        if (Unsupported(start) is { } name)
            throw new ImageFaultException(ImageFaults.UnsupportedFormat, $"The file is {name}; JPEG, PNG, WebP, GIF and BMP are taken.");
        if (PngChunks.Signature.StartsWith(start) || start.SequenceEqual((ReadOnlySpan<byte>)[0xFF, 0xD8]))
            throw reader.Truncated("its first bytes");
        throw new ImageFaultException(ImageFaults.NotAnImage, $"The file begins with {Describe(start)}, which is the beginning of no image format.");
    }

    private static string? Unsupported(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8) || start.StartsWith("II+\0"u8) || start.StartsWith("MM\0+"u8)) return "TIFF";
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || start.StartsWith("\0\0\0\u000CJXL "u8)) return "JPEG XL";
        if (start.StartsWith("\0\0\0\u000CjP  "u8)) return "JPEG 2000";
        if (start.StartsWith("8BPS"u8)) return "a Photoshop document";
        if (start.StartsWith("\0\0\u0001\0"u8)) return "a Windows icon";
        if (start.StartsWith("v/1\u0001"u8)) return "OpenEXR";
        if (start.Length >= 12 && start[4..8].SequenceEqual("ftyp"u8))
        {
            var brand = start[8..12];
            if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8)) return "AVIF";
            if (brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8)) return "HEIF";
        }

        return null;
    }

    private static string Describe(ReadOnlySpan<byte> start)
    {
        var text = start[..Math.Min(start.Length, 12)];
        foreach (var b in text)
            if (b is < 0x20 or > 0x7E)
                return "the bytes " + Convert.ToHexStringLower(text);
        return $"the text \"{System.Text.Encoding.ASCII.GetString(text)}\"";
    }

    /// <summary>Refuses sizes of zero and sizes over the limits, before anything else of the file is read.</summary>
    internal static void CheckSize(long widthPx, long heightPx, ImageLimits limits)
    {
        if (widthPx <= 0 || heightPx <= 0)
            throw new ImageFaultException(ImageFaults.Corrupt, $"The header states {widthPx} x {heightPx} pixels.");
        if (widthPx > limits.MaxSidePx || heightPx > limits.MaxSidePx)
            throw new ImageFaultException(ImageFaults.TooLarge, $"The picture has {widthPx} x {heightPx} pixels; a side may have {limits.MaxSidePx}.");
        if (widthPx * heightPx > limits.MaxPixels)
            throw new ImageFaultException(ImageFaults.TooLarge, $"The picture has {widthPx} x {heightPx} = {widthPx * heightPx} pixels; {limits.MaxPixels} are allowed.");
    }
}
