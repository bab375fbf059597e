using Touchstone.Annotations.Masks;
using Touchstone.Formats.Coco;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Coco;

public sealed class CocoPanopticFormatTests
{
    private static readonly CocoPanopticFormat Panoptic = new();

    [Fact]
    public async Task Segments_have_their_pixels()
    {
        var samples = await Exchanges.ReadAsync(Panoptic, TestData.Find(Assert.Skip, "interop", "datumaro", "coco_dataset", "coco"));
        Assert.Equal(["train a.jpg 7:a:20", "val b.jpg 7:a:20 20:b:20"], samples.Select(s => $"{s.Split} {s.Name} {string.Join(' ', s.Opinions[0].Objects.Select(o => $"{o.Id}:{o.Class}:{((PixelMask)o.Mark).Mask.Area}"))}").Order(StringComparer.Ordinal));
        Assert.True(samples.Single(s => s.Split == "val").Opinions[0].Objects[1].Attributes.ContainsKey(CommonAttributes.Crowd));
        var facts = await Panoptic.FactsAsync(DatasetSource.Open(TestData.Find(Assert.Skip, "interop", "datumaro", "coco_dataset", "coco")), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.All(facts.Classes, c => Assert.True(c.IsStuff));
    }

    [Fact]
    public Task What_is_written_is_read_again_as_it_was() => Exchanges.AssertRoundTripAsync(Panoptic, TestData.Find(Assert.Skip, "interop", "datumaro", "coco_dataset", "coco"));

    [Fact]
    public void Masks_that_do_not_overlap_survive() => Generated.ForSeeds(async seed =>
    {
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        var (width, height) = (random.Next(1, 60), random.Next(1, 60));
        var owner = new byte[width * height];
        for (var i = 0; i < owner.Length; i++) owner[i] = (byte)(i > 0 && random.Next(3) > 0 ? owner[i - 1] : random.Next(4));
        List<LabelledObject> objects = [.. Enumerable.Range(1, 3).Where(n => owner.Contains((byte)n)).Select(n => new LabelledObject(n == 1 ? "road" : "car", new PixelMask(RunLengthMask.FromPixels(height, width, [.. owner.Select(o => (byte)(o == n ? 1 : 0))]))) { Id = $"{n * 70_000}" })];
        List<Sample> before = [new Sample { Name = "a/b.jpg", WidthPx = width, HeightPx = height, Split = "val", Opinions = [new Opinion { Objects = objects }] }];
        var (after, losses) = await Exchanges.ThroughAsync(Panoptic, before, folder);
        Assert.True(losses.IsEmpty);
        Exchanges.AssertSame(before, after, 0);
        Assert.Equal(objects.Select(o => o.Id), after[0].Opinions[0].Objects.Select(o => o.Id));
    });

    [Fact]
    public async Task A_picture_that_is_missing_is_told_and_the_others_are_read()
    {
        using var folder = new TemporaryFolder();
        var json = await File.ReadAllTextAsync(TestData.Find(Assert.Skip, "interop", "datumaro", "coco_dataset", "coco", "annotations", "panoptic_val.json"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["panoptic_val.json"], json, TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        Assert.Single(await Exchanges.ReadAsync(Panoptic, folder.Path, faults: faults));
        Assert.Equal("/annotations/0/file_name", faults.Kept.Single().Place);
    }

    [Fact]
    public Task Damaged_files_give_faults_alone() => Mutations.OfFolderAsync(Panoptic, TestData.Find(Assert.Skip, "interop", "datumaro", "coco_dataset", "coco"), 2000, seed: 12);

    [Fact]
    public void It_is_recognised() => Assert.Equal(0.9, Panoptic.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "interop", "datumaro", "coco_dataset", "coco"))).Single().Certainty);
}
