using Touchstone.Annotations.Ontologies;

namespace Touchstone.Demo.Crowd;

/// <summary>A simulated person: a name and how they err.</summary>
internal sealed record Persona(string Name, string Manner, ErrorModel Model)
{
    public SimulatedContributor In(Ontology ontology, int seed) => new(Name, Model, ontology, seed);
}

/// <summary>The people of the demo. Their error rates are what the demo states, and what its figures can be checked against.</summary>
internal static class CrowdPresets
{
    /// <summary>Five who label: four decent in different ways, and one careless.</summary>
    public static readonly IReadOnlyList<Persona> Contributors =
    [
        new("ada", "precise and thorough", new ErrorModel(0.03, 0.010, 0.5, 0.02, 0.01, 0.04, 0.01)),
        new("ben", "quick: misses some, draws loosely", new ErrorModel(0.10, 0.030, 1.0, 0.03, 0.02, 0.06, 0.02)),
        new("chi", "eager: marks what is not there", new ErrorModel(0.03, 0.020, 0.7, 0.03, 0.10, 0.05, 0.02)),
        new("dov", "sees everything, confuses kinds and states", new ErrorModel(0.04, 0.018, 0.7, 0.10, 0.02, 0.14, 0.06)),
        new("eve", "careless", new ErrorModel(0.32, 0.080, 2.0, 0.22, 0.25, 0.35, 0.30)),
    ];

    /// <summary>
    /// Judges the audit's sample, without error: an assay takes these answers for the truth, so the expert who gives them must be far more exact than what they judge.
    /// Forty images hold some 300 things with 430 attributes, so an auditor who errs in one decision of a thousand would put a wrong one into most demos.
    /// </summary>
    public static readonly Persona Auditor = new("auditor", "an expert who measures exactly", ErrorModel.None);

    /// <summary>Decides what is in review: nearly exact.</summary>
    public static readonly Persona Reviewer = new("reviewer", "nearly exact", new ErrorModel(0.006, 0.006, 0.3, 0.004, 0.003, 0.008, 0.004));

    /// <summary>Five alike, each right with this probability.</summary>
    public static IReadOnlyList<Persona> OfAccuracy(double accuracy) =>
        [.. Contributors.Select(p => new Persona(p.Name, $"right in {accuracy:P0}", ErrorModel.ForAccuracy(accuracy)))];
}
