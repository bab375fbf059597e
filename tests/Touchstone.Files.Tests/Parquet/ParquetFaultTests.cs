using Touchstone.Files.Parquet;
using Touchstone.Files.Parquet.Metadata;

namespace Touchstone.Files.Tests.Parquet;

public class ParquetFaultTests
{
    [Theory]
    [InlineData("", "t.parquet: expected a Parquet file, found 0 bytes")]
    [InlineData("PAR1PAR1", "t.parquet: expected a Parquet file, found 8 bytes")]
    [InlineData("{\"a\": 1}\n{\"a\": 2}\n", "t.parquet: expected a Parquet file to begin with PAR1, found the bytes 7b226122")]
    [InlineData("PAR1 and no more", "t.parquet: expected a Parquet file to end with PAR1, found the bytes 6d6f7265")]
    [InlineData("PARE    ....PARE", "t.parquet: the file is encrypted, which is not supported")]
    [InlineData("PAR1\u0000\u0000\u0000\u007fPAR1", "t.parquet: expected a footer of 2130706432 bytes, found a file of 12")]
    public void What_is_no_Parquet_is_told(string text, string message) =>
        Assert.Equal(message, Assert.Throws<ParquetFormatException>(() => ParquetFiles.Open(System.Text.Encoding.Latin1.GetBytes(text))).Message);

    [Fact]
    public void A_fault_names_row_group_column_and_page()
    {
        var schema = new ParquetSchema([ParquetField.Required("a", ParquetType.Int32), ParquetField.List("tags", ParquetType.String)]);
        var file = ParquetFiles.Write(schema, Enumerable.Range(0, 20).Select(i => new object?[] { i, new[] { $"tag {i}" } }), new() { RowGroupRowsMax = 10, Compression = ParquetCompression.None, UseDictionaries = false });
        var at = file.AsSpan().IndexOf("tag 15"u8);
        file[at] ^= 1;
        var fault = Assert.Throws<ParquetFormatException>(() => ParquetFiles.Read(file));
        Assert.Matches("^t.parquet, row group 1, column tags.list.element, page at byte [0-9]+: expected a page with CRC [0-9a-f]{8}, its bytes give [0-9a-f]{8}$", fault.Message);
        Assert.Equal((1, "tags.list.element"), (fault.Place.RowGroup, fault.Place.Column));
        Assert.Equal(20, ParquetFiles.Read(file, "a").Count);
        Assert.Equal(10, ParquetFiles.Open(file).ReadRowGroup(0).Count());
    }

    [Fact]
    public void A_value_that_its_type_does_not_allow_is_told_with_its_row()
    {
        var schema = new ParquetSchema([ParquetField.Required("day", ParquetType.Date)]);
        var file = HandmadeParquet.File(schema, 2, [(HandmadeParquet.Data(2), [0, 0, 0, 0, 255, 255, 255, 127])]);
        var rows = ParquetFiles.Open(file).ReadRows().GetEnumerator();
        Assert.True(rows.MoveNext());
        Assert.Equal(new DateOnly(1970, 1, 1), rows.Current["day"]);
        Assert.Equal("t.parquet, row group 0, row 1, column day, page at byte 4: expected a day within the years 1 to 9999, found day 2147483647 from 1970-01-01", Assert.Throws<ParquetFormatException>(() => rows.MoveNext()).Message);
    }

    [Fact]
    public void Legacy_time_stamps_are_read()
    {
        var schema = new ParquetSchema([ParquetField.Required("at", new ParquetType(ParquetPhysicalType.Int96))]);
        byte[] page = new byte[24];
        BitConverter.TryWriteBytes(page, 43_200_000_000_001L);      // half a day and a nanosecond
        BitConverter.TryWriteBytes(page.AsSpan(8), 2_440_589);      // 1970-01-02
        BitConverter.TryWriteBytes(page.AsSpan(20), 1_721_426);     // 0001-01-01
        Assert.Equal(["1970-01-02T12:00:00.000000001", "0001-01-01T00:00:00"], ParquetFiles.Read(HandmadeParquet.File(schema, 2, [(HandmadeParquet.Data(2), page)])).Select(r => r[0]!.ToString()!));
    }

