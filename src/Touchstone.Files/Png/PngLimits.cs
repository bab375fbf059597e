namespace Touchstone.Files.Png;

/// <summary>The largest image that a reader accepts; a hostile header is refused before memory is taken.</summary>
/// <param name="MaxPixels">Most pixels.</param>
/// <param name="MaxBytes">Most bytes of decoded samples.</param>
public sealed record PngLimits(long MaxPixels = 200_000_000, long MaxBytes = 1L << 30)
{
    /// <summary>200 million pixels, 1 GiB.</summary>
    public static readonly PngLimits Default = new();

    internal void Check(PngHeader header)
    {
        var pixels = (long)header.WidthPx * header.HeightPx;
        var bytes = (double)header.HeightPx * (((double)header.WidthPx * header.BitsPerPixel + 7) / 8);
        if (pixels > MaxPixels || bytes > Math.Min(MaxBytes, Array.MaxLength))
            throw new PngFormatException(PngFault.TooLarge, $"{header.WidthPx} x {header.HeightPx} pixels of {header.BitsPerPixel} bits are more than {MaxPixels} pixels or {MaxBytes} bytes");
    }
}
