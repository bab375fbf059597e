using System.Buffers;
using System.Text.Json;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Tasks;

/// <summary>One line of an import: a task to be.</summary>
internal readonly record struct TaskLine(long Number, string? ExternalId, AssetId? AssetId, string? Sha256, int Priority, int? Overlap, byte[]? Gold)
{
    /// <summary>It teaches: its known answers are told, with the explanation.</summary>
    public bool IsTraining { get; init; }

    public string? Explanation { get; init; }
}

/// <summary>Why a line does not go in.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Reason">Stable snake_case.</param>
/// <param name="Pointer">JSON pointer into the line; empty for the whole of it.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Found">What stands there.</param>
internal sealed record LineFault(long Line, string Reason, string Pointer, string Expected, string Found)
{
    public string Detail => $"{(Pointer.Length == 0 ? "line" : Pointer)}: expected {Expected}; found {Found}";
}

/// <summary>Reads a line with one pass over its bytes; only a line that is wrong costs more than its strings.</summary>
internal static class TaskLineReader
{
    public const int ExternalIdMax = 500;
    public const int OverlapMax = 100;
    public const int ExplanationMax = 10_000;
    private const int FoundMax = 80;
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    public static bool TryRead(long number, ReadOnlySpan<byte> line, out TaskLine task, out LineFault? fault)
    {
        var reader = new Utf8JsonReader(line);
        task = new TaskLine(number, null, null, null, 5, null, null);
        fault = null;
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                fault = new(number, "not_an_object", "", "a JSON object", Describe(reader));
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName && fault is null) ReadMember(ref reader, line, ref task, ref fault);
            if (fault is null && reader.Read()) fault = new(number, "malformed_json", "", "one JSON object on a line", "more after it");   // throws where it is no JSON
        }
        catch (JsonException failure)
        {
            fault = new(number, "malformed_json", "", "JSON", $"at byte {failure.BytePositionInLine + 1}: {FirstSentence(failure.Message)}");
        }
        catch (InvalidOperationException)
        {
            fault = new(number, "malformed_json", "", "text in UTF-8", "bytes or escapes that are no text");
        }

        if (fault is null && task.IsTraining && task.Gold is null) fault = new(number, "gold_missing", "/gold", "the known answers of a training task", "nothing");
        if (fault is null && !task.IsTraining && task.Explanation is not null) fault = new(number, "unknown_member", "/explanation", "an explanation only where \"purpose\" is \"training\"", "one of another task");
        if (fault is null && task.AssetId is null && task.Sha256 is null) fault = new(number, "asset_missing", "/asset", "the id of an asset, or \"sha256\" of its bytes", "neither");
        return fault is null;
    }

    private static void ReadMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, ref TaskLine task, ref LineFault? fault)
    {
        if (reader.ValueTextEquals("external_id"u8))
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null) return;
            var id = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            if (id is { Length: > 0 and <= ExternalIdMax } && id.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0) task = task with { ExternalId = id };
            else fault = new(task.Number, "invalid_external_id", "/external_id", $"a string of 1 to {ExternalIdMax} characters, none of them a control character", Describe(reader));
        }
        else if (reader.ValueTextEquals("asset"u8))
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var id)) task = task with { AssetId = new(id) };
            else fault = new(task.Number, "invalid_asset", "/asset", "the id of an asset", Describe(reader));
        }
        else if (reader.ValueTextEquals("sha256"u8))
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length == 64 && IsHex(reader.ValueSpan)) task = task with { Sha256 = reader.GetString() };
            else fault = new(task.Number, "invalid_sha256", "/sha256", "64 lower-case hexadecimal digits", Describe(reader));
        }
        else if (reader.ValueTextEquals("priority"u8))
        {
            reader.Read();
            if (TryWhole(reader, 0, 9, out var priority)) task = task with { Priority = priority };
            else fault = new(task.Number, "invalid_priority", "/priority", "a whole number from 0 (last) to 9 (first)", Describe(reader));
        }
        else if (reader.ValueTextEquals("overlap"u8))
        {
            reader.Read();
            if (TryWhole(reader, 1, OverlapMax, out var overlap)) task = task with { Overlap = overlap };
            else fault = new(task.Number, "invalid_overlap", "/overlap", $"a whole number from 1 to {OverlapMax}", Describe(reader));
        }
        else if (reader.ValueTextEquals("gold"u8))
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null) return;
            var start = (int)reader.TokenStartIndex;
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            var found = isObject ? "" : Describe(reader);
            reader.Skip();
            if (isObject) task = task with { Gold = line[start..(int)reader.BytesConsumed].ToArray() };
            else fault = new(task.Number, "invalid_gold", "/gold", "an object of answers", found);
        }
        else if (reader.ValueTextEquals("purpose"u8))
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("training"u8)) task = task with { IsTraining = true };
            else if (reader.TokenType != JsonTokenType.String || !(reader.ValueTextEquals("label"u8) || reader.ValueTextEquals("gold"u8)))
                fault = new(task.Number, "invalid_purpose", "/purpose", "label, gold or training", Describe(reader));
        }
        else if (reader.ValueTextEquals("explanation"u8))
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null) return;
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            if (text is { Length: > 0 and <= ExplanationMax } && !text.Contains('\0')) task = task with { Explanation = text };
            else fault = new(task.Number, "invalid_explanation", "/explanation", $"a text of 1 to {ExplanationMax} characters", Describe(reader));
        }
        else
        {
            fault = new(
                task.Number, "unknown_member", "/" + Pointer(reader.GetString()!), "external_id, asset, sha256, priority, overlap, gold, purpose or explanation", "a member that means nothing here");
        }
    }

    private static bool TryWhole(in Utf8JsonReader reader, int least, int most, out int value)
    {
        value = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out value) && value >= least && value <= most;
    }

    private static bool IsHex(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(HexDigits);

    private static string Pointer(string name) => Cut(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));

    private static string Describe(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => $"\"{Cut(reader.GetString()!)}\"",
        JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, FoundMax)]),
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };

    /// <summary>Short, and without control characters: it is kept, listed and shown.</summary>
    private static string Cut(string text)
    {
        var start = text.Length <= FoundMax ? text : text[..(char.IsHighSurrogate(text[FoundMax - 1]) ? FoundMax - 1 : FoundMax)] + "...";
        return start.Any(char.IsControl) ? string.Concat(start.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString())) : start;
    }

    private static string FirstSentence(string message) => message.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? message[..(end + 1)] : message;
}
