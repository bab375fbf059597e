using System.Buffers;
using System.Text.Json;

namespace Touchstone.Annotations.Ontologies;

/// <summary>Rewrites answers from the ids of an older version to those of a newer.</summary>
/// <remarks>
/// An item of the newer version follows the older one of its own id, or else the one that it names in <c>renamed_from</c>. So a name that stays in a
/// version after the next does no harm; two items cannot change names with each other in one step.
/// </remarks>
internal static class OntologyRenames
{
    public static Question? Successor(IReadOnlyList<Question> questions, string id) =>
        questions.FirstOrDefault(q => q.Id == id) ?? questions.FirstOrDefault(q => q.RenamedFrom == id);

    public static ShapeClass? Successor(IReadOnlyList<ShapeClass> classes, string id) =>
        classes.FirstOrDefault(c => c.Id == id) ?? classes.FirstOrDefault(c => c.RenamedFrom == id);

    public static ChoiceOption? Successor(IReadOnlyList<ChoiceOption> options, string id) =>
        options.FirstOrDefault(o => o.Id == id) ?? options.FirstOrDefault(o => o.RenamedFrom == id);

    /// <summary>Whether anything of this version says that it had another id.</summary>
    public static bool Any(IReadOnlyList<Question> questions) => questions.Any(question => question.RenamedFrom is not null || question switch
    {
        ShapesQuestion shapes => shapes.Classes.Any(c => c.RenamedFrom is not null || Any(c.Attributes)),
        ChoiceQuestion choice => Any(choice.Options),
        _ => false,
    });

    private static bool Any(IReadOnlyList<ChoiceOption> options) => options.Any(o => o.RenamedFrom is not null || Any(o.Children));

    /// <summary>The answers with the newer version's ids.</summary>
    public static JsonElement Carry(JsonElement answers, Ontology to)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) WriteMembers(writer, answers, to.Questions);
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void WriteMembers(Utf8JsonWriter writer, JsonElement members, IReadOnlyList<Question> questions)
    {
        writer.WriteStartObject();
        foreach (var member in members.EnumerateObject())
        {
            var question = Successor(questions, member.Name);
            writer.WritePropertyName(question?.Id ?? member.Name);
            switch (question)
            {
                case ShapesQuestion shapes when member.Value.ValueKind == JsonValueKind.Array:
                    WriteShapes(writer, member.Value, shapes);
                    break;
                case ChoiceQuestion choice:
                    WriteChosen(writer, member.Value, choice);
                    break;
                default:
                    member.Value.WriteTo(writer);
                    break;
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteShapes(Utf8JsonWriter writer, JsonElement list, ShapesQuestion question)
    {
        writer.WriteStartArray();
        foreach (var shape in list.EnumerateArray())
        {
            var shapeClass = shape.ValueKind == JsonValueKind.Object && shape.TryGetProperty("class", out var name) && name.ValueKind == JsonValueKind.String
                ? Successor(question.Classes, name.GetString()!)
                : null;
            if (shapeClass is null) shape.WriteTo(writer);
            else WriteShape(writer, shape, shapeClass);
        }

        writer.WriteEndArray();
    }

    private static void WriteShape(Utf8JsonWriter writer, JsonElement shape, ShapeClass shapeClass)
    {
        writer.WriteStartObject();
        foreach (var member in shape.EnumerateObject())
        {
            writer.WritePropertyName(member.Name);
            if (member.Name == "class") writer.WriteStringValue(shapeClass.Id);
            else if (member.Name == "attributes" && member.Value.ValueKind == JsonValueKind.Object) WriteMembers(writer, member.Value, shapeClass.Attributes);
            else member.Value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteChosen(Utf8JsonWriter writer, JsonElement value, ChoiceQuestion choice)
    {
        if (value.ValueKind == JsonValueKind.String) writer.WriteStringValue(Successor(choice.Options, value.GetString()!)?.Id ?? value.GetString());
        else if (value.ValueKind != JsonValueKind.Array) value.WriteTo(writer);
        else if (choice.Taxonomy && value.EnumerateArray().All(step => step.ValueKind == JsonValueKind.String)) WritePath(writer, value, choice.Options);
        else
        {
            writer.WriteStartArray();
            foreach (var item in value.EnumerateArray()) WriteChosen(writer, item, choice);
            writer.WriteEndArray();
        }
    }

    private static void WritePath(Utf8JsonWriter writer, JsonElement path, IReadOnlyList<ChoiceOption> options)
    {
        writer.WriteStartArray();
        foreach (var step in path.EnumerateArray())
        {
            var option = Successor(options, step.GetString()!);
            writer.WriteStringValue(option?.Id ?? step.GetString());
            options = option?.Children ?? [];
        }

        writer.WriteEndArray();
    }
}
