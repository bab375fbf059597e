using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Scale;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Formats.Tests.Json;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Scale;

public sealed class ScaleFormatTests
{
    private static readonly ScaleFormat Format = new();

    private static readonly MarkKind[] Kinds = [MarkKind.Box, MarkKind.RotatedBox, MarkKind.Polygon, MarkKind.Polyline, MarkKind.Keypoints, MarkKind.Ellipse, MarkKind.Cuboid];

    private const string Task = """
        {"task_id":"t","type":"imageannotation","status":"completed","params":{"attachment":"https://x.org/p/a.jpg?sig=1","attachment_type":"image","unique_id":"u1","metadata":{"city":"Ulm"}},
         "response":{"annotations":[{"uuid":"b1","type":"box","label":"car","left":123,"top":10,"width":121,"height":39,"attributes":{"parked":"Yes"}},
          {"uuid":"b2","type":"polygon","label":"road","vertices":[{"x":1,"y":2},{"x":3,"y":4},{"x":0,"y":9}]},
          {"uuid":"b3","type":"box","label":"bus","left":90,"top":40,"width":20,"height":40,"rotation":1.5707963267948966},
          {"uuid":"b4","type":"ellipse","label":"sign","vertices":[{"x":30,"y":20},{"x":20,"y":25},{"x":10,"y":20},{"x":20,"y":15}]},
          {"uuid":"b5","type":"point","label":"nose","x":4,"y":5},{"uuid":"b6","type":"line","label":"lane","vertices":[{"x":1,"y":2},{"x":3,"y":4}]}]}}
        """;

    private static readonly string[] OnOneLine = [Task.ReplaceLineEndings("")];

