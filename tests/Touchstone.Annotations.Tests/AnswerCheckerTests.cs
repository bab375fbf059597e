using System.Globalization;
using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;

namespace Touchstone.Annotations.Tests;

public sealed class AnswerCheckerTests
{
    private const string Car = "\"id\": \"a\", \"class\": \"car\", \"attributes\": {\"occluded\": true}";
    private const string Box = "\"box\": {\"x\": 1, \"y\": 1, \"width\": 50, \"height\": 50}";
    private const string CarBox = "\"id\": \"a\", \"class\": \"car\", " + Box;

    [Fact]
    public void Valid_answers_have_no_fault() => Assert.Empty(Sample.Check(Sample.AnswersText));

    [Fact]
    public void Checking_valid_answers_without_polygons_and_escapes_allocates_nothing()
    {
        var answers = JsonElement.Parse("""
            {"objects": [
              {"id": "a", "class": "car", "box": {"x": 10, "y": 20.5, "width": 100, "height": 50}, "attributes": {"occluded": false, "doors": ["left", "back"], "heading": 12.5, "clear": 2}},
              {"id": "d", "class": "person", "keypoints": [[10, 10, 2], [12, 40, 1], [0, 0, 0]]},
              {"id": "e", "class": "lane", "polyline": [[-20, 500], [100, 300], [200, 90]]},
              {"id": "f", "class": "sign", "box": {"x": 0, "y": 0, "width": 9, "height": 9}, "attributes": {"code": ["C", "C14"]}}],
             "weather": "rain", "surface": ["wet"], "places": [["town", "street"], ["country"]], "quality": 4, "note": "two words", "speed": 30.5, "night": true}
            """);
        for (var warm = 0; warm < 3; warm++) Assert.Empty(AnswerChecker.Check(Sample.Ontology, answers, Sample.Input));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) _ = AnswerChecker.Check(Sample.Ontology, answers, Sample.Input);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("[]", "", "an object with a member for each question answered", "a list of 0")]
    [InlineData("null", "", "an object with a member for each question answered", "null")]
    [InlineData("{\"weather\": \"\\ud800\"}", "", "well-formed Unicode without U+0000", "\\ud800 without its second half")]
    [InlineData("{\"weather\": \"\\udc00\"}", "", "well-formed Unicode without U+0000", "\\udc00 without its first half")]
    [InlineData("{\"weather\": \"a\\u0000\"}", "", "well-formed Unicode without U+0000", "\\u0000")]
    public void A_document_that_is_no_answer_set_is_one_fault(string answers, string pointer, string expected, string found) =>
        Assert.Equal([new Fault(pointer, expected, found)], Sample.Check(answers));

    [Theory]
    [InlineData("sky~/", "1", "/sky~0~1", "one of the questions objects, weather, surface, places, quality, note, story, speed, count, night", "another name")]
    [InlineData("weather", "\"fog\"", "/weather", "the id of an option: clear, rain, snow", "\"fog\"")]
    [InlineData("weather", "[\"rain\"]", "/weather", "the id of an option: clear, rain, snow", "a list of 1")]
    [InlineData("surface", "\"wet\"", "/surface", "a list of ids of options", "\"wet\"")]
    [InlineData("surface", "[]", "/surface", "at least 1 ids of options", "a list of 0")]
    [InlineData("surface", "[\"wet\", \"wet\"]", "/surface/1", "each option once", "it a second time")]
    [InlineData("surface", "[\"wet\", 5]", "/surface/1", "the id of an option: wet, icy", "5")]
    [InlineData("places", "[[\"town\"]]", "/places/0", "a path that goes on to the last level: street, square", "a list of 1")]
    [InlineData("places", "[[\"country\", \"road\"]]", "/places/0", "a path that ends here: 1 ids", "a list of 2")]
    [InlineData("places", "[[\"town\", \"park\"]]", "/places/0/1", "the id of an option: street, square", "\"park\"")]
    [InlineData("places", "[[]]", "/places/0", "a path: a list of ids of options from the root down", "a list of 0")]
    [InlineData("places", "[[\"country\"], [\"country\"]]", "/places/1", "each option once", "it a second time")]
    [InlineData("quality", "6", "/quality", "a whole number from 1 to 5", "6")]
    [InlineData("quality", "2.5", "/quality", "a whole number from 1 to 5", "2.5")]
    [InlineData("quality", "\"4\"", "/quality", "a whole number from 1 to 5", "\"4\"")]
    [InlineData("note", "\"x\"", "/note", "at least 2 characters", "1 character")]
    [InlineData("note", "\"0123456789012345678901\"", "/note", "at most 20 characters", "22 characters")]
    [InlineData("note", "\"two\\nlines\"", "/note", "a single line", "a line break")]
    [InlineData("note", "7", "/note", "a text", "7")]
    [InlineData("speed", "-1", "/speed", "a number of at least 0", "-1")]
    [InlineData("speed", "201", "/speed", "a number of at most 200", "201")]
    [InlineData("speed", "0.3", "/speed", "a number in steps of 0.5 from 0", "0.3")]
    [InlineData("speed", "1e999", "/speed", "a finite number of at most 1000000000000000 in size", "1e999")]
    [InlineData("speed", "-1.1e15", "/speed", "a finite number of at most 1000000000000000 in size", "-1.1e15")]
    [InlineData("speed", "\"NaN\"", "/speed", "a finite number of at most 1000000000000000 in size", "\"NaN\"")]
    [InlineData("count", "1.5", "/count", "a whole number", "1.5")]
    [InlineData("night", "1", "/night", "true or false", "1")]
    [InlineData("night", "null", "/night", "true or false", "null")]
    public void A_wrong_answer_is_named_with_what_was_expected(string question, string value, string pointer, string expected, string found) =>
        Assert.Contains(new Fault(pointer, expected, found), Sample.CheckWith(question, value));

    [Theory]
    [InlineData("7", "/objects/0", "a shape: an object with the members id, class, attributes and one geometry", "7")]
    [InlineData("{" + Car + ", " + Box + ", \"colour\": 1}", "/objects/0/colour", "the members id, class, attributes and one geometry", "another name")]
    [InlineData("{" + Car + ", " + Box + ", \"id\": \"b\"}", "/objects/0/id", "each member once", "it a second time")]
    [InlineData("{" + Car + "}", "/objects/0", "a geometry of the class car: box, rotated_box, polygon", "none")]
    [InlineData("{" + Car + ", " + Box + ", \"polygon\": []}", "/objects/0/polygon", "one geometry", "box and polygon")]
    [InlineData("{" + Car + ", \"polyline\": [[1, 1], [9, 9]]}", "/objects/0/polyline", "a geometry of the class car: box, rotated_box, polygon", "polyline")]
    [InlineData("{\"id\": \"a\", \"class\": \"boat\", " + Box + "}", "/objects/0/class", "a class: car, person, lane, sign", "\"boat\"")]
    [InlineData("{\"id\": \"a\", " + Box + "}", "/objects/0/class", "a class: car, person, lane, sign", "nothing")]
    [InlineData("{\"id\": \"no spaces\", \"class\": \"person\", " + Box + "}", "/objects/0/id", "an id: 1-64 letters, digits, '_', '-' and '.', beginning with a letter or digit", "\"no spaces\"")]
    [InlineData("{\"class\": \"person\", " + Box + "}", "/objects/0/id", "an id: 1-64 letters, digits, '_', '-' and '.', beginning with a letter or digit", "nothing")]
    [InlineData("{" + CarBox + "}", "/objects/0/attributes/occluded", "an answer: the attribute is required", "nothing")]
    [InlineData("{" + CarBox + ", \"attributes\": []}", "/objects/0/attributes", "an object with a member for each attribute answered", "a list of 0")]
    [InlineData("{" + CarBox + ", \"attributes\": {\"occluded\": true, \"wheels\": 4}}", "/objects/0/attributes/wheels", "one of the attributes occluded, doors, heading, plate, clear", "another name")]
    [InlineData("{" + CarBox + ", \"attributes\": {\"occluded\": true, \"occluded\": true}}", "/objects/0/attributes/occluded", "each attribute once", "it a second time")]
    [InlineData("{" + CarBox + ", \"attributes\": {\"occluded\": true, \"doors\": [\"left\"]}}", "/objects/0/attributes/doors", "no answer: the attribute is not asked here, its condition does not hold", "a list of 1")]
    [InlineData("{" + CarBox + ", \"attributes\": {\"occluded\": false, \"doors\": [\"left\", \"right\", \"back\"]}}", "/objects/0/attributes/doors", "at most 2 ids of options", "a list of 3")]
    [InlineData("{" + CarBox + ", \"attributes\": {\"occluded\": true, \"plate\": \"ab\"}}", "/objects/0/attributes/plate", "a text that matches [A-Z0-9]+", "\"ab\"")]
    [InlineData("{\"id\": \"a\", \"class\": \"person\", \"attributes\": {\"age\": 3}, " + Box + "}", "/objects/0/attributes/age", "no attributes: there are none", "another name")]
    public void A_wrong_shape_is_named_with_what_was_expected(string shape, string pointer, string expected, string found) =>
        Assert.Contains(new Fault(pointer, expected, found), Sample.CheckShape(shape));

    [Theory]
    [InlineData("\"box\": [1, 2, 3, 4]", "/box", "an object with x, y, width, height", "a list of 4")]
    [InlineData("\"box\": {\"x\": 1, \"y\": 1, \"width\": 50}", "/box/height", "a number", "nothing")]
    [InlineData("\"box\": {\"x\": 1, \"y\": 1, \"width\": 50, \"height\": 50, \"depth\": 1}", "/box/depth", "x, y, width, height, each once", "another name")]
    [InlineData("\"box\": {\"x\": 1, \"x\": 1, \"y\": 1, \"width\": 50, \"height\": 50}", "/box/x", "x, y, width, height, each once", "it a second time")]
    [InlineData("\"box\": {\"x\": \"1\", \"y\": 1, \"width\": 50, \"height\": 50}", "/box/x", "a finite number of at most 10000000 in size", "\"1\"")]
    [InlineData("\"box\": {\"x\": 1e400, \"y\": 1, \"width\": 50, \"height\": 50}", "/box/x", "a finite number of at most 10000000 in size", "1e400")]
    [InlineData("\"box\": {\"x\": 1, \"y\": 1, \"width\": 0, \"height\": 50}", "/box/width", "at least 0.01 px", "0 px")]
    [InlineData("\"box\": {\"x\": 1, \"y\": 1, \"width\": 50, \"height\": -3}", "/box/height", "at least 0.01 px", "-3 px")]
    [InlineData("\"box\": {\"x\": 1, \"y\": 1, \"width\": 3, \"height\": 50}", "/box", "a width of at least 4 px", "3 px")]
    [InlineData("\"box\": {\"x\": 1, \"y\": 1, \"width\": 901, \"height\": 50}", "/box", "a width of at most 900 px", "901 px")]
    [InlineData("\"box\": {\"x\": 1, \"y\": 1, \"width\": 50, \"height\": 3.5}", "/box", "a height of at least 4 px", "3.5 px")]
    [InlineData("\"box\": {\"x\": 1, \"y\": 1, \"width\": 50, \"height\": 710}", "/box", "a height of at most 700 px", "710 px")]
    [InlineData("\"box\": {\"x\": 1, \"y\": 1, \"width\": 4, \"height\": 4}", "/box", "an area of at least 20 px²", "16 px²")]
    [InlineData("\"box\": {\"x\": 1, \"y\": 1, \"width\": 800, \"height\": 690}", "/box", "an area of at most 500000 px²", "552000 px²")]
    [InlineData("\"box\": {\"x\": -0.6, \"y\": 1, \"width\": 50, \"height\": 50}", "/box", "a shape within the image of 1280 x 720 px", "x -0.6 to 49.4, y 1 to 51")]
    [InlineData("\"box\": {\"x\": 1231, \"y\": 1, \"width\": 50, \"height\": 50}", "/box", "a shape within the image of 1280 x 720 px", "x 1231 to 1281, y 1 to 51")]
    [InlineData("\"rotated_box\": {\"cx\": 5, \"cy\": 5, \"width\": 9, \"height\": 9, \"angle\": 7}", "/rotated_box/angle", "radians, within one turn either way", "7")]
    [InlineData("\"rotated_box\": {\"cx\": -5, \"cy\": 5, \"width\": 90, \"height\": 90, \"angle\": 1}", "/rotated_box", "a shape within the image of 1280 x 720 px", "x -5 to -5, y 5 to 5")]
    [InlineData("\"polygon\": [[1, 1], [50, 50]]", "/polygon", "a polygon: a list of 3 to 10000 points [x, y]", "a list of 2")]
    [InlineData("\"polygon\": [[1, 1], [50, 50], [1]]", "/polygon/2", "a point [x, y]", "a list of 1")]
    [InlineData("\"polygon\": [[1, 1], [50, 50], [1, null]]", "/polygon/2/1", "a finite number of at most 10000000 in size", "null")]
    [InlineData("\"polygon\": [[1, 1], [50, 1], [50, 50], [1, 1]]", "/polygon", "a last point other than the first: the ring closes by itself", "the first point again")]
    [InlineData("\"polygon\": [[1, 1], [50, 50], [100, 100]]", "/polygon", "a polygon that encloses an area", "points on one line")]
    [InlineData("\"polygon\": [[0, 0], [50, 50], [50, 0], [0, 90]]", "/polygon", "a polygon that does not cross or touch itself", "Self-intersection at x 32.143, y 32.143")]
    public void A_wrong_geometry_is_named_with_what_was_expected(string geometry, string pointer, string expected, string found) =>
        Assert.Contains(new Fault("/objects/0" + pointer, expected, found), Sample.CheckShape($"{{{Car}, {geometry}}}"));

    [Theory]
    [InlineData("\"class\": \"lane\", \"polyline\": [[1, 1]]", "/polyline", "a polyline: a list of 2 to 10000 points [x, y]", "a list of 1")]
    [InlineData("\"class\": \"lane\", \"polyline\": [[1, 1], [1, 1]]", "/polyline", "a line of some length", "points in one place")]
    [InlineData("\"class\": \"lane\", \"polyline\": [[1,1],[2,2],[3,3],[4,4],[5,5],[6,6],[7,7],[8,8],[9,9]]", "/polyline", "at most 8 points", "9")]
    [InlineData("\"class\": \"lane\", \"polyline\": [[-9, 1], [-1, 9]]", "/polyline", "a shape that touches the image of 1280 x 720 px", "x -9 to -1, y 1 to 9")]
    [InlineData("\"class\": \"person\", \"keypoints\": [[1, 1, 2]]", "/keypoints", "a list of 3 points [x, y, v]: head, hip, foot", "a list of 1")]
    [InlineData("\"class\": \"person\", \"keypoints\": [[1, 1, 2], [2, 2, 3], [3, 3, 2]]", "/keypoints/1/2", "a visibility: 0 not labelled, 1 hidden, 2 visible", "3")]
    [InlineData("\"class\": \"person\", \"keypoints\": [[1, 1, 2], [2, 2, 0], [3, 3, 2]]", "/keypoints/1", "0, 0 for a point that is not labelled", "2, 2")]
    [InlineData("\"class\": \"person\", \"keypoints\": [[0, 0, 0], [0, 0, 0], [0, 0, 0]]", "/keypoints", "at least one labelled point (v of 1 or 2)", "none")]
    [InlineData("\"class\": \"person\", \"keypoints\": [[1, 1, 2], [0, 0, 0], [0, 0, 0]]", "/keypoints", "at least 2 points", "1")]
    [InlineData("\"class\": \"person\", \"keypoints\": [[1, 1, 2], [2000, 1, 2], [0, 0, 0]]", "/keypoints", "a shape within the image of 1280 x 720 px", "x 1 to 2000, y 1 to 1")]
    public void A_wrong_line_or_set_of_points_is_named_with_what_was_expected(string members, string pointer, string expected, string found) =>
        Assert.Contains(new Fault("/objects/0" + pointer, expected, found), Sample.CheckShape($"{{\"id\": \"a\", {members}}}"));

    [Fact]
    public void A_required_question_without_an_answer_is_a_fault() =>
        Assert.Equal([new Fault("/objects", "an answer: the question is required", "nothing"), new Fault("/weather", "an answer: the question is required", "nothing")], Sample.Check("{}"));

    [Fact]
    public void Nothing_to_see_is_an_answer() => Assert.Empty(Sample.Check("""{"objects": [], "weather": "clear"}"""));

    [Fact]
    public void A_question_whose_condition_does_not_hold_may_not_be_answered()
    {
        var faults = Sample.Check("""{"objects": [], "weather": "snow", "surface": ["icy"], "night": true}""");
        Assert.Equal([new Fault("/night", "no answer: the question is not asked here, its condition does not hold", "true")], faults);
        Assert.Empty(Sample.Check("""{"objects": [], "weather": "snow", "surface": ["icy"]}"""));
    }

    [Fact]
    public void A_question_answered_twice_is_a_fault() =>
        Assert.Equal([new Fault("/weather", "each question once", "it a second time")], Sample.Check("""{"objects": [], "weather": "snow", "weather": "rain"}"""));

    [Fact]
    public void Two_shapes_with_one_id_are_a_fault_of_the_second()
    {
        const string Person = "\"class\": \"person\", " + Box;
        Assert.Equal(
            [new Fault("/objects/2/id", "an id that no other shape of the answer has", "\"a\"")],
            Sample.CheckWith("objects", $"[{{\"id\": \"a\", {Person}}}, {{\"id\": \"b\", {Person}}}, {{\"id\": \"\\u0061\", {Person}}}]"));
    }

    [Fact]
    public void Too_many_shapes_are_one_fault() =>
        Assert.Equal(new Fault("/objects", "at most 50 shapes", "a list of 51"), Sample.CheckWith("objects", $"[{string.Join(',', Enumerable.Repeat("1", 51))}]")[0]);

    [Fact]
    public void A_box_may_pass_the_edge_by_half_a_pixel() =>
        Assert.Empty(Sample.CheckShape("""{"id": "a", "class": "person", "box": {"x": -0.5, "y": -0.5, "width": 1281, "height": 721}}"""));

    [Fact]
    public void Without_the_images_size_no_place_is_checked() =>
        Assert.Empty(AnswerChecker.Check(
            Sample.Ontology,
            JsonElement.Parse("""{"objects": [{"id": "a", "class": "person", "box": {"x": 5000, "y": 0, "width": 10, "height": 10}}], "weather": "clear"}"""),
            InputExtent.Image(0, 0)));

    [Fact]
    public void Beyond_a_hundred_faults_the_rest_are_counted()
    {
        var faults = Sample.Check($"{{{string.Join(',', Enumerable.Range(0, 250).Select(i => $"\"q{i}\": 1"))}}}");
        Assert.Equal(101, faults.Count);
        Assert.Equal(new Fault("", "at most 100 faults to list", "152 more"), faults[^1]);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_a_fault_and_no_exception()
    {
        byte[] bytes = [.. "{\"weather\": \""u8, 0xff, 0xfe, .. "\"}"u8];
        using var document = JsonDocument.Parse(bytes);
        Assert.Equal([new Fault("", "well-formed Unicode without U+0000", "bytes that are not UTF-8")], AnswerChecker.Check(Sample.Ontology, document.RootElement, Sample.Input));
    }

    [Fact]
    public void Text_is_counted_in_code_points_however_it_is_written()
    {
        Assert.Empty(Sample.CheckWith("note", "\"🚗🚗\""));
        Assert.Empty(Sample.CheckWith("note", "\"\\ud83d\\ude97\\ud83d\\ude97\""));
        Assert.Equal("1 character", Assert.Single(Sample.CheckWith("note", "\"🚗\"")).Found);
    }

    [Fact]
    public void Escaped_names_are_the_names_that_they_spell() =>
        Assert.Empty(Sample.Check("""{"\u006fbjects": [{"i\u0064": "a", "class": "per\u0073on", "b\u006fx": {"\u0078": 1, "y": 1, "width": 5, "height": 5}}], "weather": "cl\u0065ar"}"""));

    [Fact]
    public void Ten_thousand_distinct_shapes_are_checked_and_one_repeated_id_is_found()
    {
        var ontology = OntologyJson.Parse("""{"questions": [{"kind": "shapes", "id": "o", "classes": [{"id": "c", "geometries": ["box"]}]}]}"""u8).ValueOrThrow();
        string Shape(int id) => string.Create(CultureInfo.InvariantCulture, $"{{\"id\": \"s{id}\", \"class\": \"c\", \"box\": {{\"x\": 1, \"y\": 1, \"width\": 5, \"height\": 5}}}}");
        var shapes = Enumerable.Range(0, 10_000).Select(Shape).ToArray();
        Assert.Empty(AnswerChecker.Check(ontology, JsonElement.Parse($"{{\"o\": [{string.Join(',', shapes)}]}}"), Sample.Input));
        shapes[9_999] = Shape(17);
        Assert.Equal("/o/9999/id", Assert.Single(AnswerChecker.Check(ontology, JsonElement.Parse($"{{\"o\": [{string.Join(',', shapes)}]}}"), Sample.Input)).Pointer);
    }
}
