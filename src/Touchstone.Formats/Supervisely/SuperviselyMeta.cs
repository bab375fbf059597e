using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Supervisely;

/// <summary>The head of a project, of pictures or point clouds: classes with the shape that their objects have, and tags with the type of their values.</summary>
internal sealed class SuperviselyMeta(DatasetFacts facts)
{
    /// <summary>Its file.</summary>
    public const string File = "meta.json";

    private const string AnyShape = "any", NoValue = "none", AnyText = "any_string", AnyNumber = "any_number";

    private readonly Dictionary<string, string?> _shapes = facts.Classes.DistinctBy(c => c.Name).ToDictionary(c => c.Name, _ => (string?)null, StringComparer.Ordinal);
    private readonly Dictionary<string, string> _tags = new(StringComparer.Ordinal);

    /// <summary>The classes that a project states, with their colours; none where it has no head.</summary>
    public static async Task<DatasetFacts> FactsAsync(DatasetSource source, CancellationToken cancellationToken)
    {
        List<ObjectClass> classes = [];
        if (source.Has(File) && await JsonFile.ReadAsync(source, File, new FaultLog(), cancellationToken) is { } meta)
        {
            foreach (var each in meta.Items("classes"))
                if (each.Text("title") is { } title && classes.TrueForAll(c => c.Name != title)) classes.Add(new ObjectClass(title) { Colour = each.Text("color") });
        }

        return new DatasetFacts { Title = source.Title, Classes = classes };
    }

    /// <summary>Notes an object.</summary>
    public void Met(string name, string shape) => _shapes[name] = _shapes.GetValueOrDefault(name) is { } known && known != shape ? AnyShape : shape;

    /// <summary>Notes a tag with its value.</summary>
    public void Met(string tag, JsonValueKind value)
    {
        var type = value switch { JsonValueKind.Number => AnyNumber, JsonValueKind.True => NoValue, _ => AnyText };
        _tags[tag] = _tags.TryGetValue(tag, out var known) && known != type ? AnyText : type;
    }

    /// <summary>Writes it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        var colours = facts.Classes.DistinctBy(c => c.Name).ToDictionary(c => c.Name, c => c.Colour, StringComparer.Ordinal);
        json.WriteStartObject();
        json.WriteStartArray("classes");
        foreach (var (name, shape) in _shapes)
        {
            json.WriteStartObject();
            json.WriteString("title", name);
            json.WriteString("shape", shape ?? AnyShape);
            json.WriteString("color", colours.GetValueOrDefault(name) ?? "#808080");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("tags");
        foreach (var (name, type) in _tags)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("value_type", type);
            json.WriteString("color", "#808080");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("projectType", "images");
        json.WriteEndObject();
    }
}
