using System.Text.Json;
using Touchstone.Curation.Documents;

namespace Touchstone.Curation.Deduplication;

/// <summary>Reads what a document carries beside its text: a finding of an earlier step, or else a member of its record.</summary>
internal static class RecordMembers
{
    /// <summary>A text of this name; null where there is none.</summary>
    public static string? Text(Document document, string name)
    {
        if (document.Findings?.GetValueOrDefault(name) is { } finding) return finding as string;
        var reader = new Utf8JsonReader(document.Record.Span);
        return Find(ref reader, name) && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    /// <summary>A number of this name; null where there is none.</summary>
    public static double? Number(Document document, string name)
    {
        if (document.Findings?.GetValueOrDefault(name) is { } finding) return finding is IConvertible number and not string ? number.ToDouble(null) : null;
        var reader = new Utf8JsonReader(document.Record.Span);
        return Find(ref reader, name) && reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : null;
    }

    /// <summary>Moves to the value of a member of the record itself, not of one within it.</summary>
    private static bool Find(ref Utf8JsonReader reader, string name)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
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
