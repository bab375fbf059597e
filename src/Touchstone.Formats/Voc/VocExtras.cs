using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Xml;

namespace Touchstone.Formats.Voc;

/// <summary>What an object of VOC says beside its box: parts of its body and what it does (VOC's own layout and action tasks), attributes as CVAT writes them, an outline as Roboflow writes it.</summary>
/// <remarks>
/// Actions are attributes of their names, true or false. Parts are the attribute <see cref="Parts"/>: a list of <c>name</c> and <c>bndbox</c> (xmin, ymin, xmax, ymax as the file counts them). Values of attributes are texts in XML: true, false and numbers are
/// read as such; a text that looks like one is written with <c>type="text"</c>, and what is neither with <c>type="json"</c>, which other readers pass over.
/// </remarks>
internal static class VocExtras
{
    /// <summary>The attribute of the parts.</summary>
    public const string Parts = "parts";

    private const string TextType = "text", JsonType = "json";

    private static readonly string[] Sides = ["xmin", "ymin", "xmax", "ymax"];

    /// <summary>The PASCAL VOC2012 Development Kit, 9: the ten actions, and that it is none of them.</summary>
    private static readonly HashSet<string> Actions = new(StringComparer.Ordinal)
    {
        "other", "jumping", "phoning", "playinginstrument", "reading", "ridingbike", "ridinghorse", "running", "takingphoto", "usingcomputer", "walking",
    };

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal) { "name", "pose", "truncated", "difficult", "occluded", "bndbox", "part", "actions", "attributes", "polygon" };

    /// <summary>Adds the attributes that an object has here.</summary>
    public static void Read(XElement element, Dictionary<string, JsonElement> attributes, string file, FaultLog faults)
    {
        foreach (var action in element.Elements("actions").Elements()) attributes.TryAdd(action.Name.LocalName, JsonValues.Of(action.Value.Trim() is not ("0" or "false")));
        foreach (var attribute in element.Elements("attributes").Elements("attribute"))
        {
            if (attribute.Element("name")?.Value.Trim() is { Length: > 0 } name) attributes.TryAdd(name, Value(attribute.Element("value"), file, faults));
            else faults.Add(file, SafeXml.Line(attribute), "<attribute> has no <name>.");
        }

        List<JsonElement> parts = [.. element.Elements("part").Select(p => Part(p, file, faults)).OfType<JsonElement>()];
        if (parts.Count > 0) attributes[Parts] = JsonSerializer.SerializeToElement(parts);
        foreach (var other in element.Elements())
            if (!Known.Contains(other.Name.LocalName)) faults.Add(file, SafeXml.Line(other), $"<{other.Name.LocalName}> of an object is not known; it is left out.");
    }

    private static JsonElement Value(XElement? value, string file, FaultLog faults)
    {
        var text = value?.Value ?? "";
        var type = value?.Attribute("type")?.Value;
        if (type != JsonType) return type == TextType ? JsonValues.Of(text) : Plain(text);
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException fault)
        {
            faults.Add(file, SafeXml.Line(value!), $"a value in JSON was expected ({fault.Message}).");
            return JsonValues.Of(text);
        }
    }

    private static JsonElement Plain(string text) => text switch
    {
        "true" or "True" => JsonValues.True,
        "false" or "False" => JsonValues.False,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonValues.Of(number) : JsonValues.Of(text),
    };

    private static JsonElement? Part(XElement part, string file, FaultLog faults)
    {
        if (part.Element("name")?.Value.Trim() is not { Length: > 0 } name || part.Element("bndbox") is not { } box)
        {
            faults.Add(file, SafeXml.Line(part), "<part> has no <name> or no <bndbox>.");
            return null;
        }

        var sides = new double[Sides.Length];
        for (var i = 0; i < sides.Length; i++)
        {
            if (SafeXml.Number(box, Sides[i], file, faults) is not { } side) return null;
            sides[i] = side;
        }

        return JsonSerializer.SerializeToElement(new { name, bndbox = sides });
    }

    /// <summary>The outline of an object, real pixels from 0; null where there is none.</summary>
    public static Polygon? Outline(XElement element, string file, FaultLog faults)
    {
        if (element.Element("polygon") is not { } polygon) return null;
        List<Point> points = [];
        for (var n = 1; polygon.Element(FormattableString.Invariant($"x{n}")) is not null; n++)
        {
            if (SafeXml.Number(polygon, FormattableString.Invariant($"x{n}"), file, faults) is not { } x || SafeXml.Number(polygon, FormattableString.Invariant($"y{n}"), file, faults) is not { } y) return null;
            points.Add(new Point(x, y));
        }

        if (points.Count >= 3) return new Polygon(points);
        faults.Add(file, SafeXml.Line(polygon), $"<polygon> has {points.Count} points, x1, y1 and so on; three or more were expected.");
        return null;
    }

    /// <summary>The elements for the attributes that have none of their own.</summary>
    /// <param name="each">The object.</param>
    /// <param name="own">Attributes that have an element of their own.</param>
    public static IEnumerable<XElement> Write(LabelledObject each, Predicate<string> own)
    {
        List<XElement> actions = [], attributes = [];
        foreach (var (name, value) in each.Attributes)
        {
            if (own(name)) continue;
            if (name == Parts && value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(IsPart))
            {
                foreach (var part in value.EnumerateArray())
                    yield return new XElement("part", new XElement("name", SafeXml.Text(part.GetProperty("name").GetString()!)), new XElement("bndbox", Sides.Select((side, i) => new XElement(side, part.GetProperty("bndbox")[i].GetDouble()))));
            }
            else if (Actions.Contains(name) && value.ValueKind is (JsonValueKind.True or JsonValueKind.False)) actions.Add(new XElement(name, value.ValueKind == JsonValueKind.True ? 1 : 0));
            else attributes.Add(new XElement("attribute", new XElement("name", SafeXml.Text(name)), Written(value)));
        }

        if (actions.Count > 0) yield return new XElement("actions", actions);
        if (attributes.Count > 0) yield return new XElement("attributes", attributes);
    }

    private static bool IsPart(JsonElement part) => part.ValueKind == JsonValueKind.Object && part.EnumerateObject().Count() == 2 && part.Text("name") is { Length: > 0 } name && name.Trim() == name
        && part.Member("bndbox") is { ValueKind: JsonValueKind.Array } box && box.GetArrayLength() == Sides.Length && box.EnumerateArray().All(s => s.AsNumber() is not null);

    private static XElement Written(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            var text = SafeXml.Text(value.GetString()!);
            return Plain(text).ValueKind == JsonValueKind.String && text.Length > 0 ? new XElement("value", text) : new XElement("value", new XAttribute("type", TextType), text);
        }

        var raw = value.GetRawText();
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False || value.ValueKind == JsonValueKind.Number && Plain(raw).GetRawText() == raw ? new XElement("value", raw) : new XElement("value", new XAttribute("type", JsonType), raw);
    }
}