    [Fact]
    public void Lists_of_old_writers_are_read()
    {
        // Two levels: the repeated field is the element itself, whether a column, a group of several fields, or a group named as such.
        ParquetColumn Leaf(string name, ParquetRepetition repetition) => new(name, repetition, ParquetType.Int32);
        ParquetField[] repeated =
        [
            Leaf("array", ParquetRepetition.Repeated),
            new ParquetGroup("array", ParquetRepetition.Repeated, [Leaf("x", ParquetRepetition.Required)]),
            new ParquetGroup("l_tuple", ParquetRepetition.Repeated, [Leaf("x", ParquetRepetition.Required)]),
            new ParquetGroup("list", ParquetRepetition.Repeated, [Leaf("element", ParquetRepetition.Required)]),
            new ParquetGroup("bag", ParquetRepetition.Repeated, [Leaf("array_element", ParquetRepetition.Required)]),
        ];
        string[] expected = ["[1,2]", """[{"x":1},{"x":2}]""", """[{"x":1},{"x":2}]""", "[1,2]", "[1,2]"];
        // Levels: a list of two elements, then an empty one. Repetition 0 1 0, definition 1 1 0, as one packed group each.
        byte[] page = [2, 0, 0, 0, 3, 0b010, 2, 0, 0, 0, 3, 0b011, 1, 0, 0, 0, 2, 0, 0, 0];
        for (var i = 0; i < repeated.Length; i++)
        {
            var schema = new ParquetSchema([new ParquetGroup("l", ParquetRepetition.Required, [repeated[i]], ParquetGroupKind.List)]);
            Assert.Equal([$$"""{"l":{{expected[i]}}}""", """{"l":[]}"""], ParquetFiles.Text(ParquetFiles.Read(HandmadeParquet.File(schema, 2, [(HandmadeParquet.Data(3), page)]))));
        }
    }

    [Fact]
    public void A_repeated_field_without_a_list_around_it_is_a_list()
    {
        var schema = new ParquetSchema([new ParquetColumn("n", ParquetRepetition.Repeated, ParquetType.Int32)]);
        byte[] page = [2, 0, 0, 0, 3, 0b010, 2, 0, 0, 0, 3, 0b011, 1, 0, 0, 0, 2, 0, 0, 0];
        Assert.Equal(["""{"n":[1,2]}""", """{"n":[]}"""], ParquetFiles.Text(ParquetFiles.Read(HandmadeParquet.File(schema, 2, [(HandmadeParquet.Data(3), page)]))));
    }

    public static TheoryData<string, int, byte[]> BrokenPages => new()
    {
        { "expected 2 more values in at least 8 bytes, found 4 bytes", (int)ValueEncoding.Plain, [1, 2, 3, 4] },
        { "expected a dictionary page before a page that refers to one, found none", (int)ValueEncoding.RunLengthDictionary, [1, 4, 0] },
        { "expected an encoding of Int32 values, found DeltaByteArray", (int)ValueEncoding.DeltaByteArray, [0] },
        { "expected an encoding of Int32 values, found 99", 99, [0] },
        { "expected a number before the page's end, found the end", (int)ValueEncoding.DeltaBinaryPacked, [0x80, 1, 4] },
        { "expected blocks of a multiple of 128 values in miniblocks of a multiple of 32, found 127 in 1", (int)ValueEncoding.DeltaBinaryPacked, [127, 1, 2, 0] },
        { "expected more values, found the end of the differences", (int)ValueEncoding.DeltaBinaryPacked, [0x80, 1, 4, 1, 0] },
        { "expected differences of at most 64 bits, found 65", (int)ValueEncoding.DeltaBinaryPacked, [0x80, 1, 4, 2, 0, 0, 65, 0, 0, 0] },
        { "expected a multiple of 4 bytes, found 9", (int)ValueEncoding.ByteStreamSplit, [1, 2, 3, 4, 5, 6, 7, 8, 9] },
    };

    [Theory]
    [MemberData(nameof(BrokenPages))]
    public void A_broken_page_is_told(string message, int encoding, byte[] page)
    {
        var schema = new ParquetSchema([ParquetField.Required("a", ParquetType.Int32)]);
        var fault = Assert.Throws<ParquetFormatException>(() => ParquetFiles.Read(HandmadeParquet.File(schema, 2, [(HandmadeParquet.Data(2, (ValueEncoding)encoding), page)])));
        Assert.Equal("t.parquet, row group 0, column a, page at byte 4: " + message, fault.Message);
    }

