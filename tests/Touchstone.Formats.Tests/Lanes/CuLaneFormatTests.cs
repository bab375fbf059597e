using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Lanes;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Lanes;

public sealed class CuLaneFormatTests
{
    private const string Drive = "driver_23_30frame/05151640_0419.MP4";

    private static readonly CuLaneFormat CuLane = new();

    // A lane a line, x and y in turn with a blank after the last, as CULane's page describes its files; the lists are in the form of the benchmark's val.txt and train_gt.txt.
    private static TemporaryFolder Written()
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder[Drive]);
        Directory.CreateDirectory(folder["list/test_split"]);
        File.WriteAllText(folder[$"{Drive}/00000.lines.txt"], "-22.6122 590 18.5 580 58.75 570 \n821.2 590 798.1 580 775 570 752.25 560 \n");
        File.WriteAllText(folder[$"{Drive}/00030.lines.txt"], "");
        File.WriteAllText(folder[$"{Drive}/00060.lines.txt"], "1 2 3 4\r\n");
        File.WriteAllText(folder["list/val.txt"], $"/{Drive}/00030.jpg\n");
        File.WriteAllText(folder["list/train_gt.txt"], $"/{Drive}/00000.jpg /laneseg_label_w16/{Drive}/00000.png 1 1 0 0\n");
        File.WriteAllText(folder["list/test_split/test0_normal.txt"], $"{Drive}/00060.jpg\n");
        return folder;
    }

    [Fact]
    public async Task Lanes_are_lines_and_lists_name_their_parts()
    {
        using var folder = Written();
        var samples = await Exchanges.ReadAsync(CuLane, folder.Path, new FormatOptions { AssumedSize = (1640, 590) });
        Assert.Equal([$"train {Drive}/00000.jpg 2", $"val {Drive}/00030.jpg 0", $" {Drive}/00060.jpg 1"], samples.Select(s => $"{s.Split} {s.Name} {s.Opinions[0].Objects.Count}"));
        Assert.Equal(new Outline(new Polyline([new(-22.6122, 590), new(18.5, 580), new(58.75, 570)])), samples[0].Opinions[0].Objects[0].Mark);
        Assert.All(samples, s => Assert.Equal((1640, 590), (s.WidthPx, s.HeightPx)));
        Assert.Equal(["culane"], FormatRegistry.Recognise(DatasetSource.Open(folder.Path)).Select(r => r.Format).Distinct());
    }

    [Fact]
    public async Task What_is_written_is_read_again_as_it_was()
    {
        using var folder = Written();
        await Exchanges.AssertRoundTripAsync(CuLane, folder.Path);
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new RandomSamples(seed, [MarkKind.Polyline]) { WithAttributes = false };
            List<Sample> samples = [.. Enumerable.Range(0, 6).Select(i => random.Image(i, i % 2 == 0 ? "train" : null)).Select(s => s with { WidthPx = 0, HeightPx = 0, Name = s.Name.Replace(".jpg", ".png", StringComparison.Ordinal) })];
            var (after, losses) = await Exchanges.ThroughAsync(CuLane, samples, folder);
            Assert.All(losses.Losses, l => Assert.Equal("class", l.Kind));
            Exchanges.AssertSame([.. samples.Select(s => s with { Opinions = [s.Opinions[0] with { Objects = [.. s.Opinions[0].Objects.Select(o => o with { Class = "lane" })] }] })], after, 0);
        }
    }

    [Fact]
    public async Task Lanes_of_TuSimple_become_CULane_and_go_back()
    {
        using var folder = new TemporaryFolder();
        var lane = new LabelledObject("lane", new Outline(new Polyline([new(632, 260), new(625, 270), new(617, 280)])));
        var sample = new Sample { Name = "clips/1/20.jpg", Opinions = [new Opinion { Objects = [lane] }] };
        var (first, losses) = await Exchanges.ThroughAsync(CuLane, [sample], folder);
        Assert.True(losses.IsEmpty);
        var (back, other) = await Exchanges.ThroughAsync(new TuSimpleFormat(), first, folder);
        Assert.True(other.IsEmpty);
        Exchanges.AssertSame([sample], back, 0);
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_with_its_place()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.lines.txt"], "1 2 3\n1 2 x 4\n1 2\n1 2 NaN 4\n\n5 6 7 8\n", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        Assert.Single((await Exchanges.ReadAsync(CuLane, folder.Path, faults: faults)).Single().Opinions[0].Objects);
        Assert.Equal(["line 1", "line 2", "line 3", "line 4"], faults.Kept.Select(f => f.Place));
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = Written();
        await Mutations.OfFolderAsync(CuLane, folder.Path, cases: 2_000, seed: 74);
    }
}
