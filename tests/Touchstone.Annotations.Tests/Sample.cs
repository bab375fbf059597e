using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;

namespace Touchstone.Annotations.Tests;

/// <summary>One ontology with everything in it, and valid answers to it.</summary>
internal static class Sample
{
    public const string OntologyText = """
        {"questions": [
          {"kind": "shapes", "id": "objects", "required": true, "max_count": 50, "classes": [
            {"id": "car", "geometries": ["box", "rotated_box", "polygon"], "limits": {"min_width": 4, "max_width": 900, "min_height": 4, "max_height": 700, "min_area": 20, "max_area": 500000, "max_vertices": 40},
             "attributes": [
               {"kind": "boolean", "id": "occluded", "required": true},
               {"kind": "choice", "id": "doors", "options": ["left", "right", "back"], "multiple": true, "max_selected": 2, "when": {"attribute": "occluded", "equals": false}},
               {"kind": "number", "id": "heading", "min": 0, "max": 360},
               {"kind": "text", "id": "plate", "pattern": "[A-Z0-9]+", "max_length": 10},
               {"kind": "rating", "id": "clear", "min": 1, "max": 3}]},
            {"id": "person", "geometries": ["box", "keypoints"], "keypoints": {"names": ["head", "hip", "foot"], "skeleton": [["head", "hip"], ["hip", "foot"]], "sigmas": [0.03, 0.1, 0.09]}, "limits": {"min_vertices": 2}},
            {"id": "lane", "geometries": ["polyline"], "limits": {"min_vertices": 2, "max_vertices": 8, "may_leave_image": true}},
            {"id": "sign", "geometries": ["box"], "attributes": [
               {"kind": "choice", "id": "code", "taxonomy": true, "required": true, "options": [
                 {"id": "B", "children": ["B1", "B2"]}, {"id": "C", "children": [{"id": "C14", "children": ["C14a"]}]}, "other"]}]}]},
          {"kind": "choice", "id": "weather", "options": ["clear", "rain", "snow"], "required": true},
          {"kind": "choice", "id": "surface", "options": ["wet", "icy"], "multiple": true, "min_selected": 1, "when": {"question": "weather", "in": ["rain", "snow"]}},
          {"kind": "choice", "id": "places", "taxonomy": true, "multiple": true, "leaves_only": true, "options": [{"id": "town", "children": ["street", "square"]}, "country"]},
          {"kind": "rating", "id": "quality", "min": 1, "max": 5, "labels": [{"value": 1, "title": "Bad"}]},
          {"kind": "text", "id": "note", "min_length": 2, "max_length": 20},
          {"kind": "text", "id": "story", "multiline": true},
          {"kind": "number", "id": "speed", "min": 0, "max": 200, "step": 0.5, "unit": "km/h"},
          {"kind": "number", "id": "count", "integer": true},
          {"kind": "boolean", "id": "night", "when": {"not": {"any": [{"question": "weather", "equals": "snow"}, {"all": [{"question": "count", "answered": true}, {"question": "objects", "contains": "lane"}]}]}}}
        ]}
        """;

    public const string AnswersText = """
        {"objects": [
          {"id": "a", "class": "car", "box": {"x": 10, "y": 20.5, "width": 100, "height": 50}, "attributes": {"occluded": false, "doors": ["left", "back"], "heading": 12.5, "plate": "AB12", "clear": 2}},
          {"id": "b", "class": "car", "polygon": [[10, 10], [60, 12], [50, 80]], "attributes": {"occluded": true}},
          {"id": "c", "class": "car", "rotated_box": {"cx": 100, "cy": 100, "width": 40, "height": 20, "angle": 0.5}, "attributes": {"occluded": true}},
          {"id": "d", "class": "person", "keypoints": [[10, 10, 2], [12, 40, 1], [0, 0, 0]]},
          {"id": "e", "class": "lane", "polyline": [[-20, 500], [100, 300], [200, 90]]},
          {"id": "f", "class": "sign", "box": {"x": 0, "y": 0, "width": 9, "height": 9}, "attributes": {"code": ["C", "C14"]}}],
         "weather": "rain", "surface": ["wet"], "places": [["town", "street"], ["country"]], "quality": 4, "note": "two words", "story": "a\nb", "speed": 30.5, "night": true}
        """;

    public static readonly Ontology Ontology = OntologyJson.Parse(JsonElement.Parse(OntologyText)).ValueOrThrow();

    public static readonly InputExtent Input = InputExtent.Image(1280, 720);

    public static JsonElement Answers => JsonElement.Parse(AnswersText);

    public static IReadOnlyList<Fault> Check(string answers) => AnswerChecker.Check(Ontology, JsonElement.Parse(answers), Input);

    /// <summary>The faults of valid answers with one member set to something else.</summary>
    public static IReadOnlyList<Fault> CheckWith(string question, string value)
    {
        var members = Answers.EnumerateObject().Where(m => m.Name != question).Select(m => $"{JsonSerializer.Serialize(m.Name)}: {m.Value.GetRawText()}");
        return Check($"{{{string.Join(", ", members.Append($"\"{question}\": {value}"))}}}");
    }

    /// <summary>The faults of one shape by itself.</summary>
    public static IReadOnlyList<Fault> CheckShape(string shape) => CheckWith("objects", $"[{shape}]");
}
