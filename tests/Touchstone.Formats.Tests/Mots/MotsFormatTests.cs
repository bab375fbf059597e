using Touchstone.Formats.Exchange;
using Touchstone.Formats.Mots;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Mots;

public sealed class MotsFormatTests
{
    private static readonly MotsTextFormat Text = new();

    private static readonly MotsPngFormat Png = new();

    private static string Pictures => TestData.Find(Assert.Skip, "interop", "datumaro", "mots_dataset");

    [Fact]
    public async Task Pictures_have_the_classes_and_tracks_of_their_numbers()
    {
        var samples = await Exchanges.ReadAsync(Png, Pictures);
        Assert.Equal(["train train 5x1", "val val 5x1"], samples.Select(s => $"{s.Split} {s.Name} {s.WidthPx}x{s.HeightPx}"));
        // 1.png is 4003 4003 3002 4001 0, and labels.txt has a, b, c, d.
        Assert.Equal(["c:3002@1:1", "d:4001@1:1", "d:4003@1:2"], samples[0].Opinions[0].Objects.Where(o => o.Frame == 1).Select(o => $"{o.Class}:{o.Track}@{o.Frame}:{((PixelMask)o.Mark).Mask.Area}"));
    }

    [Fact]
    public Task Pictures_are_the_same_after_writing() => Exchanges.AssertRoundTripAsync(Png, Pictures);

    [Theory]
    [InlineData("instances_txt/0002.txt", "0002", 52)]
    [InlineData("KITTI-02/gt/gt.txt", "KITTI-02", 51)]
    public async Task The_line_of_the_specification_has_its_mask(string file, string name, int frame)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
        await File.WriteAllTextAsync(folder[file], "52 1005 1 375 1242 WSV:2d;1O10000O10000O1O100O100O1O100O1000000000000000O100O102N5K00O1O1N2O110OO2O001O1NTga3\n", TestContext.Current.CancellationToken);
        var clip = (await Exchanges.ReadAsync(Text, folder.Path)).Single();
        var car = clip.Opinions[0].Objects.Single();
        Assert.Equal((name, 1242, 375, frame + 1, "car", "1005", frame), (clip.Name, clip.WidthPx, clip.HeightPx, clip.FrameCount, car.Class, car.Track, car.Frame!.Value));
        Assert.Equal("WSV:2d;1O10000O10000O1O100O100O1O100O1000000000000000O100O102N5K00O1O1N2O110OO2O001O1NTga3", ((PixelMask)car.Mark).Mask.ToString());
        Assert.Equal("mots", FormatRegistry.Recognise(DatasetSource.Open(folder.Path)).Single().Format);
        await Exchanges.AssertRoundTripAsync(Text, folder.Path);
    }

    [Fact]
    public void Tracks_and_regions_that_do_not_count_survive_in_both() => Generated.ForSeeds(async seed =>
    {
        using var folder = new TemporaryFolder();
        List<Sample> before = [NumberedSamples.Clip(seed, "train", n => (n % 2 == 0 ? "car" : "pedestrian", $"{1000 * (n % 2 + 1) + n}")), NumberedSamples.Clip(seed + 1, null, n => ("car", $"{1000 + n}"))];
        before = [.. before.Select(s => s with { Opinions = [new Opinion { Objects = [.. s.Opinions[0].Objects.OrderBy(o => (o.Frame, int.Parse(o.Track!, System.Globalization.CultureInfo.InvariantCulture))), .. s.Opinions[0].Objects.Take(0)] }] })];
        foreach (var format in (DatasetFormat[])[Text, Png])
        {
            List<Sample> some = format == Text ? [.. before.Where(s => s.Opinions[0].Objects.Count > 0)] : before;
            var (after, losses) = await Exchanges.ThroughAsync(format, some, folder);
            if (format == Png) Assert.DoesNotContain(losses.Losses, l => l.Kind != "empty_input");
            Exchanges.AssertSame([.. some.Where(s => s.Opinions[0].Objects.Count > 0)], after, 0);
        }
    });

    [Fact]
    public async Task Text_becomes_pictures_and_text_again()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["0000.txt"], "0 1001 1 4 5 52200O4\n0 10000 10 4 5 0d0\n3 2007 2 4 5 52200O4\n", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        var before = await Exchanges.ReadAsync(Text, folder.Path, faults: faults);
        Assert.Equal(["car:1001", "pedestrian:2007"], before[0].Opinions[0].Objects.Where(o => o.Track is not null).Select(o => $"{o.Class}:{o.Track}"));
        var (pictures, _) = await Exchanges.ThroughAsync(Png, before, folder);
        Assert.Equal((4, 5, 4), (pictures[0].FrameCount, pictures[0].WidthPx, pictures[0].HeightPx));
        Assert.Equal(["pedestrian:2007:5"], pictures[0].Opinions[0].Objects.Where(o => o.Frame == 3).Select(o => $"{o.Class}:{o.Track}:{((PixelMask)o.Mark).Mask.Area}"));
    }

    [Theory]
    [InlineData("0 1001 1 4 5", "5 fields; frame, object, class, height, width and runs were expected.")]
    [InlineData("0 x 1 4 5 52200O4", "field 2 is \"x\"; a whole number was expected.")]
    [InlineData("0 3001 3 4 5 52200O4", "object 3001 of 3")]
    [InlineData("0 1001 2 4 5 52200O4", "object 1001 is of class 1 by its number, of class 2 by field 3.")]
    [InlineData("0 1001 1 99999 99999 52200O4", "a picture of 99999 x 99999 pixels.")]
    [InlineData("0 1001 1 4 6 52200O4", "a picture of 6 x 4 pixels; those before it have 5 x 4.")]
    [InlineData("0 1001 1 4 5 52200", "The runs cover 13 pixels, the picture of 5 x 4 has 20.")]
    public async Task A_line_that_is_wrong_is_told_and_the_others_are_read(string line, string fault)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["0000.txt"], $"1 1002 1 4 5 52200O4\n{line}\n2 1002 1 4 5 52200O4\n", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        var objects = (await Exchanges.ReadAsync(Text, folder.Path, faults: faults)).Single().Opinions[0].Objects;
        if (fault.StartsWith("object 3001", StringComparison.Ordinal)) Assert.Equal("class_3", objects[1].Class);
        else Assert.Equal((2, $"0000.txt: line 2: {fault}"), (objects.Count, faults.Kept.Single().ToString()));
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = new TemporaryFolder();
        Sample[] samples = [NumberedSamples.Clip(1, "train", n => ("car", $"{1001 + n}")), NumberedSamples.Clip(2, null, n => ("pedestrian", $"{2001 + n}"))];
        await Exchanges.WriteAsync(Text, samples, folder["text"]);
        await Exchanges.WriteAsync(Png, samples, folder["png"]);
        await Mutations.OfFolderAsync(Text, folder["text"], 2_000, seed: 54);
        await Mutations.OfFolderAsync(Png, folder["png"], 2_000, seed: 55);
    }

    [Fact]
    public void They_are_recognised()
    {
        Assert.Equal(["mots-png"], FormatRegistry.Recognise(DatasetSource.Open(Pictures)).Select(r => r.Format));
        foreach (var other in (string[])["mapillary_vistas", "davis_car_shadow", "mot15_gt_only", "kitti_object"])
        {
            Assert.Empty(Text.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "driving", other))));
            Assert.Empty(Png.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "driving", other))));
        }
    }
}
