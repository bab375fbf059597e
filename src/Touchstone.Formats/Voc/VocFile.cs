using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Xml;

namespace Touchstone.Formats.Voc;

/// <summary>One file of VOC.</summary>
/// <remarks>VOC counts pixels from 1 and names the first and the last that belong to the object. Pixel n covers [n - 1, n], so x = xmin - 1 and width = xmax - xmin + 1. Many programs write edges counted from 0 instead: an option.</remarks>
internal static class VocFile
{
    private const double OutlinePx = 1;

    private static readonly JsonElement True = JsonElement.Parse("true"), False = JsonElement.Parse("false");

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal) { "folder", "filename", "path", "source", "owner", "size", "segmented", "object" };

    /// <returns>The sample, by the name that the file states alone, and the folder that it states. Null where the file is no annotation, which is told to <paramref name="faults"/>.</returns>
    public static (Sample Sample, string? Folder)? Read(Stream stream, string file, bool countsFromOne, FaultLog faults)
    {
        if (SafeXml.Load(stream, file, faults) is not { } root) return null;
        if (root.Name.LocalName != "annotation")
        {
            faults.Add(file, SafeXml.Line(root), $"<annotation> was expected, <{root.Name.LocalName}> found.");
            return null;
        }

        var size = root.Element("size");
        List<LabelledObject> objects = [];
        foreach (var other in root.Elements())
            if (!Known.Contains(other.Name.LocalName)) faults.Add(file, SafeXml.Line(other), $"<{other.Name.LocalName}> is not known; it is left out.");
        foreach (var element in root.Elements("object"))
            if (ReadObject(element, file, countsFromOne, faults) is { } each) objects.Add(each);
        var name = root.Element("filename")?.Value.Trim();
        Sample sample = new()
        {
            Name = string.IsNullOrEmpty(name) ? Path.GetFileNameWithoutExtension(file) : name,
            WidthPx = Side(size, "width"),
            HeightPx = Side(size, "height"),
            Opinions = [new Opinion { Objects = objects }],
        };
        return (sample, root.Element("folder")?.Value.Trim() is { Length: > 0 } folder ? folder.Replace('\\', '/') : null);
    }

    private static int Side(XElement? size, string name) =>
        int.TryParse(size?.Element(name)?.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var side) && side > 0 ? side : 0;

    private static LabelledObject? ReadObject(XElement element, string file, bool countsFromOne, FaultLog faults)
    {
        if (element.Element("name")?.Value.Trim() is not { Length: > 0 } name)
        {
            faults.Add(file, SafeXml.Line(element), "<object> has no <name>.");
            return null;
        }

        if (element.Element("bndbox") is not { } box)
        {
            faults.Add(file, SafeXml.Line(element), $"<object> \"{name}\" has no <bndbox>.");
            return null;
        }

        if (SafeXml.Number(box, "xmin", file, faults) is not { } left || SafeXml.Number(box, "ymin", file, faults) is not { } top
            || SafeXml.Number(box, "xmax", file, faults) is not { } right || SafeXml.Number(box, "ymax", file, faults) is not { } bottom) return null;
        if (right < left || bottom < top)
        {
            faults.Add(file, SafeXml.Line(box), FormattableString.Invariant($"xmax {right} and ymax {bottom} must not be below xmin {left} and ymin {top}."));
            return null;
        }

        var first = countsFromOne ? 1 : 0;
        Outline marked = new(new Box(left - first, top - first, right - left + first, bottom - top + first));
        var attributes = Attributes(element);
        VocExtras.Read(element, attributes, file, faults);
        if (VocExtras.Outline(element, file, faults) is not { } polygon) return new LabelledObject(name, marked) { Attributes = attributes };
        return new LabelledObject(name, new Outline(polygon)) { OtherMarks = IsExtent(marked.Bounds!, polygon.Bounds) ? [] : [marked], Attributes = attributes };
    }

    /// <summary>Whether a box is that of an outline, but for rounding.</summary>
    private static bool IsExtent(Box box, Box extent) => Math.Abs(box.X - extent.X) <= OutlinePx && Math.Abs(box.Y - extent.Y) <= OutlinePx && Math.Abs(box.Right - extent.Right) <= OutlinePx && Math.Abs(box.Bottom - extent.Bottom) <= OutlinePx;

    private static Dictionary<string, JsonElement> Attributes(XElement element)
    {
        Dictionary<string, JsonElement> attributes = new(StringComparer.Ordinal);
        foreach (var flag in (ReadOnlySpan<string>)[CommonAttributes.Truncated, CommonAttributes.Difficult, CommonAttributes.Occluded])
            if (element.Element(flag)?.Value.Trim() is { Length: > 0 } value) attributes.Add(flag, value is "0" or "false" ? False : True);
        if (element.Element(CommonAttributes.Pose)?.Value.Trim() is { Length: > 0 } pose && pose != "Unspecified") attributes.Add(CommonAttributes.Pose, JsonSerializer.SerializeToElement(pose));
        return attributes;
    }

    public static void Write(Stream stream, Sample sample, bool countsFromOne)
    {
        using var xml = SafeXml.Writer(stream);
        var path = SafeXml.Text(sample.Name);
        var name = path[(path.LastIndexOf('/') + 1)..];
        XElement root = new(
            "annotation",
            new XElement("folder", path.Length > name.Length ? path[..^(name.Length + 1)] : ""),
            new XElement("filename", name),
            new XElement("size", new XElement("width", sample.WidthPx), new XElement("height", sample.HeightPx), new XElement("depth", 3)),
            new XElement("segmented", 0),
            sample.Opinions.SelectMany(o => o.Objects).Select(each => WriteObject(each, countsFromOne)));
        root.Save(xml);
    }

    private static XElement WriteObject(LabelledObject each, bool countsFromOne)
    {
        var box = each.Mark.Bounds!;
        var first = countsFromOne ? 1 : 0;
        return new XElement(
            "object",
            new XElement("name", SafeXml.Text(each.Class)),
            new XElement("pose", each.Attributes.TryGetValue(CommonAttributes.Pose, out var pose) ? SafeXml.Text(pose.ToString()) : "Unspecified"),
            new XElement("truncated", Flag(each, CommonAttributes.Truncated)),
            each.Attributes.ContainsKey(CommonAttributes.Occluded) ? new XElement("occluded", Flag(each, CommonAttributes.Occluded)) : null,
            new XElement("difficult", Flag(each, CommonAttributes.Difficult)),
            new XElement(
                "bndbox",
                new XElement("xmin", Math.Round(box.X) + first),
                new XElement("ymin", Math.Round(box.Y) + first),
                new XElement("xmax", Math.Max(Math.Round(box.Right), Math.Round(box.X) + first)),
                new XElement("ymax", Math.Max(Math.Round(box.Bottom), Math.Round(box.Y) + first))),
            VocExtras.Write(each, name => name is CommonAttributes.Truncated or CommonAttributes.Difficult or CommonAttributes.Occluded || name == CommonAttributes.Pose && pose.ValueKind == JsonValueKind.String));
    }

    private static int Flag(LabelledObject each, string name) =>
        each.Attributes.TryGetValue(name, out var value) && (value.ValueKind == JsonValueKind.True || value.ValueKind == JsonValueKind.Number && value.GetDouble() > 0) ? 1 : 0;
}
