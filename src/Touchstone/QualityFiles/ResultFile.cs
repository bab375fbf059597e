using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstone.Files.Storage;

namespace Touchstone.QualityFiles;

/// <summary>A table that a verb writes: NDJSON where the file's name ends in .ndjson or .jsonl, else CSV. It appears whole or not at all.</summary>
internal static class ResultFile
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>Writes the table.</summary>
    /// <param name="path">Where; what was there before is replaced in one step.</param>
    /// <param name="header">Names of the columns.</param>
    /// <param name="rows">Fields: text, whole numbers, real numbers (shortest form that reads back the same) or null.</param>
    /// <param name="cancellationToken">Gives up and leaves what was there before.</param>
    public static Task WriteAsync(string path, string[] header, IEnumerable<object?[]> rows, CancellationToken cancellationToken) =>
        DurableFile.WriteAsync(
            path,
            async stream =>
            {
                await using var text = new StreamWriter(stream, new UTF8Encoding(false), 64 * 1024, leaveOpen: true);
                var isNdjson = path.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);
                if (!isNdjson) text.Write(Csv(header) + "\n");
                foreach (var row in rows)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    text.Write((isNdjson ? Ndjson(header, row) : Csv(row)) + "\n");
                }
            },
            cancellationToken);

    private static string Csv(object?[] row) => string.Join(',', row.Select(Field));

    private static string Field(object? value)
    {
        var text = Text(value);
        return text.AsSpan().ContainsAny(Quoted) || text.StartsWith(' ') || text.EndsWith(' ') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static string Ndjson(string[] header, object?[] row) => $"{{{string.Join(',', header.Select((name, c) => $"{Quote(name)}:{(row[c] is null ? "null" : row[c] is string text ? Quote(text) : Text(row[c]))}"))}}}";

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
