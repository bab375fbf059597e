using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Point = Touchstone.Annotations.Geometry.Point;
using Polygon = Touchstone.Annotations.Geometry.Polygon;

namespace Touchstone.Formats.Ontologies;

/// <summary>Shapes cut off at the picture's edge, as far as they reach beyond it.</summary>
internal static class Clipping
{
    /// <summary>Whether a shape reaches further beyond the picture than answers may.</summary>
    public static bool IsNeeded(ShapeGeometry geometry, InputExtent input)
    {
        if (!input.HasSize) return false;
        var bounds = geometry.Bounds;
        const double Edge = AnswerChecker.EdgeTolerancePx;
        return bounds.X < -Edge || bounds.Y < -Edge || bounds.Right > input.WidthPx + Edge || bounds.Bottom > input.HeightPx + Edge;
    }

    /// <summary>The part within the picture; null where there is none, or where a shape of its kind cannot be cut (a rotated box keeps its form).</summary>
    public static ShapeGeometry? Clip(ShapeGeometry geometry, InputExtent input) => geometry switch
    {
        Box box => OfBox(box, input),
        Polygon polygon => OfPolygon(polygon, input),
        Polyline line => OfLine(line, input),
        _ => null,
    };

    private static Box? OfBox(Box box, InputExtent input)
    {
        var (left, top) = (Math.Max(0, box.X), Math.Max(0, box.Y));
        var (right, bottom) = (Math.Min(input.WidthPx, box.Right), Math.Min(input.HeightPx, box.Bottom));
        return right > left && bottom > top ? new Box(left, top, right - left, bottom - top) : null;
    }

    /// <summary>The greatest of the parts that remain.</summary>
    private static Polygon? OfPolygon(Polygon polygon, InputExtent input)
    {
        if (polygon.Points.Count < 3) return null;
        var ring = new LinearRing([.. polygon.Points.Append(polygon.Points[0]).Select(p => new Coordinate(p.X, p.Y))]);
        var whole = GeometryFixer.Fix(new NetTopologySuite.Geometries.Polygon(ring));
        var rest = whole.Intersection(Picture(input));
        var greatest = Enumerable.Range(0, rest.NumGeometries).Select(rest.GetGeometryN).OfType<NetTopologySuite.Geometries.Polygon>().MaxBy(p => p.Area);
        return greatest is null || greatest.IsEmpty ? null : new Polygon([.. greatest.ExteriorRing.Coordinates[..^1].Select(c => new Point(c.X, c.Y))]);
    }

    /// <summary>The longest of the parts that remain.</summary>
    private static Polyline? OfLine(Polyline line, InputExtent input)
    {
        if (line.Points.Count < 2) return null;
        var rest = new LineString([.. line.Points.Select(p => new Coordinate(p.X, p.Y))]).Intersection(Picture(input));
        var longest = Enumerable.Range(0, rest.NumGeometries).Select(rest.GetGeometryN).OfType<LineString>().MaxBy(l => l.Length);
        return longest is null || longest.IsEmpty ? null : new Polyline([.. longest.Coordinates.Select(c => new Point(c.X, c.Y))]);
    }

    private static NetTopologySuite.Geometries.Geometry Picture(InputExtent input) => new GeometryFactory().ToGeometry(new Envelope(0, input.WidthPx, 0, input.HeightPx));
}
