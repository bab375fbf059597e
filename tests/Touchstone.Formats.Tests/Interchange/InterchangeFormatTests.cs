using System.Collections;
using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Interchange;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Formats.Tests.Json;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Interchange;

public sealed class InterchangeFormatTests
{
    private static readonly InterchangeFormat Own = new();

    private static readonly Mark[] Marks =
    [
        new Outline(new Box(0.1, 2, 3, 1e-7)), new Outline(new RotatedBox(1, 2, 3, 4, -0.5)), new Outline(new Polygon([new(1, 2), new(3, 4), new(5, 6.25)])), new Outline(new Polyline([new(1, 2), new(3, 4)])),
        new Outline(new Keypoints([new(1, 2, Visibility.Hidden), new(0, 0, Visibility.NotLabelled), new(3, 4, Visibility.Visible)])), new Rings([[new(1, 2), new(3, 4), new(5, 6)], [new(7, 8), new(9, 9), new(1, 1)]]),
        new Ellipse(1, 2, 3, 4, 0.1), new PixelMask(RunLengthMask.FromCounts(4, 5, [5, 2, 2, 2, 2, 1, 6])), new Cuboid(1, 2, 3, 4, 5, 6, new Quaternion(0.5, 0.5, -0.5, 0.5), "lidar"), new TextSpan(3, 9),
    ];

    private static readonly DatasetFacts Facts = new()
    {
        Title = "A title",
        Statements = Values("{\"info\":{\"year\":2026}}"),
        Classes = [new ObjectClass("person") { Parent = "being", Colour = "#ff0000", Keypoints = ["l", "r"], Skeleton = [(0, 1)], Number = 7, IsStuff = true, Key = "/m/1", Words = "tench, Tinca tinca", Attributes = [new AttributeDefinition("age", AttributeInput.Number) { IsMutable = true, Default = "3", Values = ["0", "120", "1"] }] }, new ObjectClass("nothing of it")],
        Marks = new Dictionary<MarkKind, long> { [MarkKind.RotatedBox] = 3 },
    };