    [Theory]
    [InlineData("one.json")]
    [InlineData("list.json")]
    [InlineData("lines.json")]
    [InlineData("lines.jsonl")]
    [InlineData("callback.json")]
    public async Task The_example_of_the_documentation_is_read_however_it_is_packed(string name)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder[name], name switch
        {
            "one.json" => Task,
            "list.json" => $"[{Task},{Task}]",
            "callback.json" => $$"""{"task_id":"t","response":{{JsonDocument.Parse(Task).RootElement.GetProperty("response").GetRawText()}},"task":{{Task}}}""",
            _ => $"{OnOneLine[0]}\n{OnOneLine[0]}\n",
        }, TestContext.Current.CancellationToken);
        Assert.Equal("scale", FormatRegistry.Recognise(DatasetSource.Open(folder[name]))[0].Format);
        var samples = await Exchanges.ReadAsync(Format, folder[name]);
        Assert.Equal(name is "one.json" or "callback.json" ? 1 : 2, samples.Count);
        var objects = samples[0].Opinions.Single().Objects;
        Assert.Equal(("p/a.jpg", "https://x.org/p/a.jpg?sig=1", InputKind.Image), (samples[0].Name, samples[0].Address, samples[0].Kind));
        Assert.Equal(["car Box b1", "road Polygon b2", "bus RotatedBox b3", "sign Ellipse b4", "nose Keypoints b5", "lane Polyline b6"], objects.Select(o => $"{o.Class} {o.Mark.Kind} {o.Id}"));
        Assert.Equal(new Outline(new Box(123, 10, 121, 39)), objects[0].Mark);
        Assert.Equal("Yes", objects[0].Attributes["parked"].GetString());
        Assert.Equal(new Outline(new RotatedBox(100, 60, 20, 40, Math.PI / 2)), objects[2].Mark);
        Assert.Equal(new Ellipse(20, 20, 10, 5, 0), objects[3].Mark);
        Assert.Equal(["city", "task_id", "unique_id"], samples[0].Facts.Keys.Order(StringComparer.Ordinal));
        var (after, losses) = await Exchanges.ThroughAsync(Format, [samples[0]], folder);
        Assert.True(losses.IsEmpty);
        Exchanges.AssertSame([samples[0]], after, 1e-9);
        Assert.Equal(JsonSerializer.Serialize(samples[0].Facts.OrderBy(f => f.Key)), JsonSerializer.Serialize(after[0].Facts.OrderBy(f => f.Key)));
    }

    [Fact]
    public async Task A_cuboid_heads_along_y_where_its_yaw_is_0()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["drive.json"], """
            [{"cuboids":[{"uuid":"c","label":"car","position":{"x":1,"y":2,"z":3},"dimensions":{"x":1.8,"y":4.5,"z":1.5},"yaw":0,"stationary":true,"numberOfPoints":17,"attributes":{"a":"b"}}]},
             {"cuboids":[{"uuid":"c","label":"car","position":{"x":1,"y":2,"z":3},"dimensions":{"x":1.8,"y":4.5,"z":1.5},"yaw":-1.5707963267948966}]}]
            """, TestContext.Current.CancellationToken);
        Assert.Equal("scale", FormatRegistry.Recognise(DatasetSource.Open(folder.Path))[0].Format);
        var sample = (await Exchanges.ReadAsync(Format, folder.Path)).Single();
        Assert.Equal((InputKind.Scene, "drive", 2), (sample.Kind, sample.Name, sample.FrameCount));
        var objects = sample.Opinions[0].Objects;
        Assert.Equal([("c", 0), ("c", 1)], objects.Select(o => (o.Track!, o.Frame!.Value)));
        Assert.True(Exchanges.Distance(new Cuboid(1, 2, 3, 4.5, 1.8, 1.5, Quaternion.AboutZ(Math.PI / 2), "world"), objects[0].Mark) < 1e-12);
        Assert.True(Exchanges.Distance(new Cuboid(1, 2, 3, 4.5, 1.8, 1.5, Quaternion.Identity, "world"), objects[1].Mark) < 1e-12);
        Assert.Equal(["a", "numberOfPoints", "stationary"], objects[0].Attributes.Keys.Order(StringComparer.Ordinal));
        var (after, losses) = await Exchanges.ThroughAsync(Format, [sample], folder);
        Assert.True(losses.IsEmpty);
        Exchanges.AssertSame([sample], after, 1e-9);
    }

    [Fact]
    public async Task Whatever_is_marked_is_the_same_after_writing_and_reading()
    {
        using var folder = new TemporaryFolder();
        var samples = Enumerable.Range(0, 100).Select(seed => new GeneratedSamples(seed).Image(Kinds) with { WidthPx = 0, HeightPx = 0 }).ToList();
        var (after, losses) = await Exchanges.ThroughAsync(Format, samples, folder);
        Assert.True(losses.IsEmpty);
        Exchanges.AssertSame(samples, after, 1e-6);
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_with_its_place_and_the_rest_is_read()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["x.json"], """
            [{"task_id":"a","response":{"annotations":[{"type":"box","label":"car","left":"1","top":1,"width":1,"height":1},{"type":"blob","label":"x"},{"type":"point","label":"p","x":1,"y":2}]}},7,
             {"task_id":"b","response":{"cuboids":[{"label":"car","position":{"x":1,"y":2,"z":3},"dimensions":{"x":1,"y":4,"z":1},"yaw":0,"pitch":0.5}]}}]
            """, TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        var samples = await Exchanges.ReadAsync(Format, folder["x.json"], faults: faults);
        Assert.Equal(["p", ""], samples.Select(s => string.Join(',', s.Opinions[0].Objects.Select(o => o.Class))));
        Assert.Equal(
            [
                "x.json: /0/response/annotations/0/left: a number was expected; the text \"1\" found.",
                "x.json: /0/response/annotations/1/type: one of box, polygon, line, point, ellipse was expected; the text \"blob\" found.",
                "x.json: /1: a task has a task_id and a response.",
                "x.json: /2/response/cuboids/0: pitch and roll are not read: in which order they turn is not documented.",
            ],
            faults.Kept.Select(f => f.ToString()));
    }

    [Fact]
    public async Task A_hypothesis_is_a_models_and_attributes_of_the_whole_are_answers()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["x.json"], """
            [{"task_id":"t1","type":"imageannotation","status":"completed","params":{"attachment":"https://x/a.jpg","hypothesis":{"annotations":[{"uuid":"h","type":"box","label":"car","left":1,"top":2,"width":3,"height":4}]}},
              "response":{"annotations":[{"uuid":"u1","type":"box","label":"bus","left":123,"top":10,"width":121,"height":39,"attributes":{"parked":"Yes"}}],"global_attributes":{"weather":"rain","signs":["stop","yield"]},"links":[]}},
             {"task_id":"t2","type":"imageannotation","status":"pending","params":{"attachment":"https://x/b.jpg","hypothesis":{"annotations":[{"uuid":"h","type":"box","label":"car","left":1,"top":2,"width":3,"height":4}]}}}]
            """, TestContext.Current.CancellationToken);
        var samples = await Exchanges.ReadAsync(Format, folder["x.json"]);
        Assert.Equal([OpinionKind.Annotation, OpinionKind.Prediction], samples[0].Opinions.Select(o => o.Kind));
        Assert.Equal(["bus", "car"], samples[0].Opinions.Select(o => o.Objects.Single().Class));
        Assert.Equal("""{"weather":"rain","signs":["stop","yield"]}""", JsonSerializer.Serialize(samples[0].Opinions[0].Answers));
        Assert.Equal(OpinionKind.Prediction, samples[1].Opinions.Single().Kind);
        var (after, losses) = await Exchanges.ThroughAsync(Format, samples, folder);
        Assert.True(losses.IsEmpty);
        Exchanges.AssertSame(samples, after, 1e-9);
    }

    [Fact]
    public async Task Tasks_that_mark_nothing_are_refused_by_their_type()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["x.json"], """
            [{"task_id":"t2","type":"segmentannotation","params":{"attachment":"https://x/b.jpg"},"response":{"annotations":{"unlabeled":null},"labelMapping":{"Car":{"index":1}},"indexedImage":"https://x/i.png"}},
             {"task_id":"t3","type":"textcollection","params":{"attachments":[{"type":"text","content":"hi"}]},"response":{"annotations":{"f":{"type":"text","response":[["x"]]}}}},
             {"task_id":"t4","type":"imageannotation","params":{"attachment":"https://x/c.jpg"},"response":{"annotations":{"a":1}}},
             {"task_id":"t5","status":"completed","threads":[]}]
            """, TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        Assert.Equal(["c.jpg"], (await Exchanges.ReadAsync(Format, folder["x.json"], faults: faults)).Select(s => s.Name));
        Assert.Equal(["/0", "/1", "/2/response/annotations", "/3"], faults.Kept.Select(f => f.Place));
        Assert.Contains("\"segmentannotation\" are not read", faults.Kept[0].Message, StringComparison.Ordinal);
        Assert.Contains("an object without an address found", faults.Kept[2].Message, StringComparison.Ordinal);
        Assert.Contains("scale-genai", faults.Kept[3].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_damage_to_a_file_ends_in_anything_but_faults()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["a.json"], $"[{Task}]", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["b.jsonl"], OnOneLine[0], TestContext.Current.CancellationToken);
        await Exchanges.ThroughAsync(Format, [.. Enumerable.Range(0, 2).Select(seed => new GeneratedSamples(seed).Image(Kinds))], folder);
        await Mutations.OfEachAsync(Format, [folder["a.json"], folder["b.jsonl"], .. Directory.GetFiles(folder.Path, "tasks.json", SearchOption.AllDirectories)], cases: 2_000, seed: 4);
    }
}
