using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Tests;

public sealed class OntologyChangeTests
{
    private static Ontology Changed(Action<JsonObject> change)
    {
        var ontology = JsonNode.Parse(Sample.OntologyText)!.AsObject();
        change(ontology);
        return OntologyJson.Parse(JsonElement.Parse(ontology.ToJsonString())).ValueOrThrow();
    }

    private static JsonObject Question(JsonObject ontology, string id) => ontology["questions"]!.AsArray().Single(q => (string)q!["id"]! == id)!.AsObject();

    private static JsonObject Class(JsonObject ontology, string id) => Question(ontology, "objects")["classes"]!.AsArray().Single(c => (string)c!["id"]! == id)!.AsObject();

    private static JsonObject Attribute(JsonObject ontology, string ofClass, string id) =>
        Class(ontology, ofClass)["attributes"]!.AsArray().Single(c => (string)c!["id"]! == id)!.AsObject();

    private static OntologyImpact Preview(Ontology to, params string[] answers) =>
        OntologyChange.Preview(Sample.Ontology, to, answers.Select((a, i) => ($"r{i}", JsonElement.Parse(a), Sample.Input)));

    private const string Plain = """{"objects": [], "weather": "clear"}""";

    [Fact]
    public void The_same_version_changes_nothing()
    {
        var impact = Preview(Sample.Ontology, Sample.AnswersText, Plain);
        Assert.Equal((2, 2, 0, 0), (impact.Answers, impact.Valid, impact.Invalid, impact.AlreadyInvalid));
        Assert.Empty(impact.Differences);
    }

    public static TheoryData<string, string, Action<JsonObject>> Breaking => new()
    {
        { "question_removed", "/questions/4", o => o["questions"]!.AsArray().RemoveAt(4) },
        { "question_required", "/questions/8", o => Question(o, "count")["required"] = true },
        { "question_added", "/questions/10", o => o["questions"]!.AsArray().Add(JsonNode.Parse("""{"kind": "text", "id": "why", "required": true}""")) },
        { "question_kind_changed", "/questions/4/kind", o => { var q = Question(o, "quality"); q["kind"] = "text"; q.Remove("min"); q.Remove("max"); q.Remove("labels"); } },
        { "question_kind_changed", "/questions/1/kind", o => { Question(o, "weather")["multiple"] = true; Question(o, "surface").Remove("when"); Question(o, "night").Remove("when"); } },
        { "condition_changed", "/questions/2/when", o => Question(o, "surface")["when"] = JsonNode.Parse("""{"question": "weather", "equals": "snow"}""") },
        { "range_narrowed", "/questions/4", o => Question(o, "quality")["max"] = 3 },
        { "range_narrowed", "/questions/7", o => Question(o, "speed")["max"] = 10 },
        { "range_narrowed", "/questions/5", o => Question(o, "note")["max_length"] = 5 },
        { "range_narrowed", "/questions/6", o => Question(o, "story").Remove("multiline") },
        { "range_narrowed", "/questions/0", o => Question(o, "objects")["max_count"] = 2 },
        { "option_removed", "/questions/1/options/1", o => { Question(o, "weather")["options"]!.AsArray().RemoveAt(1); Question(o, "surface")["when"] = JsonNode.Parse("""{"question": "weather", "answered": true}"""); } },
        { "option_removed", "/questions/3/options/0/children/0", o => Question(o, "places")["options"]![0]!["children"]!.AsArray().RemoveAt(0) },
        { "class_removed", "/questions/0/classes/3", o => Question(o, "objects")["classes"]!.AsArray().RemoveAt(3) },
        { "geometry_removed", "/questions/0/classes/0/geometries", o => Class(o, "car")["geometries"]!.AsArray().RemoveAt(2) },
        { "limits_narrowed", "/questions/0/classes/0/limits", o => Class(o, "car")["limits"]!["max_width"] = 60 },
        { "limits_narrowed", "/questions/0/classes/2/limits", o => Class(o, "lane")["limits"]!["may_leave_image"] = false },
        { "keypoints_changed", "/questions/0/classes/1/keypoints", o => { var k = Class(o, "person")["keypoints"]!; k["names"]!.AsArray().Add("hand"); k["sigmas"]!.AsArray().Add(0.1); } },
        { "attribute_removed", "/questions/0/classes/0/attributes/2", o => Class(o, "car")["attributes"]!.AsArray().RemoveAt(2) },
        { "attribute_required", "/questions/0/classes/0/attributes/2", o => Attribute(o, "car", "heading")["required"] = true },
        { "attribute_added", "/questions/0/classes/1/attributes/0", o => Class(o, "person")["attributes"] = JsonNode.Parse("""[{"kind": "boolean", "id": "child", "required": true}]""") },
        { "attribute_kind_changed", "/questions/0/classes/0/attributes/1/kind", o => { var d = Attribute(o, "car", "doors"); d.Remove("multiple"); d.Remove("max_selected"); } },
        { "option_removed", "/questions/0/classes/0/attributes/1/options/2", o => Attribute(o, "car", "doors")["options"]!.AsArray().RemoveAt(2) },
    };

