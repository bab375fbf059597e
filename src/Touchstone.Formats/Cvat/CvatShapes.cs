using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Xml;

namespace Touchstone.Formats.Cvat;

/// <summary>CVAT's shapes, which pictures and tracks have in common.</summary>
/// <remarks>
/// CVAT's pixels are ours: real numbers from the top left corner of the picture, a box by its edges (xbr - xtl is its width). A turned box is given by the edges that it
/// has before it is turned about its centre, in degrees clockwise on screen. CVAT itself writes two decimals; here numbers are written in full.
/// </remarks>
internal static class CvatShapes
{
    private const double RadiansOfDegree = Math.PI / 180;

    /// <summary>The mark of a shape; null where it has none that can be read, which is told.</summary>
    public static Mark? Read(XElement shape, ObjectClass? of, int widthPx, int heightPx, CvatReading reading)
    {
        switch (shape.Name.LocalName)
        {
            case "box":
                return Box(shape, reading);
            case "ellipse":
                return EllipseOf(shape, reading);
            case "polygon":
                return Points(shape, 3, reading) is { } ring ? new Outline(new Polygon(ring)) : null;
            case "polyline":
                return Points(shape, 2, reading) is { } line ? new Outline(new Polyline(line)) : null;
            case "points":
                return Points(shape, 1, reading) is { } points ? new Outline(new Keypoints([.. points.Select(p => new Keypoint(p.X, p.Y, Visibility.Visible))])) : null;
            case "mask":
                return CvatMask.Read(shape, widthPx, heightPx, reading) is { } mask ? new PixelMask(mask) : null;
            case "skeleton":
                return Skeleton(shape, of, reading);
            case "cuboid":
                reading.Fault(shape, "a cuboid drawn in a picture is not read: nothing here stands for it.");
                return null;
            default:
                reading.Fault(shape, $"<{shape.Name.LocalName}> is no shape; box, ellipse, polygon, polyline, points, mask or skeleton was expected.");
                return null;
        }
    }

    public static void Write(XmlWriter xml, LabelledObject each, ObjectClass? of, Action writeHead)
    {
        var isSkeleton = IsSkeleton(each, of);
        xml.WriteStartElement(isSkeleton ? "skeleton" : Element(each.Mark.Kind));
        writeHead();
        switch (each.Mark)
        {
            case Outline { Geometry: Box box }:
                Edges(xml, box.X, box.Y, box.Right, box.Bottom);
                break;
            case Outline { Geometry: RotatedBox box }:
                Edges(xml, box.CentreX - box.Width / 2, box.CentreY - box.Height / 2, box.CentreX + box.Width / 2, box.CentreY + box.Height / 2);
                Rotation(xml, box.Angle);
                break;
            case Ellipse ellipse:
                foreach (var (name, value) in (ReadOnlySpan<(string, double)>)[("cx", ellipse.CentreX), ("cy", ellipse.CentreY), ("rx", ellipse.RadiusX), ("ry", ellipse.RadiusY)]) xml.WriteAttributeString(name, Number(value));
                Rotation(xml, ellipse.Angle);
                break;
            case Outline { Geometry: Polygon polygon }:
                xml.WriteAttributeString("points", Text(polygon.Points));
                break;
            case Outline { Geometry: Polyline line }:
                xml.WriteAttributeString("points", Text(line.Points));
                break;
            case PixelMask mask:
                CvatMask.Write(xml, mask.Mask);
                break;
            case Outline { Geometry: Keypoints points } when !isSkeleton:
                xml.WriteAttributeString("points", Text([.. points.Points.Select(p => new Point(p.X, p.Y))]));
                break;
        }

        CvatAttributes.WriteElements(xml, each, isSkeleton ? of : null);
        if (isSkeleton) WriteSkeleton(xml, each, of!);
        xml.WriteEndElement();
    }

    private static string Element(MarkKind kind) => kind switch
    {
        MarkKind.Box or MarkKind.RotatedBox => "box",
        MarkKind.Polygon => "polygon",
        MarkKind.Polyline => "polyline",
        MarkKind.Keypoints => "points",
        MarkKind.Ellipse => "ellipse",
        MarkKind.Mask => "mask",
        _ => throw new InvalidOperationException($"CVAT has no {kind}; it should have been narrowed away."),
    };

    private static bool IsSkeleton(LabelledObject each, ObjectClass? of) =>
        each.Mark is Outline { Geometry: Keypoints points } && of is not null && of.Keypoints.Count > 0 && (!CvatLabels.HasPlainPoints(of) || points.Points.Any(p => p.Visibility != Visibility.Visible));

    private static Outline? Box(XElement shape, CvatReading reading)
    {
        if (reading.Pixels(shape, "xtl") is not { } left || reading.Pixels(shape, "ytl") is not { } top || reading.Pixels(shape, "xbr") is not { } right || reading.Pixels(shape, "ybr") is not { } bottom) return null;
        if (right < left || bottom < top)
        {
            reading.Fault(shape, FormattableString.Invariant($"xbr {right} and ybr {bottom} must not be below xtl {left} and ytl {top}."));
            return null;
        }

        if (Angle(shape, reading) is not { } angle) return null;
        return angle == 0
            ? new Outline(new Box(left, top, right - left, bottom - top))
            : new Outline(new RotatedBox((left + right) / 2, (top + bottom) / 2, right - left, bottom - top, angle));
    }

