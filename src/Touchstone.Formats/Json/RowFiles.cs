using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Files.Lines;
using Touchstone.Formats.Columns;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Json;

/// <summary>One row of a file of rows.</summary>
/// <param name="Number">Its position in the file, from 1: the line where rows are lines.</param>
/// <param name="Place">"line 3 ", "document 3 " or "row 3 ", for <see cref="JsonPlace"/>; empty where the pointer says it.</param>
/// <param name="Pointer">JSON pointer where the file is a list; empty else.</param>
/// <param name="Value">The row.</param>
internal readonly record struct JsonRow(long Number, string Place, string Pointer, JsonElement Value);

/// <summary>Files of rows: JSON values one a line, a list of them, or several documents in a row, packed by gzip or not; or a Parquet file. Whoever has rows in another container makes the same of them.</summary>
internal static class RowFiles
{
    /// <summary>The most bytes that a row may have: below the 166,666,666 that a text may have where it is written again (<see cref="Utf8JsonWriter"/>).</summary>
    public const int LineMaxBytes = 1 << 27;

    /// <summary>How deep rows of Touchstone's own formats may be nested: what other formats nest 64 deep stands deeper in them.</summary>
    public const int OwnDepthMax = 128;

    /// <summary>How many times the bytes of a packed file a row of it may have, and what it may have in any file.</summary>
    private const int ExpansionMax = 10, ExpansionFreeBytes = 4 << 20;

    private const int GlanceBytes = 1 << 16;
    private const int LongGlanceBytes = 1 << 22;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private static readonly string[] Endings = [".jsonl", ".ndjson", ".json", ".jsonl.gz", ".ndjson.gz", ".json.gz"];

