using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Json;
using Touchstone.Annotations.Kinds;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Answers;

internal static class ShapesJson
{
    public static ShapesAnswer Read(ShapesQuestion question, JsonElement value, GeometryRegistry geometries)
    {
        var shapes = new Shape[value.GetArrayLength()];
        var i = 0;
        foreach (var item in value.EnumerateArray()) shapes[i++] = ReadShape(question, item, geometries);
        return new ShapesAnswer(shapes);
    }

    private static Shape ReadShape(ShapesQuestion question, JsonElement value, GeometryRegistry geometries)
    {
        string? id = null;
        ShapeClass? shapeClass = null;
        ShapeGeometry? geometry = null;
        var attributes = Shape.NoAttributes;
        foreach (var member in value.EnumerateObject())
        {
            var name = JsonText.Utf8Of(member);
            if (name.SequenceEqual("id"u8)) id = member.Value.GetString();
            else if (name.SequenceEqual("class"u8)) shapeClass = FindClass(question, member.Value);
            else if (name.SequenceEqual("attributes"u8)) attributes = ReadAttributes(member.Value);
            else if (geometries.Find(name) is { } form) geometry = form.Read(member.Value);
        }

        if (id is null || shapeClass is null || geometry is null)
            throw new InvalidOperationException($"A shape of \"{question.Id}\" lacks its id, class or geometry: check answers before reading them.");
        return new Shape(id, shapeClass.Id, geometry, attributes);
    }

    private static ShapeClass? FindClass(ShapesQuestion question, JsonElement name)
    {
        var index = question.Ids.Find(JsonText.Utf8Of(name));
        return index < 0 ? null : question.Classes[index];
    }

    private static IReadOnlyDictionary<string, JsonElement> ReadAttributes(JsonElement value)
    {
        var attributes = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.Clone().EnumerateObject()) attributes[member.Name] = member.Value;
        return attributes.Count == 0 ? Shape.NoAttributes : attributes;
    }

    public static void Write(ShapesQuestion question, ShapesAnswer answer, Utf8JsonWriter writer, GeometryRegistry geometries)
    {
        writer.WriteStartArray();
        foreach (var shape in answer.Shapes)
        {
            var shapeClass = question.FindClass(shape.Class)
                ?? throw new InvalidOperationException($"Shape \"{shape.Id}\" has the class \"{shape.Class}\", which \"{question.Id}\" does not have.");
            var form = geometries.Of(shape.Geometry.Kind);
            writer.WriteStartObject();
            writer.WriteString("id"u8, shape.Id);
            writer.WriteString("class"u8, shape.Class);
            writer.WritePropertyName(form.Name);
            form.Write(writer, shape.Geometry);
            WriteAttributes(shapeClass, shape, writer, geometries);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteAttributes(ShapeClass shapeClass, Shape shape, Utf8JsonWriter writer, GeometryRegistry geometries)
    {
        if (shape.Attributes.Count == 0) return;
        writer.WriteStartObject("attributes"u8);
        var written = 0;
        foreach (var question in shapeClass.Attributes)
        {
            if (!shape.Attributes.TryGetValue(question.Id, out var value)) continue;
            writer.WritePropertyName(question.Id);
            AnswerJson.Writers[question.Kind](question, AnswerJson.Readers[question.Kind](question, value, geometries), writer, geometries);
            written++;
        }

        writer.WriteEndObject();
        if (written < shape.Attributes.Count)
            throw new InvalidOperationException($"Shape \"{shape.Id}\" has attributes that the class \"{shape.Class}\" does not have.");
    }
}
