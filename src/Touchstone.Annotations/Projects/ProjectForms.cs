using Touchstone.Annotations.Json;
using Touchstone.Annotations.Selectors;

namespace Touchstone.Annotations.Projects;

/// <summary>The objects that a project file is written with, their keys, and the names that its keys choose among.</summary>
internal static class ProjectForms
{
    public static readonly ObjectForm Project = new("project", "a project",
    [
        "name", "description", "instructions", "input", "ontology", "overlap", "gold", "training", "evaluation", "lease_minutes", "review", "audit", "compartment",
    ]);

    public static readonly ObjectForm Ontology = new("ontology", "an ontology", ["packs", "questions"]);
    public static readonly ObjectForm Overlap = new("overlap", "an overlap", ["min", "max", "confidence"]);
    public static readonly ObjectForm Gold = new("gold", "a share of gold", ["rate", "rotate_after"]);
    public static readonly ObjectForm Training = new("training", "a training", ["tasks"]);
    public static readonly ObjectForm Evaluation = new("evaluation", "an evaluation", ["tasks"]);
    public static readonly ObjectForm Review = new("review", "a review", ["when"]);
    public static readonly ObjectForm Audit = new("audit", "an audit", ["share", "twice"]);

    public static readonly IReadOnlyDictionary<string, InputKind> Inputs = new Dictionary<string, InputKind>(StringComparer.Ordinal)
    {
        ["image"] = InputKind.Image,
    };

    public static readonly IReadOnlyDictionary<string, ReviewWhen> ReviewWhens = new Dictionary<string, ReviewWhen>(StringComparer.Ordinal)
    {
        ["never"] = ReviewWhen.Never,
        ["below_confidence"] = ReviewWhen.BelowConfidence,
        ["always"] = ReviewWhen.Always,
    };

    public static IReadOnlyList<ObjectForm> All { get; } = [Project, Ontology, Overlap, Gold, Training, Evaluation, Review, Audit];
}
