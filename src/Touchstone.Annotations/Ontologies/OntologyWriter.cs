using System.Buffers;
using System.Text.Json;
using Touchstone.Annotations.Kinds;

namespace Touchstone.Annotations.Ontologies;

/// <summary>Writes questions and classes in canonical form: keys in the order of <see cref="OntologyForms"/>, what is at its default left out.</summary>
internal static class OntologyWriter
{
    /// <summary>How what is particular to each kind of question is written.</summary>
    public static readonly KindRegistry<Action<Utf8JsonWriter, Question>> Rows = new()
    {
        { QuestionKind.Shapes, static (writer, question) => WriteShapes(writer, (ShapesQuestion)question) },
        { QuestionKind.Choice, static (writer, question) => WriteChoice(writer, (ChoiceQuestion)question) },
        { QuestionKind.Rating, static (writer, question) => WriteRating(writer, (RatingQuestion)question) },
        { QuestionKind.Text, static (writer, question) => WriteText(writer, (TextQuestion)question) },
        { QuestionKind.Number, static (writer, question) => WriteNumber(writer, (NumberQuestion)question) },
    };

    public static void WriteQuestions(Utf8JsonWriter writer, IReadOnlyList<Question> questions)
    {
        writer.WriteStartArray();
        foreach (var question in questions)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", KindName(question));
            writer.WriteString("id", question.Id);
            Title(writer, question.Title, question.Id);
            Text(writer, "help", question.Help);
            Flag(writer, "required", question.Required);
            if (question.When is not null)
            {
                writer.WritePropertyName("when");
                WriteCondition(writer, question.When);
            }

            Text(writer, "renamed_from", question.RenamedFrom);
            Rows[question.Kind](writer, question);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>A condition's canonical JSON, by which conditions are compared; of none, nothing.</summary>
    public static byte[] Canonical(Condition? condition)
    {
        if (condition is null) return [];
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) WriteCondition(writer, condition);
        return buffer.WrittenSpan.ToArray();
    }

    private static string KindName(Question question) => question switch
    {
        ChoiceQuestion { Boolean: true } => "boolean",
        _ => OntologyForms.Kinds.First(kind => kind.Value.Kind == question.Kind).Key,
    };

    private static void WriteShapes(Utf8JsonWriter writer, ShapesQuestion question)
    {
        writer.WriteStartArray("classes");
        foreach (var shapeClass in question.Classes) WriteClass(writer, shapeClass);
        writer.WriteEndArray();
        Number(writer, "min_count", question.MinCount);
        Number(writer, "max_count", question.MaxCount);
    }

    private static void WriteClass(Utf8JsonWriter writer, ShapeClass shapeClass)
    {
        writer.WriteStartObject();
        writer.WriteString("id", shapeClass.Id);
        Title(writer, shapeClass.Title, shapeClass.Id);
        Text(writer, "help", shapeClass.Help);
        writer.WriteString("colour", shapeClass.Colour);
        Text(writer, "hotkey", shapeClass.Hotkey);
        writer.WriteStartArray("geometries");
        foreach (var kind in shapeClass.Geometries) writer.WriteStringValue(GeometryRegistry.Shipped.Of(kind).Name);
        writer.WriteEndArray();
        WriteLimits(writer, shapeClass.Limits);
        if (shapeClass.Keypoints is not null) WriteKeypoints(writer, shapeClass.Keypoints);
        if (shapeClass.Attributes.Count > 0)
        {
            writer.WritePropertyName("attributes");
            WriteQuestions(writer, shapeClass.Attributes);
        }

        Text(writer, "supercategory", shapeClass.Supercategory);
        Text(writer, "renamed_from", shapeClass.RenamedFrom);
        writer.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter writer, ShapeLimits limits)
    {
        if (limits == ShapeLimits.None) return;
        writer.WriteStartObject("limits");
        Number(writer, "min_width", limits.MinWidth);
        Number(writer, "max_width", limits.MaxWidth);
        Number(writer, "min_height", limits.MinHeight);
        Number(writer, "max_height", limits.MaxHeight);
        Number(writer, "min_area", limits.MinArea);
        Number(writer, "max_area", limits.MaxArea);
        Number(writer, "min_vertices", limits.MinVertices);
        Number(writer, "max_vertices", limits.MaxVertices);
        Flag(writer, "may_leave_image", limits.MayLeaveImage);
        writer.WriteEndObject();
    }

