using System.IO.Compression;
using System.Text;
using Touchstone.Formats.Conll;
using Touchstone.Formats.Doccano;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Training;
using Touchstone.Formats.Trl;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Training;

/// <summary>Of a folder, every file that may hold rows is read or told.</summary>
public sealed class FolderFilesTests
{
    private const string Row = """{"prompt":"2+2?","completion":"4"}""";

    private static readonly TrlFormat Trl = new();

    [Fact]
    public async Task Files_whose_first_row_is_broken_or_another_are_read_and_the_row_is_told()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "train.jsonl", $"{Row}\n{Row}\n");
        Write(folder, "test.jsonl", "{\"prompt\":\"2+\n" + $"{Row}\n{Row}\n{Row}\n");
        Write(folder, "part3.jsonl", "{\"version\":1}\n" + $"{Row}\n{Row}\n");
        var faults = new FaultLog();
        Assert.Equal(7, (await Records.ReadAsync(Trl, folder.Path, faults)).Count);
        Assert.Equal([("part3.jsonl", "line 1 /prompt"), ("test.jsonl", "line 1")], faults.Kept.Select(f => (f.File, f.Place)));
        await Assert.ThrowsAsync<FileFormatFaultException>(() => Records.ReadAsync(Trl, folder.Path, new FaultLog(isStrict: true)));
    }

    [Fact]
    public async Task A_file_without_any_row_of_the_format_is_told()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "train.jsonl", $"{Row}\n");
        Write(folder, "other.json", """{"version":1}""");
        Write(folder, "empty.jsonl", "");
        var faults = new FaultLog();
        Assert.Single(await Records.ReadAsync(Trl, folder.Path, faults));
        Assert.Equal("other.json: a row as TRL has them was expected; none of its first 1 rows is one; the file is left out.", Assert.Single(faults.Kept).ToString());
    }

    [Fact]
    public async Task A_cut_shard_is_told_by_reading_and_belongs_to_what_is_recognised()
    {
        using var folder = new TemporaryFolder();
        await using (var packed = new GZipStream(File.Create(folder["train-00000-of-00003.jsonl.gz"]), CompressionLevel.Fastest)) await packed.WriteAsync(Encoding.UTF8.GetBytes(Row), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder["train-00001-of-00003.parquet"], "PAR1 and then it was cut"u8.ToArray(), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder["train-00002-of-00003.jsonl.gz"], "no gzip"u8.ToArray(), TestContext.Current.CancellationToken);
        var found = Assert.Single(TrainingRegistry.Recognise(DatasetSource.Open(folder.Path)));
        Assert.Equal(("trl", ""), (found.Format, found.Place));
        var faults = new FaultLog();
        Assert.Single(await Records.ReadAsync(Trl, folder.Path, faults));
        Assert.Equal(["train-00001-of-00003.parquet", "train-00002-of-00003.jsonl.gz"], faults.Kept.Select(f => f.File));
    }

    [Fact]
    public async Task Rows_before_a_packed_file_breaks_are_kept()
    {
        using var folder = new TemporaryFolder();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < 50_000; i++) await gzip.WriteAsync(Encoding.UTF8.GetBytes($$"""{"prompt":"{{i * 7919L}}","completion":"{{i}}"}""" + "\n"), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder["rows.jsonl.gz"], packed.ToArray()[..(int)(packed.Length / 2)], TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        Assert.InRange((await Records.ReadAsync(Trl, folder["rows.jsonl.gz"], faults)).Count, 10_000, 40_000);
        Assert.NotEqual(0, faults.Count);
    }

    [Fact]
    public async Task Texts_with_labels_do_not_lose_a_file_to_its_first_row_either()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "a.jsonl", """{"text":"x","label":["y"]}""");
        Write(folder, "b.jsonl", """{"text":"x","label":[""" + "\n" + """{"text":"z","label":["y"]}""");
        var faults = new FaultLog();
        Assert.Equal(2, (await ReadAsync(new DoccanoFormat(), folder.Path, faults)).Count);
        Assert.Equal("line 1", Assert.Single(faults.Kept).Place);

        using var words = new TemporaryFolder();
        Write(words, "train.conll", "Jo B-PER\nsat O\n");
        Write(words, "test.conll", "broken\n\nJo B-PER\n\nMia B-PER\n\nAl B-PER\n");
        Write(words, "README.txt", "How it was made.\n");
        faults = new FaultLog();
        Assert.Equal(4, (await ReadAsync(new ConllFormat(), words.Path, faults)).Count);
        Assert.Equal(["README.txt", "test.conll"], faults.Kept.Select(f => f.File).Order(StringComparer.Ordinal));
    }

    private static void Write(TemporaryFolder folder, string name, string text) => File.WriteAllText(folder[name], text);

    private static async Task<List<Sample>> ReadAsync(DatasetFormat format, string path, FaultLog faults)
    {
        List<Sample> samples = [];
        await foreach (var sample in format.ReadAsync(DatasetSource.Open(path), FormatOptions.Default, faults, TestContext.Current.CancellationToken)) samples.Add(sample);
        return samples;
    }
}
