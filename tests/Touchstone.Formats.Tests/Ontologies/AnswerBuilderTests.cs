using System.Text;
using System.Text.Json;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Ontologies;

namespace Touchstone.Formats.Tests.Ontologies;

public sealed class AnswerBuilderTests
{
    private static readonly InputExtent Picture = InputExtent.Image(100, 50);

    private static readonly Ontology Streets = new(
    [
        new ShapesQuestion("things", null,
        [
            new ShapeClass("car", "Motor car", "#e69f00", [GeometryKind.Box]) { Attributes = [ChoiceQuestion.YesOrNo("occluded"), new ChoiceQuestion("kind", "Kind", [new ChoiceOption("van"), new ChoiceOption("sedan", "Saloon")])] },
            new ShapeClass("lane", null, "#56b4e9", [GeometryKind.Polyline]),
        ]) { MaxCount = 3 },
        new ChoiceQuestion("place", "Where", [new ChoiceOption("city", "City", [new ChoiceOption("a_b", "A/B")]), new ChoiceOption("land")]) { Taxonomy = true },
        new NumberQuestion("speed"),
    ]);

    [Fact]
    public void Names_titles_and_values_are_matched_and_what_has_no_place_is_counted()
    {
        AnswerBuilder builder = new(new OntologyTarget(Streets, "Streets"));
        var answers = Build(builder, out var isWhole, Opinion(
            [
                new LabelledObject("Motor Car", new Outline(new Box(10, 5, 20, 10))) { Id = "r1", Attributes = Facts(("Occluded", "\"yes\""), ("kind", "\"Saloon\""), ("colour", "\"red\"")) },
                new LabelledObject("car", new Outline(new Polygon([new(50, 10), new(70, 10), new(60, 30)]))),
                new LabelledObject("cloud", new Outline(new Box(0, 0, 5, 5))),
            ],
            ("place", "\"City/A%2FB\""), ("speed", "\"3.5\""), ("mood", "\"fine\"")));
        Assert.Equal("""{"things":[{"id":"r1","class":"car","box":{"x":10,"y":5,"width":20,"height":10},"attributes":{"occluded":true,"kind":"sedan"}},{"id":"s2","class":"car","box":{"x":50,"y":10,"width":20,"height":20}}],"place":["city","a_b"],"speed":3.5}""", answers);
        Assert.True(isWhole);
        Assert.Equal(["answer:mood", "attribute:colour", "class:cloud", "geometry:polygon"], builder.Losses.Losses.Select(l => l.Kind));
    }

    [Fact]
    public void What_reaches_beyond_the_picture_ends_at_its_edge_or_is_no_longer_whole()
    {
        AnswerBuilder builder = new(new OntologyTarget(Streets, "Streets"));
        Assert.Contains("\"box\":{\"x\":90,\"y\":0,\"width\":10,\"height\":20}", Build(builder, out var isWhole, Opinion([new LabelledObject("car", new Outline(new Box(90, -10, 40, 30)))])), StringComparison.Ordinal);
        Assert.True(isWhole);
        Assert.Equal("""{"things":[]}""", Build(builder, out isWhole, Opinion([new LabelledObject("car", new Outline(new Box(200, 10, 40, 30)))])));
        Assert.False(isWhole);
        Assert.Equal("""{"things":[]}""", Build(builder, out isWhole, Opinion([new LabelledObject("lane", new Outline(new Box(20, 10, 40, 30)))])));
        Assert.False(isWhole);
        Assert.Equal(["clipped", "geometry:box", "outside"], builder.Losses.Losses.Select(l => l.Kind));
    }

    [Fact]
    public void Too_many_shapes_are_a_fault_and_not_an_answer_without_any()
    {
        AnswerBuilder builder = new(new OntologyTarget(Streets, "Streets"));
        var narrowed = builder.Narrow(new Sample { Name = "a.png", WidthPx = 100, HeightPx = 50, Opinions = [Opinion([.. Enumerable.Range(0, 4).Select(i => new LabelledObject("car", new Outline(new Box(10 * i, 5, 8, 8))))])] })!;
        Assert.Null(builder.Build(narrowed.Opinions[0], Picture, out var fault));
        Assert.Equal("/things", fault!.Pointer);
    }

