using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Files.Tables;

namespace Touchstone.Files.Tests.Tables;

public class TableReaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "1|2")]
    [InlineData("a,b\r\n1,2\r\n3,4", "1|2 3|4")]
    [InlineData("\ufeffa,b\n1,2", "1|2")]
    [InlineData("\n\na,b\n\n1,2\n\n", "1|2")]
    [InlineData("b,a\n2,1\n", "1|2")]
    [InlineData("a,b\n\"1\",\"x \"\"y\"\", z\"\n", "1|x \"y\", z")]
    [InlineData("a,b\n\"one\ntwo\",\"\"\n3,4\n", "one\ntwo| 3|4")]
    [InlineData(" a , b \n1 , 2", "1 | 2")]
    [InlineData("a,b\nπ,猫🐈\n", "π|猫🐈")]
    [InlineData("{\"a\":\"1\",\"b\":2.50}\n{\"b\":true,\"c\":[1],\"a\":\"x\\u00e9\\n\"}\n", "1|2.50 xé\n|true")]
    [InlineData("\ufeff\n{\"b\":null,\"a\":\"\"}\r\n\r\n{\"a\":7}", "| 7|")]
    public void Records_are_read(string text, string expected) => Assert.Equal(expected, string.Join(' ', Read(text).Select(r => string.Join('|', r))));

    [Theory]
    [InlineData("", "t.csv: expected a header line or a JSON object, found an empty file")]
    [InlineData(" \r\n\n", "t.csv: expected a header line or a JSON object, found an empty file")]
    [InlineData("a,c\n1,2\n", "t.csv, line 1: expected the columns a, b; b is missing, found \"a, c\"")]
    [InlineData("\na;b\n1;2\n", "t.csv, line 2: expected the columns a, b; a, b are missing, found \"a;b\" (columns are parted by commas here, not by \";\")")]
    [InlineData("a,b,a\n", "t.csv, line 1: expected every column once, found \"a\" twice")]
    [InlineData("a,b,\n", "t.csv, line 1: expected a name for every column, column 3 of 3 has none")]
    [InlineData("a,b\n1,2\n3\n", "t.csv, line 3, column 2: expected 2 fields (\"a,b\"), the line ends after 1")]
    [InlineData("a,b\n1,2,3\n", "t.csv, line 2, column 5: expected 2 fields (\"a,b\"), found 3")]
    [InlineData("a,b\n1,2\n\"x\ny\",\"z\n", "t.csv, line 4, column 4: expected a closing quote, the file ends without one")]
    [InlineData("a,b\n1,\"2\"3\n", "t.csv, line 2, column 6: expected a comma or the line's end after the closing quote (a quote within a quoted field is doubled)")]
    [InlineData("a,b\nπ,2\"3\n", "t.csv, line 2, column 4: expected a quote only around a whole field, found one within it")]
    [InlineData("a,b\n1,2\r3,4\n", "t.csv, line 2, column 4: expected a line's end as LF or CR LF, found a CR alone")]
    [InlineData("{\"a\":1,\"c\":2}\n", "t.csv, line 1: expected the columns a, b; b is missing, found \"a, c\"")]
    [InlineData("{\"a\":1,\"b\":2}\n[1]\n", "t.csv, line 2, column 1: expected a JSON object")]
    [InlineData("{\"a\":1,\"b\":2}\n{\"a\":1,\"b\":[2]}\n", "t.csv, line 2, column 12: expected text, a number, true, false or null as b, found a list or an object")]
    [InlineData("{\"a\":1,\"b\":2}\n{\"a\":1,\"a\":2}\n", "t.csv, line 2, column 12: expected every member once, found \"a\" twice")]
    [InlineData("{\"a\":1,\"b\":2} {}\n", "t.csv, line 1, column 15")]
    [InlineData("{\"a\":1,\n\"b\":2}\n", "t.csv, line 1, column 7: expected a JSON object on one line")]
    public void What_is_not_of_the_format_is_told_with_its_place(string text, string message)
    {
        var fault = Assert.Throws<TableFormatException>(() => Read(text));
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.25", null)]
    [InlineData("1e-3", null)]
    [InlineData("NaN", "t.csv, line 2, column 3: expected a number from 0 to 1 as b, found \"NaN\"")]
    [InlineData("Infinity", "expected a number from 0 to 1 as b, found \"Infinity\"")]
    [InlineData("-0.1", "expected a number from 0 to 1")]
    [InlineData("", "expected a number from 0 to 1 as b, found nothing")]
    public void Numbers_are_finite_and_within_bounds(string field, string? message)
    {
        using var table = Open($"a,b\n1,{field}\n");
        Assert.True(table.Read());
        if (message is null) Assert.Equal(double.Parse(field, System.Globalization.CultureInfo.InvariantCulture), table.Number(1, 0, 1));
        else Assert.Contains(message, Assert.Throws<TableFormatException>(() => table.Number(1, 0, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_told()
    {
        using var stream = new MemoryStream([.. "a,b\n1,"u8, 0xC3, 0x28, (byte)'\n']);
        using var table = TableReader.Open(stream, "t.csv");
        Assert.True(table.Read());
        Assert.Equal("t.csv, line 2, column 3: expected text in UTF-8 as b, found other bytes", Assert.Throws<TableFormatException>(() => table.String(1)).Message);
    }

    [Fact]
    public void A_quote_that_is_missing_is_told_before_memory_ends()
    {
        var text = "a,b\n1,\"2\n" + string.Concat(Enumerable.Repeat("3,4\n", 5_000_000));
        Assert.Equal("t.csv, line 2: the record that begins here is longer than 16 MiB; a closing quote may be missing", Assert.Throws<TableFormatException>(() => Read(text)).Message);
    }

    [Fact]
    public void However_fields_are_quoted_and_the_stream_is_cut_the_fields_come_back() =>
        Prop.ForAll(
            Gen.Elements("a", "", ",", "\"", "\n", "\r\n", "é猫", " ", new string('x', 3000)).ArrayOf().Select(string.Concat).ArrayOf().Select(f => f.Length % 2 == 0 ? f : f[1..]).ToArbitrary(),
            Gen.Choose(1, 4000).ToArbitrary(),
            (fields, step) =>
            {
                var text = "a,b\n" + string.Concat(fields.Chunk(2).Select(r => string.Join(',', r.Select(f => $"\"{f.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n"));
                using var table = TableReader.Open(new Steps(Encoding.UTF8.GetBytes(text), step), "t.csv");
                List<string> found = [];
                while (table.Read()) found.AddRange([table.String(0), table.String(1)]);
                Assert.Equal(fields, found);
            }).QuickCheckThrowOnFailure();

    private static TableReader Open(string text) => TableReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv");

    private static List<string[]> Read(string text)
    {
        using var table = Open(text);
        var columns = table.Require("a", "b");
        List<string[]> records = [];
        while (table.Read()) records.Add([table.String(columns[0]), table.String(columns[1])]);
        return records;
    }

    /// <summary>Gives no more than so many bytes at once.</summary>
    private sealed class Steps(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, step));
    }
}
