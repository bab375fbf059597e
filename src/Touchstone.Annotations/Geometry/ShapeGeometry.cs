using System.Text;

namespace Touchstone.Annotations.Geometry;

/// <summary>What a shape is made of. A sealed set: <see cref="Box"/>, <see cref="RotatedBox"/>, <see cref="Polygon"/>,
/// <see cref="Polyline"/>, <see cref="Keypoints"/>; masks, cuboids and tracks join it as further records.</summary>
/// <remarks>All coordinates are image coordinates as <see cref="Point"/> defines them.</remarks>
public abstract record ShapeGeometry
{
    private protected ShapeGeometry()
    {
    }

    /// <summary>The kind, which names the JSON member that carries the geometry.</summary>
    public abstract GeometryKind Kind { get; }

    /// <summary>The smallest upright box that holds the whole shape.</summary>
    public abstract Box Bounds { get; }

    /// <summary>Prints nothing: a box that printed its bounds would print itself without end.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;
}

/// <summary>The kinds of geometry that a class of an ontology may allow.</summary>
public enum GeometryKind
{
    /// <summary>An upright box.</summary>
    Box,

    /// <summary>A box turned about its centre.</summary>
    RotatedBox,

    /// <summary>A simple closed ring, without holes.</summary>
    Polygon,

    /// <summary>An open line of two or more points.</summary>
    Polyline,

    /// <summary>A fixed, named set of points, each with a visibility.</summary>
    Keypoints,
}

/// <summary>An upright box. JSON: <c>"box": {"x", "y", "width", "height"}</c>.</summary>
/// <param name="X">Left edge, pixels.</param>
/// <param name="Y">Top edge, pixels.</param>
/// <param name="Width">Width, pixels, not negative.</param>
/// <param name="Height">Height, pixels, not negative.</param>
public sealed record Box(double X, double Y, double Width, double Height) : ShapeGeometry
{
    /// <inheritdoc/>
    public override GeometryKind Kind => GeometryKind.Box;

    /// <inheritdoc/>
    public override Box Bounds => this;

    /// <summary>Right edge.</summary>
    public double Right => X + Width;

    /// <summary>Bottom edge.</summary>
    public double Bottom => Y + Height;

    /// <summary>Area in square pixels.</summary>
    public double Area => Width * Height;
}

/// <summary>A box turned about its centre. JSON: <c>"rotated_box": {"cx", "cy", "width", "height", "angle"}</c>.</summary>
/// <param name="CentreX">Centre, pixels.</param>
/// <param name="CentreY">Centre, pixels.</param>
/// <param name="Width">Extent along the box's own first axis, pixels.</param>
/// <param name="Height">Extent along the box's own second axis, pixels.</param>
/// <param name="Angle">Radians, positive clockwise on screen (y points down).</param>
public sealed record RotatedBox(double CentreX, double CentreY, double Width, double Height, double Angle) : ShapeGeometry
{
    /// <inheritdoc/>
    public override GeometryKind Kind => GeometryKind.RotatedBox;

    /// <inheritdoc/>
    public override Box Bounds
    {
        get
        {
            var (sin, cos) = Math.SinCos(Angle);
            var width = Math.Abs(Width * cos) + Math.Abs(Height * sin);
            var height = Math.Abs(Width * sin) + Math.Abs(Height * cos);
            return new Box(CentreX - width / 2, CentreY - height / 2, width, height);
        }
    }

    /// <summary>The four corners, clockwise on screen, beginning with the one that is top left at angle 0.</summary>
    public Point[] Corners()
    {
        var (sin, cos) = Math.SinCos(Angle);
        var (halfWidth, halfHeight) = (Width / 2, Height / 2);
        Point Corner(double u, double v) => new(CentreX + u * cos - v * sin, CentreY + u * sin + v * cos);
        return [Corner(-halfWidth, -halfHeight), Corner(halfWidth, -halfHeight), Corner(halfWidth, halfHeight), Corner(-halfWidth, halfHeight)];
    }
}

/// <summary>A closed ring of three or more points; the last joins the first. JSON: <c>"polygon": [[x, y], ...]</c>.</summary>
public sealed record Polygon(IReadOnlyList<Point> Points) : ShapeGeometry
{
    /// <inheritdoc/>
    public override GeometryKind Kind => GeometryKind.Polygon;

    /// <inheritdoc/>
    public override Box Bounds => Extent.Of(Points);

    /// <inheritdoc/>
    public bool Equals(Polygon? other) => other is not null && Points.SequenceEqual(other.Points);

    /// <inheritdoc/>
    public override int GetHashCode() => Extent.Hash(Points);
}

/// <summary>An open line of two or more points. JSON: <c>"polyline": [[x, y], ...]</c>.</summary>
public sealed record Polyline(IReadOnlyList<Point> Points) : ShapeGeometry
{
    /// <inheritdoc/>
    public override GeometryKind Kind => GeometryKind.Polyline;

    /// <inheritdoc/>
    public override Box Bounds => Extent.Of(Points);

    /// <inheritdoc/>
    public bool Equals(Polyline? other) => other is not null && Points.SequenceEqual(other.Points);

    /// <inheritdoc/>
    public override int GetHashCode() => Extent.Hash(Points);
}

/// <summary>Points in the order that the class names them. JSON: <c>"keypoints": [[x, y, v], ...]</c>.</summary>
public sealed record Keypoints(IReadOnlyList<Keypoint> Points) : ShapeGeometry
{
    /// <inheritdoc/>
    public override GeometryKind Kind => GeometryKind.Keypoints;

    /// <inheritdoc/>
    public override Box Bounds => Extent.Of([.. Points.Where(p => p.Visibility != Visibility.NotLabelled).Select(p => new Point(p.X, p.Y))]);

    /// <inheritdoc/>
    public bool Equals(Keypoints? other) => other is not null && Points.SequenceEqual(other.Points);

    /// <inheritdoc/>
    public override int GetHashCode() => Points.Aggregate(17, (hash, p) => HashCode.Combine(hash, p));
}

/// <summary>One named point. A point that is not labelled lies at 0, 0, as in COCO.</summary>
public readonly record struct Keypoint(double X, double Y, Visibility Visibility);

/// <summary>COCO's keypoint visibility.</summary>
public enum Visibility
{
    /// <summary>Not in the image or not judged.</summary>
    NotLabelled = 0,

    /// <summary>Labelled, but hidden behind something.</summary>
    Hidden = 1,

    /// <summary>Labelled and seen.</summary>
    Visible = 2,
}

internal static class Extent
{
    public static Box Of(IReadOnlyList<Point> points)
    {
        if (points.Count == 0) return new Box(0, 0, 0, 0);
        double left = double.PositiveInfinity, top = left, right = double.NegativeInfinity, bottom = right;
        foreach (var (x, y) in points)
        {
            left = Math.Min(left, x);
            right = Math.Max(right, x);
            top = Math.Min(top, y);
            bottom = Math.Max(bottom, y);
        }

        return new Box(left, top, right - left, bottom - top);
    }

    public static int Hash(IReadOnlyList<Point> points) => points.Aggregate(17, (hash, p) => HashCode.Combine(hash, p));
}
