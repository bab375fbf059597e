using System.Globalization;
using Touchstone.Annotations.Masks;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Tests.Exchange;

/// <summary>Samples whose masks do not overlap, made from a seed, for formats that keep a number for each pixel.</summary>
internal static class NumberedSamples
{
    private static readonly string[] Classes = ["car", "person", "traffic light"];

    /// <summary>The classes, in their order.</summary>
    public static DatasetFacts Facts { get; } = new() { Classes = [.. Classes.Select(c => new ObjectClass(c))] };

    /// <summary>A picture with up to four objects, in the order of their classes.</summary>
    public static Sample Image(int seed, string? split, bool oneOfClass = false, string? name = null)
    {
        var random = new Random(seed);
        var (width, height) = (random.Next(1, 40), random.Next(1, 40));
        List<LabelledObject> objects = [.. Masks(random, width, height, oneOfClass ? Classes.Length : 4).Select((m, i) => new LabelledObject(Classes[oneOfClass ? i : i / 2], new PixelMask(m)))];
        return new Sample { Name = name ?? $"street/{seed}.jpg", Split = split, WidthPx = width, HeightPx = height, Opinions = [new Opinion { Objects = [.. objects.Where(o => ((PixelMask)o.Mark).Mask.Area > 0)] }] };
    }

    /// <summary>A clip of a few frames with up to four tracks, of which the number names the class.</summary>
    public static Sample Clip(int seed, string? split, Func<int, (string Class, string Track)> track)
    {
        var random = new Random(seed);
        var (width, height, frames) = (random.Next(1, 40), random.Next(1, 40), random.Next(1, 6));
        List<LabelledObject> objects = [];
        for (var frame = 0; frame < frames; frame++)
        {
            var number = 0;
            foreach (var mask in Masks(random, width, height, 4))
            {
                var (name, id) = track(number++);
                if (mask.Area > 0) objects.Add(new LabelledObject(name, new PixelMask(mask)) { Track = id, Frame = frame });
            }
        }

        return new Sample
        {
            Name = "clip" + seed.ToString("D6", CultureInfo.InvariantCulture),
            Kind = InputKind.Clip,
            Split = split,
            WidthPx = width,
            HeightPx = height,
            FrameCount = frames,
            Opinions = [new Opinion { Objects = objects }],
        };
    }

    private static List<RunLengthMask> Masks(Random random, int width, int height, int count)
    {
        var owner = new byte[width * height];
        for (var i = 0; i < owner.Length; i++) owner[i] = (byte)(i > 0 && random.Next(3) > 0 ? owner[i - 1] : random.Next(count + 1));
        return [.. Enumerable.Range(1, count).Select(n => RunLengthMask.FromPixels(height, width, [.. owner.Select(o => (byte)(o == n ? 1 : 0))]))];
    }
}
