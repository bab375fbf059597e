using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Formats.Vott;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Vott;

public sealed class VottCsvFormatTests
{
    private static readonly VottCsvFormat Csv = new();

    private static string Dataset => TestData.Find(Assert.Skip, "interop", "datumaro", "vott_csv_dataset");

    [Fact]
    public async Task Every_row_of_another_program_is_a_box()
    {
        var samples = await Exchanges.ReadAsync(Csv, Dataset);
        Assert.Equal(
            ["test/img0001.jpg helmet", "test/img0002.jpg person", "train/img0003.jpg helmet person", "train/img0004.jpg helmet"],
            samples.Select(s => $"{s.Split}/{s.Name} {string.Join(' ', s.Opinions[0].Objects.Select(o => o.Class))}"));
        List<string> found = [.. samples.SelectMany(s => s.Opinions[0].Objects.Select(o => FormattableString.Invariant($"\"{s.Name}\",{o.Mark.Bounds!.X},{o.Mark.Bounds.Y},{Math.Round(o.Mark.Bounds.Right, 9)},{Math.Round(o.Mark.Bounds.Bottom, 9)},\"{o.Class}\"")))];
        var rows = Directory.EnumerateFiles(Dataset, "*.csv", SearchOption.AllDirectories).SelectMany(f => File.ReadLines(f).Skip(1)).Where(l => l.Length > 0);
        Assert.Equal(rows.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        Assert.Contains(FormatRegistry.Recognise(DatasetSource.Open(Dataset)), r => r is { Format: "vott-csv", Certainty: > 0.9 });
        using var folder = new TemporaryFolder();
        samples = [.. samples.Select(s => s with { WidthPx = 0, HeightPx = 0 })];
        var (after, losses) = await Exchanges.ThroughAsync(Csv, samples, folder);
        Assert.True(losses.IsEmpty);
        Exchanges.AssertSame(samples, after, 1e-9);
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_with_its_line()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a-export.csv"], "\"image\",\"xmin\",\"ymin\",\"xmax\",\"ymax\",\"label\"\n\"a%20b.jpg\",1,2,3,4,\"say \"\"x\"\", y\"\n\"a.jpg\",9,2,3,4,\"x\"\n\"a.jpg\",q,2,3,4,\"x\"\n,1,2,3,4,\"x\"\n", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        var sample = (await Exchanges.ReadAsync(Csv, folder.Path, faults: faults)).Single();
        Assert.Equal(("a b.jpg", "say \"x\", y", new Outline(new Box(1, 2, 2, 2))), (sample.Name, sample.Opinions[0].Objects.Single().Class, sample.Opinions[0].Objects[0].Mark));
        Assert.Equal(["line 3", "line 4", "line 5"], faults.Kept.Select(f => f.Place));
    }

    [Fact]
    public Task Damaged_files_give_faults_alone() => Mutations.OfFolderAsync(Csv, Dataset, cases: 1_000, seed: 91);
}
