using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Files.Png;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Mot;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Mot;

public sealed class MotFormatTests
{
    private static readonly MotFormat Mot = new();

    [Fact]
    public async Task The_truth_of_2015_has_its_frames_tracks_and_boxes()
    {
        var samples = await Exchanges.ReadAsync(Mot, TestData.Find(Assert.Skip, "driving", "mot15_gt_only"));
        Assert.Equal(["TUD-Campus 71 8 359", "TUD-Stadtmitte 179 10 1156"], samples.Select(s => $"{s.Name} {s.FrameCount} {s.Opinions[0].Objects.Select(o => o.Track).Distinct().Count()} {s.Opinions[0].Objects.Count}"));
        var first = samples[0].Opinions[0].Objects[0];
        // Frames and pixels count from 1: the file says 1,1,399,182,121,229.
        Assert.Equal((0, "1", new Outline(new Box(398, 181, 121, 229))), (first.Frame!.Value, first.Track, first.Mark));
        Assert.Equal("4.4852", samples[1].Opinions[0].Objects[0].Attributes["world_x"].GetRawText());
        Assert.All(samples, s => Assert.Equal((InputKind.Clip, OpinionKind.Annotation), (s.Kind, s.Opinions.Single().Kind)));
    }

    [Fact]
    public async Task A_trackers_results_are_predictions()
    {
        var samples = await Exchanges.ReadAsync(Mot, TestData.Find(Assert.Skip, "driving", "mot15_gt_only", "tracker_results"));
        Assert.Equal(["TUD-Campus", "TUD-Stadtmitte"], samples.Select(s => s.Name));
        var first = samples[0].Opinions[0];
        Assert.Equal((OpinionKind.Prediction, "3", null), (first.Kind, first.Objects[0].Track, first.Objects[0].Score));
        Assert.True(Exchanges.Distance(new Outline(new Box(112.84, 273.5, 57.307, 130.05)), first.Objects[0].Mark) < 1e-9);
    }

    [Fact]
    public async Task Files_with_names_of_classes_count_pixels_from_0()
    {
        var sample = (await Exchanges.ReadAsync(Mot, TestData.Find(Assert.Skip, "interop", "datumaro", "mot_dataset", "mot_seq_with_seqinfo"))).Single();
        Assert.Equal(("Test", 1, 10.0, 16, 16), (sample.Name, sample.FrameCount, sample.FramesPerSecond!.Value, sample.WidthPx, sample.HeightPx));
        var each = sample.Opinions[0].Objects.Single();
        Assert.Equal(("label_2", null, new Outline(new Box(0, 4, 4, 8)), "1"), (each.Class, each.Track, each.Mark, each.Attributes["visibility"].GetRawText()));
    }

