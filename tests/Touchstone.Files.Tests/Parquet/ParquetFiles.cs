using Touchstone.Files.Parquet;

namespace Touchstone.Files.Tests.Parquet;

/// <summary>Writing and reading whole files in memory, and rows as text to compare them by.</summary>
internal static class ParquetFiles
{
    public static byte[] Write(ParquetSchema schema, IEnumerable<object?[]> rows, ParquetWriterOptions? options = null)
    {
        using var stream = new MemoryStream();
        var writer = new ParquetWriter(stream, schema, options);
        foreach (var row in rows) writer.WriteRow(row);
        writer.Finish();
        return stream.ToArray();
    }

    public static ParquetReader Open(byte[] file, ParquetLimits? limits = null) => ParquetReader.Open(new MemoryStream(file), "t.parquet", limits);

    public static List<ParquetRow> Read(byte[] file, params string[] fields) => [.. Open(file).ReadRows(fields.Length == 0 ? null : fields)];

    public static List<string> Text(IEnumerable<ParquetRow> rows) => [.. rows.Select(r => r.ToString())];

    public static List<string> Text(ParquetSchema schema, IEnumerable<object?[]> rows)
    {
        string[] names = [.. schema.Fields.Select(f => f.Name)];
        return [.. rows.Select(r => new ParquetRow(names, r).ToString())];
    }
}
