using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Rigs;

/// <summary>Corners of cuboids, what lies in them, and what a camera sees of them.</summary>
public static class CuboidGeometry
{
    /// <summary>The eight corners, metres, in the cuboid's frame: x runs slowest, z fastest, each from its lower to its upper end.</summary>
    public static (double X, double Y, double Z)[] Corners(this Cuboid cuboid)
    {
        var corners = new (double, double, double)[8];
        for (var i = 0; i < 8; i++)
        {
            var (u, v, w) = cuboid.Rotation.Turn(Half(i & 4) * cuboid.Length, Half(i & 2) * cuboid.Width, Half(i & 1) * cuboid.Height);
            corners[i] = (cuboid.X + u, cuboid.Y + v, cuboid.Z + w);
        }

        return corners;
    }

    private static double Half(int bit) => bit == 0 ? -0.5 : 0.5;

    /// <summary>Whether a point of the cuboid's frame lies in it or on it.</summary>
    public static bool Contains(this Cuboid cuboid, double x, double y, double z)
    {
        var (u, v, w) = cuboid.Rotation.Inverse.Turn(x - cuboid.X, y - cuboid.Y, z - cuboid.Z);
        return Math.Abs(u) <= cuboid.Length / 2 && Math.Abs(v) <= cuboid.Width / 2 && Math.Abs(w) <= cuboid.Height / 2;
    }

    /// <summary>How many points lie in a cuboid.</summary>
    /// <param name="cuboid">The cuboid, in the points' frame.</param>
    /// <param name="positions">x, y, z of each, metres.</param>
    public static int CountPoints(this Cuboid cuboid, ReadOnlySpan<double> positions)
    {
        var count = 0;
        for (var i = 0; i + 2 < positions.Length; i += 3)
            if (cuboid.Contains(positions[i], positions[i + 1], positions[i + 2])) count++;
        return count;
    }

    /// <summary>The box of a cuboid in a picture: of the outline of those corners that are in front of the camera, as far as it is in the picture.</summary>
    /// <param name="cuboid">The cuboid, in the camera's frame.</param>
    /// <param name="camera">The camera.</param>
    /// <param name="widthPx">The picture's width.</param>
    /// <param name="heightPx">The picture's height.</param>
    /// <returns>Null where no corner is in front of the camera or nothing is in the picture.</returns>
    /// <remarks>As nuScenes' devkit has it (<c>export_2d_annotations_as_json</c>): the convex hull of the projected corners, cut with the picture.</remarks>
    public static Box? BoxIn(this Cuboid cuboid, PinholeCamera camera, int widthPx, int heightPx)
    {
        List<Point> projected = [];
        foreach (var (x, y, z) in cuboid.Corners())
            if (z > 0 && camera.Project(x, y, z) is var (u, v)) projected.Add(new Point(u, v));
        var outline = Hull(projected);
        outline = Cut(outline, p => p.X, 0, isLower: true);
        outline = Cut(outline, p => p.X, widthPx, isLower: false);
        outline = Cut(outline, p => p.Y, 0, isLower: true);
        outline = Cut(outline, p => p.Y, heightPx, isLower: false);
        return outline.Count == 0 ? null : new Polygon(outline).Bounds;
    }

    /// <summary>The convex hull, around once.</summary>
    /// <remarks>A. M. Andrew, Information Processing Letters 9(5), 1979: the lower and the upper side, each from left to right and back.</remarks>
    private static List<Point> Hull(List<Point> points)
    {
        Point[] sorted = [.. points.Distinct().OrderBy(p => p.X).ThenBy(p => p.Y)];
        if (sorted.Length < 3) return [.. sorted];
        List<Point> hull = [];
        for (var side = 0; side < 2; side++)
        {
            var start = hull.Count;
            foreach (var point in sorted)
            {
                while (hull.Count >= start + 2 && Cross(hull[^2], hull[^1], point) <= 0) hull.RemoveAt(hull.Count - 1);
                hull.Add(point);
            }

            hull.RemoveAt(hull.Count - 1);
            Array.Reverse(sorted);
        }

        return hull;
    }

    private static double Cross(Point origin, Point a, Point b) => (a.X - origin.X) * (b.Y - origin.Y) - (a.Y - origin.Y) * (b.X - origin.X);

    /// <summary>What of an outline lies on one side of a line.</summary>
    /// <remarks>I. E. Sutherland and G. W. Hodgman, Communications of the ACM 17(1), 1974.</remarks>
    private static List<Point> Cut(List<Point> outline, Func<Point, double> of, double limit, bool isLower)
    {
        List<Point> kept = [];
        for (var i = 0; i < outline.Count; i++)
        {
            var (from, to) = (outline[(i + outline.Count - 1) % outline.Count], outline[i]);
            var (before, after) = (of(from), of(to));
            var (wasIn, isIn) = (isLower ? before >= limit : before <= limit, isLower ? after >= limit : after <= limit);
            if (wasIn != isIn)
            {
                var share = (limit - before) / (after - before);
                kept.Add(new Point(from.X + share * (to.X - from.X), from.Y + share * (to.Y - from.Y)));
            }

            if (isIn) kept.Add(to);
        }

        return kept;
    }
}
