using Touchstone.Annotations.Json;

namespace Touchstone.Annotations.Ontologies;

/// <summary>The objects that an ontology is written with, and their keys.</summary>
internal static class OntologyForms
{
    private static readonly string[] Common = ["kind", "id", "title", "help", "required", "when", "renamed_from"];

    public static readonly ObjectForm Ontology = new("ontology_document", "an ontology", ["questions"]);
    public static readonly ObjectForm AnyQuestion = new("question", "a question", [.. Common]);
    public static readonly ObjectForm Shapes = new("shapes_question", "a shapes question", [.. Common, "classes", "min_count", "max_count"]);
    public static readonly ObjectForm Choice = new("choice_question", "a choice question",
        [.. Common, "options", "multiple", "taxonomy", "leaves_only", "min_selected", "max_selected"]);

    public static readonly ObjectForm Boolean = new("boolean_question", "a boolean question", [.. Common]);
    public static readonly ObjectForm Rating = new("rating_question", "a rating question", [.. Common, "min", "max", "labels"]);
    public static readonly ObjectForm Text = new("text_question", "a text question", [.. Common, "min_length", "max_length", "multiline", "pattern"]);
    public static readonly ObjectForm Number = new("number_question", "a number question", [.. Common, "min", "max", "step", "integer", "unit"]);

    public static readonly ObjectForm Class = new("class", "a class",
        ["id", "title", "help", "colour", "hotkey", "geometries", "limits", "keypoints", "attributes", "supercategory", "renamed_from"]);

    public static readonly ObjectForm Limits = new("limits", "limits",
        ["min_width", "max_width", "min_height", "max_height", "min_area", "max_area", "min_vertices", "max_vertices", "may_leave_image"]);

    public static readonly ObjectForm Keypoints = new("keypoints", "keypoints", ["names", "skeleton", "sigmas"]);
    public static readonly ObjectForm Option = new("option_object", "an option", ["id", "title", "help", "colour", "hotkey", "children", "renamed_from"]);
    public static readonly ObjectForm RatingLabel = new("rating_label", "a rating's label", ["value", "title"]);

    public static readonly ObjectForm Condition = new("condition", "a condition",
        ["question", "attribute", "equals", "in", "contains", "answered", "all", "any", "not"]);

    /// <summary>The values of <c>kind</c>, each with the form that it calls for. <c>boolean</c> is how a choice between true and false is written.</summary>
    public static readonly IReadOnlyDictionary<string, (QuestionKind Kind, ObjectForm Form)> Kinds =
        new Dictionary<string, (QuestionKind, ObjectForm)>(StringComparer.Ordinal)
        {
            ["shapes"] = (QuestionKind.Shapes, Shapes),
            ["choice"] = (QuestionKind.Choice, Choice),
            ["boolean"] = (QuestionKind.Choice, Boolean),
            ["rating"] = (QuestionKind.Rating, Rating),
            ["text"] = (QuestionKind.Text, Text),
            ["number"] = (QuestionKind.Number, Number),
        };

    public static IReadOnlyList<ObjectForm> All { get; } =
        [Shapes, Choice, Boolean, Rating, Text, Number, Class, Limits, Keypoints, Option, RatingLabel, Condition];
}
