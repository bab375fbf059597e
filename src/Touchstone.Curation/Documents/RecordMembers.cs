using System.Text.Json;

namespace Touchstone.Curation.Documents;

/// <summary>
/// Reads what a document carries beside its text: a finding of an earlier step, or else a member of its record, or else one of the record's <c>metadata</c>, where
/// datatrove keeps all but text and id.
/// </summary>
internal static class RecordMembers
{
    /// <summary>A text of this name; null where there is none.</summary>
    public static string? Text(Document document, string name)
    {
        if (document.Findings?.GetValueOrDefault(name) is { } finding) return finding as string;
        var reader = new Utf8JsonReader(document.Record.IsEmpty ? "{}"u8 : document.Record.Span);
        return TryFind(ref reader, name) && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    /// <summary>A number of this name; null where there is none.</summary>
    public static double? Number(Document document, string name)
    {
        if (document.Findings?.GetValueOrDefault(name) is { } finding) return finding is IConvertible number and not string ? number.ToDouble(null) : null;
        var reader = new Utf8JsonReader(document.Record.IsEmpty ? "{}"u8 : document.Record.Span);
        return TryFind(ref reader, name) && reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : null;
    }

    private static bool TryFind(ref Utf8JsonReader reader, string name)
    {
        if (!reader.Read()) return false;
        var record = reader;
        if (MovesTo(ref reader, name)) return true;
        reader = record;
        return MovesTo(ref reader, "metadata") && MovesTo(ref reader, name);
    }

    /// <summary>From the beginning of an object to the value of a member of its own, not of one within it.</summary>
    private static bool MovesTo(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            if (!reader.Read()) return false;
            if (found) return true;
            reader.Skip();
        }

        return false;
    }
}
