namespace Touchstone.Annotations.Geometry;

/// <summary>The shoelace formula, taken from the first point so that a small shape far from the origin keeps its digits.</summary>
internal static class PolygonArea
{
    public static double Of(ReadOnlySpan<Point> ring) => Math.Abs(Signed(ring));

    /// <summary>Positive where the ring runs clockwise on screen (y points down).</summary>
    public static double Signed(ReadOnlySpan<Point> ring)
    {
        var twice = 0.0;
        for (var i = 2; i < ring.Length; i++)
            twice += (ring[i - 1].X - ring[0].X) * (ring[i].Y - ring[0].Y) - (ring[i].X - ring[0].X) * (ring[i - 1].Y - ring[0].Y);
        return twice / 2;
    }
}
