using System.Buffers;
using System.Text;
using System.Text.Json;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Reading;

namespace Touchstone.Curation.Writing;

/// <summary>Why a document left the corpus, for where it is written aside.</summary>
/// <param name="Step">Id of the step.</param>
/// <param name="Reason">Name of the rule.</param>
public readonly record struct DropNote(string Step, string Reason);

/// <summary>
/// Writes documents as JSON objects, one a line. A record whose document was not changed is copied byte for byte; else its members are, in their order, with the text in its place
/// anew and behind them what steps found out. A finding takes the place of a member of its name.
/// </summary>
public sealed class RecordWriter(ReadOptions names)
{
    /// <summary>Member that tells why and where a document was dropped.</summary>
    public const string DroppedMember = "dropped";

    /// <summary>Writes a document with its line end.</summary>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="document">What is written.</param>
    /// <param name="note">Why it was dropped; null where it was kept.</param>
    public void Write(ArrayBufferWriter<byte> output, Document document, DropNote? note = null)
    {
        var isAsRead = ReferenceEquals(document.Text, document.TextAsRead) && document.Findings is not { Count: > 0 } && note is null;
        if (isAsRead) output.Write(document.Record.Span);
        else WriteAnew(output, document, note);
        output.Write("\n"u8);
    }

    /// <summary>A document as a row of Parquet: what is neither name nor text is one JSON object.</summary>
    public ParquetDocument Row(ArrayBufferWriter<byte> scratch, Document document)
    {
        scratch.ResetWrittenCount();
        var isFirst = true;
        if (!document.Record.IsEmpty) CopyMembers(scratch, document, hasText: false, isDropped: false, ref isFirst);
        if (document.Findings is { } findings)
            foreach (var (name, value) in findings) WriteFinding(scratch, name, value, ref isFirst);
        scratch.Write(isFirst ? "{}"u8 : "}"u8);
        return new(Encoding.UTF8.GetBytes(document.Id), Encoding.UTF8.GetBytes(document.Text), scratch.WrittenSpan.ToArray());
    }

    private void WriteAnew(ArrayBufferWriter<byte> output, Document document, DropNote? note)
    {
        var hasText = document.TextAsRead is not null;
        var isFirst = true;
        if (document.Record.IsEmpty || !hasText)
        {
            WriteMember(output, names.IdName, document.Id, ref isFirst);
            WriteMember(output, names.TextName, document.Text, ref isFirst);
        }

        if (!document.Record.IsEmpty) CopyMembers(output, document, hasText, note is not null, ref isFirst);
        if (document.Findings is { } findings)
            foreach (var (name, value) in findings) WriteFinding(output, name, value, ref isFirst);
        if (note is { } drop) WriteNote(output, document, drop, ref isFirst);
        output.Write(isFirst ? "{}"u8 : "}"u8);
    }

    /// <summary>Copies the record's members as they lie, but the text, and those that are written anew.</summary>
    private void CopyMembers(ArrayBufferWriter<byte> output, Document document, bool hasText, bool isDropped, ref bool isFirst)
    {
        var record = document.Record.Span;
        var (textStart, _) = hasText ? document.RecordText.GetOffsetAndLength(record.Length) : (-1, 0);
        var json = new Utf8JsonReader(record);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var nameStart = (int)json.TokenStartIndex;
            var isLeftOut = (isDropped && json.ValueTextEquals(DroppedMember)) || (!hasText && (json.ValueTextEquals(names.IdName) || json.ValueTextEquals(names.TextName))) || IsFinding(ref json, document);
            json.Read();
            var valueStart = (int)json.TokenStartIndex;
            json.Skip();
            if (isLeftOut) continue;
            output.Write(isFirst ? "{"u8 : ","u8);
            isFirst = false;
            if (valueStart == textStart)
            {
                output.Write(record[nameStart..valueStart]);
                Utf8JsonText.Write(output, document.Text);
            }
            else
            {
                output.Write(record[nameStart..(int)json.BytesConsumed]);
            }
        }
    }

    private static bool IsFinding(ref Utf8JsonReader json, Document document)
    {
        if (document.Findings is not { } findings) return false;
        foreach (var name in findings.Keys)
            if (json.ValueTextEquals(name)) return true;
        return false;
    }

    private static void WriteMember(ArrayBufferWriter<byte> output, string name, string value, ref bool isFirst)
    {
        WriteName(output, name, ref isFirst);
        Utf8JsonText.Write(output, value);
    }

    private static void WriteName(ArrayBufferWriter<byte> output, string name, ref bool isFirst)
    {
        output.Write(isFirst ? "{"u8 : ","u8);
        isFirst = false;
        Utf8JsonText.Write(output, name);
        output.Write(":"u8);
    }

    private static void WriteFinding(ArrayBufferWriter<byte> output, string name, object value, ref bool isFirst)
    {
        WriteName(output, name, ref isFirst);
        if (value is string text)
        {
            Utf8JsonText.Write(output, text);
            return;
        }

        using var json = new Utf8JsonWriter(output, JsonText.Raw);
        JsonSerializer.Serialize(json, value, Findings);
    }

    private static readonly JsonSerializerOptions Findings = new() { Encoder = JsonText.Raw.Encoder, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DictionaryKeyPolicy = null };

    private static void WriteNote(ArrayBufferWriter<byte> output, Document document, DropNote note, ref bool isFirst)
    {
        WriteName(output, DroppedMember, ref isFirst);
        var isInner = true;
        WriteMember(output, "step", note.Step, ref isInner);
        WriteMember(output, "reason", note.Reason, ref isInner);
        WriteMember(output, "file", document.Place.File, ref isInner);
        output.Write(Encoding.UTF8.GetBytes(document.Place.Line > 0 ? $",\"line\":{document.Place.Line}}}" : $",\"offset\":{document.Place.Offset}}}"));
    }
}
