using Touchstone.Formats.Davis;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Davis;

public sealed class DavisFormatTests
{
    private static readonly DavisFormat Davis = new();

    private static string Fixture => TestData.Find(Assert.Skip, "driving", "davis_car_shadow");

    [Fact]
    public async Task A_clip_is_one_track_whose_boxes_another_program_found_too()
    {
        var clip = (await Exchanges.ReadAsync(Davis, Fixture, new FormatOptions { ClassNames = ["car"] })).Single();
        Assert.Equal(("davis_car_shadow", 854, 480, 40, 40), (clip.Name, clip.WidthPx, clip.HeightPx, clip.FrameCount, clip.Opinions[0].Objects.Count));
        Assert.All(clip.Opinions[0].Objects, o => Assert.Equal(("car", "1"), (o.Class, o.Track)));
        var boxes = (await File.ReadAllLinesAsync(Path.Combine(Fixture, "derived_mot_gt.txt"), TestContext.Current.CancellationToken)).Select(l => string.Join(',', l.Split(',')[..6]));
        Assert.Equal(boxes, clip.Opinions[0].Objects.Select(o => ((PixelMask)o.Mark).Mask.Bounds is var (x, y, w, h) ? $"{o.Frame + 1},1,{x},{y},{w},{h}" : ""));
    }

    [Fact]
    public Task What_is_written_is_read_again_as_it_was() => Exchanges.AssertRoundTripAsync(Davis, Fixture, new FormatOptions { ClassNames = ["car"] });

    [Fact]
    public void Tracks_survive() => Generated.ForSeeds(async seed =>
    {
        using var folder = new TemporaryFolder();
        List<Sample> before = [NumberedSamples.Clip(seed, "train", n => (n % 2 == 0 ? "car" : "person", $"{n * 60 + 3}")), NumberedSamples.Clip(seed + 1, "val", n => ("bus", $"{n + 1}"))];
        var (after, losses) = await Exchanges.ThroughAsync(Davis, before, folder);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        Exchanges.AssertSame(before, after, 0);
    });

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = new TemporaryFolder();
        await Exchanges.WriteAsync(Davis, [NumberedSamples.Clip(1, "train", n => ("car", $"{n + 1}")), NumberedSamples.Clip(2, null, n => ("car", $"{n + 1}"))], folder["out"]);
        await Mutations.OfFolderAsync(Davis, folder["out"], 2_000, seed: 53);
    }

    [Fact]
    public void It_is_recognised()
    {
        Assert.Equal("davis", FormatRegistry.Recognise(DatasetSource.Open(Fixture))[0].Format);
        foreach (var other in (string[])["voc", "labelme", "coco_format_v1"]) Assert.Empty(Davis.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "interop", "same_100_images", other))));
    }
}
