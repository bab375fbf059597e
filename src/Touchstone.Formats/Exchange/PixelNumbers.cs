using Touchstone.Annotations.Masks;
using Touchstone.Files.Images;
using Touchstone.Files.Png;

namespace Touchstone.Formats.Exchange;

/// <summary>Pictures whose pixels are numbers: of classes, of instances, of tracks. Pixels of one number are one mask.</summary>
internal static class PixelNumbers
{
    private const int HeaderBytes = 26;                     // PNG: signature, then IHDR up to the colour type

    /// <summary>Whether a file begins as a PNG of one channel does.</summary>
    /// <param name="source">The data set.</param>
    /// <param name="file">The file.</param>
    /// <param name="bitDepth">Bits that a number must have; 0 for any.</param>
    public static bool IsOneChannel(DatasetSource source, string file, int bitDepth = 0)
    {
        if (!file.EndsWith(".png", StringComparison.OrdinalIgnoreCase)) return false;
        using var stream = source.OpenRead(file);
        Span<byte> header = stackalloc byte[HeaderBytes];
        return stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes && header[1..4].SequenceEqual("PNG"u8) && header[^1] is (byte)PngColour.Grey or (byte)PngColour.Palette
            && (bitDepth == 0 || header[^2] == bitDepth);
    }

    /// <summary>A PNG of one channel; null where it cannot be read or has more, which is told.</summary>
    public static PngImage? Read(DatasetSource source, string file, FaultLog faults)
    {
        try
        {
            using var stream = source.OpenRead(file);
            var image = PngReader.Read(stream);
            if (image.ChannelCount == 1) return image;
            faults.Add(file, "", $"the picture has {image.BitDepth} bits of {image.Colour}; one channel with a number for each pixel was expected.");
        }
        catch (Exception fault) when (fault is PngFormatException or IOException or FileFormatFaultException)
        {
            faults.Add(file, "", $"the picture cannot be read: {fault.Message}");
        }

        return null;
    }

    /// <summary>The mask of each number in a picture of one channel, by number.</summary>
    public static SortedDictionary<int, RunLengthMask> Masks(PngImage image)
    {
        var numbers = image.ToIndices();
        return Masks(image.WidthPx, image.HeightPx, at => numbers[at]);
    }

    /// <summary>The mask of each number, in one pass down the columns.</summary>
    /// <param name="width">Width, pixels.</param>
    /// <param name="height">Height, pixels.</param>
    /// <param name="numberAt">The number of a pixel, 0 or more, by its place when rows are counted from left to right.</param>
    public static SortedDictionary<int, RunLengthMask> Masks(int width, int height, Func<int, int> numberAt)
    {
        SortedDictionary<int, (List<uint> Counts, long End)> runs = [];
        long at = 0, begun = 0;
        var current = -1;
        void Close()
        {
            if (current < 0) return;
            if (!runs.TryGetValue(current, out var run)) run = ([], 0);
            run.Counts.Add((uint)(begun - run.End));
            run.Counts.Add((uint)(at - begun));
            runs[current] = (run.Counts, at);
        }

        for (var x = 0; x < width; x++)
        {
            for (var y = 0; y < height; y++, at++)
            {
                var number = numberAt(y * width + x);
                if (number == current) continue;
                Close();
                (current, begun) = (number, at);
            }
        }

        Close();
        SortedDictionary<int, RunLengthMask> masks = [];
        foreach (var (number, run) in runs)
        {
            if (run.End < at) run.Counts.Add((uint)(at - run.End));
            masks.Add(number, RunLengthMask.FromCounts(height, width, [.. run.Counts]));
        }

        return masks;
    }

    /// <summary>Gives the pixels of a mask a number.</summary>
    /// <param name="rows">The picture, row by row.</param>
    /// <param name="mask">Which pixels.</param>
    /// <param name="number">The number.</param>
    public static void Paint<T>(Span<T> rows, RunLengthMask mask, T number)
    {
        long at = 0;
        for (var i = 0; i < mask.Counts.Length; at += mask.Counts[i], i++)
        {
            if (i % 2 == 0) continue;
            for (var p = at; p < at + mask.Counts[i]; p++) rows[(int)(p % mask.Height * mask.Width + p / mask.Height)] = number;
        }
    }

    /// <summary>Why a sample cannot be one picture of numbers: masks of several sizes, none that is known, or more pixels than pictures may have. Null where it can.</summary>
    public static string? Refusal(Sample sample, FormatOptions options, string format)
    {
        try
        {
            SizeOf(sample, sample.Opinions.SelectMany(o => o.Objects), options, format);
            return null;
        }
        catch (FileFormatFaultException fault)
        {
            return fault.Message;
        }
    }

    /// <summary>The size that masks have, or else the sample; within <see cref="ImageLimits.Default"/>, since a few bytes may state any size and a picture takes memory for each pixel.</summary>
    /// <exception cref="FileFormatFaultException">They differ, none is known, or it is beyond those limits.</exception>
    public static (int WidthPx, int HeightPx) SizeOf(Sample sample, IEnumerable<LabelledObject> objects, FormatOptions options, string format)
    {
        (int WidthPx, int HeightPx)? size = null;
        foreach (var each in objects)
        {
            if (each.Mark is not PixelMask { Mask: var mask }) continue;
            if (size is { } known && known != (mask.Width, mask.Height)) throw new FileFormatFaultException($"{sample.Name}: its masks are of different sizes; {format} has one picture for all.");
            size = (mask.Width, mask.Height);
        }

        size ??= sample.WidthPx > 0 && sample.HeightPx > 0 ? (sample.WidthPx, sample.HeightPx) : options.AssumedSize;
        var (width, height) = size ?? throw new FileFormatFaultException($"{sample.Name}: its size is not known, which {format} needs; give the size of pictures that cannot be found.");
        var limits = ImageLimits.Default;
        if (Math.Max(width, height) > limits.MaxSidePx || (long)width * height > limits.MaxPixels)
            throw new FileFormatFaultException(FormattableString.Invariant($"{sample.Name}: {width} x {height} pixels; {format} has a picture as large, and at most {limits.MaxSidePx} a side and {limits.MaxPixels} in all are written."));
        return (width, height);
    }

    /// <summary>Writes numbers with 16 bits each.</summary>
    public static void Write(DatasetTarget target, string file, int width, int height, ReadOnlySpan<ushort> rows)
    {
        using var stream = target.Create(file);
        PngWriter.Write(stream, PngImage.Grey16(width, height, rows));
    }

    /// <summary>Writes numbers below 256.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="file">The file.</param>
    /// <param name="width">Width, pixels.</param>
    /// <param name="height">Height, pixels.</param>
    /// <param name="rows">The numbers, row by row.</param>
    /// <param name="palette">Red, green and blue of each number; empty for grey.</param>
    public static void WriteBytes(DatasetTarget target, string file, int width, int height, ReadOnlySpan<ushort> rows, byte[] palette)
    {
        var narrow = new byte[rows.Length];
        for (var i = 0; i < narrow.Length; i++) narrow[i] = (byte)rows[i];
        using var stream = target.Create(file);
        PngWriter.Write(stream, palette.Length == 0 ? PngImage.Grey(width, height, narrow) : PngImage.Indexed(width, height, narrow, palette));
    }
}
