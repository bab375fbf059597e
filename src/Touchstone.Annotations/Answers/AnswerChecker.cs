using System.Text.Json;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;

namespace Touchstone.Annotations.Answers;

/// <summary>Checks answers against the ontology that they are made under.</summary>
public static class AnswerChecker
{
    /// <summary>The most faults that one check lists; what is beyond is counted in one more.</summary>
    public const int MaxFaults = 100;

    /// <summary>How far a shape may reach beyond the image's edge, in pixels, unless its class allows more.</summary>
    public const double EdgeTolerancePx = 0.5;

    /// <summary>Every fault, in the order of the document; empty when the answers are valid.</summary>
    /// <param name="ontology">The version that the task was answered under.</param>
    /// <param name="answers">One JSON object with a member for each question answered. Anything else is a fault, never an exception.</param>
    /// <param name="input">What was looked at.</param>
    public static IReadOnlyList<Fault> Check(Ontology ontology, JsonElement answers, in InputExtent input) => throw new NotImplementedException();
}