    /// <summary>Whether a file may hold rows, by its name.</summary>
    public static bool MayBe(string file) => Endings.Any(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase)) || ColumnRows.MayBe(file);

    /// <summary>The first row of a file; null where its beginning is none.</summary>
    public static JsonElement? First(DatasetSource source, string file)
    {
        if (ColumnRows.MayBe(file)) return ColumnRows.First(source, file);
        try
        {
            foreach (var bytes in (ReadOnlySpan<int>)[GlanceBytes, LongGlanceBytes])
            {
                var glance = Beginning(source, file, bytes);
                if (FirstOf(glance, out var isCut) is { } row) return row;
                if (!isCut || glance.Length < bytes - ByteOrderMark.Length) return null;
            }
        }
        catch (FileFormatFaultException)
        {
            return null;   // a name in .gz and no gzip: no row of anything, which is what was asked
        }

        return null;
    }

    /// <summary>Every row, in the order of the file. What cannot be read is told and left out; of a folder, a file that breaks does not take the others with it.</summary>
    /// <param name="source">The folder or file.</param>
    /// <param name="file">Which file of it.</param>
    /// <param name="faults">Takes what cannot be read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="depthMax">How deep rows may be nested.</param>
    /// <exception cref="FileFormatFaultException">The file is no JSON at all, or no gzip or Parquet file where its name says so, and it is the only one.</exception>
    public static async IAsyncEnumerable<JsonRow> ReadAsync(DatasetSource source, string file, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken, int depthMax = JsonElements.DepthMax)
    {
        await using var rows = RowsAsync(source, file, faults, depthMax, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var last = 0L;
        while (true)
        {
            try
            {
                if (!await rows.MoveNextAsync()) yield break;
            }
            catch (FileFormatFaultException fault) when (!faults.IsStrict && (last > 0 || !source.IsFile))
            {
                faults.Add(file, last > 0 ? $"row {last + 1}" : "", $"{Reason(fault, file)}{(last > 0 ? "; rows from here on are not read." : "; the file is left out.")}");
                yield break;
            }

            last = rows.Current.Number;
            yield return rows.Current;
        }
    }

    private static string Reason(FileFormatFaultException fault, string file) =>
        (fault.Message.StartsWith(file, StringComparison.Ordinal) ? fault.Message[file.Length..].TrimStart(',', ':', ' ') : fault.Message).TrimEnd('.');

    private static async IAsyncEnumerable<JsonRow> RowsAsync(DatasetSource source, string file, FaultLog faults, int depthMax, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (ColumnRows.MayBe(file))
        {
            foreach (var (number, value) in ColumnRows.Read(source, file, faults, depthMax))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return new JsonRow(number, $"row {number} ", "", value);
            }

            yield break;
        }

        var form = FormOf(source, file);
        var bytes = source.OpenRead(file);
        var rowMaxBytes = RowMaxBytes(bytes, file);
        await using var stream = GzipInput.Of(bytes, file);
        if (form == RowForm.Lines)
        {
            await foreach (var line in NdjsonReader.ReadAsync(stream, rowMaxBytes, cancellationToken))
                if (NdjsonElements.Parse(line, file, rowMaxBytes, faults, depthMax) is { } value) yield return new JsonRow(line.Number, $"line {line.Number} ", "", value);
            yield break;
        }

        var elements = form == RowForm.List ? JsonElements.ReadAsync(stream, file, faults, cancellationToken, rowMaxBytes, depthMax) : JsonElements.ReadSeveralAsync(stream, file, faults, cancellationToken, rowMaxBytes, depthMax);
        await foreach (var element in elements)
            yield return new JsonRow(element.Index + 1, form == RowForm.List ? "" : $"document {element.Index + 1} ", form == RowForm.List ? element.Pointer : "", element.Value);
    }

    /// <summary>A row of a packed file is bounded by what was sent: some hundred bytes can unpack to any number of them.</summary>
    private static int RowMaxBytes(FileStream file, string name) =>
        name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? (int)Math.Clamp(Math.Min(file.Length, LineMaxBytes) * ExpansionMax, ExpansionFreeBytes, LineMaxBytes) : LineMaxBytes;

    private enum RowForm
    {
        Lines,
        List,
        Documents,
    }

    private static RowForm FormOf(DatasetSource source, string file)
    {
        var glance = Beginning(source, file, GlanceBytes).AsSpan();
        var first = glance.IndexOfAnyExcept(" \t\r\n"u8);
        if (first < 0) return RowForm.Lines;
        glance = glance[first..];
        var isLines = file.Contains(".jsonl", StringComparison.OrdinalIgnoreCase) || file.Contains(".ndjson", StringComparison.OrdinalIgnoreCase);
        if (glance[0] == (byte)'[' && !(isLines && IsDocument(LineOf(glance)))) return RowForm.List;
        return IsDocument(LineOf(glance)) || LineOf(glance).Length == glance.Length && glance.Length > 1 || isLines && !IsOpen(LineOf(glance)) ? RowForm.Lines : RowForm.Documents;
    }

    /// <summary>Whether a line is only the bracket that a document begins with, as written for people.</summary>
    private static bool IsOpen(ReadOnlySpan<byte> line) => line.TrimEnd(" \t\r"u8) is [(byte)'{'];

    private static ReadOnlySpan<byte> LineOf(ReadOnlySpan<byte> text) => text.IndexOf((byte)'\n') is >= 0 and var end ? text[..end] : text;

    private static bool IsDocument(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = OwnDepthMax });
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;   // the document goes on in the next line
        }
    }

    private static byte[] Beginning(DatasetSource source, string file, int bytes)
    {
        using var stream = GzipInput.Of(source.OpenRead(file), file);
        var buffer = new byte[bytes];
        var got = stream.ReadAtLeast(buffer, bytes, throwOnEndOfStream: false);
        return buffer[(buffer.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0)..got];
    }

    private static JsonElement? FirstOf(byte[] glance, out bool isCut)
    {
        isCut = false;
        var reader = new Utf8JsonReader(glance, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = OwnDepthMax }));
        try
        {
            if (!reader.Read()) return null;
            if (reader.TokenType == JsonTokenType.StartArray && (!reader.Read() || reader.TokenType == JsonTokenType.EndArray)) return null;
            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return null;
            isCut = !JsonElement.TryParseValue(ref reader, out var value);
            return value is { } row && JsonTexts.AreUnicode(row) ? row : null;
        }
        catch (JsonException)
        {
            return null;   // no row of anything, which is what was asked
        }
    }
}
