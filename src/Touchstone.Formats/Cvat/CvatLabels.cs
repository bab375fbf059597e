using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Xml;

namespace Touchstone.Formats.Cvat;

/// <summary>The classes in the head of a file: <c>&lt;labels&gt;</c> with colours, attributes, and the points of skeletons, which are labels with a parent.</summary>
internal static partial class CvatLabels
{
    public static IReadOnlyList<ObjectClass> Read(XElement meta)
    {
        List<XElement> labels = [.. meta.Elements().Elements("labels").Concat(meta.Elements("labels")).Elements("label")];
        var below = labels.Where(l => Text(l, "parent").Length > 0).ToLookup(l => Text(l, "parent"));
        List<ObjectClass> classes = [];
        foreach (var label in labels)
        {
            if (Text(label, "parent").Length > 0 || Text(label, "name") is not { Length: > 0 } name) continue;
            List<string> points = [.. below[name].Select(l => Text(l, "name")).Distinct()];
            var attributes = Attributes(label, "").Concat(below[name].SelectMany(l => Attributes(l, Text(l, "name") + ".")));
            classes.Add(new ObjectClass(name)
            {
                Colour = Text(label, "color") is { Length: > 0 } colour ? colour : null,
                Keypoints = points,
                Skeleton = points.Count == 0 ? [] : Lines(label.Element("svg")?.ToString() ?? "", points),
                Attributes = [.. attributes.DistinctBy(a => a.Name)],
            });
        }

        return classes;
    }

    public static void Write(XmlWriter xml, IReadOnlyList<ObjectClass> classes)
    {
        xml.WriteStartElement("labels");
        foreach (var each in classes)
        {
            if (each.Name.Length == 0) continue;
            var isSkeleton = each.Keypoints.Count > 0 && !HasPlainPoints(each);
            WriteLabel(xml, each.Name, each.Colour, isSkeleton ? "skeleton" : null, each.Attributes.Where(a => !isSkeleton || PointOf(each, a.Name) is null), () =>
            {
                if (isSkeleton) xml.WriteElementString("svg", Drawing(each));
            });
            if (!isSkeleton) continue;
            foreach (var point in each.Keypoints)
                WriteLabel(xml, point, null, "points", each.Attributes.Where(a => PointOf(each, a.Name) == point).Select(a => a with { Name = a.Name[(point.Length + 1)..] }), () => xml.WriteElementString("parent", SafeXml.Text(each.Name)));
        }

        xml.WriteEndElement();
    }

    /// <summary>Whether points of the class have only numbers for names, so that they are CVAT's points and no skeleton.</summary>
    public static bool HasPlainPoints(ObjectClass each)
    {
        for (var i = 0; i < each.Keypoints.Count; i++)
            if (each.Keypoints[i] != PlainName(i)) return false;
        return true;
    }

    public static string PlainName(int index) => string.Create(CultureInfo.InvariantCulture, $"point_{index + 1}");

    /// <summary>The skeleton's point that an attribute is of: "nose" of "nose.colour"; null where it is of the whole.</summary>
    public static string? PointOf(ObjectClass each, string attribute) =>
        each.Keypoints.FirstOrDefault(p => attribute.Length > p.Length + 1 && attribute[p.Length] == '.' && attribute.StartsWith(p, StringComparison.Ordinal));

