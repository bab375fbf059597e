using System.Globalization;
using Touchstone.Annotations.Masks;
using Touchstone.Files.Png;

namespace Touchstone.Formats.Exchange;

/// <summary>Clips whose tracks are numbers in one picture a frame.</summary>
internal static class FramePictures
{
    private const int FramesMax = 1_000_000;

    /// <summary>The frame of each picture of a clip: the number that its name is, or, where one of the names is none, its position.</summary>
    public static IReadOnlyList<(int Frame, string Path)> Frames(IReadOnlyList<string> paths)
    {
        List<(int, string)> numbered = new(paths.Count);
        foreach (var path in paths)
            if (int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < FramesMax) numbered.Add((number, path));
        return numbered.Count == paths.Count && numbered.Select(f => f.Item1).Distinct().Count() == paths.Count ? numbered : [.. paths.Select((p, i) => (i, p))];
    }

    /// <summary>Reads a clip. Pictures that differ in size from the first are told and left out.</summary>
    /// <param name="source">The data set.</param>
    /// <param name="paths">Its pictures.</param>
    /// <param name="toObject">The object of a number and its mask; null where it is none.</param>
    /// <param name="faults">Takes what cannot be read.</param>
    public static (int WidthPx, int HeightPx, int FrameCount, List<LabelledObject> Objects) Read(
        DatasetSource source, IReadOnlyList<string> paths, Func<PngImage, string, int, RunLengthMask, LabelledObject?> toObject, FaultLog faults)
    {
        List<LabelledObject> objects = [];
        var (width, height, count) = (0, 0, 0);
        foreach (var (frame, path) in Frames(paths))
        {
            count = Math.Max(count, frame + 1);
            if (PixelNumbers.Read(source, path, faults) is not { } image) continue;
            if (width == 0) (width, height) = (image.WidthPx, image.HeightPx);
            if ((image.WidthPx, image.HeightPx) != (width, height))
            {
                faults.Add(path, "", $"the picture has {image.WidthPx} x {image.HeightPx} pixels; those before it have {width} x {height}.");
                continue;
            }

            foreach (var (number, mask) in PixelNumbers.Masks(image))
                if (toObject(image, path, number, mask) is { } each) objects.Add(each with { Frame = frame });
        }

        return (width, height, count, objects);
    }

    /// <summary>Why a clip cannot be a picture a frame; null where it can.</summary>
    public static string? Refusal(Sample sample, FormatOptions options, string format)
    {
        var count = FrameCount(sample);
        if (count > FramesMax) return $"{count} frames; {format} has a picture for each, of which at most {FramesMax} are written.";
        return count == 0 ? null : PixelNumbers.Refusal(sample, options, format);
    }

    private static long FrameCount(Sample sample) => Math.Max(sample.FrameCount, sample.Opinions.SelectMany(o => o.Objects).Select(o => (o.Frame ?? 0) + 1L).DefaultIfEmpty(0).Max());

    /// <summary>Each frame of a clip with its numbers, row by row; 0 where nothing is.</summary>
    /// <param name="sample">The clip.</param>
    /// <param name="options">For the size, where nothing else tells it.</param>
    /// <param name="format">The format's name, for faults.</param>
    /// <param name="numberOf">The number of an object.</param>
    /// <exception cref="FileFormatFaultException">Masks are of several sizes, or there are more frames than files should be.</exception>
    public static IEnumerable<(int Frame, int WidthPx, int HeightPx, ushort[] Rows)> Draw(Sample sample, FormatOptions options, string format, Func<LabelledObject, int> numberOf)
    {
        List<LabelledObject> objects = [.. sample.Opinions.SelectMany(o => o.Objects)];
        var count = FrameCount(sample);
        if (count > FramesMax) throw new FileFormatFaultException($"{sample.Name} has {count} frames; {format} has a picture for each, of which at most {FramesMax} are written.");
        if (count == 0) yield break;
        var (width, height) = PixelNumbers.SizeOf(sample, objects, options, format);
        var ofFrame = objects.ToLookup(o => o.Frame ?? 0);
        var rows = new ushort[checked(width * height)];
        for (var frame = 0; frame < count; frame++)
        {
            Array.Clear(rows);
            foreach (var each in ofFrame[frame]) PixelNumbers.Paint(rows, ((PixelMask)each.Mark).Mask, (ushort)numberOf(each));
            yield return (frame, width, height, rows);
        }
    }
}

/// <summary>Numbers of tracks where each class has a range of its own. A track whose name is such a number keeps it; what has no track gets a number for itself.</summary>
/// <param name="rangeOf">The first and last number of a class.</param>
/// <param name="format">The format's name, for faults.</param>
internal sealed class RangedTracks(Func<string, (int First, int Last)> rangeOf, string format)
{
    private readonly Dictionary<(string Track, string Class), int> _numbers = [];
    private readonly Dictionary<int, int> _next = [];
    private readonly HashSet<int> _taken = [];

    /// <summary>Takes the numbers that tracks are named by, before others get theirs.</summary>
    public void Keep(IEnumerable<LabelledObject> objects)
    {
        foreach (var each in objects)
        {
            if (each.Track is not { } track || _numbers.ContainsKey((track, each.Class)) || !int.TryParse(track, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) continue;
            var (first, last) = rangeOf(each.Class);
            if (number >= first && number <= last && _taken.Add(number)) _numbers.Add((track, each.Class), number);
        }
    }

    /// <summary>The number of an object's track.</summary>
    /// <exception cref="FileFormatFaultException">The class has no number left.</exception>
    public int Of(LabelledObject each)
    {
        if (each.Track is { } track && _numbers.TryGetValue((track, each.Class), out var number)) return number;
        var (first, last) = rangeOf(each.Class);
        number = _next.GetValueOrDefault(first, first);
        while (number <= last && !_taken.Add(number)) number++;
        if (number > last) throw new FileFormatFaultException($"{format} has numbers for {last - first + 1} tracks of \"{each.Class}\" in a clip; there are more.");
        _next[first] = number + 1;
        if (each.Track is not null) _numbers.Add((each.Track, each.Class), number);
        return number;
    }
}
