using System.Numerics;
using Touchstone.Files.Parquet;

namespace Touchstone.Files.Tests.Parquet;

/// <summary>A file with a column of every type, and what other programs must show of it.</summary>
internal static class AllTypes
{
    private static readonly ParquetTimestamp At = ParquetTimestamp.From(1_772_359_200_123, ParquetTimeUnit.Milliseconds, isUtc: true);

    /// <summary>A column, its values in three rows, and how DuckDB and hyparquet show the first two; the third is null.</summary>
    public static readonly (ParquetField Field, object? First, object? Second, string[] DuckDB, string[] Hyparquet)[] Columns =
    [
        (ParquetField.Optional("bool", ParquetType.Boolean), true, false, ["true", "false"], ["true", "false"]),
        (ParquetField.Optional("i8", ParquetType.Integer(8, true)), -128, 127, ["-128", "127"], ["-128", "127"]),
        (ParquetField.Optional("i16", ParquetType.Integer(16, true)), -32768, 32767, ["-32768", "32767"], ["-32768", "32767"]),
        (ParquetField.Optional("i32", ParquetType.Int32), int.MinValue, int.MaxValue, ["-2147483648", "2147483647"], ["-2147483648", "2147483647"]),
        (ParquetField.Optional("i64", ParquetType.Int64), long.MinValue, long.MaxValue, ["-9223372036854775808", "9223372036854775807"], ["-9223372036854775808", "9223372036854775807"]),
        (ParquetField.Optional("u8", ParquetType.Integer(8, false)), 0, 255, ["0", "255"], ["0", "255"]),
        (ParquetField.Optional("u16", ParquetType.Integer(16, false)), 0, 65535, ["0", "65535"], ["0", "65535"]),
        (ParquetField.Optional("u32", ParquetType.Integer(32, false)), 0, uint.MaxValue, ["0", "4294967295"], ["0", "4294967295"]),
        (ParquetField.Optional("u64", ParquetType.Integer(64, false)), 0, ulong.MaxValue, ["0", "18446744073709551615"], ["0", "18446744073709551615"]),
        (ParquetField.Optional("f16", ParquetType.Float16), 1.5, -0.25, ["1.5", "-0.25"], ["1.5", "-0.25"]),
        (ParquetField.Optional("float", ParquetType.Float), 1.5f, float.NegativeInfinity, ["1.5", "-inf"], ["1.5", "-Infinity"]),
        (ParquetField.Optional("double", ParquetType.Double), 0.1, BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0000), ["0.1", "nan"], ["0.1", "NaN"]),
        (ParquetField.Optional("text", ParquetType.String), "", "héllo 猫🐈", ["", "héllo 猫🐈"], ["", "héllo 猫🐈"]),
        (ParquetField.Optional("enum", ParquetType.Enum), "car", "bus", ["car", "bus"], ["636172", "627573"]),
        (ParquetField.Optional("bytes", ParquetType.Bytes), new byte[] { 0, 255, 65 }, Array.Empty<byte>(), ["\\x00\\xFFA", ""], ["00ff41", ""]),
        (ParquetField.Optional("fixed", ParquetType.FixedBytes(3)), new byte[] { 1, 2, 3 }, new byte[] { 65, 66, 67 }, ["\\x01\\x02\\x03", "ABC"], ["010203", "414243"]),
        (ParquetField.Optional("uuid", ParquetType.Uuid), Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), Guid.Empty,
            ["00112233-4455-6677-8899-aabbccddeeff", "00000000-0000-0000-0000-000000000000"], ["00112233-4455-6677-8899-aabbccddeeff", "00000000-0000-0000-0000-000000000000"]),
        (ParquetField.Optional("dec9", ParquetType.Decimal(9, 2)), 12.5m, -9999999.99m, ["12.50", "-9999999.99"], ["12.5", "-9999999.99"]),
        (ParquetField.Optional("dec18", ParquetType.Decimal(18, 3)), 1.125m, -2.5m, ["1.125", "-2.500"], ["1.125", "-2.5"]),
        (ParquetField.Optional("dec38", ParquetType.Decimal(38, 1)), new ParquetDecimal(BigInteger.Pow(10, 37), 1), -0.5m, ["1000000000000000000000000000000000000.0", "-0.5"], ["1e+36", "-0.5"]),
        (ParquetField.Optional("date", ParquetType.Date), new DateOnly(2026, 3, 1), new DateOnly(1900, 2, 28), ["2026-03-01", "1900-02-28"], ["2026-03-01T00:00:00.000Z", "1900-02-28T00:00:00.000Z"]),
        (ParquetField.Optional("time_ms", ParquetType.Time(ParquetTimeUnit.Milliseconds, false)), new TimeOnly(12, 30, 1, 5), TimeOnly.MinValue, ["12:30:01.005", "00:00:00"], ["45001005", "0"]),
        (ParquetField.Optional("time_us", ParquetType.Time(ParquetTimeUnit.Microseconds, false)), new TimeOnly(12, 30, 1, 5), TimeOnly.MinValue, ["12:30:01.005", "00:00:00"], ["45001005000", "0"]),
        (ParquetField.Optional("ts_ms", ParquetType.Timestamp(ParquetTimeUnit.Milliseconds, false)), At with { IsUtc = false }, new DateTime(1900, 1, 1), ["2026-03-01 10:00:00.123", "1900-01-01 00:00:00"], ["1772359200123", "-2208988800000"]),
        (ParquetField.Optional("ts_ns", ParquetType.Timestamp(ParquetTimeUnit.Nanoseconds, false)), At with { IsUtc = false, Nanoseconds = 1 }, new DateTime(1900, 1, 1),
            ["2026-03-01 10:00:00.000000001", "1900-01-01 00:00:00"], ["1772359200000000001", "-2208988800000000000"]),
        (ParquetField.Optional("tz_us", ParquetType.Timestamp(ParquetTimeUnit.Microseconds, true)), At, DateTimeOffset.UnixEpoch, ["2026-03-01 10:00:00.123+00", "1970-01-01 00:00:00+00"], ["1772359200123000", "0"]),
        (ParquetField.List("ints", ParquetType.Int32), new int?[] { 1, null, 3 }, Array.Empty<int>(), ["[1, NULL, 3]", "[]"], ["""["1",null,"3"]""", "[]"]),
        (ParquetField.List("lists", ParquetField.List("element", ParquetType.String)), new string?[]?[] { ["a"], null, [], [null, "b"] }, Array.Empty<string[]>(),
            ["[[a], NULL, [], [NULL, b]]", "[]"], ["""[["a"],null,[],[null,"b"]]""", "[]"]),
        (ParquetField.Struct("box", [ParquetField.Required("x", ParquetType.Double), ParquetField.Optional("label", ParquetType.String)]),
            new Dictionary<string, object?> { ["x"] = 1.5, ["label"] = "car" }, new Dictionary<string, object?> { ["x"] = 2 },
            ["{'x': 1.5, 'label': car}", "{'x': 2.0, 'label': NULL}"], ["""{"x":"1.5","label":"car"}""", """{"x":"2","label":null}"""]),
        (ParquetField.List("points", ParquetField.Struct("element", [ParquetField.Required("x", ParquetType.Int32), ParquetField.List("tags", ParquetType.String)])),
            new[] { new ParquetRow(["x", "tags"], 1, null), new ParquetRow(["x", "tags"], 2, new[] { "a", "b" }) }, Array.Empty<ParquetRow>(),
            ["[{'x': 1, 'tags': NULL}, {'x': 2, 'tags': [a, b]}]", "[]"], ["""[{"x":"1","tags":null},{"x":"2","tags":["a","b"]}]""", "[]"]),
    ];

    /// <summary>The file: the two rows and one of nulls, again and again.</summary>
    public static byte[] File(int rowCount, ParquetWriterOptions options)
    {
        object?[][] rows = [[.. Columns.Select(c => c.First)], [.. Columns.Select(c => c.Second)], new object?[Columns.Length]];
        return ParquetFiles.Write(new([.. Columns.Select(c => Copy(c.Field))]), Enumerable.Range(0, rowCount).Select(i => rows[i % 3]), options);
    }

    /// <summary>A field of the same shape that is part of no schema yet.</summary>
    private static ParquetField Copy(ParquetField field) => field is ParquetGroup group
        ? new ParquetGroup(group.Name, group.Repetition, [.. group.Fields.Select(Copy)], group.Kind)
        : new ParquetColumn(field.Name, field.Repetition, ((ParquetColumn)field).Type);
}