    [Theory]
    [InlineData("""["City", 3]""")]
    [InlineData("""{"a": 1}""")]
    [InlineData("[[1, 2]]")]
    [InlineData("null")]
    [InlineData("[]")]
    public void Values_of_any_form_are_lost_and_never_a_failure(string value)
    {
        AnswerBuilder builder = new(new OntologyTarget(Streets, "Streets"));
        Assert.Equal("""{"things":[]}""", Build(builder, out var isWhole, Opinion([], ("place", value), ("speed", value))));
        Assert.False(isWhole);
    }

    [Fact]
    public void An_ontology_made_of_a_data_set_is_valid_and_takes_all_of_it()
    {
        Sample[] samples =
        [
            new() { Name = "a", WidthPx = 100, HeightPx = 50, Opinions = [Opinion([new LabelledObject("Straßen-Schild!", new Outline(new Box(1, 2, 3, 4))) { Attributes = Facts(("state", "\"old\""), ("n", "4"), ("seen", "true")) }, new LabelledObject("Straßen Schild?", new PixelMask(Annotations.Masks.RunLengthMask.FromPolygons(50, 100, [[10, 10, 30, 10, 30, 30]])))], ("weather", "\"rain\""), ("tags", """["a","b"]"""))] },
            new() { Name = "b", WidthPx = 100, HeightPx = 50, Opinions = [Opinion([new LabelledObject("person", new Outline(new Keypoints([new(5, 5, Visibility.Visible), new(9, 9, Visibility.Visible)])))], ("weather", "\"sun\""), ("note", "\"a text that is said once\""))] },
        ];
        OntologyProposal proposal = new(new DatasetFacts());
        foreach (var sample in samples) proposal.Add(sample);
        var ontology = OntologyJson.Parse(OntologyJson.Write(proposal.Build())).ValueOrThrow();
        Assert.Equal(["objects", "weather", "tags", "note"], ontology.Questions.Select(q => q.Id));
        AnswerBuilder builder = new(new OntologyTarget(ontology, "new"));
        foreach (var sample in samples)
        {
            Build(builder, out var isWhole, sample.Opinions[0]);
            Assert.True(isWhole);
        }

        Assert.Empty(builder.Losses.Losses);
    }

    [Fact]
    public void A_mask_of_several_parts_becomes_a_polygon_for_each()
    {
        Ontology regions = new([new ShapesQuestion("regions", null, [new ShapeClass("road", null, "#e69f00", [GeometryKind.Polygon])])]);
        var mask = Annotations.Masks.RunLengthMask.FromPolygons(50, 100, [[5, 5, 25, 5, 25, 25, 5, 25], [60, 10, 90, 10, 90, 40, 60, 40]]);
        AnswerBuilder builder = new(new OntologyTarget(regions, "Regions"));
        using var answers = JsonDocument.Parse(Build(builder, out var isWhole, Opinion([new LabelledObject("road", new PixelMask(mask)) { Id = "a" }])));
        var shapes = answers.RootElement.GetProperty("regions");
        Assert.True(isWhole);
        Assert.Equal(2, shapes.GetArrayLength());
        var rings = shapes.EnumerateArray().Select(s => s.GetProperty("polygon").EnumerateArray().SelectMany(p => (double[])[p[0].GetDouble(), p[1].GetDouble()]).ToArray()).ToArray();
        Assert.Equal(mask.Counts.ToArray(), Annotations.Masks.RunLengthMask.FromPolygons(50, 100, rings).Counts.ToArray());
        Assert.Equal(["parts"], builder.Losses.Losses.Select(l => l.Kind));
    }

    private static string Build(AnswerBuilder builder, out bool isWhole, Opinion opinion)
    {
        var narrowed = builder.Narrow(new Sample { Name = "a.png", WidthPx = 100, HeightPx = 50, Opinions = [opinion] })!;
        var json = builder.Build(narrowed.Opinions[0], Picture, out isWhole, out var fault);
        Assert.Null(fault);
        return Encoding.UTF8.GetString(json!);
    }

    private static Opinion Opinion(IReadOnlyList<LabelledObject> objects, params (string Name, string Json)[] answers) => new() { Objects = objects, Answers = Facts(answers) };

    private static Dictionary<string, JsonElement> Facts(params (string Name, string Json)[] facts) => facts.ToDictionary(f => f.Name, f => JsonElement.Parse(f.Json), StringComparer.Ordinal);
}