    private static Sample Full(Mark mark) => new()
    {
        Name = "a/b é.mp4",
        Kind = InputKind.Clip,
        WidthPx = 640,
        HeightPx = 480,
        FrameCount = 99,
        InterpolationStep = 2,
        FramesPerSecond = 29.97,
        Split = "train",
        Scene = "drive 1",
        Address = "s3://b/c",
        Text = "🚗",
        Facts = Values("{\"a\":{\"b\":[1,null]}}"),
        Opinions =
        [
            new Opinion
            {
                Kind = OpinionKind.Prediction,
                Id = "o1",
                Contributor = "anna",
                Model = "m 2",
                At = new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.FromHours(2)).AddTicks(1234567),
                Seconds = 12.5,
                Score = 0.25,
                Review = "accepted",
                Answers = Values("{\"rain\":true,\"n\":1.5,\"many\":[\"a\",\"b\"]}"),
                Relations = [new ObjectRelation("1", "2", "on", "bi") { FromRole = "rider", ToRole = "mount" }],
                Objects = [new LabelledObject("person", mark) { Id = "1", OtherMarks = [Marks[1], Marks[0]], Attributes = Values("{\"occluded\":2}"), Score = 0.5, Track = "t", Frame = 3, IsKeyframe = false, IsOutside = true }],
            },
        ],
    };

    [Fact]
    public async Task Every_member_of_every_record_is_the_same_after_writing_and_reading()
    {
        // A member that someone adds and nobody sets here would stand at its default, which the next lines refuse.
        var sample = Full(Marks[0]);
        // Where its picture lies is a fact of the source that it was read from, not of the sample.
        AssertAllSet(sample with { Picture = "set", RecordedFile = () => [] }, new Sample { Name = "" });
        AssertAllSet(sample.Opinions[0], new Opinion());
        AssertAllSet(sample.Opinions[0].Objects[0], new LabelledObject("", Marks[1]));
        AssertAllSet(sample.Opinions[0].Relations[0], new ObjectRelation("", "", ""));
        // What a recording holds beside labels is said of that file alone.
        AssertAllSet(Facts with { Channels = [new("t", "s", "e", 1, 2, 3)], Enclosed = ["set"] }, new DatasetFacts());
        AssertAllSet(Facts.Classes[0], new ObjectClass(""));
        AssertAllSet(Facts.Classes[0].Attributes[0], new AttributeDefinition("", AttributeInput.Text));
        Assert.Equal(Enum.GetValues<MarkKind>().Order(), Marks.Select(m => m.Kind).Order());

        List<Sample> samples = [.. Marks.Select((mark, i) => Full(mark) with { Name = $"{i}" }), new Sample { Name = "empty" }, new Sample { Name = "said nothing", Split = "", Opinions = [new Opinion()] }];
        using var folder = new TemporaryFolder();
        await Own.WriteAsync(Facts, samples.ToAsyncEnumerable(), DatasetTarget.File(folder["x.ndjson"]), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(samples.Select(s => Text(s)), (await Exchanges.ReadAsync(Own, folder["x.ndjson"])).Select(s => Text(s)));
        Assert.Equal(Text(Facts), Text(await Own.FactsAsync(DatasetSource.Open(folder["x.ndjson"]), FormatOptions.Default, TestContext.Current.CancellationToken)));
        Assert.Equal(samples.Count + 1, (await File.ReadAllLinesAsync(folder["x.ndjson"], TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Generated_samples_are_the_same_and_nothing_is_lost()
    {
        using var folder = new TemporaryFolder();
        var samples = Enumerable.Range(0, 100).Select(seed => new GeneratedSamples(seed).Image([.. Enum.GetValues<MarkKind>()])).ToList();
        var (after, losses) = await Exchanges.ThroughAsync(Own, samples, folder);
        Assert.True(losses.IsEmpty);
        Assert.Equal(samples.Select(s => Text(s)), after.Select(s => Text(s)));
    }

    [Fact]
    public async Task A_bad_line_is_told_and_the_others_are_read()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["x.ndjson"], """
            {"touchstone":1,"title":"t","classes":[]}
            {"name":"a","opinions":[{"objects":[{"class":"c","box":{"x":1,"y":"2","width":3,"height":4}},{"class":"d","box":{"x":1,"y":2,"width":3,"height":4},"colour":1}]}]}
            {"name":"b",
            {"kind":"image"}
            {"name":"c","kind":"smell"}
            {"name":"d"}
            """, TestContext.Current.CancellationToken);
        var faults = new FaultLog();
        var samples = await Exchanges.ReadAsync(Own, folder["x.ndjson"], faults: faults);
        Assert.Equal(["a 1", "d 0"], samples.Select(s => $"{s.Name} {s.Opinions.Sum(o => o.Objects.Count)}"));
        Assert.Equal(
            [
                "x.ndjson: line 2 /opinions/0/objects/0/box/y: a number was expected; the text \"2\" found.",
                "x.ndjson: line 2 /opinions/0/objects/1/colour: this member is not known; it is left out.",
                "x.ndjson: line 3",
                "x.ndjson: line 4 /name: a sample has a name; nothing found.",
                "x.ndjson: line 5 /kind: one of image, clip, scene, text, conversation was expected; \"smell\" found.",
            ],
            faults.Kept.Select(f => f.ToString() is var text && text.Contains("no JSON", StringComparison.Ordinal) ? text[..16] : text));
    }

    [Fact]
    public async Task It_is_recognised_and_damage_ends_in_faults()
    {
        using var folder = new TemporaryFolder();
        List<Sample> samples = [.. Marks.Select((mark, i) => Full(mark) with { Name = $"{i}" })];
        await Own.WriteAsync(Facts, samples.ToAsyncEnumerable(), DatasetTarget.Folder(folder["out"]), FormatOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(new Recognition("touchstone", "samples.ndjson", 1, "its first line says so"), FormatRegistry.Recognise(DatasetSource.Open(folder["out"])).Single());
        await Mutations.OfEachAsync(Own, Directory.GetFiles(folder["out"]), cases: 2_000, seed: 2);
    }

    private static void AssertAllSet(object full, object plain)
    {
        foreach (var property in full.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0 && p.GetMethod!.IsStatic is false))
            Assert.True(Text(property.GetValue(full)) != Text(property.GetValue(plain)), $"{full.GetType().Name}.{property.Name} is at its default: set it here.");
    }

    /// <summary>Everything that public properties say, down to texts and numbers.</summary>
    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        Delegate => "set",
        JsonElement json => JsonSerializer.Serialize(json),
        DateTimeOffset at => at.ToString("O", CultureInfo.InvariantCulture),
        RunLengthMask mask => $"{mask.Height}x{mask.Width} {mask}",
        Enum or bool or IFormattable => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        IEnumerable<KeyValuePair<string, JsonElement>> values => string.Join(';', values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={JsonSerializer.Serialize(v.Value)}")),
        IEnumerable list => $"[{string.Join(',', list.Cast<object?>().Select(Text))}]",
        System.Runtime.CompilerServices.ITuple pair => $"({pair[0]},{pair[1]})",
        _ => $"{value.GetType().Name}{{{string.Join(',', value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0 && !p.GetMethod!.IsStatic && p.Name is not ("Bounds" or "EqualityContract")).Select(p => $"{p.Name}:{Text(p.GetValue(value))}"))}}}",
    };

    private static Dictionary<string, JsonElement> Values(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
}
