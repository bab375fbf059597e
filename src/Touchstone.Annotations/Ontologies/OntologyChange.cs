using System.Text.Json;
using Touchstone.Annotations.Selectors;

namespace Touchstone.Annotations.Ontologies;

/// <summary>What a change of ontology would do to answers that exist. Nothing is changed or deleted.</summary>
public static class OntologyChange
{
    /// <summary>Compares two versions and checks every existing answer against the newer.</summary>
    public static OntologyImpact Preview(
        Ontology from, Ontology to, IEnumerable<(string Id, JsonElement Answers, InputExtent Input)> existing) => throw new NotImplementedException();
}

/// <summary>What a change of ontology would do.</summary>
/// <param name="Answers">Answer sets looked at.</param>
/// <param name="Valid">Those that are valid under the newer version, after renames.</param>
/// <param name="Invalid">Those that it would make invalid.</param>
/// <param name="AlreadyInvalid">Those that were not valid under the older version either.</param>
/// <param name="Differences">Each difference with what it does.</param>
public sealed record OntologyImpact(int Answers, int Valid, int Invalid, int AlreadyInvalid, IReadOnlyList<OntologyDifference> Differences);

/// <summary>One difference between two versions.</summary>
/// <param name="Kind">A stable name in snake_case, such as <c>class_removed</c>.</param>
/// <param name="Pointer">RFC 6901 pointer into the newer ontology, or into the older one where something was removed.</param>
/// <param name="Description">One line for people.</param>
/// <param name="Invalid">Existing answer sets that it would make invalid.</param>
/// <param name="Touched">Existing answer sets that use what it changes and stay valid, such as those of a renamed class.</param>
/// <param name="Examples">Ids of up to 20 of the invalid ones.</param>
public sealed record OntologyDifference(string Kind, string Pointer, string Description, int Invalid, int Touched, IReadOnlyList<string> Examples);