    private static void WriteKeypoints(Utf8JsonWriter writer, KeypointLayout layout)
    {
        writer.WriteStartObject("keypoints");
        writer.WriteStartArray("names");
        foreach (var name in layout.Names) writer.WriteStringValue(name);
        writer.WriteEndArray();
        if (layout.Skeleton.Count > 0)
        {
            writer.WriteStartArray("skeleton");
            foreach (var (from, to) in layout.Skeleton)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(layout.Names[from]);
                writer.WriteStringValue(layout.Names[to]);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        writer.WriteStartArray("sigmas");
        foreach (var sigma in layout.Sigmas) writer.WriteNumberValue(sigma);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter writer, ChoiceQuestion question)
    {
        if (question.Boolean) return;
        WriteOptions(writer, "options", question.Options);
        Flag(writer, "multiple", question.Multiple);
        Flag(writer, "taxonomy", question.Taxonomy);
        Flag(writer, "leaves_only", question.LeavesOnly);
        Number(writer, "min_selected", question.MinSelected);
        Number(writer, "max_selected", question.MaxSelected);
    }

    private static void WriteOptions(Utf8JsonWriter writer, string key, IReadOnlyList<ChoiceOption> options)
    {
        writer.WriteStartArray(key);
        foreach (var option in options)
        {
            writer.WriteStartObject();
            writer.WriteString("id", option.Id);
            Title(writer, option.Title, option.Id);
            Text(writer, "help", option.Help);
            Text(writer, "colour", option.Colour);
            Text(writer, "hotkey", option.Hotkey);
            if (option.Children.Count > 0) WriteOptions(writer, "children", option.Children);
            Text(writer, "renamed_from", option.RenamedFrom);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRating(Utf8JsonWriter writer, RatingQuestion question)
    {
        writer.WriteNumber("min", question.Min);
        writer.WriteNumber("max", question.Max);
        if (question.Labels.Count == 0) return;
        writer.WriteStartArray("labels");
        foreach (var label in question.Labels)
        {
            writer.WriteStartObject();
            writer.WriteNumber("value", label.Value);
            writer.WriteString("title", label.Title);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter writer, TextQuestion question)
    {
        Number(writer, "min_length", question.MinLength);
        Number(writer, "max_length", question.MaxLength);
        Flag(writer, "multiline", question.Multiline);
        Text(writer, "pattern", question.Pattern);
    }

    private static void WriteNumber(Utf8JsonWriter writer, NumberQuestion question)
    {
        Number(writer, "min", question.Min);
        Number(writer, "max", question.Max);
        Number(writer, "step", question.Step);
        Flag(writer, "integer", question.Integer);
        Text(writer, "unit", question.Unit);
    }

    private static void WriteCondition(Utf8JsonWriter writer, Condition condition)
    {
        writer.WriteStartObject();
        switch (condition)
        {
            case AnsweredCondition answered:
                WriteSource(writer, answered.Source);
                writer.WriteBoolean("answered", answered.Answered);
                break;
            case EqualsCondition { Values: [var value] } equals:
                WriteSource(writer, equals.Source);
                writer.WritePropertyName("equals");
                WriteValue(writer, value);
                break;
            case EqualsCondition equals:
                WriteSource(writer, equals.Source);
                writer.WriteStartArray("in");
                foreach (var value in equals.Values) WriteValue(writer, value);
                writer.WriteEndArray();
                break;
            case ContainsCondition contains:
                WriteSource(writer, contains.Source);
                writer.WriteString("contains", contains.Value);
                break;
            case AllCondition all:
                WriteConditions(writer, "all", all.Conditions);
                break;
            case AnyCondition any:
                WriteConditions(writer, "any", any.Conditions);
                break;
            case NotCondition not:
                writer.WritePropertyName("not");
                WriteCondition(writer, not.Inner);
                break;
            default:
                throw new InvalidOperationException($"Conditions of type {condition.GetType().Name} cannot be written.");
        }

        writer.WriteEndObject();
    }

    private static void WriteConditions(Utf8JsonWriter writer, string key, IReadOnlyList<Condition> conditions)
    {
        writer.WriteStartArray(key);
        foreach (var condition in conditions) WriteCondition(writer, condition);
        writer.WriteEndArray();
    }

    private static void WriteSource(Utf8JsonWriter writer, ConditionSource source) => writer.WriteString(source.IsAttribute ? "attribute" : "question", source.Id);

    private static void WriteValue(Utf8JsonWriter writer, ConditionValue value)
    {
        if (value.Boolean is { } boolean) writer.WriteBooleanValue(boolean);
        else if (value.Number is { } number) writer.WriteNumberValue(number);
        else writer.WriteStringValue(value.Text);
    }

    private static void Title(Utf8JsonWriter writer, string title, string id)
    {
        if (title != id) writer.WriteString("title", title);
    }

    private static void Text(Utf8JsonWriter writer, string key, string? value)
    {
        if (value is not null) writer.WriteString(key, value);
    }

    private static void Flag(Utf8JsonWriter writer, string key, bool value)
    {
        if (value) writer.WriteBoolean(key, true);
    }

    private static void Number(Utf8JsonWriter writer, string key, double? value)
    {
        if (value is { } number) writer.WriteNumber(key, number);
    }
}
