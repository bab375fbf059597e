using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;

namespace Touchstone.Formats.Exchange;

/// <summary>What a mark becomes where a format has none of its kind: the first that the format has, nearest first.</summary>
internal static class MarkFallbacks
{
    /// <summary>Corners outside the picture are drawn no farther from it than this many times its side, since drawing takes time and memory for an outline's length.</summary>
    private const int FarSides = 4;

    /// <summary>Outlines that are longer than this and the picture's pixels together are not drawn: no object has such, and memory for one would not be in proportion to the file.</summary>
    private const double OutlineLeastMaxPx = 4_000_000;

    /// <summary>What may stand for a kind, in order of preference.</summary>
    public static IReadOnlyList<MarkKind> Of(MarkKind kind) => kind switch
    {
        MarkKind.Box => [MarkKind.RotatedBox, MarkKind.Polygon],
        MarkKind.RotatedBox => [MarkKind.Polygon, MarkKind.Polygons, MarkKind.Mask, MarkKind.Box],
        MarkKind.Polygon => [MarkKind.Polygons, MarkKind.Mask, MarkKind.Box],
        MarkKind.Polygons => [MarkKind.Mask, MarkKind.Polygon, MarkKind.Box],
        MarkKind.Ellipse => [MarkKind.Polygon, MarkKind.Mask, MarkKind.Box],
        MarkKind.Mask => [MarkKind.Polygons, MarkKind.Polygon, MarkKind.Box],
        MarkKind.Keypoints => [],
        MarkKind.Polyline => [],
        MarkKind.TextSpan => [],
        _ => [],
    };

    /// <summary>Whether nothing of the outline is lost by it.</summary>
    public static bool IsExact(MarkKind kind, MarkKind instead) => (kind, instead) is
        (MarkKind.Box, MarkKind.RotatedBox or MarkKind.Polygon) or (MarkKind.RotatedBox, MarkKind.Polygon or MarkKind.Polygons) or (MarkKind.Polygon, MarkKind.Polygons);

    /// <summary>The mark as one of another kind; null where the picture's size is needed and not known.</summary>
    public static Mark? Make(Mark mark, MarkKind kind, Sample sample) => kind switch
    {
        MarkKind.Box => mark.Bounds is { } bounds ? new Outline(bounds) : null,
        MarkKind.RotatedBox when mark.Bounds is { } b => new Outline(new RotatedBox(b.X + b.Width / 2, b.Y + b.Height / 2, b.Width, b.Height, 0)),
        MarkKind.Polygon => MarkShapes.RingsOf(mark) is { Count: > 0 } rings ? new Outline(new Polygon(Joined(rings))) : null,
        MarkKind.Polygons => MarkShapes.RingsOf(mark) switch { [] => null, [var ring] => new Outline(new Polygon(ring)), var parts => new Rings(parts) },
        MarkKind.Mask => MaskOf(mark, sample) is { } mask ? new PixelMask(mask) : null,
        _ => null,
    };

    /// <summary>One ring that goes around all: from the corner that it is at to the next ring's nearest corner, around it and back, along a line of no width.</summary>
    private static List<Point> Joined(IReadOnlyList<IReadOnlyList<Point>> rings)
    {
        List<Point> all = [.. rings[0]];
        foreach (var ring in rings.Skip(1))
        {
            var (best, from, to) = (double.PositiveInfinity, 0, 0);
            for (var i = 0; i < all.Count; i++)
            {
                for (var j = 0; j < ring.Count; j++)
                {
                    var (dx, dy) = (all[i].X - ring[j].X, all[i].Y - ring[j].Y);
                    if (dx * dx + dy * dy < best) (best, from, to) = (dx * dx + dy * dy, i, j);
                }
            }

            List<Point> detour = [.. Enumerable.Range(0, ring.Count + 1).Select(i => ring[(to + i) % ring.Count]), all[from]];
            all.InsertRange(from + 1, detour);
        }

        return all;
    }

    private static RunLengthMask? MaskOf(Mark mark, Sample sample)
    {
        if (sample.WidthPx <= 0 || sample.HeightPx <= 0) return null;
        if ((long)sample.WidthPx * sample.HeightPx > int.MaxValue) return null;
        var rings = MarkShapes.RingsOf(mark);
        double Near(double coordinate, int side) => double.IsNaN(coordinate) ? 0 : Math.Clamp(coordinate, -FarSides * (double)side, (FarSides + 1.0) * side);
        List<double[]> near = [.. rings.Select(ring => ring.SelectMany(p => (double[])[Near(p.X, sample.WidthPx), Near(p.Y, sample.HeightPx)]).ToArray())];
        return near.Count == 0 || near.Sum(Length) > OutlineLeastMaxPx + (double)sample.WidthPx * sample.HeightPx ? null : RunLengthMask.FromPolygons(sample.HeightPx, sample.WidthPx, near);
    }

    /// <summary>Pixels along a ring.</summary>
    private static double Length(double[] ring)
    {
        double length = 0;
        for (var i = 0; i < ring.Length; i += 2)
        {
            var next = (i + 2) % ring.Length;
            length += Math.Max(Math.Abs(ring[next] - ring[i]), Math.Abs(ring[next + 1] - ring[i + 1]));
        }

        return length;
    }
}