    private static Ellipse? EllipseOf(XElement shape, CvatReading reading)
    {
        if (reading.Pixels(shape, "cx") is not { } x || reading.Pixels(shape, "cy") is not { } y || reading.Pixels(shape, "rx") is not { } radiusX || reading.Pixels(shape, "ry") is not { } radiusY) return null;
        if (radiusX >= 0 && radiusY >= 0) return Angle(shape, reading) is { } angle ? new Ellipse(x, y, radiusX, radiusY, angle) : null;
        reading.Fault(shape, FormattableString.Invariant($"the radii {radiusX} and {radiusY} must not be negative."));
        return null;
    }

    /// <summary>Radians in (-π, π]; 0 where nothing is stated.</summary>
    private static double? Angle(XElement shape, CvatReading reading)
    {
        if (shape.Attribute("rotation") is null) return 0;
        if (reading.Pixels(shape, "rotation") is not { } degrees) return null;
        degrees %= 360;
        return (degrees > 180 ? degrees - 360 : degrees <= -180 ? degrees + 360 : degrees) * RadiansOfDegree;
    }

    private static void Rotation(XmlWriter xml, double angle)
    {
        var degrees = angle / RadiansOfDegree % 360;
        if (degrees != 0) xml.WriteAttributeString("rotation", Number(degrees < 0 ? degrees + 360 : degrees));
    }

    private static List<Point>? Points(XElement shape, int least, CvatReading reading)
    {
        var text = shape.Attribute("points")?.Value ?? "";
        List<Point> points = [];
        foreach (var part in text.AsSpan().Split(';'))
        {
            var pair = text.AsSpan(part).Trim();
            if (pair.Length == 0) continue;
            var comma = pair.IndexOf(',');
            if (comma > 0 && TryPixels(pair[..comma], out var x) && TryPixels(pair[(comma + 1)..], out var y))
            {
                points.Add(new Point(x, y));
                continue;
            }

            reading.Fault(shape, $"point {points.Count + 1} is \"{CvatReading.Short(pair.ToString())}\"; \"x,y\" was expected.");
            return null;
        }

        if (points.Count >= least) return points;
        reading.Fault(shape, $"<{shape.Name.LocalName}> has {points.Count} points; {least} or more were expected.");
        return null;
    }

    private static bool TryPixels(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && Math.Abs(number) <= CvatReading.PixelsMax;

    /// <summary>Points by their names, in the class's order. One that is outside is not labelled; of a track that is away all are where they were.</summary>
    private static Outline? Skeleton(XElement shape, ObjectClass? of, CvatReading reading)
    {
        var isAway = IsSet(shape, "outside");
        List<Keypoint> unnamed = [];
        var keypoints = new Keypoint[of?.Keypoints.Count ?? 0];
        foreach (var each in shape.Elements("points"))
        {
            if (Points(each, 1, reading) is not [var (x, y), ..]) return null;
            var visibility = IsSet(each, "outside") && (!isAway || (x, y) == (0, 0)) ? Visibility.NotLabelled : IsSet(each, "occluded") ? Visibility.Hidden : Visibility.Visible;
            var point = visibility == Visibility.NotLabelled ? new Keypoint(0, 0, visibility) : new Keypoint(x, y, visibility);
            var position = of is null ? -1 : IndexOf(of.Keypoints, each.Attribute("label")?.Value);
            if (position >= 0) keypoints[position] = point;
            else if (keypoints.Length == 0) unnamed.Add(point);
            else reading.Fault(each, $"the skeleton \"{of!.Name}\" has no point \"{each.Attribute("label")?.Value}\".");
        }

        if (keypoints.Length == 0) keypoints = [.. unnamed];
        if (keypoints.Length > 0) return new Outline(new Keypoints(keypoints));
        reading.Fault(shape, "<skeleton> has no points.");
        return null;
    }

    private static void WriteSkeleton(XmlWriter xml, LabelledObject each, ObjectClass of)
    {
        var points = ((Keypoints)((Outline)each.Mark).Geometry).Points;
        for (var i = 0; i < points.Count; i++)
        {
            var name = i < of.Keypoints.Count ? of.Keypoints[i] : CvatLabels.PlainName(i);
            xml.WriteStartElement("points");
            xml.WriteAttributeString("label", SafeXml.Text(name));
            xml.WriteAttributeString("outside", each.IsOutside || points[i].Visibility == Visibility.NotLabelled ? "1" : "0");
            xml.WriteAttributeString("occluded", points[i].Visibility == Visibility.Hidden ? "1" : "0");
            if (each.Frame is not null) xml.WriteAttributeString("keyframe", each.IsKeyframe ? "1" : "0");
            xml.WriteAttributeString("points", Text([new Point(points[i].X, points[i].Y)]));
            CvatAttributes.WriteElements(xml, each, of, name);
            xml.WriteEndElement();
        }
    }

    public static bool IsSet(XElement element, string name) => element.Attribute(name)?.Value is "1" or "true" or "True";

    private static int IndexOf(IReadOnlyList<string> names, string? name)
    {
        for (var i = 0; i < names.Count; i++)
            if (names[i] == name) return i;
        return -1;
    }

    private static void Edges(XmlWriter xml, double left, double top, double right, double bottom)
    {
        foreach (var (name, value) in (ReadOnlySpan<(string, double)>)[("xtl", left), ("ytl", top), ("xbr", right), ("ybr", bottom)]) xml.WriteAttributeString(name, Number(value));
    }

    private static string Text(IReadOnlyList<Point> points) => string.Join(';', points.Select(p => $"{Number(p.X)},{Number(p.Y)}"));

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
