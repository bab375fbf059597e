using Touchstone.Annotations.Geometry;

namespace Touchstone.Quality.Consensus;

/// <summary>Small geometry of rings and lines.</summary>
internal static class Outline
{
    /// <summary>The point of a line or ring nearest to a point.</summary>
    public static Point Nearest(Point point, IReadOnlyList<Point> outline, bool isClosed)
    {
        var best = outline[0];
        var least = double.PositiveInfinity;
        var segments = isClosed ? outline.Count : outline.Count - 1;
        for (var i = 0; i < segments; i++)
        {
            var candidate = OnSegment(point, outline[i], outline[(i + 1) % outline.Count]);
            var distance = Square(candidate, point);
            if (distance >= least) continue;
            least = distance;
            best = candidate;
        }

        return best;
    }

    /// <summary>The line turned round where that brings its ends nearer to the other's.</summary>
    public static IReadOnlyList<Point> InDirectionOf(IReadOnlyList<Point> line, IReadOnlyList<Point> other)
    {
        var along = Square(line[0], other[0]) + Square(line[^1], other[^1]);
        var against = Square(line[^1], other[0]) + Square(line[0], other[^1]);
        return along <= against ? line : [.. line.Reverse()];
    }

    /// <summary>The outline with points put in between, so that no step is longer than its length over <paramref name="steps"/>.</summary>
    public static Point[] Densified(IReadOnlyList<Point> outline, int steps, bool isClosed)
    {
        var segments = isClosed ? outline.Count : outline.Count - 1;
        double length = 0;
        for (var i = 0; i < segments; i++) length += Math.Sqrt(Square(outline[i], outline[(i + 1) % outline.Count]));
        var longest = Math.Max(1e-9, length / steps);
        List<Point> points = [];
        for (var i = 0; i < segments; i++)
        {
            var (from, to) = (outline[i], outline[(i + 1) % outline.Count]);
            var parts = Math.Max(1, (int)Math.Ceiling(Math.Sqrt(Square(from, to)) / longest - 1e-9));
            for (var part = 0; part < parts; part++)
                points.Add(new Point(from.X + (to.X - from.X) * part / parts, from.Y + (to.Y - from.Y) * part / parts));
        }

        if (!isClosed) points.Add(outline[^1]);
        return [.. points];
    }

    /// <summary>The outline without the points that lie within the tolerance of the line between their neighbours.</summary>
    /// <remarks>D. H. Douglas and T. K. Peucker, Cartographica 10(2), 1973. A ring is cut at its first point and the one furthest from it.</remarks>
    public static Point[] Simplified(Point[] points, double tolerance, bool isClosed)
    {
        if (points.Length < 4) return points;
        var keeps = new bool[points.Length];
        keeps[0] = true;
        if (!isClosed)
        {
            keeps[^1] = true;
            Keep(points, 0, points.Length - 1, tolerance, keeps);
            return [.. points.Where((_, i) => keeps[i])];
        }

        var far = Enumerable.Range(0, points.Length).MaxBy(i => Square(points[0], points[i]));
        keeps[far] = true;
        Point[] ring = [.. points, points[0]];
        Keep(ring, 0, far, tolerance, keeps);
        Keep(ring, far, points.Length, tolerance, keeps);
        Point[] kept = [.. points.Where((_, i) => keeps[i])];
        return kept.Length < 3 ? points : kept;
    }

    private static void Keep(Point[] points, int from, int to, double tolerance, bool[] keeps)
    {
        var (furthest, distance) = (-1, tolerance * tolerance);
        for (var i = from + 1; i < to; i++)
        {
            var away = Square(points[i], OnSegment(points[i], points[from], points[to]));
            if (away > distance) (furthest, distance) = (i, away);
        }

        if (furthest < 0) return;
        keeps[furthest] = true;
        Keep(points, from, furthest, tolerance, keeps);
        Keep(points, furthest, to, tolerance, keeps);
    }

    /// <summary>Whether two sides of the ring that are not neighbours meet, or the ring has collapsed. O(n²).</summary>
    public static bool CrossesItself(IReadOnlyList<Point> ring)
    {
        var n = ring.Count;
        if (n < 3 || Math.Abs(SignedArea(ring)) < 1e-9) return true;
        for (var i = 0; i < n; i++)
        {
            for (var j = i + 2; j < n; j++)
            {
                if (i == 0 && j == n - 1) continue;
                if (Cross(ring[i], ring[i + 1], ring[j], ring[(j + 1) % n])) return true;
            }
        }

        return false;
    }

    private static double SignedArea(IReadOnlyList<Point> ring)
    {
        double twice = 0;
        for (var i = 0; i < ring.Count; i++)
        {
            var (a, b) = (ring[i], ring[(i + 1) % ring.Count]);
            twice += a.X * b.Y - b.X * a.Y;
        }

        return twice / 2;
    }

    private static Point OnSegment(Point point, Point from, Point to)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var squared = dx * dx + dy * dy;
        if (squared <= 0) return from;
        var t = Math.Clamp(((point.X - from.X) * dx + (point.Y - from.Y) * dy) / squared, 0, 1);
        return new Point(from.X + t * dx, from.Y + t * dy);
    }

    private static bool Cross(Point a, Point b, Point c, Point d)
    {
        static double Side(Point p, Point q, Point r) => (q.X - p.X) * (r.Y - p.Y) - (q.Y - p.Y) * (r.X - p.X);
        var (s1, s2, s3, s4) = (Side(a, b, c), Side(a, b, d), Side(c, d, a), Side(c, d, b));
        return s1 * s2 <= 0 && s3 * s4 <= 0 && !(s1 == 0 && s2 == 0 && s3 == 0 && s4 == 0 && !OnSameLine(a, b, c, d));
    }

    /// <summary>Of four points on one line: whether the segments overlap.</summary>
    private static bool OnSameLine(Point a, Point b, Point c, Point d) =>
        Math.Max(Math.Min(a.X, b.X), Math.Min(c.X, d.X)) <= Math.Min(Math.Max(a.X, b.X), Math.Max(c.X, d.X))
        && Math.Max(Math.Min(a.Y, b.Y), Math.Min(c.Y, d.Y)) <= Math.Min(Math.Max(a.Y, b.Y), Math.Max(c.Y, d.Y));

    private static double Square(Point a, Point b) => (a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y);
}