    [Fact]
    public void Places_outside_the_dictionary_are_told()
    {
        var schema = new ParquetSchema([ParquetField.Required("a", ParquetType.Int32)]);
        var dictionary = (new PageHeader { Kind = PageKind.Dictionary, Count = 1 }, new byte[] { 7, 0, 0, 0 });
        var good = HandmadeParquet.File(schema, 2, [dictionary, (HandmadeParquet.Data(2, ValueEncoding.RunLengthDictionary), [1, 4, 0])]);
        Assert.Equal([7L, 7L], ParquetFiles.Read(good).Select(r => r[0]));
        var bad = HandmadeParquet.File(schema, 2, [dictionary, (HandmadeParquet.Data(2, ValueEncoding.RunLengthDictionary), [1, 4, 1])]);
        Assert.Contains("expected a place in the dictionary of 1 values, found 1", Assert.Throws<ParquetFormatException>(() => ParquetFiles.Read(bad)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_that_disagree_are_told()
    {
        ParquetSchema Schema() => new([ParquetField.Struct("s", [ParquetField.Required("a", ParquetType.Boolean), ParquetField.Required("b", ParquetType.Boolean)])]);
        byte[] present = [2, 0, 0, 0, 2, 1, 1], absent = [2, 0, 0, 0, 2, 0];
        Assert.Equal("""{"s":{"a":true,"b":true}}""", ParquetFiles.Read(HandmadeParquet.File(Schema(), 1, [(HandmadeParquet.Data(1), present)], [(HandmadeParquet.Data(1), present)]))[0].ToString());
        var fault = Assert.Throws<ParquetFormatException>(() => ParquetFiles.Read(HandmadeParquet.File(Schema(), 1, [(HandmadeParquet.Data(1), present)], [(HandmadeParquet.Data(1), absent)])));
        Assert.StartsWith("t.parquet, row group 0, row 0, column s.b, page at byte ", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("expected definition level 1 at least, found 0; columns of one struct or list disagree", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "expected the column's end behind the row group's last row, found more entries")]
    [InlineData(3, "expected an entry for every row, found the column's end")]
    public void Rows_and_entries_must_agree(int rowCount, string message)
    {
        var schema = new ParquetSchema([ParquetField.Required("a", ParquetType.Boolean)]);
        var fault = Assert.Throws<ParquetFormatException>(() => ParquetFiles.Read(HandmadeParquet.File(schema, rowCount, [(HandmadeParquet.Data(2), [3])])));
        Assert.EndsWith(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_billions_takes_no_memory_and_ends()
    {
        // One list of 2,000,000,000 nulls in a page of 30 bytes: repetition a run of 1s behind a 0, definition a run of 1s.
        var schema = new ParquetSchema([new ParquetGroup("l", ParquetRepetition.Required, [new ParquetGroup("list", ParquetRepetition.Repeated, [ParquetField.Optional("element", ParquetType.Int32)])], ParquetGroupKind.List)]);
        byte[] run = [0xFE, 0xA7, 0xD6, 0xB9, 0x0E, 1];
        byte[] page = [8, 0, 0, 0, 2, 0, .. run, 8, 0, 0, 0, 2, 1, .. run];
        var file = HandmadeParquet.File(schema, 1, [(HandmadeParquet.Data(1_999_999_999), page)]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reader = ParquetFiles.Open(file, ParquetLimits.Default with { RowElementsMax = 100_000 });
        Assert.EndsWith("expected at most 100000 elements in a row, found more", Assert.Throws<ParquetFormatException>(() => reader.ReadRows().ToList()).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    [Fact]
    public void An_announced_page_takes_no_memory()
    {
        var schema = new ParquetSchema([ParquetField.Required("a", ParquetType.String)]);
        foreach (var compression in new[] { ParquetCompression.Snappy, ParquetCompression.Gzip, ParquetCompression.Zstd })
        {
            var content = new byte[1000];
            var file = ParquetFiles.Write(schema = new([ParquetField.Required("a", ParquetType.FixedBytes(1000))]), [[content]], new() { Compression = compression, HasChecksums = false });
            // The page header's second field is the uncompressed size: 1000 is D0 0F in the file's numbers. It is made to state 268 million, and the header grows by three bytes.
            var header = file.AsSpan(4).IndexOf(Convert.FromHexString("15D00F")) + 4;
            var longer = (byte[])[.. file[..(header + 1)], 0x80, 0x80, 0x80, 0x80, 0x02, .. file[(header + 3)..]];
            var before = GC.GetAllocatedBytesForCurrentThread();
            var fault = Assert.Throws<ParquetFormatException>(() => ParquetFiles.Read(longer));
            Assert.DoesNotContain("row 0", fault.Message, StringComparison.Ordinal);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
        }
    }

    [Fact]
    public void Schemas_that_are_no_trees_are_told()
    {
        static byte[] File(params (string Name, int? Type, int Children)[] elements)
        {
            var writer = new CompactWriter();
            writer.Begin();
            writer.List(2, CompactType.Struct, elements.Length);
            foreach (var (name, type, children) in elements)
            {
                writer.Begin();
                if (type is { } t) writer.Int32(1, t);
                writer.Text(4, name);
                if (children != 0) writer.Int32(5, children);
                writer.End();
            }

            writer.Int64(3, 0);
            writer.List(4, CompactType.Struct, 0);
            writer.End();
            return HandmadeParquet.OfFooter(writer.Written);
        }

        Assert.Empty(ParquetFiles.Read(File(("schema", null, 1), ("a", 1, 0))));
        Check(File(), "expected a schema, found none");
        Check(File(("schema", null, 2), ("a", 1, 0)), "expected as many elements as the group \"schema\" has children (2), found 1");
        Check(File(("schema", null, 1), ("a", 1, 0), ("b", 1, 0)), "expected a schema of 2 elements by its numbers of children, found 3");
        Check(File(("schema", null, 2), ("a", 1, 0), ("a", 1, 0)), "The schema has two fields a.");
        Check(File(("schema", null, 1), ("a", null, 0)), "The group a has no field.");
        Check(File(("schema", null, 1), ("a", 9, 0)), "expected a physical type from 0 to 7, found 9");
        Check(File([.. Enumerable.Repeat(("g", (int?)null, 1), 500)]), "expected");
        Check(File([("schema", null, 1), .. Enumerable.Repeat(("g", (int?)null, 1), 100), ("a", 1, 0)]), "expected fewer groups within one another");

        static void Check(byte[] file, string message) => Assert.Contains(message, Assert.Throws<ParquetFormatException>(() => ParquetFiles.Open(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_or_cut_file_is_read_or_refused_and_nothing_else()
    {
        var limits = new ParquetLimits(PageBytesMax: 1 << 22, RowElementsMax: 10_000);
        byte[] whole = [];
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            if (seed % 20 == 0) whole = RandomFile(seed);
            var file = whole.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                file[random.Next(2) == 0 ? random.Next(file.Length) : file.Length - 9 - random.Next(Math.Min(file.Length - 12, 400))] = (byte)random.Next(256);
            if (random.Next(10) == 0) file = [.. file[..random.Next(file.Length)], .. file[^random.Next(1, file.Length)..]];
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var reader = ParquetFiles.Open(file, limits);
                foreach (var row in reader.ReadRows().Take(100_000)) _ = row.Values.Count;
            }
            catch (ParquetFormatException fault)
            {
                Assert.StartsWith("t.parquet", fault.Message, StringComparison.Ordinal);
            }
            catch (Exception other)
            {
                throw new InvalidOperationException($"seed {seed}", other);
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20, $"seed {seed} took {GC.GetAllocatedBytesForCurrentThread() - before} bytes");
        }
    }

    private static byte[] RandomFile(int seed)
    {
        var random = new RandomParquet(seed);
        var schema = random.Schema();
        return ParquetFiles.Write(schema, random.Rows(schema, 30), random.Options(ParquetCompression.None, ParquetCompression.Snappy, ParquetCompression.Gzip, ParquetCompression.Zstd) with { HasChecksums = false });
    }
}
