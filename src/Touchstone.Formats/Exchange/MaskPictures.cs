using Touchstone.Files.Png;

namespace Touchstone.Formats.Exchange;

/// <summary>Masks that files keep as PNG: what is not black is inside.</summary>
internal static class MaskPictures
{
    /// <summary>A picture's pixels as a crop at a place.</summary>
    /// <exception cref="PngFormatException">It is no PNG, or has more than <paramref name="pixelsMax"/> pixels.</exception>
    public static MaskCrop Read(Stream png, int left, int top, long pixelsMax)
    {
        var image = PngReader.Read(png, new PngLimits(pixelsMax));
        var columns = new byte[image.WidthPx * image.HeightPx];
        if (image.ChannelCount == 1)
        {
            for (var y = 0; y < image.HeightPx; y++)
                for (var x = 0; x < image.WidthPx; x++) columns[x * image.HeightPx + y] = image.Sample(x, y) != 0 ? (byte)1 : (byte)0;
            return new MaskCrop(left, top, image.WidthPx, image.HeightPx, columns);
        }

        var rgba = image.ToRgba();
        for (var y = 0; y < image.HeightPx; y++)
        {
            for (var x = 0; x < image.WidthPx; x++)
            {
                var at = (y * image.WidthPx + x) * 4;
                columns[x * image.HeightPx + y] = rgba[at + 3] != 0 && (rgba[at] | rgba[at + 1] | rgba[at + 2]) != 0 ? (byte)1 : (byte)0;
            }
        }

        return new MaskCrop(left, top, image.WidthPx, image.HeightPx, columns);
    }

    /// <summary>A crop as black and white.</summary>
    public static byte[] Write(MaskCrop crop)
    {
        var rows = new byte[crop.Width * crop.Height];
        for (var x = 0; x < crop.Width; x++)
            for (var y = 0; y < crop.Height; y++) rows[y * crop.Width + x] = crop.Columns[x * crop.Height + y] != 0 ? (byte)255 : (byte)0;
        return PngWriter.ToBytes(PngImage.Grey(crop.Width, crop.Height, rows));
    }
}
