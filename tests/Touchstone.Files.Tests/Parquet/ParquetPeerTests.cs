using System.Globalization;
using System.Text.Json;
using Touchstone.Files.Parquet;
using Touchstone.Testing;

namespace Touchstone.Files.Tests.Parquet;

/// <summary>Other programs open what is written here, and files that they write are read here.</summary>
public class ParquetPeerTests
{
    private const int RowCount = 3_000;

    public static TheoryData<string, ParquetCompression, bool> Readers => new(
        from program in new[] { "duckdb", "hyparquet" }
        from compression in new[] { ParquetCompression.None, ParquetCompression.Snappy, ParquetCompression.Gzip, ParquetCompression.Zstd }
        from dictionaries in new[] { true, false }
        select (program, compression, dictionaries));

    [Theory]
    [MemberData(nameof(Readers))]
    public void Another_program_reads_every_type(string program, ParquetCompression compression, bool dictionaries)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["all.parquet"], AllTypes.File(RowCount, new() { Compression = compression, UseDictionaries = dictionaries, PageBytes = 500, RowGroupRowsMax = 1_000 }));
        var lines = Peers.Run("show.mjs", program, folder["all.parquet"]);
        Assert.Equal(RowCount, lines.Length);
        for (var row = 0; row < RowCount; row++)
        {
            using var shown = JsonDocument.Parse(lines[row]);
            for (var c = 0; c < AllTypes.Columns.Length; c++)
            {
                var column = AllTypes.Columns[c];
                var expected = row % 3 == 2 ? null : (program == "duckdb" ? column.DuckDB : column.Hyparquet)[row % 3];
                var found = shown.RootElement[c];
                Assert.Equal((row, column.Field.Name, expected), (row, column.Field.Name, found.ValueKind is JsonValueKind.Null ? null : found.ValueKind == JsonValueKind.String ? found.GetString() : found.GetRawText()));
            }
        }
    }

    [Fact]
    public void Rows_that_DuckDB_reads_and_writes_again_come_back() =>
        Transcode("duckdb", seed => new { compression = new[] { "uncompressed", "snappy", "gzip", "zstd", "brotli", "lz4_raw" }[seed % 6], version = 1 + seed / 6 % 2 });

    [Fact]
    public void Rows_that_the_Rust_library_reads_and_writes_again_come_back() =>
        Transcode("rust", seed => new { compression = new[] { "uncompressed", "snappy", "gzip", "zstd", "brotli", "lz4_raw" }[seed % 6], version = 1 + seed / 6 % 2, dictionary = seed / 12 % 2 == 0 });

    [Theory]
    [InlineData("DELTA_BINARY_PACKED", ParquetPhysicalType.Int32)]
    [InlineData("DELTA_BINARY_PACKED", ParquetPhysicalType.Int64)]
    [InlineData("DELTA_LENGTH_BYTE_ARRAY", ParquetPhysicalType.ByteArray)]
    [InlineData("DELTA_BYTE_ARRAY", ParquetPhysicalType.ByteArray)]
    [InlineData("DELTA_BYTE_ARRAY", ParquetPhysicalType.FixedLengthByteArray)]
    [InlineData("BYTE_STREAM_SPLIT", ParquetPhysicalType.Float)]
    [InlineData("BYTE_STREAM_SPLIT", ParquetPhysicalType.Double)]
    [InlineData("BYTE_STREAM_SPLIT", ParquetPhysicalType.Int32)]
    [InlineData("BYTE_STREAM_SPLIT", ParquetPhysicalType.Int64)]
    [InlineData("BYTE_STREAM_SPLIT", ParquetPhysicalType.FixedLengthByteArray)]
    public void Encodings_that_are_not_written_here_are_read(string encoding, ParquetPhysicalType physical)
    {
        var random = new Random(7);
        var type = new ParquetType(physical) { Length = physical == ParquetPhysicalType.FixedLengthByteArray ? 5 : 0 };
        object? Value(int i)
        {
            if (random.Next(5) == 0) return null;
            var text = new string((char)('a' + i / 100 % 26), i / 1_000) + random.Next(1_000).ToString("D5", CultureInfo.InvariantCulture);
            return physical switch
            {
                ParquetPhysicalType.Int32 => i % 1_000 < 500 ? (long)i : random.Next(int.MinValue, int.MaxValue),
                ParquetPhysicalType.Int64 => i % 1_000 < 500 ? i * 3L : random.NextInt64(long.MinValue, long.MaxValue),
                ParquetPhysicalType.Float => random.NextSingle(),
                ParquetPhysicalType.Double => random.NextDouble(),
                ParquetPhysicalType.FixedLengthByteArray => System.Text.Encoding.ASCII.GetBytes(text[^5..]),
                _ => System.Text.Encoding.ASCII.GetBytes(text),
            };
        }

        List<object?[]> rows = [.. Enumerable.Range(0, 20_000).Select(i => new[] { Value(i), Value(i) })];
        var schema = new ParquetSchema([ParquetField.Optional("a", type), ParquetField.List("b", type)]);
        foreach (var row in rows) row[1] = new[] { row[1], row[0] };
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["from.parquet"], ParquetFiles.Write(schema, rows));
        var jobs = new[] { 1, 2 }.Select(version => new { by = "rust", from = folder["from.parquet"], to = folder[$"{version}.parquet"], compression = "snappy", version, encoding, dictionary = false });
        File.WriteAllText(folder["jobs.json"], JsonSerializer.Serialize(jobs));
        Peers.Run("transcode.mjs", folder["jobs.json"]);
        var expected = ParquetFiles.Text(schema, rows);
        foreach (var version in new[] { 1, 2 })
            Assert.Equal(expected, ParquetFiles.Text(ParquetFiles.Read(File.ReadAllBytes(folder[$"{version}.parquet"]))));
    }

    [Fact]
    public void What_hyparquet_writes_is_read()
    {
        using var folder = new TemporaryFolder();
        Peers.Run("write.mjs", folder.Path);
        foreach (var file in Directory.GetFiles(folder.Path))
        {
            var rows = ParquetFiles.Read(File.ReadAllBytes(file));
            Assert.Equal(5_000, rows.Count);
            for (var i = 0; i < rows.Count; i++) Assert.Equal(Written(i), rows[i].Values);
        }
    }

    /// <summary>The values that tests/parquet-peers/write.mjs writes into row <paramref name="i"/>.</summary>
    private static object?[] Written(int i)
    {
        var isNull = i % 7 == 3;
        return
        [
            i % 3 == 0, i % 1000 < 500, isNull ? null : i * 7L - 9000, isNull ? null : (i % 2 == 1 ? -1L : 1L) * i * 1000, i * (i % 2 == 1 ? 1L : -1L) * 1000000007000,
            i - 2500L, i / 4f, i / 8f, isNull ? null : i / 3.0, isNull ? null : i / 7.0, isNull ? null : $"text {i}", $"class {i % 5} 猫", new string('x', i % 20), $"prefix {1000000 + i}", $"{{\"a\":{i}}}",
            ParquetTimestamp.From(1700000000000 + i, ParquetTimeUnit.Milliseconds, isUtc: true),
        ];
    }

    /// <summary>Rows of random schemas go through another program; what it writes is read here and compared.</summary>
    private static void Transcode(string by, Func<int, object> options)
    {
        using var folder = new TemporaryFolder();
        var jobs = new List<Dictionary<string, object>>();
        var expected = new List<List<string>>();
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new RandomParquet(seed) { IsCommon = true };
            var schema = random.Schema();
            var rows = random.Rows(schema, 1 + seed * 7);
            expected.Add(ParquetFiles.Text(schema, rows));
            File.WriteAllBytes(folder[$"{seed}.from"], ParquetFiles.Write(schema, rows, random.Options(ParquetCompression.None, ParquetCompression.Snappy, ParquetCompression.Gzip, ParquetCompression.Zstd)));
            var job = new Dictionary<string, object> { ["by"] = by, ["from"] = folder[$"{seed}.from"], ["to"] = folder[$"{seed}.to"] };
            foreach (var option in options(seed).GetType().GetProperties()) job[option.Name] = option.GetValue(options(seed))!;
            jobs.Add(job);
        }

        File.WriteAllText(folder["jobs.json"], JsonSerializer.Serialize(jobs));
        Peers.Run("transcode.mjs", folder["jobs.json"]);
        for (var seed = 0; seed < expected.Count; seed++)
        {
            var found = ParquetFiles.Text(ParquetFiles.Read(File.ReadAllBytes(folder[$"{seed}.to"])));
            Assert.True(expected[seed].SequenceEqual(found), $"seed {seed}: expected {expected[seed].FirstOrDefault(e => !found.Contains(e))}, found {found.FirstOrDefault(f => !expected[seed].Contains(f))}");
        }
    }
}
