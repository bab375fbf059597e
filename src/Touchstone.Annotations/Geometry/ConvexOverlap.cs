namespace Touchstone.Annotations.Geometry;

/// <summary>The area that two convex rings share. Sutherland and Hodgman, CACM 17(1), 1974. Allocates nothing.</summary>
internal static class ConvexOverlap
{
    /// <param name="subject">A convex ring of at most 8 points, clockwise on screen.</param>
    /// <param name="window">Another.</param>
    public static double Area(ReadOnlySpan<Point> subject, ReadOnlySpan<Point> window)
    {
        Span<Point> ring = stackalloc Point[subject.Length + window.Length];
        Span<Point> next = stackalloc Point[subject.Length + window.Length];
        subject.CopyTo(ring);
        var count = subject.Length;
        for (var i = 0; i < window.Length && count > 0; i++)
        {
            count = Clip(ring[..count], window[i], window[(i + 1) % window.Length], next);
            next[..count].CopyTo(ring);
        }

        return PolygonArea.Of(ring[..count]);
    }

    /// <summary>Keeps what lies to the right of the line from one point to another. A line cuts a convex ring at most twice, so it gains one point at most.</summary>
    private static int Clip(ReadOnlySpan<Point> ring, Point from, Point to, Span<Point> kept)
    {
        var count = 0;
        for (var i = 0; i < ring.Length; i++)
        {
            var (current, following) = (ring[i], ring[(i + 1) % ring.Length]);
            var (here, there) = (Side(from, to, current), Side(from, to, following));
            if (here >= 0 && count < kept.Length) kept[count++] = current;
            if (here < 0 == there < 0 || here == 0 || there == 0 || count == kept.Length) continue;
            var t = here / (here - there);
            kept[count++] = new Point(current.X + t * (following.X - current.X), current.Y + t * (following.Y - current.Y));
        }

        return count;
    }

    private static double Side(Point from, Point to, Point point) =>
        (to.X - from.X) * (point.Y - from.Y) - (to.Y - from.Y) * (point.X - from.X);
}
