using System.Text;
using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Tests;

public sealed class OntologyRulesTests
{
    private const string Car = "\"id\": \"car\", \"geometries\": [\"box\"]";

    private static IReadOnlyList<Fault> FaultsOf(string questions) => OntologyJson.Parse(JsonElement.Parse($"{{\"questions\": [{questions}]}}")).Faults;

    private static string Shapes(string classes) => $"{{\"kind\": \"shapes\", \"id\": \"o\", \"classes\": [{classes}]}}";

    [Fact]
    public void Canonical_JSON_has_fixed_order_and_no_defaults()
    {
        var ontology = OntologyJson.Parse("""
            { "questions" : [ { "required":false, "id":"w", "title":"w", "options":["a", {"title":"Bé", "id":"b", "hotkey": 2}], "kind":"choice", "multiple": true } ] }
            """u8).ValueOrThrow();
        Assert.Equal("""{"questions":[{"kind":"choice","id":"w","options":[{"id":"a"},{"id":"b","title":"B\u00E9","hotkey":"2"}],"multiple":true}]}""", Encoding.UTF8.GetString(OntologyJson.Write(ontology)));
    }

    [Fact]
    public void The_digest_is_that_of_the_canonical_bytes_and_follows_every_change()
    {
        var digest = Sample.Ontology.Digest;
        Assert.Matches("^[0-9a-f]{64}$", digest);
        Assert.Equal(digest, OntologyJson.Parse(OntologyJson.Write(Sample.Ontology)).ValueOrThrow().Digest);

        var changed = Sample.Ontology with { Questions = [.. Sample.Ontology.Questions.Skip(1)] };
        Assert.NotEqual(digest, changed.Digest);
        Assert.NotEqual(Sample.Ontology, changed);
        Assert.Null(changed.Find("objects"));
        Assert.NotNull(Sample.Ontology.Find("objects"));
    }

    [Fact]
    public void A_copy_with_other_classes_options_or_attributes_finds_those()
    {
        var shapes = (ShapesQuestion)Sample.Ontology.Find("objects")!;
        var car = shapes.FindClass("car")!;
        Assert.Null((shapes with { Classes = [car] }).FindClass("lane"));
        Assert.Null((car with { Attributes = [] }).FindAttribute("occluded"));
        Assert.Null((((ChoiceQuestion)Sample.Ontology.Find("weather")!) with { Options = [] }).FindOption("rain"));
    }

