using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Touchstone.Annotations.Geometry;
using Touchstone.Files.Images;
using Touchstone.Files.Png;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Xml;

namespace Touchstone.Formats.LabelMe;

/// <summary>One file of the old LabelMe.</summary>
internal sealed class LabelMeXmlFile(DatasetSource source, string file, FaultLog faults)
{
    private static readonly JsonElement True = JsonElement.Parse("true");

    /// <returns>Null where the file cannot be read, which is told.</returns>
    public Sample? Read(Stream stream)
    {
        if (SafeXml.Load(stream, file, faults) is not { } root) return null;
        if (root.Name.LocalName != "annotation" || Text(root, "filename") is not { Length: > 0 } picture)
        {
            faults.Add(file, SafeXml.Line(root), "<annotation> with a <filename> was expected.");
            return null;
        }

        var folder = Text(root, "folder");
        var name = folder.Length > 0 ? $"{folder}/{picture}" : picture;
        var size = (Side(root, "ncols"), Side(root, "nrows"));
        if (size.Item1 == 0 || size.Item2 == 0) size = source.SizeOf(name) ?? (0, 0);
        List<LabelledObject> objects = [];
        List<ObjectRelation> relations = [];
        foreach (var element in root.Elements("object"))
        {
            if (Text(element, "deleted") == "1" || ReadObject(element, folder, size) is not { } each) continue;
            objects.Add(each);
            if (each.Id is not null && element.Element("parts") is { } parts)
                foreach (var whole in Text(parts, "ispartof").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) relations.Add(new ObjectRelation(each.Id, whole, "part_of"));
        }

        return new Sample { Name = name, WidthPx = size.Item1, HeightPx = size.Item2, Opinions = [new Opinion { Objects = objects, Relations = relations }] };
    }

    private LabelledObject? ReadObject(XElement element, string folder, (int WidthPx, int HeightPx) size)
    {
        var name = Text(element, "name");
        var drawn = element.Element("polygon") ?? element.Element("segm");
        var mark = drawn?.Name.LocalName switch
        {
            "polygon" => Polygon(drawn, Text(element, "type") == "bounding_box"),
            "segm" => Segment(drawn, folder, size),
            _ => null,
        };
        if (drawn is null) faults.Add(file, SafeXml.Line(element), $"<object> \"{name}\" has neither <polygon> nor <segm>.");
        return mark is null ? null : new LabelledObject(name, mark) { Id = Text(element, "id") is { Length: > 0 } id ? id : null, Attributes = Attributes(element, drawn!) };
    }

    private Outline? Polygon(XElement polygon, bool isBox)
    {
        List<Point> points = [];
        foreach (var point in polygon.Elements("pt"))
        {
            if (Pixels(point, "x") is not { } x || Pixels(point, "y") is not { } y) return null;
            points.Add(new Point(x, y));
        }

        var ring = new Polygon(points);
        if (points.Count >= 3) return new Outline(isBox ? ring.Bounds : ring);
        faults.Add(file, SafeXml.Line(polygon), string.Create(CultureInfo.InvariantCulture, $"<polygon> has {points.Count} points; 3 or more were expected."));
        return null;
    }

    /// <summary>A mask of the whole picture in a PNG; its box where there is no such PNG, which is told.</summary>
    private Mark? Segment(XElement segment, string folder, (int WidthPx, int HeightPx) size)
    {
        var mask = Text(segment, "mask");
        var pixels = (long)size.WidthPx * size.HeightPx;
        var found = mask.Length == 0 ? null : source.FindPicture(folder.Length > 0 ? $"Masks/{folder}/{mask}" : $"Masks/{mask}");
        if (found is not null && pixels is > 0 && pixels <= ImageLimits.Default.MaxPixels)
        {
            try
            {
                using var stream = source.OpenRead(found);
                var crop = MaskPictures.Read(stream, 0, 0, pixels);
                if ((crop.Width, crop.Height) == size) return new PixelMask(crop.InPicture(size.WidthPx, size.HeightPx));
                faults.Add(file, SafeXml.Line(segment), string.Create(CultureInfo.InvariantCulture, $"the mask {found} has {crop.Width} x {crop.Height} pixels, its picture {size.WidthPx} x {size.HeightPx}; its box is taken."));
            }
            catch (PngFormatException fault)
            {
                faults.Add(file, SafeXml.Line(segment), $"the mask {found} cannot be read ({fault.Message.TrimEnd('.')}); its box is taken.");
            }
        }
        else
        {
            faults.Add(file, SafeXml.Line(segment), $"the mask \"{mask}\" is not there or its picture's size is not known; its box is taken.");
        }

        if (segment.Element("box") is not { } box || Pixels(box, "xmin") is not { } left || Pixels(box, "ymin") is not { } top || Pixels(box, "xmax") is not { } right || Pixels(box, "ymax") is not { } bottom) return null;
        if (right >= left && bottom >= top) return new Outline(new Box(left, top, right - left, bottom - top));
        faults.Add(file, SafeXml.Line(box), FormattableString.Invariant($"xmax {right} and ymax {bottom} must not be below xmin {left} and ymin {top}."));
        return null;
    }

    private static Dictionary<string, JsonElement> Attributes(XElement element, XElement drawn)
    {
        Dictionary<string, JsonElement> attributes = new(StringComparer.Ordinal);
        if (Text(element, "occluded") == "yes") attributes[CommonAttributes.Occluded] = True;
        if (Text(element, "verified") == "1") attributes["verified"] = True;
        if (Text(element, "date") is { Length: > 0 } date) attributes["date"] = JsonSerializer.SerializeToElement(date);
        if (Text(drawn, "username") is { Length: > 0 } user) attributes["username"] = JsonSerializer.SerializeToElement(user);
        foreach (var said in Text(element, "attributes").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = said.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) attributes[said[..equals].Trim()] = JsonSerializer.SerializeToElement(said[(equals + 1)..].Trim());
            else attributes[said] = True;
        }

        return attributes;
    }

    private double? Pixels(XElement parent, string name)
    {
        if (SafeXml.Number(parent, name, file, faults) is not { } number) return null;
        if (Math.Abs(number) <= LabelMeShapes.PixelsMax) return number;
        faults.Add(file, SafeXml.Line(parent), $"{name} is no place in a picture.");
        return null;
    }

    private static int Side(XElement root, string name) =>
        int.TryParse(root.Element("imagesize")?.Element(name)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side <= LabelMeShapes.PixelsMax ? side : 0;

    private static string Text(XElement parent, string name) => parent.Element(name)?.Value.Trim() ?? "";
}
