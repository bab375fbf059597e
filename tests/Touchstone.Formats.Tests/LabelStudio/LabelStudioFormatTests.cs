using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.LabelStudio;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Formats.Tests.Json;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.LabelStudio;

public sealed class LabelStudioFormatTests
{
    private static readonly LabelStudioFormat Studio = new();

    private static string Fixture => TestData.Find(Assert.Skip, "interop", "label_studio");

    [Fact]
    public async Task An_export_of_the_program_has_its_rectangle_polygon_and_keypoints()
    {
        var sample = (await Exchanges.ReadAsync(Studio, Fixture)).Single();
        Assert.Equal(("test_image1.jpg", 500, 320, InputKind.Image), (sample.Name, sample.WidthPx, sample.HeightPx, sample.Kind));
        var opinion = sample.Opinions.Single();
        Assert.Equal((OpinionKind.Annotation, "60205850", 18.158), (opinion.Kind, opinion.Id, opinion.Seconds));
        Assert.Equal(new DateTimeOffset(2025, 5, 2, 8, 49, 24, TimeSpan.Zero), opinion.At!.Value.AddTicks(-(opinion.At.Value.Ticks % TimeSpan.TicksPerSecond)));
        Assert.Equal(["rectangle_label Box", "polygon_label Polygon", "keypoint_label1 Keypoints", "keypoint_label2 Keypoints"], opinion.Objects.Select(o => $"{o.Class} {o.Mark.Kind}"));
        Assert.True(Exchanges.Distance(new Outline(new Box(159.709618874773, 13.163120567376, 31.760435571688, 31.773049645391)), opinion.Objects[0].Mark) < 1e-9);
        Assert.Equal(112.976406533575, ((Keypoints)((Outline)opinion.Objects[2].Mark).Geometry).Points[0].X, 1e-9);
        Assert.Equal(
            ["rectangle_label", "polygon_label", "keypoint_label1", "keypoint_label2"],
            (await Studio.FactsAsync(DatasetSource.Open(Fixture), FormatOptions.Default, TestContext.Current.CancellationToken)).Classes.Select(c => c.Name));
    }

    [Fact]
    public Task What_is_written_is_read_again_as_it_was() => Exchanges.AssertRoundTripAsync(Studio, Fixture);

    [Fact]
    public void It_is_recognised_and_does_not_claim_other_formats()
    {
        Assert.True(Studio.Recognise(DatasetSource.Open(Fixture)).Single() is { Format: "label-studio", Place: "export_rect_polygon_keypoint.json", Certainty: > 0.9 });
        Assert.Equal("", Studio.Recognise(DatasetSource.Open(Path.Combine(Fixture, "export_rect_polygon_keypoint.json"))).Single().Place);
        foreach (var other in (ReadOnlySpan<string>)["openlabel", "datumaro", "same_100_images", "cocovid", "mmdet3d_coco3d"])
            Assert.DoesNotContain(Studio.Recognise(DatasetSource.Open(TestData.Find(Assert.Skip, "interop", other))), r => r.Certainty > 0.5);
    }

    [Fact]
    public async Task A_rectangle_is_turned_about_its_top_left_corner()
    {
        var sample = await ReadOneAsync("""{"id":"a","from_name":"l","to_name":"image","type":"rectanglelabels","original_width":200,"original_height":100,"value":{"x":50,"y":10,"width":10,"height":40,"rotation":90,"rectanglelabels":["Car"]}}""");
        var box = (RotatedBox)((Outline)sample.Opinions[0].Objects.Single().Mark).Geometry;
        Assert.Equal((100 - 20.0, 10 + 10.0, 20.0, 40.0, Math.PI / 2), (Math.Round(box.CentreX, 9), Math.Round(box.CentreY, 9), box.Width, box.Height, box.Angle));
        Assert.Equal(100, box.Corners()[0].X, 1e-9);
        Assert.Equal(10, box.Corners()[0].Y, 1e-9);
    }

