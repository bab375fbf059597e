using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Valid;
using Nts = NetTopologySuite.Geometries;

namespace Touchstone.Annotations.Geometry;

/// <summary>Intersection over union of boxes, rotated boxes and polygons.</summary>
internal static class AreaSimilarity
{
    public static double Between(ShapeGeometry first, ShapeGeometry second, SimilarityScale scale)
    {
        if (first is Box one && second is Box other) return Similarity.Iou(one, other);
        if (first.Equals(second)) return 1;
        return first is Polygon || second is Polygon ? OfPolygons(first, second) : OfRectangles(first, second);
    }

    public static double Ratio(double shared, double firstArea, double secondArea)
    {
        var union = firstArea + secondArea - shared;
        return union > 0 ? Math.Clamp(shared / union, 0, 1) : 0;
    }

    /// <summary>What makes a ring invalid (it crosses or touches itself), or null.</summary>
    public static string? FlawOf(ReadOnlySpan<Point> points)
    {
        var error = new IsValidOp(ToPolygon(points)).ValidationError;
        return error is null ? null : $"{error.Message} at x {error.Coordinate.X:0.###}, y {error.Coordinate.Y:0.###}";
    }

    private static double OfRectangles(ShapeGeometry first, ShapeGeometry second)
    {
        Span<Point> one = stackalloc Point[4];
        Span<Point> other = stackalloc Point[4];
        CornersOf(first, one);
        CornersOf(second, other);
        return Ratio(ConvexOverlap.Area(one, other), PolygonArea.Of(one), PolygonArea.Of(other));
    }

    private static void CornersOf(ShapeGeometry rectangle, Span<Point> corners)
    {
        var (x, y, width, height, angle) = rectangle switch
        {
            Box b => (b.X + b.Width / 2, b.Y + b.Height / 2, b.Width, b.Height, 0.0),
            RotatedBox r => (r.CentreX, r.CentreY, r.Width, r.Height, r.Angle),
            _ => throw new ArgumentException($"A {rectangle.Kind} is no rectangle.", nameof(rectangle)),
        };
        var (sin, cos) = Math.SinCos(angle);
        for (var i = 0; i < 4; i++)
        {
            var u = i is 0 or 3 ? -width / 2 : width / 2;
            var v = i is 0 or 1 ? -height / 2 : height / 2;
            corners[i] = new Point(x + u * cos - v * sin, y + u * sin + v * cos);
        }
    }

    private static double OfPolygons(ShapeGeometry first, ShapeGeometry second)
    {
        var (one, other) = (ToValid(first), ToValid(second));
        if (one.IsEmpty || other.IsEmpty || !one.EnvelopeInternal.Intersects(other.EnvelopeInternal)) return 0;
        var shared = OverlayNGRobust.Overlay(one, other, SpatialFunction.Intersection).Area;
        return Ratio(shared, one.Area, other.Area);
    }

    private static Nts.Geometry ToValid(ShapeGeometry shape)
    {
        Span<Point> corners = stackalloc Point[4];
        if (shape is not Polygon polygon)
        {
            CornersOf(shape, corners);
            return ToPolygon(corners);
        }

        if (polygon.Points.Count < 3) return Nts.Polygon.Empty;
        var ring = ToPolygon(polygon.Points.ToArray());
        return ring.IsValid ? ring : GeometryFixer.Fix(ring);
    }

    private static Nts.Polygon ToPolygon(ReadOnlySpan<Point> points)
    {
        var ring = new Nts.Coordinate[points.Length + 1];
        for (var i = 0; i < points.Length; i++) ring[i] = new Nts.Coordinate(points[i].X, points[i].Y);
        ring[^1] = new Nts.Coordinate(points[0].X, points[0].Y);
        return Nts.GeometryFactory.Default.CreatePolygon(ring);
    }
}
