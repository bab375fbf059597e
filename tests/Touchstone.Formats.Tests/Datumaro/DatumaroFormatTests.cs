using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Datumaro;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Datumaro;

public sealed class DatumaroFormatTests
{
    private const string Everything = """
        {"infos":{},"categories":{"label":{"labels":[{"name":"car","parent":""},{"name":"person","parent":"living"}]},"points":{"items":[{"label_id":1,"labels":["nose","ear"],"joints":[[1,2]]}]}},
        "items":[{"id":"x/1","annotations":[
        {"id":3,"type":"bbox","label_id":0,"group":7,"z_order":1,"bbox":[1,2,3,4],"attributes":{"occluded":true,"score":0.5}},
        {"id":0,"type":"rotated_bbox","label_id":0,"rotated_bbox":[9,9,4,2,90]},
        {"id":0,"type":"polygon","label_id":0,"points":[0,0,4,0,0,3]},
        {"id":0,"type":"polyline","points":[0,0,4,0]},
        {"id":0,"type":"points","label_id":1,"points":[5,6,0,0],"visibility":[1,0]},
        {"id":0,"type":"mask","label_id":0,"rle":{"counts":"52200O4","size":[4,5]}},
        {"id":0,"type":"label","label_id":1,"attributes":{"sure":true}},
        {"id":0,"type":"caption","caption":"a street"}],
        "attr":{"frame":4},"image":{"path":"x/1.png","size":[4,5]}}]}
        """;

    private static readonly DatumaroFormat Format = new();

    private static string Fixture => TestData.Find(Assert.Skip, "interop", "datumaro", "datumaro_dataset");

    [Fact]
    public async Task Items_of_another_program_have_their_labels_and_parts()
    {
        var samples = await Exchanges.ReadAsync(Format, Fixture);
        Assert.Equal(["test|test/c.jpg", "train|train/a.jpg", "train|train/b.jpg", "validation|validation/d.jpg"], samples.Select(s => $"{s.Split}|{s.Name}"));
        Assert.Equal("""{"labels.bicycle.score":1.0,"labels.mary.score":1.0,"labels":["bicycle","mary"]}""", JsonSerializer.Serialize(samples[0].Opinions[0].Answers));
        Assert.Equal("""{"labels":["car","bicycle","tom","mary"]}""", JsonSerializer.Serialize(samples[2].Opinions[0].Answers));
        Assert.True(samples[0].WidthPx > 0);
        var facts = await Format.FactsAsync(DatasetSource.Open(Fixture), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(["car", "bicycle", "tom", "mary"], facts.Classes.Select(c => c.Name));
    }

    [Fact]
    public async Task Every_kind_of_annotation_is_read_and_written_again()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["train.json"], Everything, TestContext.Current.CancellationToken);
        var sample = (await Exchanges.ReadAsync(Format, folder.Path)).Single();
        var objects = sample.Opinions[0].Objects;
        Assert.Equal(("x/1.png", "train", 5, 4), (sample.Name, sample.Split, sample.WidthPx, sample.HeightPx));
        Assert.Equal(new Outline(new Box(1, 2, 3, 4)), objects[0].Mark);
        Assert.Equal(("""{"occluded":true,"z_order":1,"group_id":7}""", 0.5, "3"), (JsonSerializer.Serialize(objects[0].Attributes), objects[0].Score, objects[0].Id));
        Assert.Equal(new Outline(new RotatedBox(9, 9, 4, 2, Math.PI / 2)), objects[1].Mark);
        Assert.Equal(new Outline(new Keypoints([new(5, 6, Visibility.Hidden), new(0, 0, Visibility.NotLabelled)])), objects[4].Mark);
        Assert.Equal([5u, 2, 2, 2, 2, 1, 6], ((PixelMask)objects[5].Mark).Mask.Counts.ToArray());
        Assert.Equal("""{"labels.person.sure":true,"caption":"a street","labels":["person"]}""", JsonSerializer.Serialize(sample.Opinions[0].Answers));
        var facts = await Format.FactsAsync(DatasetSource.Open(folder.Path), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(["nose", "ear"], facts.Classes[1].Keypoints);
        Assert.Equal([(0, 1)], facts.Classes[1].Skeleton);
        await Exchanges.AssertRoundTripAsync(Format, folder.Path);
    }

    [Fact]
    public async Task What_is_written_is_read_again_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var before = await Exchanges.ReadAsync(Format, Fixture);
        var (after, losses) = await Exchanges.ThroughAsync(Format, before, folder);   // also where nobody stated the labels of whole items beforehand
        Assert.True(losses.IsEmpty);
        Exchanges.AssertSame(before, after, 0);
        await Exchanges.AssertRoundTripAsync(Format, Fixture);
    }

    [Fact]
    public async Task Samples_of_every_kind_survive()
    {
        using var folder = new TemporaryFolder();
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new RandomSamples(seed, Format.Traits.Marks) { WithScores = true };
            List<Sample> samples = [.. Enumerable.Range(0, 4).Select(i => random.Image(i, i == 0 ? null : "train"))];
            var (after, losses) = await Exchanges.ThroughAsync(Format, samples, folder);
            Assert.True(losses.IsEmpty, $"seed {seed}: {string.Join('\n', losses.Losses)}");
            Exchanges.AssertSame(samples, after, 1e-6);
        }
    }

    [Fact]
    public async Task A_bad_annotation_is_told_with_its_pointer_and_the_others_are_read()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.json"], """{"infos":{},"categories":{"label":{"labels":[{"name":"car"}]}},"items":[{"id":"a","annotations":[{"type":"bbox","label_id":0,"bbox":[1,2]},{"type":"bbox","label_id":4,"bbox":[1,2,3,4]},{"type":"star"},{"type":"bbox","label_id":0,"bbox":[1,2,3,4]},{"type":"mask","rle":{"size":[2,2],"counts":"zz"}}]},{"annotations":[]},3,""", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        var sample = (await Exchanges.ReadAsync(Format, folder.Path, faults: faults)).Single();
        Assert.Equal(new Outline(new Box(1, 2, 3, 4)), sample.Opinions[0].Objects.Single().Mark);
        Assert.Equal(
            ["/items/0/annotations/0", "/items/0/annotations/1/label_id", "/items/0/annotations/2/type", "/items/0/annotations/4/rle/counts", "/items/1/id", "/items/2", ""],
            faults.Kept.Select(f => f.Place));
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        await Mutations.OfFileAsync(Format, System.Text.Encoding.UTF8.GetBytes(Everything), "a.json", seed: 1, cases: 1_600);
        await Mutations.OfFileAsync(Format, await File.ReadAllBytesAsync(Path.Combine(Fixture, "legacy", "annotations", "train.json"), TestContext.Current.CancellationToken), "a.json", seed: 2, cases: 400);
    }

    [Fact]
    public void It_is_recognised_and_claims_no_other_format()
    {
        Assert.Equal("datumaro", FormatRegistry.Recognise(DatasetSource.Open(Fixture))[0].Format);
        foreach (var other in (string[])["coco_dataset", "vott_json_dataset", "sly_pointcloud_dataset", "open_images_dataset"])
            Assert.Empty(Format.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "interop", "datumaro", other))));
    }
}
