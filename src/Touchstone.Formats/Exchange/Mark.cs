using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;
using Touchstone.Formats.Rigs;

namespace Touchstone.Formats.Exchange;

/// <summary>The kinds of mark that files carry.</summary>
public enum MarkKind
{
    /// <summary>An upright box.</summary>
    Box,

    /// <summary>A box turned about its centre.</summary>
    RotatedBox,

    /// <summary>One closed ring.</summary>
    Polygon,

    /// <summary>Several closed rings that are one object together.</summary>
    Polygons,

    /// <summary>An open line.</summary>
    Polyline,

    /// <summary>Points, in the order that their class names them.</summary>
    Keypoints,

    /// <summary>An ellipse.</summary>
    Ellipse,

    /// <summary>Pixels.</summary>
    Mask,

    /// <summary>A box in space.</summary>
    Cuboid,

    /// <summary>A stretch of a text.</summary>
    TextSpan,
}

/// <summary>Where an object is, as files state it. A sealed set: <see cref="Outline"/>, <see cref="Rings"/>, <see cref="Ellipse"/>, <see cref="PixelMask"/>, <see cref="Cuboid"/>, <see cref="TextSpan"/>.</summary>
/// <remarks>Image coordinates are those of <see cref="Point"/>: pixels as a person sees the picture, origin at the top left corner of the top left pixel, real numbers, y down. Readers convert to them and writers from them.</remarks>
public abstract record Mark
{
    private protected Mark()
    {
    }

    /// <summary>Its kind.</summary>
    public abstract MarkKind Kind { get; }

    /// <summary>The smallest upright box in the image that holds it; null for what lies in space or in a text.</summary>
    public abstract Box? Bounds { get; }
}

/// <summary>A mark that an ontology knows as a geometry: box, rotated box, polygon, polyline or keypoints.</summary>
public sealed record Outline(ShapeGeometry Geometry) : Mark
{
    /// <inheritdoc/>
    public override MarkKind Kind => Geometry.Kind switch
    {
        GeometryKind.Box => MarkKind.Box,
        GeometryKind.RotatedBox => MarkKind.RotatedBox,
        GeometryKind.Polygon => MarkKind.Polygon,
        GeometryKind.Polyline => MarkKind.Polyline,
        GeometryKind.Keypoints => MarkKind.Keypoints,
        _ => throw new InvalidOperationException($"Files carry no {Geometry.Kind} yet."),
    };

    /// <inheritdoc/>
    public override Box? Bounds => Geometry.Bounds;
}

/// <summary>Two or more closed rings that are one object, each filled: what is hidden between them is outside.</summary>
public sealed record Rings(IReadOnlyList<IReadOnlyList<Point>> Parts) : Mark
{
    /// <inheritdoc/>
    public override MarkKind Kind => MarkKind.Polygons;

    /// <inheritdoc/>
    public override Box? Bounds => new Polygon([.. Parts.SelectMany(p => p)]).Bounds;

    /// <inheritdoc/>
    public bool Equals(Rings? other) => other is not null && Parts.Count == other.Parts.Count && Parts.Zip(other.Parts).All(p => p.First.SequenceEqual(p.Second));

    /// <inheritdoc/>
    public override int GetHashCode() => Parts.Aggregate(17, (hash, part) => part.Aggregate(hash, (h, p) => HashCode.Combine(h, p)));
}

/// <summary>An ellipse.</summary>
/// <param name="CentreX">Centre, pixels.</param>
/// <param name="CentreY">Centre, pixels.</param>
/// <param name="RadiusX">Half of its extent along its own first axis, pixels.</param>
/// <param name="RadiusY">Half of its extent along its own second axis, pixels.</param>
/// <param name="Angle">Radians, positive clockwise on screen.</param>
public sealed record Ellipse(double CentreX, double CentreY, double RadiusX, double RadiusY, double Angle = 0) : Mark
{
    /// <inheritdoc/>
    public override MarkKind Kind => MarkKind.Ellipse;

    /// <inheritdoc/>
    public override Box? Bounds
    {
        get
        {
            var (sin, cos) = Math.SinCos(Angle);
            var halfWidth = Math.Sqrt(RadiusX * RadiusX * cos * cos + RadiusY * RadiusY * sin * sin);
            var halfHeight = Math.Sqrt(RadiusX * RadiusX * sin * sin + RadiusY * RadiusY * cos * cos);
            return new Box(CentreX - halfWidth, CentreY - halfHeight, 2 * halfWidth, 2 * halfHeight);
        }
    }

