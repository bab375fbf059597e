using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Labels;
using Touchstone.Formats.Tests.Exchange;
using Touchstone.Testing;

namespace Touchstone.Formats.Tests.Labels;

public sealed class ReleaseFormatTests
{
    private static readonly ReleaseFormat Release = new();

    private const string Answers = """
        {"objects":[{"id":"s1","class":"car","box":{"x":1,"y":2,"width":3,"height":4},"attributes":{"parked":true}},{"id":"s2","class":"lane","polyline":[[0,1],[2,3]]}],"weather":"rain","nothing":[],"kinds":[["a","b"],["c"]],"stars":4}
        """;

    [Fact]
    public async Task Shapes_become_objects_and_the_rest_answers()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder["labels.ndjson"]);
        Assert.Equal("touchstone-release", FormatRegistry.Recognise(DatasetSource.Open(folder.Path)).Single().Format);
        var samples = await Exchanges.ReadAsync(Release, folder.Path);
        var sample = samples[0];
        Assert.Equal(("a/1.jpg", 640, 480, 2), (sample.Name, sample.WidthPx, sample.HeightPx, samples.Count));
        var opinion = sample.Opinions.Single();
        Assert.Equal((OpinionKind.Annotation, "edited"), (opinion.Kind, opinion.Review));
        Assert.Equal(OpinionKind.Gold, samples[1].Opinions[0].Kind);
        Assert.Equal([("car", 0.75, (Mark)new Outline(new Box(1, 2, 3, 4))), ("lane", (double?)null, new Outline(new Polyline([new(0, 1), new(2, 3)])))], opinion.Objects.Select(o => (o.Class, o.Score, o.Mark)));
        Assert.True(opinion.Objects[0].Attributes["parked"].GetBoolean());
        Assert.Equal("""{"weather":"rain","nothing":[],"kinds":["a/b","c"],"stars":4}""", JsonSerializer.Serialize(opinion.Answers));
        Assert.Equal(["confidence", "external_id", "lineage", "orientation", "origin", "sha256", "synthetic", "task"], sample.Facts.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_is_read_only_and_damage_ends_in_faults()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder["labels.ndjson"]);
        Assert.False(Release.Traits.Writes);
        await Assert.ThrowsAsync<NotSupportedException>(() => Release.WriteAsync(new DatasetFacts(), Array.Empty<Sample>().ToAsyncEnumerable(), DatasetTarget.Folder(folder["x"]), FormatOptions.Default, TestContext.Current.CancellationToken));
        await Mutations.OfEachAsync(Release, [folder["labels.ndjson"]], cases: 2_000, seed: 3);
    }

    private static async Task WriteAsync(string path)
    {
        await using var stream = File.Create(path);
        await using var writer = new LabelsWriter(stream);
        foreach (var origin in (LabelOrigin[])[LabelOrigin.Human, LabelOrigin.Gold])
        {
            await writer.WriteAsync(
                new LabelRecord(
                    $"t-{origin}", new LabelledAsset(new string('0', 64), "a/1.jpg", 640, 480, 1, Synthetic: false), origin, JsonDocument.Parse(Answers).RootElement,
                    [new AnswerConfidence("objects", 0.5, [new ShapeConfidence("s1", [], 0.75)]), new AnswerConfidence("weather", 0.9)],
                    new LabelLineage("digest", [new LabelResponse("r1", "c1", LabelOrigin.Human)]), "ext", new LabelReview("v1", ReviewDecision.Edited, "c2")),
                TestContext.Current.CancellationToken);
        }
    }
}