    [Fact]
    public async Task Boxes_of_a_clip_are_the_extents_of_its_masks()
    {
        var root = TestData.Find(Assert.Skip, "driving", "davis_car_shadow");
        var boxes = (await Exchanges.ReadAsync(Mot, Path.Combine(root, "derived_mot_gt.txt"), new FormatOptions { MotCountsFromOne = false, ClassNames = ["car"] })).Single().Opinions[0].Objects;
        var masks = Directory.GetFiles(Path.Combine(root, "Annotations"), "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal((40, 40), (boxes.Count, masks.Length));
        foreach (var frame in (int[])[0, 17, 39])
        {
            await using var stream = File.OpenRead(masks[frame]);
            var image = PngReader.Read(stream);
            var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, -1, -1);
            for (var y = 0; y < image.HeightPx; y++)
            {
                for (var x = 0; x < image.WidthPx; x++)
                {
                    if (image.Samples[y * image.RowBytes + x * image.RowBytes / image.WidthPx] == 0) continue;
                    (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
                }
            }

            Assert.Equal(new Outline(new Box(left, top, right - left, bottom - top)), boxes[frame].Mark);
        }
    }

    [Theory]
    [InlineData("driving/mot15_gt_only")]
    [InlineData("driving/mot15_gt_only/tracker_results")]
    [InlineData("interop/datumaro/mot_dataset")]
    public Task What_is_written_is_read_again_as_it_was(string path) => Exchanges.AssertRoundTripAsync(Mot, TestData.Find(Assert.Skip, path.Split('/')));

    [Fact]
    public async Task It_is_written_from_1()
    {
        using var folder = new TemporaryFolder();
        Sample[] samples = [new Sample { Name = "s", Kind = InputKind.Clip, Opinions = [new Opinion { Objects = [new LabelledObject("car", new Outline(new Box(0, 4, 4.5, 8))) { Frame = 2, Track = "bus-7" }] }] }];
        await Mot.WriteAsync(new DatasetFacts { Classes = [new("person"), new("car")] }, samples.ToAsyncEnumerable(), DatasetTarget.Folder(folder.Path), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal("3,0,1,5,4.5,8,1,2,-1\n", await File.ReadAllTextAsync(folder["s/gt/gt.txt"], TestContext.Current.CancellationToken));
        Assert.Contains("seqLength=3\n", await File.ReadAllTextAsync(folder["s/seqinfo.ini"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void Tracks_survive() => Generated.ForSeeds(async seed =>
    {
        using var folder = new TemporaryFolder();
        var generated = new Generated(seed);
        var before = generated.Samples([MarkKind.Box], Mot.Traits.Parts & ~CarriedParts.Scores, InputKind.Clip, r => new() { ["visibility"] = JsonSerializer.SerializeToElement(r.NextDouble()) });
        var (after, losses) = await Exchanges.ThroughAsync(Mot, before, folder, generated.Facts, seed % 2 == 0 ? new FormatOptions { MotCountsFromOne = false } : null);
        Assert.True(losses.IsEmpty);
        Exchanges.AssertSame(before, after, 1e-6);
        List<Sample> detections = [.. generated.Samples([MarkKind.Box], CarriedParts.Scores, InputKind.Clip).Select(s => s with { Opinions = [s.Opinions[0] with { Kind = OpinionKind.Prediction }] })];
        Exchanges.AssertSame(detections, (await Exchanges.ThroughAsync(Mot, detections, folder, generated.Facts)).Samples, 1e-6);
    });

    [Fact]
    public async Task Bad_lines_are_told_and_the_others_are_read()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["a/gt"]);
        await File.WriteAllTextAsync(folder["a/gt/gt.txt"], "1,1,1,1,2,2,1,1,1\n0,1,1,1,2,2,1,1,1\n1,1,5,5,2,2,1,1,1\n1,2,x,1,2,2,1,1,1\n1,3,1,1\n1,4,1,1,2,2,0,77,1\n1,5,1,1,2,2,0,3,-1\n", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        var objects = (await Exchanges.ReadAsync(Mot, folder.Path, faults: faults)).Single().Opinions[0].Objects;
        Assert.Equal(["pedestrian", "car"], objects.Select(o => o.Class));
        Assert.True(objects[1].Attributes.ContainsKey(CommonAttributes.Crowd));
        Assert.Equal(["line 2", "line 3", "line 4", "line 5", "line 6"], faults.Kept.Select(f => f.Place));
    }

    [Fact]
    public Task Damaged_files_give_faults_alone() => Mutations.OfFolderAsync(Mot, TestData.Find(Assert.Skip, "interop", "datumaro", "mot_dataset"), 2000, seed: 41);

    [Fact]
    public void It_is_recognised_and_takes_nothing_else()
    {
        Assert.Equal(0.97, Mot.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "driving", "mot15_gt_only"))).Single().Certainty);
        foreach (var other in (ReadOnlySpan<string>)["interop/same_100_images/yolo", "driving/kitti_object", "interop/datumaro/yolo_dataset", "interop/datumaro/kitti_dataset", "interop/same_100_images/openimages_format"])
            Assert.Empty(Mot.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, other.Split('/')))));
    }
}