    private static IEnumerable<AttributeDefinition> Attributes(XElement label, string prefix)
    {
        foreach (var attribute in label.Elements("attributes").Elements("attribute"))
        {
            if (Text(attribute, "name") is not { Length: > 0 } name) continue;
            var input = Text(attribute, "input_type") switch
            {
                "select" => AttributeInput.Select,
                "radio" => AttributeInput.Radio,
                "checkbox" => AttributeInput.Checkbox,
                "number" => AttributeInput.Number,
                _ => AttributeInput.Text,
            };
            yield return new AttributeDefinition(prefix + name, input)
            {
                IsMutable = Text(attribute, "mutable").Equals("true", StringComparison.OrdinalIgnoreCase),
                Default = Text(attribute, "default_value"),
                Values = [.. Text(attribute, "values").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            };
        }
    }

    private static void WriteLabel(XmlWriter xml, string name, string? colour, string? type, IEnumerable<AttributeDefinition> attributes, Action writeRest)
    {
        xml.WriteStartElement("label");
        xml.WriteElementString("name", SafeXml.Text(name));
        if (colour is not null) xml.WriteElementString("color", SafeXml.Text(colour));
        if (type is not null) xml.WriteElementString("type", type);
        xml.WriteStartElement("attributes");
        foreach (var each in attributes)
        {
            if (CvatAttributes.HasOwnPlace(each)) continue;
            xml.WriteStartElement("attribute");
            xml.WriteElementString("name", SafeXml.Text(each.Name));
            xml.WriteElementString("mutable", each.IsMutable ? "True" : "False");
            xml.WriteElementString("input_type", Word(each.Input));
            xml.WriteElementString("default_value", SafeXml.Text(each.Default));
            xml.WriteElementString("values", SafeXml.Text(string.Join('\n', each.Values)));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        writeRest();
        xml.WriteEndElement();
    }

    private static string Word(AttributeInput input) => input switch
    {
        AttributeInput.Checkbox => "checkbox",
        AttributeInput.Number => "number",
        AttributeInput.Radio => "radio",
        AttributeInput.Select => "select",
        _ => "text",
    };

    /// <summary>CVAT keeps which points are joined only in a drawing of the skeleton.</summary>
    private static List<(int From, int To)> Lines(string svg, List<string> points)
    {
        var drawing = System.Net.WebUtility.HtmlDecode(svg);
        Dictionary<string, int> positions = new(StringComparer.Ordinal);
        foreach (Match node in Circle().Matches(drawing))
            if (Of(node.Value, "data-label-name") is { } name && Of(node.Value, "data-node-id") is { } id && points.IndexOf(name) is >= 0 and var at) positions.TryAdd(id, at);
        List<(int, int)> lines = [];
        foreach (Match line in Line().Matches(drawing))
            if (Position(Of(line.Value, "data-node-from")) is { } from && Position(Of(line.Value, "data-node-to")) is { } to) lines.Add((from, to));
        return lines;

        int? Position(string? id) => id is null ? null
            : positions.TryGetValue(id, out var at) ? at
            : int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= points.Count ? number - 1 : null;
    }

    private static string Drawing(ObjectClass each)
    {
        StringBuilder svg = new();
        (double X, double Y) Place(int i) => (50 + 40 * Math.Sin(2 * Math.PI * i / each.Keypoints.Count), 50 - 40 * Math.Cos(2 * Math.PI * i / each.Keypoints.Count));
        foreach (var (from, to) in each.Skeleton)
        {
            if (from < 0 || to < 0 || from >= each.Keypoints.Count || to >= each.Keypoints.Count) continue;
            var (a, b) = (Place(from), Place(to));
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{a.X:F2}\" y1=\"{a.Y:F2}\" x2=\"{b.X:F2}\" y2=\"{b.Y:F2}\" data-type=\"edge\" data-node-from=\"{from + 1}\" data-node-to=\"{to + 1}\"></line>");
        }

        for (var i = 0; i < each.Keypoints.Count; i++)
        {
            var (x, y) = Place(i);
            var name = System.Net.WebUtility.HtmlEncode(each.Keypoints[i]);
            svg.Append(CultureInfo.InvariantCulture, $"<circle r=\"0.75\" cx=\"{x:F2}\" cy=\"{y:F2}\" data-type=\"element node\" data-element-id=\"{i + 1}\" data-node-id=\"{i + 1}\" data-label-name=\"{name}\"></circle>");
        }

        return SafeXml.Text(svg.ToString());
    }

    private static string? Of(string tag, string attribute)
    {
        var start = tag.IndexOf(attribute + "=\"", StringComparison.Ordinal);
        if (start < 0) return null;
        start += attribute.Length + 2;
        var end = tag.IndexOf('"', start);
        return end < 0 ? null : System.Net.WebUtility.HtmlDecode(tag[start..end]);
    }

    private static string Text(XElement parent, string name) => parent.Element(name)?.Value.Trim() ?? "";

    [GeneratedRegex("<circle[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Circle();

    [GeneratedRegex("<line[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Line();
}
