using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Touchstone.Annotations.Masks;
using Touchstone.Files.Images;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Cvat;

/// <summary>CVAT's masks: runs row by row within a box of whole pixels, the first of them outside. <see cref="RunLengthMask"/> runs column by column over the whole picture.</summary>
internal static class CvatMask
{
    public static RunLengthMask? Read(XElement shape, int widthPx, int heightPx, CvatReading reading)
    {
        if (Whole(shape, "left", reading) is not { } left || Whole(shape, "top", reading) is not { } top || Whole(shape, "width", reading) is not { } width || Whole(shape, "height", reading) is not { } height) return null;
        if (widthPx <= 0 || heightPx <= 0)
        {
            reading.Fault(shape, "a mask needs the width and height of its picture, which nothing states.");
            return null;
        }

        var limits = ImageLimits.Default;
        if (width == 0 || height == 0 || (long)left + width > widthPx || (long)top + height > heightPx || widthPx > limits.MaxSidePx || heightPx > limits.MaxSidePx || (long)widthPx * heightPx > limits.MaxPixels)
        {
            reading.Fault(shape, string.Create(CultureInfo.InvariantCulture, $"a mask of {width} x {height} at {left}, {top} must lie within its picture of {widthPx} x {heightPx}, which may have {limits.MaxPixels} pixels."));
            return null;
        }

        if (Runs(shape, (long)width * height, reading) is not { } runs) return null;
        return Columns(runs, left, top, width, height, widthPx, heightPx);
    }

    public static void Write(XmlWriter xml, RunLengthMask mask)
    {
        var crop = MaskCrop.Of(mask);
        StringBuilder runs = new();
        byte inside = 0;
        var run = 0;
        for (var y = 0; y < crop.Height; y++)
        {
            for (var x = 0; x < crop.Width; x++)
            {
                var pixel = crop.Columns[x * crop.Height + y];
                if (pixel != inside)
                {
                    runs.Append(CultureInfo.InvariantCulture, $"{run}, ");
                    (run, inside) = (0, pixel);
                }

                run++;
            }
        }

        runs.Append(CultureInfo.InvariantCulture, $"{run}");
        xml.WriteAttributeString("rle", runs.ToString());
        xml.WriteAttributeString("left", crop.Left.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("top", crop.Top.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("width", crop.Width.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("height", crop.Height.ToString(CultureInfo.InvariantCulture));
    }

    private static int? Whole(XElement shape, string name, CvatReading reading)
    {
        if (reading.Pixels(shape, name) is not { } number) return null;
        if (number >= 0 && number == Math.Floor(number)) return (int)number;
        reading.Fault(shape, $"<{shape.Name.LocalName}> has {name} \"{shape.Attribute(name)!.Value}\"; a whole number from 0 was expected.");
        return null;
    }

    /// <summary>The runs, which must cover the box; a last run that is left out is outside.</summary>
    private static List<int>? Runs(XElement shape, long pixels, CvatReading reading)
    {
        var text = shape.Attribute("rle")?.Value ?? "";
        List<int> runs = [];
        long total = 0;
        foreach (var part in text.AsSpan().Split(','))
        {
            if (!int.TryParse(text.AsSpan(part).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var run) || (total += run) > pixels)
            {
                reading.Fault(shape, $"rle has \"{CvatReading.Short(text[part])}\" as run {runs.Count + 1}; whole numbers that cover {pixels} pixels were expected.");
                return null;
            }

            runs.Add(run);
        }

        if (total == pixels) return runs;
        reading.Fault(shape, $"the runs of rle cover {total} pixels; width and height make {pixels}.");
        return null;
    }

    private static RunLengthMask Columns(List<int> runs, int left, int top, int width, int height, int widthPx, int heightPx)
    {
        var columns = new byte[width * height];
        var at = 0;
        for (var i = 0; i < runs.Count; i++)
        {
            var end = at + runs[i];
            for (; i % 2 == 1 && at < end; at++) columns[at % width * height + at / width] = 1;
            at = end;
        }

        return new MaskCrop(left, top, width, height, columns).InPicture(widthPx, heightPx);
    }
}
