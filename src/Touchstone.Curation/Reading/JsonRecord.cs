using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Reading.Objects;

namespace Touchstone.Curation.Reading;

/// <summary>Makes documents of JSON objects: finds the text and the name and leaves everything else where it lies.</summary>
/// <param name="options">Names of the members.</param>
/// <param name="isTable">Whether records are rows of a table, whose places are lines.</param>
internal sealed class JsonRecord(ReadOptions options, bool isTable = false)
{
    private readonly byte[] _textName = Encoding.UTF8.GetBytes(options.TextName);
    private readonly byte[] _idName = Encoding.UTF8.GetBytes(options.IdName);

    /// <param name="record">One JSON object in UTF-8, which the document goes on pointing to.</param>
    /// <param name="place">Where it was read.</param>
    /// <param name="document">The document.</param>
    /// <param name="fault">Why there is none.</param>
    public bool TryRead(ReadOnlyMemory<byte> record, DocumentPlace place, [NotNullWhen(true)] out Document? document, [NotNullWhen(false)] out ReadFault? fault)
    {
        document = null;
        fault = null;
        try
        {
            if (!Utf8.IsValid(record.Span)) fault = new(place, ReadFaultCode.InvalidUnicode, $"expected UTF-8, found other bytes at byte {FirstInvalid(record.Span)} of the record");
            else document = Read(record, place, out fault);
        }
        catch (JsonException broken)
        {
            fault = new(place, ReadFaultCode.NotJson, $"expected one JSON object: {Sentence(broken)}");
        }
        catch (InvalidOperationException half)
        {
            // What the reader throws where an escape in a text is half of a surrogate pair.
            fault = new(place, ReadFaultCode.InvalidUnicode, $"expected text of whole characters: {half.Message}");
        }

        return document is not null;
    }

    private Document? Read(ReadOnlyMemory<byte> record, DocumentPlace place, out ReadFault? fault)
    {
        fault = null;
        var json = new Utf8JsonReader(record.Span);
        string? text = null, id = null;
        var (textStart, textEnd) = (0, 0);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject) throw new JsonException($"it begins with {json.TokenType}");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isText, isId) = (json.ValueTextEquals(_textName), json.ValueTextEquals(_idName));
            json.Read();
            if (isText && textEnd > 0) fault = new(place, ReadFaultCode.TwoTexts, $"expected one member \"{options.TextName}\", found two");
            if (isText && json.TokenType != JsonTokenType.String) fault ??= new(place, ReadFaultCode.TextNotString, $"expected a text as \"{options.TextName}\", found {json.TokenType}");
            if (isText && fault is null)
            {
                text = json.GetString();
                (textStart, textEnd) = ((int)json.TokenStartIndex, (int)json.BytesConsumed);
            }
            else if (isId && json.TokenType is JsonTokenType.String)
            {
                id = json.GetString();
            }
            else if (isId && json.TokenType is JsonTokenType.Number)
            {
                id = Encoding.UTF8.GetString(json.ValueSpan);
            }

            json.Skip();
        }

        if (json.Read()) throw new JsonException("something follows the object");
        if (fault is not null) return null;
        if (string.IsNullOrEmpty(text))
        {
            fault = text is null
                ? new(place, ReadFaultCode.NoText, $"expected a member \"{options.TextName}\", found none")
                : new(place, ReadFaultCode.EmptyText, "expected a text, found an empty one");
            return null;
        }

        return new Document { Id = string.IsNullOrEmpty(id) ? NameOf(place, options, isTable) : id, Text = text, TextAsRead = text, Record = record, RecordText = textStart..textEnd, Place = place };
    }

    /// <summary>Name of a document that has none of its own: its file below the source's folder and its first byte, or its line where it is a table's row. The same whichever way a file is cut.</summary>
    public static string NameOf(DocumentPlace place, ReadOptions options, bool isTable = false) => $"{FileName(place.File, options.Folder)}#{(isTable ? place.Line : place.Offset)}";

    private static string FileName(string file, string folder)
    {
        if (folder.Length == 0) return Path.GetFileName(file);
        var full = ObjectAddress.IsAddress(file) ? file : Path.GetFullPath(file);
        return full.StartsWith(folder, StringComparison.Ordinal) ? full[folder.Length..].Replace(Path.DirectorySeparatorChar, '/') : Path.GetFileName(file);
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == System.Buffers.OperationStatus.Done) at += length;
        return at;
    }

    /// <summary>The message without the place within the line, which the reader counts from 0.</summary>
    private static string Sentence(JsonException broken)
    {
        var end = broken.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var message = end < 0 ? broken.Message : broken.Message[..end].TrimEnd('.');
        return broken.BytePositionInLine is { } at ? $"{message} (byte {at} of the line)" : message;
    }
}
