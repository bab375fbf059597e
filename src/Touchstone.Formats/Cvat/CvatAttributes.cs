using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Xml;

namespace Touchstone.Formats.Cvat;

/// <summary>What is said of a shape: four things in places of their own, the rest as <c>&lt;attribute&gt;</c> elements whose type the file's head tells.</summary>
/// <remarks>A value that does not fit its own place, such as KITTI's level of occlusion, is written as an element too.</remarks>
internal static class CvatAttributes
{
    private static readonly JsonElement True = JsonElement.Parse("true"), False = JsonElement.Parse("false");

    public static bool HasOwnPlace(AttributeDefinition each) => (each.Name, each.Input) is
        (CommonAttributes.Order or CommonAttributes.Group, AttributeInput.Number) or (CommonAttributes.Source, AttributeInput.Text) or (CommonAttributes.Occluded, AttributeInput.Checkbox);

    public static Dictionary<string, JsonElement> Read(XElement shape, string label, CvatReading reading)
    {
        Dictionary<string, JsonElement> attributes = new(StringComparer.Ordinal);
        if (shape.Attribute("occluded")?.Value is "1" or "true" or "True") attributes[CommonAttributes.Occluded] = True;
        if (Whole(shape, "z_order") is { } order) attributes[CommonAttributes.Order] = order;
        if (shape.Attribute("source")?.Value is { Length: > 0 } source) attributes[CommonAttributes.Source] = CvatReading.Json(source);
        if (Whole(shape, "group_id") is { } group) attributes[CommonAttributes.Group] = group;
        AddElements(shape, label, "", attributes, reading);
        return attributes;
    }

    /// <summary>What a track states of all its shapes.</summary>
    public static Dictionary<string, JsonElement> OfTrack(XElement track)
    {
        Dictionary<string, JsonElement> attributes = new(StringComparer.Ordinal);
        if (track.Attribute("source")?.Value is { Length: > 0 } source) attributes[CommonAttributes.Source] = CvatReading.Json(source);
        if (Whole(track, "group_id") is { } group) attributes[CommonAttributes.Group] = group;
        return attributes;
    }

    public static bool SameSourceAndGroup(LabelledObject first, LabelledObject second) => Text(first, CommonAttributes.Source) == Text(second, CommonAttributes.Source) && Text(first, CommonAttributes.Group) == Text(second, CommonAttributes.Group);

    /// <summary>Adds the elements <c>&lt;attribute&gt;</c> of a shape, a tag or a skeleton's point.</summary>
    public static void AddElements(XElement element, string label, string prefix, Dictionary<string, JsonElement> attributes, CvatReading reading)
    {
        foreach (var each in element.Elements("attribute"))
        {
            if (each.Attribute("name")?.Value is not { Length: > 0 } name)
            {
                reading.Fault(each, "<attribute> has no name.");
                continue;
            }

            if (Value(each, label, prefix + name, reading) is { } value) attributes[prefix + name] = value;
        }
    }

    public static void WriteOwn(XmlWriter xml, LabelledObject each, bool withSourceAndGroup)
    {
        xml.WriteAttributeString("occluded", IsOccluded(each) ? "1" : "0");
        if (withSourceAndGroup) WriteSourceAndGroup(xml, each);
        xml.WriteAttributeString("z_order", each.Attributes.TryGetValue(CommonAttributes.Order, out var order) && IsWhole(order) ? order.GetRawText() : "0");
    }

    public static void WriteSourceAndGroup(XmlWriter xml, LabelledObject each)
    {
        if (each.Attributes.TryGetValue(CommonAttributes.Source, out var source) && source.ValueKind == JsonValueKind.String && source.GetString() is { Length: > 0 } text) xml.WriteAttributeString("source", SafeXml.Text(text));
        if (each.Attributes.TryGetValue(CommonAttributes.Group, out var group) && IsWhole(group)) xml.WriteAttributeString("group_id", group.GetRawText());
    }

    /// <summary>Writes the rest; of a skeleton, what is said of <paramref name="point"/>, or of none of its points.</summary>
    public static void WriteElements(XmlWriter xml, LabelledObject each, ObjectClass? skeleton = null, string? point = null)
    {
        foreach (var (name, value) in each.Attributes)
        {
            if (value.ValueKind == JsonValueKind.Null || FitsOwnPlace(name, value)) continue;
            if (skeleton is not null && CvatLabels.PointOf(skeleton, name) != point) continue;
            WriteElement(xml, point is null ? name : name[(point.Length + 1)..], value);
        }
    }

    public static void WriteElement(XmlWriter xml, string name, JsonElement value)
    {
        xml.WriteStartElement("attribute");
        xml.WriteAttributeString("name", SafeXml.Text(name));
        xml.WriteString(SafeXml.Text(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()));
        xml.WriteEndElement();
    }

    private static bool FitsOwnPlace(string name, JsonElement value) => name switch
    {
        CommonAttributes.Occluded => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        CommonAttributes.Order or CommonAttributes.Group => IsWhole(value),
        CommonAttributes.Source => value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0,
        _ => false,
    };

    private static bool IsOccluded(LabelledObject each) =>
        each.Attributes.TryGetValue(CommonAttributes.Occluded, out var value) && (value.ValueKind == JsonValueKind.True || value.ValueKind == JsonValueKind.Number && value.GetDouble() > 0);

    private static string? Text(LabelledObject each, string name) => each.Attributes.TryGetValue(name, out var value) ? value.GetRawText() : null;

    private static bool IsWhole(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _);

    private static JsonElement? Whole(XElement shape, string name) =>
        long.TryParse(shape.Attribute(name)?.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number != 0 ? JsonSerializer.SerializeToElement(number) : null;

    private static JsonElement? Value(XElement element, string label, string name, CvatReading reading)
    {
        var text = element.Value;
        var defined = reading.Classes.TryGetValue(label, out var known) ? known.Attributes.FirstOrDefault(a => a.Name == name) : null;
        switch (defined?.Input)
        {
            case AttributeInput.Checkbox:
            case null:
                if (text.Trim() is "true" or "True" or "TRUE") return True;
                if (text.Trim() is "false" or "False" or "FALSE") return False;
                if (defined is null || text.Length > 0) break;
                return null;
            case AttributeInput.Number when text.Trim().Length == 0:
                return null;
            case AttributeInput.Number:
                if (Number(text.Trim()) is { } number) return number;
                reading.Fault(element, $"the attribute \"{name}\" of \"{label}\" is \"{CvatReading.Short(text)}\"; a number was expected.");
                return null;
        }

        return Nested(text) ?? CvatReading.Json(text);
    }

    private static JsonElement? Number(string text) =>
        JsonNumber.TryParse(text, out var number) ? number : SafeXml.TryNumber(text, out var other) ? JsonSerializer.SerializeToElement(other) : null;

    /// <summary>Lists and objects, which CVAT has no type for, stand in texts as JSON.</summary>
    private static JsonElement? Nested(string text)
    {
        if (text is not (['[', .., ']'] or ['{', .., '}'])) return null;
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;   // a text that only looks so
        }
    }
}
