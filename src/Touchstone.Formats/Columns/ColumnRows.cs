using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Touchstone.Files.Parquet;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Columns;

/// <summary>Rows of a Parquet file as JSON. What is null is not there, as in rows of JSON; text that is marked as JSON is what it says.</summary>
internal static class ColumnRows
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1_000 };

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1_000 };

    private static readonly JsonDocumentOptions OwnDeep = new() { MaxDepth = RowFiles.OwnDepthMax };

    /// <summary>Whether a file is Parquet by its name.</summary>
    public static bool MayBe(string file) => file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    /// <summary>The first row; null where there is none or the file cannot be read.</summary>
    public static JsonElement? First(DatasetSource source, string file)
    {
        try
        {
            foreach (var row in Read(source, file, new FaultLog(), RowFiles.OwnDepthMax)) return row.Value;
        }
        catch (FileFormatFaultException)
        {
            return null;   // a name in .parquet and no Parquet: no row of anything, which is what was asked
        }

        return null;
    }

    /// <summary>Every row with its number in the file from 1. What a broken page takes from its row group is told, with how many rows that are, and left out; the next row group is read.</summary>
    /// <exception cref="FileFormatFaultException">The file is no Parquet, or its footer is broken.</exception>
    public static IEnumerable<(long Number, JsonElement Value)> Read(DatasetSource source, string file, FaultLog faults, int depthMax = JsonElements.DepthMax)
    {
        using var stream = source.OpenRead(file);
        var reader = Open(stream, file);
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Plain);
        var (before, options) = (0L, new JsonDocumentOptions { MaxDepth = depthMax });
        for (var group = 0; group < reader.RowGroups.Count; group++)
        {
            var count = reader.RowGroups[group].RowCount;
            using var rows = reader.ReadRowGroup(group).GetEnumerator();
            for (var read = 0L; ; read++)
            {
                JsonElement value;
                try
                {
                    if (!rows.MoveNext()) break;
                    value = ValueOf(reader, rows.Current, buffer, json, options);
                }
                catch (JsonException)
                {
                    faults.Add(file, $"row {before + read + 1}", $"the row is nested deeper than {depthMax} levels; it is left out.");
                    continue;
                }
                catch (FileFormatFaultException fault)
                {
                    faults.Add(file, $"row {before + read + 1}", fault.Message);
                    continue;
                }
                catch (Exception fault) when (fault is ParquetFormatException or DllNotFoundException)
                {
                    var lost = Math.Max(1, count - read);
                    faults.Add(file, $"row {before + read + 1}", string.Create(CultureInfo.InvariantCulture, $"{Message(fault, file)}; {lost:N0} rows from here to the end of row group {group} are not read."), lost);
                    break;
                }

                yield return (before + read + 1, value);
            }

            before += count;
        }
    }

    private static JsonElement ValueOf(ParquetReader reader, ParquetRow row, ArrayBufferWriter<byte> buffer, Utf8JsonWriter json, JsonDocumentOptions options)
    {
        buffer.ResetWrittenCount();
        json.Reset();
        WriteRow(json, reader.Schema.Fields, row);
        json.Flush();
        CheckBytes(buffer.WrittenCount);
        return JsonElement.Parse(buffer.WrittenSpan, options);
    }

    private static void CheckBytes(long bytes)
    {
        if (bytes > RowFiles.LineMaxBytes) throw new FileFormatFaultException($"the row is longer than {RowFiles.LineMaxBytes} bytes of JSON; it is left out.");
    }

    private static ParquetReader Open(FileStream stream, string file)
    {
        try
        {
            return ParquetReader.Open(stream, file, ParquetLimits.For(stream.Length));
        }
        catch (ParquetFormatException fault)
        {
            throw new FileFormatFaultException(fault.Message);
        }
    }

    private static string Message(Exception fault, string file) => fault.Message.StartsWith(file, StringComparison.Ordinal) ? fault.Message[file.Length..].TrimStart(',', ':', ' ') : fault.Message;

    private static void WriteRow(Utf8JsonWriter json, IReadOnlyList<ParquetField> fields, ParquetRow row)
    {
        json.WriteStartObject();
        for (var i = 0; i < fields.Count; i++)
        {
            if (row[i] is not { } value) continue;
            json.WritePropertyName(fields[i].Name);
            Write(json, fields[i], value);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ParquetField field, object value)
    {
        if (value is object?[] list)
        {
            var element = ElementOf(field);
            json.WriteStartArray();
            foreach (var each in list)
            {
                if (each is null) json.WriteNullValue();
                else Write(json, element, each);
            }

            json.WriteEndArray();
        }
        else if (value is ParquetRow row) WriteRow(json, ((ParquetGroup)field).Fields, row);
        else if (value is string text)
        {
            CheckBytes(text.Length);
            WriteText(json, field, text);
        }
        else
        {
            CheckBytes(value is byte[] bytes ? bytes.LongLength : 0);
            WriteValue(json, value);
        }
    }

    /// <summary>What a list holds, behind the groups that writers put around it; what is repeated without being called a list holds itself.</summary>
    private static ParquetField ElementOf(ParquetField field)
    {
        if (field is not ParquetGroup { Kind: not ParquetGroupKind.Struct } list) return field;
        var repeated = list.Fields[0];
        var isWrapper = list.Kind == ParquetGroupKind.List && repeated is ParquetGroup { Fields.Count: 1 } group && group.Fields[0].Repetition != ParquetRepetition.Repeated && repeated.Name != "array" && repeated.Name != list.Name + "_tuple";
        return isWrapper ? ((ParquetGroup)repeated).Fields[0] : repeated;
    }

    private static void WriteText(Utf8JsonWriter json, ParquetField field, string text)
    {
        if (field is ParquetColumn { Type.Logical: ParquetLogicalType.Json } && Parsed(text) is { } value) value.WriteTo(json);
        else json.WriteStringValue(text);
    }

    private static JsonElement? Parsed(string text)
    {
        try
        {
            var value = JsonElement.Parse(text, OwnDeep);
            return JsonTexts.AreUnicode(value) ? value : null;
        }
        catch (JsonException)
        {
            return null;   // a column that says so of what is none: the text stands for itself
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            default:
                // As rows show it: times and UUIDs as text, bytes as base64, what is no number as its name.
                JsonElement.Parse(new ParquetRow(["value"], value).ToString(), Deep).GetProperty("value").WriteTo(json);
                break;
        }
    }
}
