using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Training;

/// <summary>Messages as most formats have them: objects with <c>role</c>, <c>content</c> and whatever else there is.</summary>
internal static class MessageJson
{
    /// <summary>Whether a value is a list of messages.</summary>
    public static bool Is(JsonElement? value) => value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 && list[0].Text("role") is not null;

    /// <summary>Turns of a list of messages; null where it is none, which is told.</summary>
    public static List<Turn>? Read(JsonElement? value, JsonPlace place)
    {
        if (value is not { ValueKind: JsonValueKind.Array } list)
        {
            place.Tell($"a list of messages was expected; {value.Found()} found.");
            return null;
        }

        List<Turn> turns = new(list.GetArrayLength());
        foreach (var message in list.EnumerateArray())
        {
            if (ReadOne(message, place.Below(turns.Count)) is not { } turn) return null;
            turns.Add(turn);
        }

        return turns;
    }

    /// <summary>One message.</summary>
    public static Turn? ReadOne(JsonElement message, JsonPlace place)
    {
        if (message.Text("role") is not { } role)
        {
            place.Below("role").Tell($"a message's role was expected; {message.Member("role").Found()} found; the record is left out.");
            return null;
        }

        var content = message.Member("content") ?? JsonFields.Null;
        if (content.ValueKind is not (JsonValueKind.String or JsonValueKind.Array or JsonValueKind.Null))
        {
            place.Below("content").Tell($"a text or a list of parts was expected; {((JsonElement?)content).Found()} found; the record is left out.");
            return null;
        }

        Dictionary<string, JsonElement>? others = null;
        foreach (var member in message.EnumerateObject())
            if (member.Name is not ("role" or "content") && member.Value.ValueKind != JsonValueKind.Null) (others ??= new(StringComparer.Ordinal))[member.Name] = member.Value;
        return new Turn(role, content) { Others = others ?? Sample.Empty };
    }

    /// <summary>A text of one turn, or a list of messages; null where it is neither, which is told.</summary>
    public static (List<Turn> Turns, bool IsPlain)? ReadEither(JsonElement? value, string role, JsonPlace place)
    {
        if (value is { ValueKind: JsonValueKind.String } text) return ([new Turn(role, text)], true);
        if (value is { ValueKind: JsonValueKind.Array } && Read(value, place) is { } turns) return (turns, false);
        if (value is not { ValueKind: JsonValueKind.Array }) place.Tell($"a text or a list of messages was expected; {value.Found()} found.");
        return null;
    }

    /// <summary>Writes a list of messages.</summary>
    public static void Write(Utf8JsonWriter json, string member, IEnumerable<Turn> turns)
    {
        json.WriteStartArray(member);
        foreach (var turn in turns)
        {
            json.WriteStartObject();
            json.WriteString("role", turn.Role);
            if (turn.Content.ValueKind != JsonValueKind.Null || turn.Others.Count == 0)
            {
                json.WritePropertyName("content");
                turn.Content.WriteTo(json);
            }

            foreach (var (name, value) in turn.Others) Member(json, name, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a text where the record has plain ones, a list of messages else.</summary>
    public static void WriteEither(Utf8JsonWriter json, string member, IReadOnlyList<Turn> turns, bool isPlain)
    {
        if (isPlain) json.WriteString(member, TextOf(turns));
        else Write(json, member, turns);
    }

    /// <summary>Turns as one text.</summary>
    public static string TextOf(IReadOnlyList<Turn> turns) => string.Concat(turns.Select(t => t.Text));

    /// <summary>Writes a member as it stands.</summary>
    public static void Member(Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    /// <summary>Writes facts, without those whose names a row has itself.</summary>
    public static void WriteFacts(Utf8JsonWriter json, TrainingRecord record, params ReadOnlySpan<string> own)
    {
        foreach (var (name, value) in record.Facts)
            if (!own.Contains(name)) Member(json, name, value);
    }

    /// <summary>Members of a row that are not its own.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Facts(JsonElement row, params ReadOnlySpan<string> own)
    {
        Dictionary<string, JsonElement> facts = new(StringComparer.Ordinal);
        foreach (var member in ((JsonElement?)row).Members())
            if (!own.Contains(member.Name) && member.Value.ValueKind != JsonValueKind.Null) facts[member.Name] = member.Value;
        return facts.Count == 0 ? Sample.Empty : facts;
    }

    /// <summary>How many turns two dialogues begin with alike.</summary>
    public static int CommonTurns(IReadOnlyList<Turn> first, IReadOnlyList<Turn> second)
    {
        var count = 0;
        while (count < Math.Min(first.Count, second.Count) && first[count].Equals(second[count])) count++;
        return count;
    }

    /// <summary>A dialogue as its prompt and its last answer: what stands after the last turn that is neither the assistant's nor a tool's.</summary>
    public static (List<Turn> Prompt, List<Turn> Answer) AtAnswer(List<Turn> turns)
    {
        var last = turns.FindLastIndex(t => t.Role is not ("assistant" or "tool" or "function"));
        return (turns[..(last + 1)], turns[(last + 1)..]);
    }
}
