using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Files.Parquet;

namespace Touchstone.Files.Tests.Parquet;

public class ParquetRoundTripTests
{
    private static readonly ParquetCompression[] Compressions = [ParquetCompression.None, ParquetCompression.Snappy, ParquetCompression.Gzip, ParquetCompression.Zstd];

    [Fact]
    public void Rows_of_any_schema_come_back() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new RandomParquet(seed);
        var schema = random.Schema();
        var rows = random.Rows(schema, seed % 300);
        var file = ParquetFiles.Write(schema, rows, random.Options(Compressions));
        Assert.Equal(ParquetFiles.Text(schema, rows), ParquetFiles.Text(ParquetFiles.Read(file)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_fields_can_be_read_without_the_others() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new RandomParquet(seed);
        var schema = random.Schema();
        var rows = random.Rows(schema, 40);
        var file = ParquetFiles.Write(schema, rows, random.Options(Compressions));
        for (var f = 0; f < schema.Fields.Count; f++)
        {
            var expected = ParquetFiles.Text(new([ParquetField.Optional(schema.Fields[f].Name, ParquetType.Bytes)]), rows.Select(r => new[] { r[f] }));
            Assert.Equal(expected, ParquetFiles.Text(ParquetFiles.Read(file, schema.Fields[f].Name)));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Values_have_the_types_that_are_told()
    {
        var schema = new ParquetSchema(
        [
            ParquetField.Required("i8", ParquetType.Integer(8, true)),
            ParquetField.Required("u64", ParquetType.Integer(64, false)),
            ParquetField.Required("f16", ParquetType.Float16),
            ParquetField.Required("d9", ParquetType.Decimal(9, 2)),
            ParquetField.Required("d38", ParquetType.Decimal(38, 10)),
            ParquetField.Required("day", ParquetType.Date),
            ParquetField.Required("time", ParquetType.Time(ParquetTimeUnit.Milliseconds, false)),
            ParquetField.Required("at", ParquetType.Timestamp(ParquetTimeUnit.Microseconds, true)),
            ParquetField.Required("id", ParquetType.Uuid),
            ParquetField.List("list", ParquetType.Int32),
        ]);
        var id = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");
        object?[] row = [(sbyte)-3, ulong.MaxValue, (Half)1.5, 12.5m, -1, new DateOnly(2026, 3, 1), new TimeOnly(12, 30), new DateTimeOffset(2026, 3, 1, 12, 0, 0, 250, TimeSpan.FromHours(2)), id, new[] { 1, 2 }];
        var read = Assert.Single(ParquetFiles.Read(ParquetFiles.Write(schema, [row])));
        Assert.Equal(
            [-3L, ulong.MaxValue, 1.5f, 12.50m, new ParquetDecimal(new BigInteger(-10_000_000_000), 10), new DateOnly(2026, 3, 1), new ParquetTime(45_000_000_000_000, false), ParquetTimestamp.From(1_772_359_200_250, ParquetTimeUnit.Milliseconds, true), id],
            read.Values.Take(9));
        Assert.Equal(new object[] { 1L, 2L }, read["list"]);
        Assert.Equal(
            """{"i8":-3,"u64":18446744073709551615,"f16":1.5,"d9":12.50,"d38":-1.0000000000,"day":"2026-03-01","time":"12:30:00","at":"2026-03-01T10:00:00.25Z","id":"00112233-4455-6677-8899-aabbccddeeff","list":[1,2]}""",
            read.ToString());
    }

    [Fact]
    public void The_sample_of_the_documentation_works()
    {
        var schema = new ParquetSchema(
        [
            ParquetField.Required("id", ParquetType.Int64),
            ParquetField.Optional("label", ParquetType.String),
            ParquetField.List("scores", ParquetType.Double),
            ParquetField.Struct("box", [ParquetField.Required("x", ParquetType.Int32), ParquetField.Required("y", ParquetType.Int32)]),
        ]);
        using var file = new MemoryStream();
        var writer = new ParquetWriter(file, schema, new() { Compression = ParquetCompression.Zstd });
        writer.WriteRow(1, "car", new[] { 0.9, 0.8 }, new ParquetRow(["x", "y"], 10, 20));
        writer.WriteRow(2, null, null, null);
        writer.Finish();
        var rows = ParquetReader.Open(file, "labels.parquet").ReadRows(["id", "box.x"]).ToList();
        Assert.Equal(["""{"id":1,"box":{"x":10}}""", """{"id":2,"box":null}"""], ParquetFiles.Text(rows));
    }

    [Fact]
    public void Columns_are_written_and_read_without_objects()
    {
        var schema = new ParquetSchema([ParquetField.Required("id", ParquetType.Int64), ParquetField.Optional("score", ParquetType.Double), ParquetField.Required("text", ParquetType.String)]);
        using var stream = new MemoryStream();
        var writer = new ParquetWriter(stream, schema, new() { RowGroupRowsMax = 6_000 });
        for (var i = 0; i < 10_000; i++)
        {
            writer.Columns[0].Append((long)i);
            if (i % 3 == 0) writer.Columns[1].AppendNull();
            else writer.Columns[1].Append(i / 2.0);
            writer.Columns[2].Append($"text {i % 10}");
            writer.EndRow();
        }

        writer.Finish();
        var reader = ParquetReader.Open(stream, "t.parquet");
        Assert.Equal([6_000, 4_000], reader.RowGroups.Select(g => g.RowCount));
        long ids = 0;
        double scores = 0;
        var nulls = 0;
        for (var g = 0; g < 2; g++)
        {
            var id = reader.ReadColumn(g, reader.Schema.Columns[0]);
            while (id.Read()) foreach (var value in id.Int64s) ids += value;
            var score = reader.ReadColumn(g, reader.Schema.Columns[1]);
            while (score.Read())
            {
                foreach (var value in score.Doubles) scores += value;
                nulls += score.EntryCount - score.ValueCount;
            }
        }

        Assert.Equal((49_995_000, 3_334), (ids, nulls));
        Assert.Equal(Enumerable.Range(0, 10_000).Where(i => i % 3 != 0).Sum(i => i / 2.0), scores);
        Assert.Equal("text 7", reader.ReadRows(["text"]).ElementAt(7_777)[0]);
    }

    [Fact]
    public void A_row_by_columns_is_whole_or_told()
    {
        using var stream = new MemoryStream();
        var writer = new ParquetWriter(stream, new([ParquetField.Required("a", ParquetType.Int32), ParquetField.Optional("b", ParquetType.String)]));
        writer.Columns[0].Append(1);
        Assert.Equal("Row 0 has 0 values in column b; it needs one.", Assert.Throws<InvalidOperationException>(writer.EndRow).Message);
        Assert.StartsWith("Row 0 was begun with a value in column a", Assert.Throws<InvalidOperationException>(writer.Finish).Message, StringComparison.Ordinal);
        Assert.StartsWith("Row 0 was begun with a value in column a", Assert.Throws<InvalidOperationException>(() => writer.WriteRow(1, "x")).Message, StringComparison.Ordinal);
        Assert.Equal("The column b is of ByteArray, not of Int32.", Assert.Throws<InvalidOperationException>(() => writer.Columns[1].Append(1)).Message);
        Assert.Equal("The column a is required: it has no null.", Assert.Throws<InvalidOperationException>(writer.Columns[0].AppendNull).Message);
        writer.Columns[1].AppendNull();
        writer.EndRow();
        writer.WriteRow(2, "x");
        writer.Finish();
        Assert.Equal(["""{"a":1,"b":null}""", """{"a":2,"b":"x"}"""], ParquetFiles.Text(ParquetReader.Open(stream, "t").ReadRows()));
    }

    [Fact]
    public void Statistics_are_of_the_order_of_the_type()
    {
        var schema = new ParquetSchema([ParquetField.Optional("u", ParquetType.Integer(32, false)), ParquetField.Optional("f", ParquetType.Float), ParquetField.Optional("s", ParquetType.String), ParquetField.Optional("d", ParquetType.Decimal(20, 0))]);
        var file = ParquetFiles.Write(schema, [[uint.MaxValue, float.NaN, "b", -5m], [1, 0f, "é", 7m], [null, 2f, "a", null]]);
        var chunks = ParquetFiles.Open(file).RowGroups[0].Chunks;
        Assert.Equal(["01000000", "00000080", "61", "FFFFFFFFFFFFFFFFFB"], chunks.Select(c => Convert.ToHexString(c.Statistics.Min!.Value.Span)));
        Assert.Equal(["FFFFFFFF", "00000040", "C3A9", "000000000000000007"], chunks.Select(c => Convert.ToHexString(c.Statistics.Max!.Value.Span)));
        Assert.Equal([1, 0, 0, 1], chunks.Select(c => c.Statistics.NullCount));
    }

    [Fact]
    public void Columns_without_bounds_have_none()
    {
        var schema = new ParquetSchema([ParquetField.Optional("nan", ParquetType.Double), ParquetField.Optional("null", ParquetType.Int32), ParquetField.Optional("long", ParquetType.String)]);
        var chunks = ParquetFiles.Open(ParquetFiles.Write(schema, [[double.NaN, null, new string('x', 100)]])).RowGroups[0].Chunks;
        Assert.All(chunks, c => Assert.Equal((null, null), (c.Statistics.Min, c.Statistics.Max)));
    }

    [Fact]
    public void A_dictionary_is_written_where_it_makes_a_column_smaller()
    {
        static ParquetSchema Schema() => new([ParquetField.Required("few", ParquetType.String), ParquetField.Required("all", ParquetType.String)]);
        var rows = Enumerable.Range(0, 10_000).Select(i => new object?[] { $"class {i % 7}", $"class {i}" }).ToList();
        var plain = ParquetFiles.Open(ParquetFiles.Write(Schema(), rows, new() { Compression = ParquetCompression.None, UseDictionaries = false })).RowGroups[0].Chunks;
        var read = ParquetFiles.Open(ParquetFiles.Write(Schema(), rows, new() { Compression = ParquetCompression.None })).RowGroups[0].Chunks;
        Assert.True(read[0].HasDictionary && !read[1].HasDictionary);
        Assert.InRange(read[0].CompressedBytes, 1, plain[0].CompressedBytes / 20);
    }

    [Fact]
    public void Row_groups_end_by_bytes_as_well()
    {
        var schema = new ParquetSchema([ParquetField.Required("text", ParquetType.String)]);
        var file = ParquetFiles.Write(schema, Enumerable.Repeat(new object?[] { new string('x', 1000) }, 1000), new() { RowGroupBytesMax = 100_000 });
        Assert.InRange(ParquetFiles.Open(file).RowGroups.Count, 9, 11);
    }

    [Fact]
    public void A_file_without_rows_is_a_file()
    {
        var reader = ParquetFiles.Open(ParquetFiles.Write(new([ParquetField.Required("a", ParquetType.Int32)]), [], new() { KeyValues = new Dictionary<string, string> { ["k"] = "v" } }));
        Assert.Equal((0L, "v"), (reader.RowCount, reader.KeyValues["k"]));
        Assert.Empty(reader.ReadRows());
        Assert.StartsWith("touchstone version ", reader.CreatedBy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300, "Row 1, column i: expected a whole number from -128 to 127, found 300.")]
    [InlineData("x", "Row 1, column i: expected a whole number of 8 bits, found String x.")]
    [InlineData(null, "Row 1, column i: expected a value, for it is required, found null.")]
    public void A_row_that_does_not_fit_is_told_and_leaves_nothing(object? value, string message)
    {
        using var stream = new MemoryStream();
        var writer = new ParquetWriter(stream, new([ParquetField.List("l", ParquetType.String), ParquetField.Required("i", ParquetType.Integer(8, true))]));
        writer.WriteRow(new[] { "a" }, 1);
        var fault = Assert.Throws<ArgumentException>(() => writer.WriteRow(new[] { "b", "c" }, value));
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
        writer.WriteRow(null, 2);
        writer.Finish();
        Assert.Equal(["""{"l":["a"],"i":1}""", """{"l":null,"i":2}"""], ParquetFiles.Text(ParquetReader.Open(stream, "t").ReadRows()));
    }

    [Fact]
    public void A_file_that_was_not_finished_is_refused()
    {
        using var stream = new MemoryStream();
        var writer = new ParquetWriter(stream, new([ParquetField.Required("a", ParquetType.Int32)]), new() { RowGroupRowsMax = 1 });
        writer.WriteRow(1);
        writer.WriteRow(2);
        Assert.Contains("expected a Parquet file to end with PAR1", Assert.Throws<ParquetFormatException>(() => ParquetReader.Open(stream, "t")).Message, StringComparison.Ordinal);
    }
}
