using System.Runtime.InteropServices;
using System.Text.Json;

namespace Touchstone.Formats.Training;

/// <summary>How deep what a record holds as JSON is nested.</summary>
internal static class RecordDepth
{
    /// <summary>How many levels a row may put around a value: <c>/completions/0/turns/0/content</c> is the deepest place of any format, and a list may stand around rows.</summary>
    private const int Around = 6;

    /// <summary>Whether a row of a format that is read to a depth might be too deep with it.</summary>
    public static bool Exceeds(TrainingRecord record, int depthMax)
    {
        var most = depthMax - Around;
        return record.Tools is { } tools && Exceeds(tools, most) || Exceeds(record.Facts, most) || Exceeds(record.Prompt, most)
            || record.Completions.Any(c => Exceeds(c.Turns, most)) || record.Judgements.Any(j => Exceeds(j.Answers, most)) || record.Rubric.Any(c => Exceeds(c.Others, most));
    }

    private static bool Exceeds(IReadOnlyList<Turn> turns, int most)
    {
        foreach (var turn in turns)
            if (Exceeds(turn.Content, most) || Exceeds(turn.Others, most)) return true;
        return false;
    }

    private static bool Exceeds(IReadOnlyDictionary<string, JsonElement> values, int most)
    {
        if (values.Count == 0) return false;
        foreach (var value in values.Values)
            if (Exceeds(value, most)) return true;
        return false;
    }

    /// <summary>Values with few brackets cannot be deep, which is nearly all of them.</summary>
    private static bool Exceeds(JsonElement value, int most)
    {
        if (value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object)) return false;
        var text = JsonMarshal.GetRawUtf8Value(value);
        if (text.Count((byte)'[') + text.Count((byte)'{') <= most) return false;
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = 1_000 });
        while (reader.Read())
            if (reader.CurrentDepth >= most && reader.TokenType is (JsonTokenType.StartArray or JsonTokenType.StartObject)) return true;
        return false;
    }
}