    [Fact]
    public async Task Results_of_one_id_are_one_region_and_the_others_are_about_the_whole()
    {
        var sample = await ReadOneAsync("""
            {"id":"r1","from_name":"lbl","to_name":"image","type":"rectangle","original_width":1000,"original_height":500,"value":{"x":10,"y":20,"width":5,"height":8,"rotation":0}},
            {"id":"r1","from_name":"lbl","to_name":"image","type":"labels","value":{"x":10,"y":20,"width":5,"height":8,"rotation":0,"labels":["Car"]}},
            {"id":"r1","from_name":"occ","to_name":"image","type":"choices","value":{"x":10,"y":20,"choices":["half"]}},
            {"id":"r3","from_name":"br","to_name":"image","type":"brushlabels","original_width":5,"original_height":4,"value":{"format":"rle","rle":[0,0,0,80,57,27,254,23,0,183,255,56,4,255,248,108,0],"brushlabels":["Lane","Road"]}},
            {"id":"r4","type":"vectorlabels","original_width":100,"original_height":100,"value":{"vertices":[{"id":"1","x":1,"y":2},{"id":"2","x":3,"y":4}],"closed":false,"vectorlabels":["Line"]}},
            {"id":"r5","type":"ellipselabels","original_width":200,"original_height":100,"value":{"x":50,"y":50,"radiusX":10,"radiusY":20,"rotation":45,"ellipselabels":["E"]}},
            {"id":"c1","from_name":"scene","to_name":"image","type":"choices","value":{"choices":["rain","night"]}},
            {"id":"c2","from_name":"kind","to_name":"image","type":"taxonomy","value":{"taxonomy":[["a","b/c"],["d"]]}},
            {"id":"c3","from_name":"stars","to_name":"image","type":"rating","value":{"rating":4}},
            {"id":"c4","from_name":"count","to_name":"image","type":"number","value":{"number":12.5}},
            {"id":"c5","from_name":"note","to_name":"image","type":"textarea","value":{"text":["a note"]}},
            {"id":"c6","from_name":"pw","to_name":"a,b","type":"pairwise","value":{"selected":"left"}},
            {"type":"relation","from_id":"r1","to_id":"r3","direction":"bi","labels":["on"]}
            """);
        var opinion = sample.Opinions[0];
        Assert.Equal(["Car Box", "Lane Mask", "Line Polyline", "E Ellipse"], opinion.Objects.Select(o => $"{o.Class} {o.Mark.Kind}"));
        Assert.Equal("half", opinion.Objects[0].Attributes["occ"].GetString());
        Assert.Equal("52200O4", ((PixelMask)opinion.Objects[1].Mark).Mask.ToString());
        Assert.Equal(new Ellipse(100, 50, 20, 20, Math.PI / 4), opinion.Objects[3].Mark);
        Assert.Equal(
            """{"scene":["rain","night"],"kind":["a/b%2Fc","d"],"stars":4,"count":12.5,"note":"a note","pw":"left"}""",
            JsonSerializer.Serialize(opinion.Answers));
        Assert.Equal(new ObjectRelation("r1", "r3", "on", "bi"), opinion.Relations.Single());
        using var folder = new TemporaryFolder();
        var (after, losses) = await Exchanges.ThroughAsync(Studio, [sample], folder);
        Assert.True(losses.IsEmpty);
        Exchanges.AssertSame([sample], after, 1e-9);
        Assert.Equal(opinion.Relations, after[0].Opinions[0].Relations);
        var written = JsonDocument.Parse(await File.ReadAllTextAsync(Directory.GetFiles(folder.Path, "tasks.json", SearchOption.AllDirectories).Single(), TestContext.Current.CancellationToken)).RootElement[0].GetProperty("annotations")[0].GetProperty("result");
        Assert.Equal(
            """{"taxonomy":[["a","b/c"],["d"]]}|{"rating":4}|{"text":["a note"]}|{"selected":"left"}""",
            string.Join('|', written.EnumerateArray().Where(r => r.GetProperty("type").GetString() is "taxonomy" or "rating" or "textarea" or "pairwise").Select(r => r.GetProperty("value").GetRawText())));
    }

    [Fact]
    public async Task A_video_shows_a_box_up_to_the_frame_that_is_not_enabled()
    {
        var sample = await ReadOneAsync(
            """
            {"id":"t","from_name":"box","to_name":"video","type":"videorectangle","original_width":100,"original_height":200,"value":{"framesCount":275,"duration":11.0,"labels":["Car"],
             "sequence":[{"frame":1,"time":0.04,"enabled":true,"x":10,"y":20,"width":5,"height":8,"rotation":0},{"frame":10,"enabled":false,"x":20,"y":20,"width":5,"height":8,"rotation":0},{"frame":21,"enabled":true,"x":30,"y":20,"width":5,"height":8,"rotation":0},{"frame":275,"enabled":false,"x":30,"y":20,"width":5,"height":8,"rotation":0}]}}
            """, data: """{"video":"https://x.org/v/a.mp4?sig=1"}""");
        Assert.Equal((InputKind.Clip, "v/a.mp4", "https://x.org/v/a.mp4?sig=1", 275, 25.0), (sample.Kind, sample.Name, sample.Address, sample.FrameCount, sample.FramesPerSecond));
        var objects = sample.Opinions[0].Objects;
        Assert.Equal(["0 False", "9 False", "10 True", "20 False", "274 False"], objects.Select(o => $"{o.Frame} {o.IsOutside}"));
        Assert.All(objects, o => Assert.Equal(("Car", "t"), (o.Class, o.Track)));
        Assert.Equal(new Outline(new Box(10, 40, 5, 16)), objects[0].Mark);
        using var folder = new TemporaryFolder();
        var (after, losses) = await Exchanges.ThroughAsync(Studio, [sample], folder);
        Assert.True(losses.IsEmpty);
        Exchanges.AssertSame([sample], after, 1e-9);
        Assert.Equal((sample.Address, 275, 25.0), (after[0].Address, after[0].FrameCount, after[0].FramesPerSecond));
    }

