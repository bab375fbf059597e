using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Texts;

/// <summary>Spans in JSON, as doccano, Prodigy and spaCy have them: <c>[start, end, label]</c>, or an object with these under one of their names.</summary>
/// <param name="text">The text that they are in.</param>
/// <param name="countsUnits">Whether offsets count UTF-16 units; code points else.</param>
internal sealed class TextSpans(string text, bool countsUnits)
{
    private static readonly string[] Own = ["start", "end", "start_offset", "end_offset", "label", "id", "score", "attributes"];

    private readonly TextOffsets _offsets = new(text);

    /// <summary>A span; null where it is none, which is told.</summary>
    public LabelledObject? Read(JsonElement value, JsonPlace place)
    {
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is 3 or 4)
        {
            var mark = Mark(value[0], value[1], place);
            if (Label(value[2], place) is not { } name || mark is null) return null;
            var knowledge = value.GetArrayLength() == 4 ? value[3] : default;      // spaCy's kb_id
            return new LabelledObject(name, mark) { Attributes = knowledge is { ValueKind: JsonValueKind.String } id && id.GetString()!.Length > 0 ? new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["kb_id"] = id } : Sample.Empty };
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            place.Tell($"a span such as [0, 5, \"name\"] or an object with start, end and label was expected; {((JsonElement?)value).Found()} found.");
            return null;
        }

        if (Mark(value.Member("start_offset") ?? value.Member("start"), value.Member("end_offset") ?? value.Member("end"), place) is not { } span || Label(value.Member("label"), place) is not { } label) return null;
        Dictionary<string, JsonElement> attributes = new(value.Member("attributes").Values(), StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
            if (!Own.Contains(member.Name) && member.Value.ValueKind != JsonValueKind.Null) attributes[member.Name] = member.Value;
        return new LabelledObject(label, span) { Id = value.Id("id"), Score = value.Number("score"), Attributes = attributes.Count == 0 ? Sample.Empty : attributes };
    }

    /// <summary>Writes a span with everything that is said of it.</summary>
    public static void Write(Utf8JsonWriter json, LabelledObject each)
    {
        var span = (TextSpan)each.Mark;
        json.WriteStartObject();
        json.WriteNumber("start", span.Start);
        json.WriteNumber("end", span.End);
        json.WriteString("label", each.Class);
        if (each.Id is { } id) json.WriteString("id", id);
        if (each.Score is { } score) json.WriteNumber("score", score);
        if (each.Attributes.Keys.Any(k => Own.Contains(k)))
        {
            json.WritePropertyName("attributes");
            JsonSerializer.Serialize(json, each.Attributes);
        }
        else
        {
            foreach (var (name, value) in each.Attributes)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }

    private TextSpan? Mark(JsonElement? start, JsonElement? end, JsonPlace place)
    {
        if (Offset(start) is not { } from || Offset(end) is not { } to || to < from)
        {
            place.Tell($"a span's start and end were expected, whole numbers from 0; {start.Found()} and {end.Found()} found.");
            return null;
        }

        var length = countsUnits ? _offsets.Units : _offsets.CodePoints;
        if (to > length)
        {
            place.Tell($"end {to} lies behind the text, which has {length} {(countsUnits ? "UTF-16 units" : "code points")}.");
            return null;
        }

        if (!countsUnits) return new TextSpan(from, to);
        if (_offsets.CodePointsAt(from) is { } first && _offsets.CodePointsAt(to) is { } last) return new TextSpan(first, last);
        place.Tell($"{from} to {to} cuts a character of two UTF-16 units in half; does the file count code points?");
        return null;
    }

    private static long? Offset(JsonElement? value) => value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var offset) && offset >= 0 ? offset : null;

    private static string? Label(JsonElement? value, JsonPlace place)
    {
        if (value is { ValueKind: JsonValueKind.String or JsonValueKind.Number } label) return label.ToString();
        place.Tell($"a span's label was expected; {value.Found()} found.");
        return null;
    }
}
