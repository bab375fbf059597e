using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Touchstone.Files.Parquet;
using Touchstone.Formats.Columns;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Training;
using Touchstone.Formats.Trl;
using Touchstone.Formats.Tests.Training;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Columns;

/// <summary>What files from outside may take, and what is lost with a broken part of one.</summary>
public sealed class ColumnLimitsTests
{
    private static List<JsonElement> Read(string path, FaultLog faults) => [.. ColumnRows.Read(DatasetSource.Open(path), Path.GetFileName(path), faults).Select(r => r.Value)];

    private static void Write(string path, ParquetField field, int rows, Func<int, object> value, ParquetWriterOptions options)
    {
        using var stream = File.Create(path);
        var writer = new ParquetWriter(stream, new ParquetSchema([field]), options);
        for (var i = 0; i < rows; i++) writer.WriteRow([value(i)]);
        writer.Finish();
    }

    [Fact]
    public void A_broken_page_takes_the_rest_of_its_row_group_and_every_later_one_is_read()
    {
        using var folder = new TemporaryFolder();
        Write(folder["rows.parquet"], ParquetField.Required("text", ParquetType.String), 4_000, i => $"row {i}", ParquetWriterOptions.Default with { RowGroupRowsMax = 1_000, UseDictionaries = false });
        var bytes = File.ReadAllBytes(folder["rows.parquet"]);
        bytes[bytes.AsSpan().IndexOf("PAR1"u8) + 200] ^= 0xFF;
        File.WriteAllBytes(folder["rows.parquet"], bytes);
        var faults = new FaultLog();
        var rows = Read(folder["rows.parquet"], faults);
        Assert.Equal(["row 1000", "row 3999"], new[] { rows[0], rows[^1] }.Select(r => r.GetProperty("text").GetString()));
        Assert.Equal((3_000, 1_000L), (rows.Count, faults.Count));
        Assert.Contains("1,000 rows from here to the end of row group 0 are not read", Assert.Single(faults.Kept).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Some_hundred_bytes_do_not_unfold_to_a_row_of_millions_of_elements_or_a_text_of_megabytes()
    {
        using var folder = new TemporaryFolder();
        var options = ParquetWriterOptions.Default with { Compression = ParquetCompression.Gzip };
        Write(folder["list.parquet"], ParquetField.List("numbers", ParquetField.Required("element", ParquetType.Int64)), 1, _ => Enumerable.Repeat((object?)7L, 200_000).ToArray(), options);
        Write(folder["text.parquet"], ParquetField.Required("text", ParquetType.String), 1, _ => new string('a', 5 << 20), options);
        foreach (var file in new[] { "list.parquet", "text.parquet" })
        {
            Assert.InRange(new FileInfo(folder[file]).Length, 1, 20_000);
            var (faults, before) = (new FaultLog(), GC.GetAllocatedBytesForCurrentThread());
            Assert.Empty(Read(folder[file], faults));
            Assert.Contains("at most", Assert.Single(faults.Kept).Message, StringComparison.Ordinal);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 24 << 20);
        }
    }

    [Fact]
    public async Task A_line_that_unpacks_to_more_than_ten_times_its_file_is_told_and_the_rows_around_it_are_read()
    {
        using var folder = new TemporaryFolder();
        await using (var packed = new GZipStream(File.Create(folder["rows.jsonl.gz"]), CompressionLevel.Fastest))
            await packed.WriteAsync(Encoding.UTF8.GetBytes($$"""
                {"prompt":"a","completion":"b"}
                {"prompt":"{{new string('x', 20 << 20)}}","completion":"b"}
                {"prompt":"c","completion":"d"}
                """), TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        Assert.Equal(["a", "c"], (await Records.ReadAsync(new TrlFormat(), folder["rows.jsonl.gz"], faults)).Select(r => r.Prompt[0].Text));
        Assert.Equal("line 2", Assert.Single(faults.Kept).Place);
    }

    [Theory]
    [InlineData("touchstone-records", "out.jsonl")]
    [InlineData("touchstone-records", "out.parquet")]
    [InlineData("argilla", "out.jsonl")]
    [InlineData("trl", "out.parquet")]
    public async Task What_is_nested_deeply_is_written_so_that_it_is_read_again_or_told_beforehand(string to, string file)
    {
        using var folder = new TemporaryFolder();
        var format = TrainingRegistry.Find(to)!;
        foreach (var depth in new[] { 30, 50, 57, 58, 62, 63 })
        {
            var row = $$"""{"prompt":"a","completion":"c","m":{{new string('[', depth)}}1{{new string(']', depth)}}}""";
            await File.WriteAllTextAsync(folder["in.jsonl"], row + "\n" + """{"prompt":"d","completion":"e"}""", TestContext.Current.CancellationToken);
            var faults = new FaultLog();
            File.Delete(folder[file]);
            var result = await TrainingConversion.RunAsync(new TrainingPlan { From = new TrlFormat(), To = format }, DatasetSource.Open(folder["in.jsonl"]), DatasetTarget.File(folder[file]), faults, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(2, result.Written + faults.Count);
            if (to == "touchstone-records") Assert.Equal(2, result.Written);
            Assert.All(faults.Kept, f => Assert.Equal("in-1", f.File));
            Assert.Equal(result.Written, (await Records.ReadAsync(format, folder[file])).Count);
        }
    }
}