    [Fact]
    public void Classes_without_a_colour_get_those_of_the_palette_that_nobody_took()
    {
        var ontology = OntologyJson.Parse(JsonElement.Parse($"{{\"questions\": [{Shapes($$"""{{{Car}}}, {"id": "b", "geometries": ["box"], "colour": "#E69F00"}""")}]}}")).ValueOrThrow();
        var classes = ((ShapesQuestion)ontology.Questions[0]).Classes;
        Assert.Equal(["#56b4e9", "#e69f00"], classes.Select(c => c.Colour));
        Assert.Equal(64, Palette.Colours.Distinct().Count());
        Assert.All(Palette.Colours, colour => Assert.True(Palette.IsValid(colour)));
    }

    [Fact]
    public void Keypoints_without_sigmas_get_the_stated_default()
    {
        var ontology = OntologyJson.Parse(JsonElement.Parse($"{{\"questions\": [{Shapes("""{"id": "p", "geometries": ["keypoints"], "keypoints": {"names": ["a", "b"]}}""")}]}}")).ValueOrThrow();
        var layout = ((ShapesQuestion)ontology.Questions[0]).Classes[0].Keypoints!;
        Assert.Equal([KeypointLayout.DefaultSigma, KeypointLayout.DefaultSigma], layout.Sigmas);
    }

    [Theory]
    [InlineData("5", "/questions/0", "a question: an object with kind, id, title, help, required, when, renamed_from", "5")]
    [InlineData("{\"kind\": \"coice\", \"id\": \"a\"}", "/questions/0/kind", "one of shapes, choice, boolean, rating, text, number (did you mean \"choice\"?)", "\"coice\"")]
    [InlineData("{\"id\": \"a\"}", "/questions/0/kind", "one of shapes, choice, boolean, rating, text, number", "nothing")]
    [InlineData("{\"kind\": \"text\"}", "/questions/0/id", "a text", "nothing")]
    [InlineData("{\"kind\": \"text\", \"id\": \"a b\"}", "/questions/0/id", "an id: 1-64 letters, digits, '_', '-' and '.', beginning with a letter or digit", "\"a b\"")]
    [InlineData("{\"kind\": \"text\", \"id\": 7}", "/questions/0/id", "a text (put it in quotes)", "7")]
    [InlineData("{\"kind\": \"text\", \"id\": \"a\"}, {\"kind\": \"text\", \"id\": \"a\"}", "/questions/1/id", "an id that is not taken", "\"a\"")]
    [InlineData("{\"kind\": \"text\", \"id\": \"a\", \"requird\": true}", "/questions/0/requird", "a key of a text question: kind, id, title, help, required, when, renamed_from, min_length, max_length, multiline, pattern (did you mean \"required\"?)", "an unknown key")]
    [InlineData("{\"kind\": \"text\", \"id\": \"a\", \"required\": \"yes\"}", "/questions/0/required", "true or false", "\"yes\"")]
    [InlineData("{\"kind\": \"text\", \"id\": \"a\", \"id\": \"b\"}", "/questions/0/id", "each key once", "it a second time")]
    [InlineData("{\"kind\": \"text\", \"id\": \"a\", \"min_length\": 9, \"max_length\": 3}", "/questions/0/max_length", "at least min_length, 9", "3")]
    [InlineData("{\"kind\": \"number\", \"id\": \"a\", \"min\": 3, \"max\": 3}", "/questions/0/max", "above min, 3", "3")]
    [InlineData("{\"kind\": \"number\", \"id\": \"a\", \"step\": 0}", "/questions/0/step", "a number above 0", "0")]
    [InlineData("{\"kind\": \"number\", \"id\": \"a\", \"min\": 1e999}", "/questions/0/min", "a finite number", "1e999")]
    [InlineData("{\"kind\": \"rating\", \"id\": \"a\", \"min\": 5, \"max\": 1}", "/questions/0/max", "a number above min, 5, at most 100 away", "1")]
    [InlineData("{\"kind\": \"rating\", \"id\": \"a\", \"labels\": [{\"title\": \"x\"}]}", "/questions/0/labels/0/value", "a whole number from 1 to 5", "nothing")]
    [InlineData("{\"kind\": \"choice\", \"id\": \"a\"}", "/questions/0/options", "a list of one or more", "nothing")]
    [InlineData("{\"kind\": \"choice\", \"id\": \"a\", \"options\": [\"x\", \"x\"]}", "/questions/0/options/1", "an id that is not taken", "\"x\"")]
    [InlineData("{\"kind\": \"choice\", \"id\": \"a\", \"options\": [true]}", "/questions/0/options/0", "an option: an id (put it in quotes), or an object", "true")]
    [InlineData("{\"kind\": \"choice\", \"id\": \"a\", \"options\": [{\"id\": \"x\", \"children\": [\"y\"]}]}", "/questions/0/options/0/children", "no children, or taxonomy: true in the question", "a list of 1")]
    [InlineData("{\"kind\": \"choice\", \"id\": \"a\", \"options\": [\"x\"], \"max_selected\": 2}", "/questions/0/max_selected", "multiple: true beside it", "a number of options without multiple")]
    [InlineData("{\"kind\": \"choice\", \"id\": \"a\", \"options\": [\"x\"], \"leaves_only\": true}", "/questions/0/leaves_only", "taxonomy: true beside it", "leaves_only without taxonomy")]
    [InlineData("{\"kind\": \"choice\", \"id\": \"a\", \"options\": [{\"id\": \"x\", \"colour\": \"red\"}]}", "/questions/0/options/0/colour", "a colour as #rrggbb", "\"red\"")]
    [InlineData("{\"kind\": \"choice\", \"id\": \"a\", \"options\": [{\"id\": \"x\", \"hotkey\": \"ctrl+a\"}]}", "/questions/0/options/0/hotkey", "a key: 0-9 or a-z, alone or after shift+", "\"ctrl+a\"")]
    [InlineData("{\"kind\": \"choice\", \"id\": \"a\", \"options\": [{\"id\": \"x\", \"hotkey\": \"q\"}, {\"id\": \"y\", \"hotkey\": \"q\"}]}", "/questions/0/options/1/hotkey", "a key that nothing else has", "q, the key of \"x\"")]
    public void A_rule_that_a_question_breaks_is_named(string questions, string pointer, string expected, string found) =>
        Assert.Contains(new Fault(pointer, expected, found), FaultsOf(questions));

    [Theory]
    [InlineData("{\"id\": \"c\"}", "/geometries", "a list of one or more", "nothing")]
    [InlineData("{\"id\": \"c\", \"geometries\": [\"bx\"]}", "/geometries/0", "one of box, rotated_box, polygon, polyline, keypoints (did you mean \"box\"?)", "\"bx\"")]
    [InlineData("{\"id\": \"c\", \"geometries\": [\"box\", \"box\"]}", "/geometries/1", "each geometry once", "\"box\"")]
    [InlineData("{\"id\": \"c\", \"geometries\": [\"keypoints\"]}", "/keypoints", "names of the points, since geometries has keypoints", "nothing")]
    [InlineData("{" + Car + ", \"keypoints\": {\"names\": [\"a\"]}}", "/keypoints", "nothing, since geometries has no keypoints", "keypoints")]
    [InlineData("{\"id\": \"c\", \"geometries\": [\"keypoints\"], \"keypoints\": {\"names\": [\"a\", \"a\"]}}", "/keypoints/names/1", "each name once", "\"a\"")]
    [InlineData("{\"id\": \"c\", \"geometries\": [\"keypoints\"], \"keypoints\": {\"names\": [\"a\", \"b\"], \"skeleton\": [[\"a\", \"c\"]]}}", "/keypoints/skeleton/0", "two different names of points: a, b", "a list of 2")]
    [InlineData("{\"id\": \"c\", \"geometries\": [\"keypoints\"], \"keypoints\": {\"names\": [\"a\"], \"sigmas\": [0]}}", "/keypoints/sigmas/0", "a number above 0 and at most 1", "0")]
    [InlineData("{\"id\": \"c\", \"geometries\": [\"keypoints\"], \"keypoints\": {\"names\": [\"a\"], \"sigmas\": [0.1, 0.1]}}", "/keypoints/sigmas", "one for each of the 1 points", "2")]
    [InlineData("{" + Car + ", \"limits\": {\"min_width\": 9, \"max_width\": 3}}", "/limits/max_width", "at least min_width, 9", "3")]
    [InlineData("{" + Car + ", \"limits\": {\"min_width\": -1}}", "/limits/min_width", "a number of at least 0", "-1")]
    [InlineData("{" + Car + ", \"attributes\": [{\"kind\": \"shapes\", \"id\": \"s\"}]}", "/attributes/0/kind", "one of choice, boolean, rating, text, number", "\"shapes\"")]
    public void A_rule_that_a_class_breaks_is_named(string shapeClass, string pointer, string expected, string found) =>
        Assert.Contains(new Fault("/questions/0/classes/0" + pointer, expected, found), FaultsOf(Shapes(shapeClass)));

    [Theory]
    [InlineData("{\"question\": \"later\", \"answered\": true}", "/question", "a question that stands before this one", "\"later\"")]
    [InlineData("{\"question\": \"q\", \"answered\": true}", "/question", "a question that stands before this one", "\"q\"")]
    [InlineData("{\"attribute\": \"w\", \"answered\": true}", "/attribute", "an attribute that stands before this one in its class", "\"w\"")]
    [InlineData("{\"question\": \"w\", \"equals\": \"c\"}", "/equals", "an option of \"w\": a, b", "\"c\"")]
    [InlineData("{\"question\": \"w\", \"in\": [\"a\", 1]}", "/in/1", "an option of \"w\": a, b", "1")]
    [InlineData("{\"question\": \"w\", \"contains\": \"a\"}", "/contains", "equals or in: only shapes, multiple choices and taxonomies contain something", "\"a\"")]
    [InlineData("{\"question\": \"m\", \"equals\": \"a\"}", "/equals", "contains: \"m\" has several values", "equals")]
    [InlineData("{\"question\": \"m\", \"contains\": \"aa\"}", "/contains", "a class or option of \"m\" (did you mean \"a\"?)", "\"aa\"")]
    [InlineData("{\"question\": \"t\", \"equals\": \"a/c\"}", "/equals", "a path of options of \"t\", as a/b", "\"a/c\"")]
    [InlineData("{\"question\": \"f\", \"equals\": \"true\"}", "/equals", "true or false", "\"true\"")]
    [InlineData("{\"question\": \"r\", \"equals\": 9}", "/equals", "a whole number from 1 to 5", "9")]
    [InlineData("{\"question\": \"w\"}", "", "either one of all, any, not, or question or attribute with one of equals, in, contains, answered", "question")]
    [InlineData("{\"question\": \"w\", \"equals\": \"a\", \"answered\": true}", "", "either one of all, any, not, or question or attribute with one of equals, in, contains, answered", "question, equals, answered")]
    [InlineData("{}", "", "either one of all, any, not, or question or attribute with one of equals, in, contains, answered", "none of them")]
    [InlineData("{\"all\": []}", "/all", "a list of 1 to 100", "a list of 0")]
    [InlineData("7", "", "a condition: an object with question, attribute, equals, in, contains, answered, all, any, not", "7")]
    public void A_condition_that_cannot_be_met_is_named(string when, string pointer, string expected, string found)
    {
        const string Before = """
            {"kind": "choice", "id": "w", "options": ["a", "b"]}, {"kind": "choice", "id": "m", "multiple": true, "options": ["a"]},
            {"kind": "choice", "id": "t", "taxonomy": true, "options": [{"id": "a", "children": ["b"]}]}, {"kind": "boolean", "id": "f"}, {"kind": "rating", "id": "r"}
            """;
        Assert.Contains(new Fault("/questions/5/when" + pointer, expected, found), FaultsOf($$"""{{Before}}, {"kind": "text", "id": "q", "when": {{when}}}, {"kind": "text", "id": "later"}"""));
    }

    [Fact]
    public void Conditions_nest_eight_deep_and_no_deeper()
    {
        string Nested(int depth) => depth == 1 ? "{\"question\": \"a\", \"answered\": true}" : $"{{\"not\": {Nested(depth - 1)}}}";
        string Questions(int depth) => $$"""{"kind": "text", "id": "a"}, {"kind": "text", "id": "b", "when": {{Nested(depth)}}}""";
        Assert.Empty(FaultsOf(Questions(8)));
        Assert.Equal("conditions at most 8 deep", Assert.Single(FaultsOf(Questions(9))).Expected);
    }

    [Fact]
    public void Taxonomies_nest_eight_deep_and_no_deeper()
    {
        string Nested(int depth) => depth == 1 ? "\"x\"" : $"{{\"id\": \"x\", \"children\": [{Nested(depth - 1)}]}}";
        string Question(int depth) => $$"""{"kind": "choice", "id": "a", "taxonomy": true, "options": [{{Nested(depth)}}]}""";
        Assert.Empty(FaultsOf(Question(8)));
        Assert.Equal("at most 8 levels", Assert.Single(FaultsOf(Question(9))).Expected);
    }

    [Theory]
    [InlineData("(a")]
    [InlineData("a(?=b)")]
    [InlineData("(a)\\\\1")]
    public void A_pattern_must_be_a_regular_expression_in_linear_time(string pattern)
    {
        var fault = Assert.Single(FaultsOf($$"""{"kind": "text", "id": "a", "pattern": "{{pattern}}"}"""));
        Assert.Equal(("/questions/0/pattern", "a regular expression without look-around and back references"), (fault.Pointer, fault.Expected));
    }

    [Fact]
    public void What_is_no_JSON_is_a_fault() => Assert.Equal("JSON", Assert.Single(OntologyJson.Parse("{"u8).Faults).Expected);

    [Fact]
    public void An_unusable_value_throws_with_all_its_faults()
    {
        var error = Assert.Throws<FormatException>(() => OntologyJson.Parse("""{"questions": [7, 8]}"""u8).ValueOrThrow());
        Assert.Contains("/questions/0", error.Message, StringComparison.Ordinal);
        Assert.Contains("/questions/1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_scale_of_a_class_has_its_sigmas()
    {
        var person = ((ShapesQuestion)Sample.Ontology.Find("objects")!).FindClass("person")!;
        Assert.Equal([0.03, 0.1, 0.09], SimilarityScale.For(person).Sigmas);
    }
}
