using Touchstone.Annotations.Geometry;

namespace Touchstone.Formats.Exchange;

/// <summary>Marks as plain rings, to draw them or to make other marks of them.</summary>
public static class MarkShapes
{
    /// <summary>The closed rings that a mark fills; none of what fills nothing.</summary>
    public static IReadOnlyList<IReadOnlyList<Point>> RingsOf(Mark mark) => mark switch
    {
        Outline { Geometry: Box b } => [[new(b.X, b.Y), new(b.Right, b.Y), new(b.Right, b.Bottom), new(b.X, b.Bottom)]],
        Outline { Geometry: RotatedBox box } => [box.Corners()],
        Outline { Geometry: Polygon polygon } => [polygon.Points],
        Rings rings => rings.Parts,
        Ellipse ellipse => [ellipse.ToPolygon().Points],
        PixelMask mask => MaskRings.Of(mask.Mask),
        _ => [],
    };
}
