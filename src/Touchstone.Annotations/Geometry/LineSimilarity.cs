namespace Touchstone.Annotations.Geometry;

/// <summary>Truncated Chamfer similarity of two lines.</summary>
/// <remarks>
/// Points are taken at equal steps along each line. Each counts 1 where it lies on the other line, falling evenly to 0 at twice the scale; the
/// result is the mean of both lines' means. A line along half of another thus keeps more than half, whichever was drawn in which direction.
/// Chamfer matching: Barrow et al., IJCAI 1977; its truncation keeps one stray end from deciding.
/// </remarks>
internal static class LineSimilarity
{
    private const int MinSamples = 16;
    private const int MaxSamples = 512;

    public static double Between(ShapeGeometry first, ShapeGeometry second, SimilarityScale scale)
    {
        var (one, other) = (((Polyline)first).Points, ((Polyline)second).Points);
        if (one.Count == 0 || other.Count == 0) return one.Count == other.Count ? 1 : 0;
        if (first.Equals(second)) return 1;
        return (Along(one, other, scale.PolylinePx) + Along(other, one, scale.PolylinePx)) / 2;
    }

    /// <summary>Mean nearness of the points along one line to the other.</summary>
    private static double Along(IReadOnlyList<Point> line, IReadOnlyList<Point> other, double scale)
    {
        var length = 0.0;
        for (var i = 1; i < line.Count; i++) length += Distance(line[i - 1], line[i]);
        var samples = (int)Math.Clamp(Math.Ceiling(length * 4 / scale), MinSamples, MaxSamples);

        var (segment, passed, total) = (1, 0.0, 0.0);
        for (var sample = 0; sample < samples; sample++)
        {
            var at = length * (sample + 0.5) / samples;
            while (segment < line.Count - 1 && passed + Distance(line[segment - 1], line[segment]) < at)
                passed += Distance(line[segment - 1], line[segment++]);
            total += Math.Max(0, 1 - ToLine(PointAt(line, segment, at - passed), other) / (2 * scale));
        }

        return total / samples;
    }

    private static Point PointAt(IReadOnlyList<Point> line, int segment, double along)
    {
        if (line.Count == 1) return line[0];
        var (from, to) = (line[segment - 1], line[segment]);
        var length = Distance(from, to);
        var t = length > 0 ? Math.Clamp(along / length, 0, 1) : 0;
        return new Point(from.X + t * (to.X - from.X), from.Y + t * (to.Y - from.Y));
    }

    private static double ToLine(Point point, IReadOnlyList<Point> line)
    {
        var nearest = Distance(point, line[0]);
        for (var i = 1; i < line.Count; i++) nearest = Math.Min(nearest, ToSegment(point, line[i - 1], line[i]));
        return nearest;
    }

    private static double ToSegment(Point point, Point from, Point to)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var squared = dx * dx + dy * dy;
        var t = squared > 0 ? Math.Clamp(((point.X - from.X) * dx + (point.Y - from.Y) * dy) / squared, 0, 1) : 0;
        return Distance(point, new Point(from.X + t * dx, from.Y + t * dy));
    }

    private static double Distance(Point a, Point b)
    {
        var (dx, dy) = (a.X - b.X, a.Y - b.Y);
        return Math.Sqrt(dx * dx + dy * dy);
    }
}
