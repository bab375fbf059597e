using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using Point = Touchstone.Annotations.Geometry.Point;

namespace Touchstone.Formats.Ontologies;

/// <summary>Rings that neither cross nor touch themselves, as answers take them.</summary>
internal static class SimpleRings
{
    /// <summary>The ring itself where it is simple, and otherwise the outlines of what it fills.</summary>
    public static IEnumerable<IReadOnlyList<Point>> Of(IReadOnlyList<Point> ring)
    {
        if (ring.Count < 3) return [];
        var polygon = new Polygon(new LinearRing([.. ring.Append(ring[0]).Select(p => new Coordinate(p.X, p.Y))]));
        if (polygon.IsValid) return [ring];
        var simple = GeometryFixer.Fix(polygon);
        return Enumerable.Range(0, simple.NumGeometries).Select(simple.GetGeometryN).OfType<Polygon>().Where(p => !p.IsEmpty)
            .Select(p => (IReadOnlyList<Point>)[.. p.ExteriorRing.Coordinates[..^1].Select(c => new Point(c.X, c.Y))]);
    }
}