    [Fact]
    public async Task Stretches_of_text_count_code_points_whatever_the_file_counts()
    {
        // "🚗" is one code point and two UTF-16 units. The editor counts code points; where the words fit only UTF-16 units, those are meant.
        const string Data = """{"text":"🚗🚗 Volvo 🚕 won"}""";
        foreach (var offsets in (string[])["\"start\":3,\"end\":8", "\"start\":5,\"end\":10"])
        {
            var sample = await ReadOneAsync("""{"id":"n1","from_name":"ner","to_name":"text","type":"labels","value":{OFFSETS,"text":"Volvo","labels":["ORG"]}}""".Replace("OFFSETS", offsets, StringComparison.Ordinal), Data);
            Assert.Equal((InputKind.Text, "🚗🚗 Volvo 🚕 won", "task-7"), (sample.Kind, sample.Text, sample.Name));
            Assert.Equal(("ORG", (Mark)new TextSpan(3, 8)), (sample.Opinions[0].Objects.Single().Class, sample.Opinions[0].Objects.Single().Mark));
            using var folder = new TemporaryFolder();
            var (after, _) = await Exchanges.ThroughAsync(Studio, [sample], folder);
            Exchanges.AssertSame([sample], after, 0);
            Assert.Equal(sample.Text, after[0].Text);
        }
    }

