using System.Text.Json;

namespace Touchstone.Annotations.Geometry;

/// <summary>One thing that somebody marked: what it is, where it is, and what is said of it.</summary>
/// <param name="Id">Id within the answer, chosen by the tool that drew it; unique within the answer.</param>
/// <param name="Class">The class's id in the ontology.</param>
/// <param name="Geometry">Where it is.</param>
/// <param name="Attributes">Answers to the class's attribute questions, by attribute id, as they stand in JSON.</param>
public sealed record Shape(string Id, string Class, ShapeGeometry Geometry, IReadOnlyDictionary<string, JsonElement> Attributes)
{
    /// <summary>No attributes.</summary>
    public static readonly IReadOnlyDictionary<string, JsonElement> NoAttributes = new Dictionary<string, JsonElement>();
}
