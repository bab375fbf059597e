using System.Globalization;
using System.Text.Json;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Interchange;

/// <summary>Writes facts and samples; members that are at their defaults are left out.</summary>
internal static class SampleJsonWriter
{
    public static void Write(Utf8JsonWriter json, DatasetFacts facts)
    {
        json.WriteStartObject();
        json.WriteNumber("touchstone", 1);
        json.WriteString("title", facts.Title);
        json.WriteStartArray("classes");
        foreach (var each in facts.Classes) Write(json, each);
        json.WriteEndArray();
        if (facts.Marks.Count > 0)
        {
            json.WriteStartObject("marks");
            foreach (var (kind, count) in facts.Marks) json.WriteNumber(Word(kind), count);
            json.WriteEndObject();
        }

        WriteValues(json, "statements", facts.Statements);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ObjectClass each)
    {
        json.WriteStartObject();
        json.WriteString("name", each.Name);
        if (each.Parent.Length > 0) json.WriteString("parent", each.Parent);
        WriteText(json, "colour", each.Colour);
        if (each.Keypoints.Count > 0)
        {
            json.WriteStartArray("keypoints");
            foreach (var name in each.Keypoints) json.WriteStringValue(name);
            json.WriteEndArray();
        }

        if (each.Skeleton.Count > 0)
        {
            json.WriteStartArray("skeleton");
            foreach (var (from, to) in each.Skeleton)
            {
                json.WriteStartArray();
                json.WriteNumberValue(from);
                json.WriteNumberValue(to);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        if (each.Number is { } number) json.WriteNumber("number", number);
        if (each.IsStuff) json.WriteBoolean("is_stuff", true);
        if (each.Key.Length > 0) json.WriteString("key", each.Key);
        if (each.Words.Length > 0) json.WriteString("words", each.Words);
        if (each.Attributes.Count > 0)
        {
            json.WriteStartArray("attributes");
            foreach (var attribute in each.Attributes) Write(json, attribute);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AttributeDefinition attribute)
    {
        json.WriteStartObject();
        json.WriteString("name", attribute.Name);
        json.WriteString("input", Word(attribute.Input));
        if (attribute.IsMutable) json.WriteBoolean("is_mutable", true);
        if (attribute.Default.Length > 0) json.WriteString("default", attribute.Default);
        if (attribute.Values.Count > 0)
        {
            json.WriteStartArray("values");
            foreach (var value in attribute.Values) json.WriteStringValue(value);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Sample sample)
    {
        json.WriteStartObject();
        json.WriteString("name", sample.Name);
        json.WriteString("kind", Word(sample.Kind));
        if (sample.WidthPx != 0) json.WriteNumber("width_px", sample.WidthPx);
        if (sample.HeightPx != 0) json.WriteNumber("height_px", sample.HeightPx);
        if (sample.FrameCount != 0) json.WriteNumber("frame_count", sample.FrameCount);
        WriteNumber(json, "frames_per_second", sample.FramesPerSecond);
        if (sample.InterpolationStep != 0) json.WriteNumber("interpolation_step", sample.InterpolationStep);
        WriteText(json, "split", sample.Split);
        WriteText(json, "scene", sample.Scene);
        WriteText(json, "address", sample.Address);
        WriteText(json, "text", sample.Text);
        WriteValues(json, "facts", sample.Facts);
        json.WriteStartArray("opinions");
        foreach (var opinion in sample.Opinions) Write(json, opinion);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Opinion opinion)
    {
        json.WriteStartObject();
        json.WriteString("kind", Word(opinion.Kind));
        WriteText(json, "id", opinion.Id);
        WriteText(json, "contributor", opinion.Contributor);
        WriteText(json, "model", opinion.Model);
        WriteText(json, "at", opinion.At?.ToString("O", CultureInfo.InvariantCulture));
        WriteNumber(json, "seconds", opinion.Seconds);
        WriteNumber(json, "score", opinion.Score);
        WriteText(json, "review", opinion.Review);
        WriteValues(json, "answers", opinion.Answers);
        json.WriteStartArray("objects");
        foreach (var each in opinion.Objects) Write(json, each);
        json.WriteEndArray();
        if (opinion.Relations.Count > 0)
        {
            json.WriteStartArray("relations");
            foreach (var relation in opinion.Relations) Write(json, relation);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LabelledObject each)
    {
        json.WriteStartObject();
        json.WriteString("class", each.Class);
        WriteText(json, "id", each.Id);
        MarkJson.Write(json, each.Mark);
        if (each.OtherMarks.Count > 0) WriteOthers(json, each.OtherMarks);
        WriteValues(json, "attributes", each.Attributes);
        WriteNumber(json, "score", each.Score);
        WriteText(json, "track", each.Track);
        WriteNumber(json, "frame", each.Frame);
        if (!each.IsKeyframe) json.WriteBoolean("is_keyframe", false);
        if (each.IsOutside) json.WriteBoolean("is_outside", true);
        json.WriteEndObject();
    }

    private static void WriteOthers(Utf8JsonWriter json, IReadOnlyList<Mark> marks)
    {
        json.WriteStartArray("other_marks");
        foreach (var mark in marks)
        {
            json.WriteStartObject();
            MarkJson.Write(json, mark);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ObjectRelation relation)
    {
        json.WriteStartObject();
        json.WriteString("from", relation.From);
        json.WriteString("to", relation.To);
        json.WriteString("label", relation.Label);
        json.WriteString("direction", relation.Direction);
        if (relation.FromRole is { } from) json.WriteString("from_role", from);
        if (relation.ToRole is { } to) json.WriteString("to_role", to);
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, JsonElement> values)
    {
        if (values.Count == 0) return;
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WritePropertyName(key);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known) json.WriteNumber(name, known);
    }

    private static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