    [Theory]
    [MemberData(nameof(Breaking))]
    public void A_difference_names_the_answers_that_it_would_make_invalid(string kind, string pointer, Action<JsonObject> change)
    {
        var impact = Preview(Changed(change), Sample.AnswersText, Sample.AnswersText);
        Assert.Equal((2, 0, 2, 0), (impact.Answers, impact.Valid, impact.Invalid, impact.AlreadyInvalid));
        var difference = Assert.Single(impact.Differences, d => d.Invalid > 0);
        Assert.Equal((kind, pointer), (difference.Kind, difference.Pointer));
        Assert.Equal(["r0", "r1"], difference.Examples);
        Assert.EndsWith(".", difference.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_answers_that_use_what_goes_are_counted()
    {
        var impact = Preview(Changed(o => Question(o, "objects")["classes"]!.AsArray().RemoveAt(3)), Sample.AnswersText, Plain, "{}");
        Assert.Equal((3, 1, 1, 1), (impact.Answers, impact.Valid, impact.Invalid, impact.AlreadyInvalid));
        Assert.Equal(1, Assert.Single(impact.Differences).Invalid);
    }

    [Fact]
    public void Answers_go_with_what_was_renamed()
    {
        var to = Changed(o =>
        {
            void Rename(JsonObject item, string id) => (item["renamed_from"], item["id"]) = ((string)item["id"]!, id);
            Rename(Class(o, "car"), "vehicle");
            Rename(Attribute(o, "vehicle", "heading"), "direction");
            Rename(Question(o, "quality"), "grade");
            Question(o, "places")["options"]![0]!["id"] = "city";
            Question(o, "places")["options"]![0]!["renamed_from"] = "town";
        });
        var impact = Preview(to, Sample.AnswersText, Plain);
        Assert.Equal((2, 2, 0), (impact.Answers, impact.Valid, impact.Invalid));
        Assert.Equal(
            ["class_renamed 1", "attribute_renamed 1", "option_renamed 1", "question_renamed 1"],
            impact.Differences.Select(d => $"{d.Kind} {d.Touched}"));

        var carried = OntologyChange.Carry(Sample.Answers, to);
        Assert.Equal("vehicle", carried.GetProperty("objects")[0].GetProperty("class").GetString());
        Assert.Equal(12.5, carried.GetProperty("objects")[0].GetProperty("attributes").GetProperty("direction").GetDouble());
        Assert.Equal("city", carried.GetProperty("places")[0][0].GetString());
        Assert.Equal(4, carried.GetProperty("grade").GetInt32());
        Assert.Empty(AnswerChecker.Check(to, carried, Sample.Input));
    }

    [Fact]
    public void What_is_added_without_being_required_harms_nothing()
    {
        var impact = Preview(
            Changed(o =>
            {
                Question(o, "objects")["classes"]!.AsArray().Add(JsonNode.Parse("""{"id": "bus", "geometries": ["box"]}"""));
                Question(o, "weather")["options"]!.AsArray().Add("fog");
                o["questions"]!.AsArray().Add(JsonNode.Parse("""{"kind": "text", "id": "why"}"""));
            }),
            Sample.AnswersText);
        Assert.Equal(["class_added", "option_added", "question_added"], impact.Differences.Select(d => d.Kind));
        Assert.Equal((1, 0), (impact.Valid, impact.Invalid));
    }

    [Fact]
    public void Examples_stop_at_twenty_while_the_count_goes_on()
    {
        var impact = OntologyChange.Preview(
            Sample.Ontology, Changed(o => Question(o, "quality")["max"] = 3), Enumerable.Range(0, 50).Select(i => ($"r{i}", Sample.Answers, Sample.Input)));
        var difference = Assert.Single(impact.Differences);
        Assert.Equal((50, 20), (difference.Invalid, difference.Examples.Count));
    }
}
