using Touchstone.Annotations.Geometry;

namespace Touchstone.Formats.Coco;

/// <summary>Numbers as our files write them.</summary>
internal static class Pixels
{
    /// <summary>Three decimals, without a negative zero.</summary>
    public static double Round(double value) => Math.Round(value, 3, MidpointRounding.AwayFromZero) + 0.0;

    /// <summary>A box whose corners, not whose sides, are rounded: neighbours that touch still touch.</summary>
    public static Box Rounded(Box box)
    {
        var (x, y) = (Round(box.X), Round(box.Y));
        return new Box(x, y, Round(Round(box.Right) - x), Round(Round(box.Bottom) - y));
    }

    /// <summary>Area within a ring, by Gauss's shoelace formula.</summary>
    public static double Area(IReadOnlyList<Point> ring) => Area(ring as Point[] ?? [.. ring]);

    /// <inheritdoc cref="Area(IReadOnlyList{Point})"/>
    public static double Area(ReadOnlySpan<Point> ring)
    {
        if (ring.Length == 0) return 0;
        double twice = 0;
        var before = ring[0];
        foreach (var point in ring[1..])
        {
            twice += before.X * point.Y - point.X * before.Y;
            before = point;
        }

        twice += before.X * ring[0].Y - ring[0].X * before.Y;
        return Math.Abs(twice) / 2;
    }

    /// <summary>Radians as degrees in [0, 360), six decimals.</summary>
    public static double Degrees(double radians)
    {
        var degrees = Math.Round(radians * 180 / Math.PI, 6) % 360;
        return degrees < 0 ? degrees + 360 : degrees + 0.0;
    }
}
