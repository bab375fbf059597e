using System.Text;
using System.Text.Json;
using Touchstone.Curation.Reading;
using Touchstone.Files.Parquet;
using Touchstone.Testing;

namespace Touchstone.Curation.Tests.Reading;

public sealed class TableAndFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_of_csv_carry_all_columns()
    {
        var file = _folder["corpus.csv"];
        File.WriteAllText(file, "id,text,licence\n1,\"two\nlines, \"\"quoted\"\"\",CC0\n2,straße,\n");
        var (documents, faults) = ReadAll.Of(SourceKind.Csv, file);
        Assert.Empty(faults);
        Assert.Equal([("1", "two\nlines, \"quoted\""), ("2", "straße")], documents.Select(d => (d.Id, d.Text)));
        Assert.Equal("CC0", JsonElement.Parse(documents[0].Record).GetProperty("licence").GetString());
    }

    [Theory]
    [InlineData("2,b,c")]
    [InlineData("2")]
    [InlineData("2,b\"c\"")]
    [InlineData("2,\"b\" c")]
    [InlineData("2,b\rc")]
    public void A_broken_row_of_csv_is_told_with_its_line_and_the_others_are_read(string row)
    {
        var file = _folder["corpus.csv"];
        foreach (var end in (string[])["\n", "\n\"3\",\"c\n,d\"\n4,e\n"])
        {
            File.WriteAllText(file, $"id,text\n1,\"a\nb\"\n{row}{end}");
            var (documents, faults) = ReadAll.Of(SourceKind.Csv, file);
            Assert.Equal(end.Length == 1 ? [("1", 2)] : [("1", 2), ("3", 5), ("4", 7)], documents.Select(d => (d.Id, (int)d.Place.Line)));
            Assert.Equal((ReadFaultCode.BrokenTable, 4L, 16L), (Assert.Single(faults).Code, faults[0].Place.Line, faults[0].Place.Offset));
            Assert.Equal(end.Length == 1 ? [8] : [8, 17 + row.Length, 28 + row.Length], documents.Select(d => (int)d.Place.Offset));
        }
    }

    [Fact]
    public void A_quote_of_csv_that_is_not_closed_ends_its_file_and_tells_how_much_is_not_read()
    {
        var file = _folder["corpus.csv"];
        foreach (var rows in (int[])[1, 2_000_000])
        {
            var rest = "2,\"b\n" + string.Concat(Enumerable.Repeat("3,c and more\n", rows));
            File.WriteAllText(file, $"id,text\n1,a\n{rest}");
            var (documents, faults) = ReadAll.Of(SourceKind.Csv, file);
            Assert.Single(documents);
            Assert.Contains($"the {rest.Length} bytes from line 3 to the end", Assert.Single(faults).Message, StringComparison.Ordinal);
            Assert.Equal(12, faults[0].Place.Offset);
        }
    }

    [Fact]
    public void A_csv_of_broken_rows_alone_is_read_in_batches_with_every_row_told()
    {
        var file = _folder["corpus.csv"];
        File.WriteAllText(file, "id,text\n" + string.Concat(Enumerable.Repeat("1\n", 5000)) + "2,b");
        var (documents, faults) = ReadAll.Of(SourceKind.Csv, file);
        Assert.Equal(("2", 5000), (Assert.Single(documents).Id, faults.Count));
    }

    [Fact]
    public void Csv_that_is_no_utf8_is_told()
    {
        var file = _folder["corpus.csv"];
        File.WriteAllBytes(file, [.. "id,text\n1,caf"u8, 0xE9, .. "\n2,fine\n"u8]);
        Assert.Equal((1, ReadFaultCode.InvalidUnicode), ReadAll.Summary(SourceKind.Csv, file));
        Assert.Equal(8, ReadAll.Of(SourceKind.Csv, file).Faults[0].Place.Offset);
    }

    [Fact]
    public void Each_row_of_a_long_csv_is_placed_by_its_first_byte()
    {
        var file = _folder["corpus.csv"];
        var rows = Enumerable.Range(0, 60_000).Select(i => i % 1000 == 7 ? $"{i}\r\n" : $"{i},\"{new string('x', i % 90)}\n\"\r\n").ToList();
        File.WriteAllText(file, "\uFEFFid,text\n" + string.Concat(rows), new UTF8Encoding(false));
        var bytes = File.ReadAllBytes(file);
        var (documents, faults) = ReadAll.Of(SourceKind.Csv, file);
        Assert.Equal((60_000 - 60, 60), (documents.Count, faults.Count));
        Assert.All(documents, d => Assert.StartsWith(d.Id + ",", Encoding.ASCII.GetString(bytes, (int)d.Place.Offset, 8), StringComparison.Ordinal));
        Assert.All(faults.Select((f, n) => (f, n)), f => Assert.StartsWith($"{f.n * 1000 + 7}\r", Encoding.ASCII.GetString(bytes, (int)f.f.Place.Offset, 8), StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_of_parquet_carry_all_columns()
    {
        var file = _folder["corpus.parquet"];
        using (var stream = File.Create(file))
        {
            var writer = new ParquetWriter(stream, new([ParquetField.Required("id", ParquetType.String), ParquetField.Optional("text", ParquetType.String), ParquetField.List("tags", ParquetType.String)]));
            writer.WriteRow("a", "first", new[] { "x", "y" });
            writer.WriteRow("b", null, null);
            writer.WriteRow("c", "third \"quoted\"", Array.Empty<string>());
            writer.Finish();
        }

        var (documents, faults) = ReadAll.Of(SourceKind.Parquet, file);
        Assert.Equal([("a", "first"), ("c", "third \"quoted\"")], documents.Select(d => (d.Id, d.Text)));
        Assert.Equal("{\"id\":\"a\",\"text\":\"first\",\"tags\":[\"x\",\"y\"]}", documents[0].Record);
        Assert.Equal((ReadFaultCode.TextNotString, 2L), (Assert.Single(faults).Code, faults[0].Place.Line));
    }

    [Theory]
    [InlineData(SourceKind.Csv)]
    [InlineData(SourceKind.Parquet)]
    [InlineData(SourceKind.Jsonl)]
    public void Records_without_names_have_names_that_differ_in_and_between_files(SourceKind kind)
    {
        foreach (var name in (string[])["d1/0", "d2/0"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
            using var stream = File.Create(_folder[name]);
            if (kind == SourceKind.Csv) stream.Write("text\na\nb\n"u8);
            if (kind == SourceKind.Jsonl) stream.Write("{\"text\":\"a\"}\n{\"text\":\"b\"}\n"u8);
            if (kind != SourceKind.Parquet) continue;
            var writer = new ParquetWriter(stream, new([ParquetField.Required("text", ParquetType.String)]));
            writer.WriteRow("a");
            writer.WriteRow("b");
            writer.Finish();
        }

        var (first, second) = kind switch { SourceKind.Csv => (2, 3), SourceKind.Parquet => (1, 2), _ => (0, 13) };
        string[] expected = [$"d1/0#{first}", $"d1/0#{second}", $"d2/0#{first}", $"d2/0#{second}"];
        Assert.Equal(expected, Names(_folder["*/0"]));
        Assert.Equal(expected, Names(_folder.Path));
        Assert.Equal(expected, Names(_folder["d1/0"], _folder["d2/?"]));
        Assert.Equal([$"0#{first}", $"0#{second}"], Names(_folder["d1/0"]));

        IEnumerable<string> Names(params string[] patterns)
        {
            var source = new Source(kind, patterns, ReadOptions.Default);
            var files = FilePatterns.Find(patterns, []);
            return ReadAll.Of(source.Open([.. files.Select(f => SourcePart.Whole(f, new FileInfo(f).Length))])).Documents.Select(d => d.Id);
        }
    }

    [Fact]
    public void Damaged_parquet_is_told()
    {
        var file = _folder["corpus.parquet"];
        File.WriteAllText(file, "PAR1 this is not it");
        Assert.Equal((0, ReadFaultCode.BrokenTable), ReadAll.Summary(SourceKind.Parquet, file));
    }

    [Fact]
    public void Files_of_a_folder_are_documents_named_by_their_paths()
    {
        Directory.CreateDirectory(_folder["notes/inner"]);
        File.WriteAllText(_folder["notes/b.md"], "# Title\n");
        File.WriteAllText(_folder["notes/inner/a.txt"], "\uFEFFtext", new UTF8Encoding(true));
        File.WriteAllBytes(_folder["notes/latin.txt"], [0x63, 0x61, 0x66, 0xE9]);
        File.WriteAllText(_folder["notes/empty.txt"], "");
        File.WriteAllText(_folder["notes/picture.png"], "not read");
        var source = new Source(SourceKind.Text, [_folder["notes"]], ReadOptions.Default);
        var files = source.Files();
        var (documents, faults) = ReadAll.Of(source.Open([.. files.Select(f => f.Whole)]));
        Assert.Equal([_folder["notes/b.md"], _folder["notes/inner/a.txt"]], documents.Select(d => d.Id));
        Assert.Equal([(_folder["notes/empty.txt"], ReadFaultCode.EmptyText, 0), (_folder["notes/latin.txt"], ReadFaultCode.InvalidUnicode, 3)], faults.Select(f => (f.Place.File, f.Code, f.Place.Offset)));
    }

    [Theory]
    [InlineData("FF FE 61 00 62", 4)]
    [InlineData("FE FF 00 61 62", 4)]
    [InlineData("FF FE 61 00 3D D8 62 00", 4)]
    [InlineData("FE FF 00 61 DE 00", 4)]
    [InlineData("FF FE 61 00 00 DE 3D D8", 4)]
    [InlineData("FF FE 61 00 62 00 3D D8", 6)]
    [InlineData("EF BB BF 61 C3", 4)]
    public void Text_that_is_not_in_the_encoding_that_it_states_is_told_with_its_place(string bytes, int offset)
    {
        var file = _folder["text.txt"];
        File.WriteAllBytes(file, Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));
        var (documents, faults) = ReadAll.Of(SourceKind.Text, file);
        Assert.Empty(documents);
        Assert.Equal((ReadFaultCode.InvalidUnicode, file, (long)offset), (Assert.Single(faults).Code, faults[0].Place.File, faults[0].Place.Offset));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Text_in_sound_utf16_is_read(bool isBigEndian)
    {
        var file = _folder["text.txt"];
        File.WriteAllText(file, "stra\u00dfe \ud83d\ude00", new UnicodeEncoding(isBigEndian, byteOrderMark: true));
        Assert.Equal("stra\u00dfe \ud83d\ude00", Assert.Single(ReadAll.Of(SourceKind.Text, file).Documents).Text);
    }

    [Theory]
    [InlineData("<meta charset=\"windows-1252\"><p>caf\u00e9 \u20ac", "windows-1252")]
    [InlineData("<meta http-equiv=Content-Type content=\"text/html; charset=Shift_JIS\"><p>日本語", "shift_jis")]
    [InlineData("<p>straße</p>", "utf-8")]
    [InlineData("<p>no word of it: caf\u00e9</p>", "windows-1252")]
    public void Pages_of_any_encoding_are_read(string page, string encoding)
    {
        var file = _folder["page.html"];
        File.WriteAllBytes(file, (CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding)).GetBytes(page));
        Assert.Equal(page, Assert.Single(ReadAll.Of(SourceKind.Html, file).Documents).Text);
    }

    [Fact]
    public void Patterns_find_files_in_order_and_each_once()
    {
        foreach (var name in (string[])["b/2.jsonl", "a/1.jsonl", "a/x/3.jsonl.gz", "a/note.txt"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
            File.WriteAllText(_folder[name], "");
        }

        Assert.Equal(["a/1.jsonl", "a/x/3.jsonl.gz", "b/2.jsonl"], Find("**/*.jsonl*"));
        Assert.Equal(["a/1.jsonl", "b/2.jsonl"], Find("[ab]/?.jsonl", "a/1.jsonl"));
        Assert.Equal(["a/1.jsonl", "a/x/3.jsonl.gz"], Find("a"));
        Assert.Equal(["a/1.jsonl"], Find("a/1.jsonl", "./a/1.jsonl", "b/../a/1.jsonl", "a//?.jsonl"));
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, _folder["a/1.jsonl"]);
        Assert.Equal([relative], FilePatterns.Find([relative, _folder["a/1.jsonl"], $"./{relative}"], []));
        Assert.Throws<FileNotFoundException>(() => Find("*.parquet"));
        Assert.Throws<IOException>(() => FilePatterns.Find(["s3://bucket/x"], []));

        IEnumerable<string> Find(params string[] patterns) =>
            FilePatterns.Find(patterns.Select(p => _folder[p]), [".jsonl", ".jsonl.gz"]).Select(f => Path.GetRelativePath(_folder.Path, f));
    }
}
