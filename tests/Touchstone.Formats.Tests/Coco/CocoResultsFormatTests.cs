using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Coco;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Coco;

public sealed class CocoResultsFormatTests
{
    private const string List = """[{"image_id":42,"category_id":18,"bbox":[258.15,41.29,348.26,243.78],"score":0.236},{"image_id":73,"category_id":11,"bbox":[61,22.75,504,609.67],"score":0.318}]""";

    private static readonly CocoResultsFormat Results = new();

    [Fact]
    public async Task Without_a_truth_numbers_are_names()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["r.json"], List, TestContext.Current.CancellationToken);
        var samples = await Exchanges.ReadAsync(Results, folder["r.json"]);
        Assert.Equal(["42 18", "73 11"], samples.Select(s => $"{s.Name} {s.Opinions[0].Objects.Single().Class}"));
        Assert.Equal((OpinionKind.Prediction, 0.236, new Box(258.15, 41.29, 348.26, 243.78)), (samples[0].Opinions[0].Kind, samples[0].Opinions[0].Objects[0].Score, samples[0].Opinions[0].Objects[0].Mark.Bounds));
        var named = await Exchanges.ReadAsync(Results, folder["r.json"], new FormatOptions { ClassNames = [.. Enumerable.Range(1, 20).Select(i => $"class {i}")] });
        Assert.Equal("class 18", named[0].Opinions[0].Objects[0].Class);
        Assert.Equal("coco-results", Results.Recognise(DatasetSource.Open(folder["r.json"])).Single().Format);
    }

    [Fact]
    public async Task Names_come_from_the_truth_beside_it()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["r.json"], List, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["a.json"], """{"images":[{"id":42,"file_name":"x.jpg","width":640,"height":480}],"categories":[{"id":18,"name":"dog"},{"id":11,"name":"hydrant"}],"annotations":[]}""", TestContext.Current.CancellationToken);
        foreach (var path in (string[])[folder["r.json"], folder.Path])
        {
            var samples = await Exchanges.ReadAsync(Results, path);
            Assert.Equal(["x.jpg dog", "73 hydrant"], samples.Select(s => $"{s.Name} {s.Opinions[0].Objects.Single().Class}"));
        }
    }

    [Fact]
    public async Task Detections_of_another_program_survive_as_results()
    {
        using var folder = new TemporaryFolder();
        List<Sample> before = [.. (await Exchanges.ReadAsync(new CocoFormat(), TestData.Find(Assert.Skip, "interop", "same_100_images", "detections_coco"))).Select(s => s with { Facts = Sample.Empty, Opinions = [new Opinion { Kind = OpinionKind.Prediction, Objects = [.. s.Opinions[0].Objects.Select(o => o with { Attributes = Sample.Empty })] }] })];
        var (after, losses) = await Exchanges.ThroughAsync(Results, before, folder);
        Assert.True(losses.IsEmpty, string.Join('\n', losses.Losses));
        Assert.Equal(452, after.Sum(s => s.Opinions[0].Objects.Count));
        Exchanges.AssertSame(before, after, 0);
    }

    [Fact]
    public void Every_mark_survives() => Generated.ForSeeds(async seed =>
    {
        using var folder = new TemporaryFolder();
        var generated = new Generated(seed);
        List<Sample> before = [.. generated.Samples([.. Results.Traits.Marks], Results.Traits.Parts).Select(s => s with { Opinions = [s.Opinions[0] with { Kind = OpinionKind.Prediction }] })];
        Exchanges.AssertSame(before, (await Exchanges.ThroughAsync(Results, before, folder, generated.Facts)).Samples, 1e-6);
    });

    [Fact]
    public async Task Bad_records_are_told_and_the_others_are_read()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["r.json"], """[{"image_id":1,"category_id":1,"bbox":[1,2,3]},7,{"image_id":1,"category_id":1,"bbox":[1,2,3,4],"score":0.5}]""", TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        Assert.Single((await Exchanges.ReadAsync(Results, folder["r.json"], faults: faults)).Single().Opinions[0].Objects);
        Assert.Equal(["/0/bbox", "/1/image_id"], faults.Kept.Select(f => f.Place));
        await File.WriteAllTextAsync(folder["bad.json"], "[{\"image_id\":1,", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<FileFormatFaultException>(() => Exchanges.ReadAsync(Results, folder["bad.json"]));
    }

    [Fact]
    public async Task Damaged_files_give_faults_alone()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["r.json"], List, TestContext.Current.CancellationToken);
        await Mutations.OfFolderAsync(Results, folder["r.json"], 2000, seed: 13);
    }
}