    /// <summary>A ring of points on it, clockwise on screen from the end of its first axis.</summary>
    /// <param name="count">How many, 3 or more.</param>
    public Polygon ToPolygon(int count = 64)
    {
        var (sin, cos) = Math.SinCos(Angle);
        var points = new Point[count];
        for (var i = 0; i < count; i++)
        {
            var (v, u) = Math.SinCos(2 * Math.PI * i / count);
            points[i] = new Point(CentreX + RadiusX * u * cos - RadiusY * v * sin, CentreY + RadiusX * u * sin + RadiusY * v * cos);
        }

        return new Polygon(points);
    }
}

/// <summary>The pixels of an object.</summary>
public sealed record PixelMask(RunLengthMask Mask) : Mark
{
    /// <inheritdoc/>
    public override MarkKind Kind => MarkKind.Mask;

    /// <inheritdoc/>
    public override Box? Bounds => new Box(Mask.Bounds.X, Mask.Bounds.Y, Mask.Bounds.Width, Mask.Bounds.Height);

    /// <inheritdoc/>
    public bool Equals(PixelMask? other) =>
        other is not null && Mask.Height == other.Mask.Height && Mask.Width == other.Mask.Width && Mask.Counts.SequenceEqual(other.Mask.Counts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Mask.Height, Mask.Width, Mask.Area, Mask.Counts.Length);
}

/// <summary>A box in space. Metres and radians in a right-handed frame.</summary>
/// <param name="X">Centre.</param>
/// <param name="Y">Centre.</param>
/// <param name="Z">Centre.</param>
/// <param name="Length">Extent along its own x axis, the way that it heads.</param>
/// <param name="Width">Extent along its own y axis.</param>
/// <param name="Height">Extent along its own z axis.</param>
/// <param name="Rotation">From its own axes to those of the frame; a unit quaternion.</param>
/// <param name="Frame">The coordinate frame, such as <c>lidar</c>, <c>camera</c> or <c>world</c>.</param>
public sealed record Cuboid(double X, double Y, double Z, double Length, double Width, double Height, Quaternion Rotation, string Frame) : Mark
{
    private const double UprightWithin = 1e-6;

    /// <summary>Whether it is in the frame of a picture's camera (y down) and turned about that frame's y axis alone.</summary>
    internal bool IsUprightInCamera => Frame == SensorRig.CameraFrame && Rotation.Turn(0, 0, 1) is var (x, y, z) && y < 0 && Math.Abs(x) < UprightWithin && Math.Abs(z) < UprightWithin;

    /// <inheritdoc/>
    public override MarkKind Kind => MarkKind.Cuboid;

    /// <inheritdoc/>
    public override Box? Bounds => null;
}

/// <summary>A stretch of a text, counted in Unicode code points.</summary>
/// <param name="Start">The first code point, from 0.</param>
/// <param name="End">The first one after it.</param>
public sealed record TextSpan(long Start, long End) : Mark
{
    /// <inheritdoc/>
    public override MarkKind Kind => MarkKind.TextSpan;

    /// <inheritdoc/>
    public override Box? Bounds => null;
}

/// <summary>A rotation in space, in double precision.</summary>
public readonly record struct Quaternion(double X, double Y, double Z, double W)
{
    /// <summary>No rotation.</summary>
    public static Quaternion Identity => new(0, 0, 0, 1);

    /// <summary>A turn about the z axis, radians, from x towards y.</summary>
    public static Quaternion AboutZ(double angle) => new(0, 0, Math.Sin(angle / 2), Math.Cos(angle / 2));

    /// <summary>A turn about the y axis, radians, from z towards x.</summary>
    public static Quaternion AboutY(double angle) => new(0, Math.Sin(angle / 2), 0, Math.Cos(angle / 2));

    /// <summary>The rotation that turns by <paramref name="second"/> first and by <paramref name="first"/> after it.</summary>
    public static Quaternion operator *(Quaternion first, Quaternion second) => new(
        first.W * second.X + first.X * second.W + first.Y * second.Z - first.Z * second.Y,
        first.W * second.Y - first.X * second.Z + first.Y * second.W + first.Z * second.X,
        first.W * second.Z + first.X * second.Y - first.Y * second.X + first.Z * second.W,
        first.W * second.W - first.X * second.X - first.Y * second.Y - first.Z * second.Z);
}