    [Fact]
    public async Task Annotators_predictions_skips_gold_and_drafts_are_kept()
    {
        const string Box = """{"id":"a","from_name":"l","to_name":"image","type":"rectanglelabels","original_width":100,"original_height":100,"value":{"x":1,"y":2,"width":3,"height":4,"rotation":0,"rectanglelabels":["Car"]}}""";
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["in.json"], $$"""
            [{"id":7,"data":{"image":"s3://b/a.jpg","speed":3},"meta":{"weather":"rain"},
              "annotations":[{"id":3,"completed_by":2,"lead_time":9.5,"created_at":"2024-01-02T03:04:05Z","was_cancelled":false,"ground_truth":false,"result":[{{Box}}],"reviews":[{"accepted":false},{"accepted":true}]},
                             {"id":4,"completed_by":{"id":5,"email":"b@x.org"},"was_cancelled":true,"result":[]},
                             {"id":5,"completed_by":1,"ground_truth":true,"result":[{{Box}}]}],
              "predictions":[{"id":9,"model_version":"m1","score":0.8,"result":[{{Box.Replace("\"id\":\"a\"", "\"id\":\"a\",\"score\":0.25", StringComparison.Ordinal)}}]}],
              "drafts":[{"user":"c@x.org","result":[{{Box}}]}]},
             {"id":8,"data":{"image":"old.jpg","width":20,"height":10},"completions":[{"id":1,"result":[{{Box}}]}]}]
            """, TestContext.Current.CancellationToken);
        var samples = await Exchanges.ReadAsync(Studio, folder["in.json"]);
        Assert.Equal(
            ["Annotation 3 2 9.5 accepted  1", "Skipped 4 b@x.org    0", "Gold 5 1    1", "Prediction 9    m1 1", "Draft  c@x.org    1"],
            samples[0].Opinions.Select(o => FormattableString.Invariant($"{o.Kind} {o.Id} {o.Contributor} {o.Seconds} {o.Review} {o.Model} {o.Objects.Count}")));
        Assert.Equal((0.8, 0.25), (samples[0].Opinions[3].Score, samples[0].Opinions[3].Objects[0].Score));
        Assert.Equal(("a.jpg", "s3://b/a.jpg"), (samples[0].Name, samples[0].Address));
        Assert.Equal("rain", samples[0].Facts["weather"].GetString());
        Assert.Single(samples[1].Opinions.Single().Objects);
        var (after, losses) = await Exchanges.ThroughAsync(Studio, samples, folder);
        Assert.True(losses.IsEmpty);
        Exchanges.AssertSame(samples, after, 1e-9);
        Assert.Equal(JsonSerializer.Serialize(samples.Select(s => s.Facts)), JsonSerializer.Serialize(after.Select(s => s.Facts)));
        Assert.Equal(samples[0].Opinions.Select(o => (o.Id, o.At, o.Seconds, o.Model, o.Score)), after[0].Opinions.Select(o => (o.Id, o.At, o.Seconds, o.Model, o.Score)));
    }

    [Fact]
    public async Task Whatever_is_marked_is_the_same_after_writing_and_reading()
    {
        MarkKind[] kinds = [MarkKind.Box, MarkKind.RotatedBox, MarkKind.Polygon, MarkKind.Polyline, MarkKind.Keypoints, MarkKind.Ellipse, MarkKind.Mask, MarkKind.RotatedBox];
        using var folder = new TemporaryFolder();
        var samples = Enumerable.Range(0, 100).Select(seed => new GeneratedSamples(seed).Image(kinds)).ToList();
        var (after, losses) = await Exchanges.ThroughAsync(Studio, samples, folder);
        Assert.True(losses.IsEmpty);
        Exchanges.AssertSame(samples, after, 1e-6);
        Assert.Equal(samples.SelectMany(s => s.Opinions[0].Objects).Select(o => o.Id), after.SelectMany(s => s.Opinions[0].Objects).Select(o => o.Id));
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_with_its_place_and_the_rest_is_read()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["in.json"], """
            [{"id":1},
             {"id":2,"data":{"image":"a.jpg"},"annotations":[{"result":[
               {"id":"a","type":"rectanglelabels","original_width":10,"original_height":10,"value":{"x":"1","y":2,"width":3,"height":4,"rectanglelabels":["Car"]}},
               {"id":"b","type":"timeserieslabels","value":{"start":1,"end":2}},
               {"id":"c","type":"rectanglelabels","original_width":10,"original_height":10,"value":{"x":1,"y":2,"width":3,"height":4,"rectanglelabels":["Bus"]}}]}]},
             {"id":3,"data":{"image":"b.jpg
            """, TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        var samples = await Exchanges.ReadAsync(Studio, folder["in.json"], faults: faults);
        Assert.Equal("Bus", samples.Single().Opinions[0].Objects.Single().Class);
        Assert.Equal(
            [
                "in.json: /0: a task has an object \"data\"; nothing found.",
                "in.json: /1/annotations/0/result/0/value/x: a number was expected; the text \"1\" found.",
                "in.json: /1/annotations/0/result/1/type: results of type \"timeserieslabels\" are not known; it is left out.",
                "in.json: /2: the file",
            ],
            faults.Kept.Select(f => f.ToString() is var text && text.Contains("/2: ", StringComparison.Ordinal) ? "in.json: /2: the file" : text));
        await File.WriteAllTextAsync(folder["bad.json"], "{", TestContext.Current.CancellationToken);
        Assert.StartsWith("bad.json: ", (await Assert.ThrowsAsync<FileFormatFaultException>(() => Exchanges.ReadAsync(Studio, folder["bad.json"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_damage_to_a_file_ends_in_anything_but_faults()
    {
        using var folder = new TemporaryFolder();
        var samples = Enumerable.Range(0, 3).Select(seed => new GeneratedSamples(seed).Image(MarkKind.RotatedBox, MarkKind.Keypoints, MarkKind.Ellipse, MarkKind.Mask, MarkKind.Polyline)).ToList();
        samples.Add(new Sample { Name = "t", Kind = InputKind.Text, Text = "a 🚗 b of a longer text", Opinions = [new Opinion { Objects = [new LabelledObject("x", new TextSpan(2, 3))] }] });
        await Exchanges.ThroughAsync(Studio, samples, folder);
        await Mutations.OfEachAsync(Studio, [Path.Combine(Fixture, "export_rect_polygon_keypoint.json"), .. Directory.GetFiles(folder.Path, "tasks.json", SearchOption.AllDirectories)], cases: 2_000, seed: 1);
    }

    private static async Task<Sample> ReadOneAsync(string results, string data = """{"image":"a.jpg"}""")
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["in.json"], $$"""[{"id":7,"data":{{data}},"annotations":[{"id":3,"result":[{{results}}]}]}]""", TestContext.Current.CancellationToken);
        return (await Exchanges.ReadAsync(Studio, folder["in.json"])).Single();
    }
}
