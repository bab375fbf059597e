using System.Text.Json;

namespace Touchstone.Annotations.Ontologies;

/// <summary>Reads and writes an ontology as JSON: <c>{"questions": [...]}</c>, as docs/reference/project.schema.json defines it.</summary>
public static class OntologyJson
{
    /// <summary>Reads an ontology and checks its rules.</summary>
    public static Parsed<Ontology> Parse(JsonElement document) => throw new NotImplementedException();

    /// <summary>Reads an ontology from UTF-8 JSON and checks its rules.</summary>
    public static Parsed<Ontology> Parse(ReadOnlySpan<byte> utf8) => throw new NotImplementedException();

    /// <summary>Canonical UTF-8 JSON: fixed order of members, defaults left out, no white space.</summary>
    public static byte[] Write(Ontology ontology) => throw new NotImplementedException();
}
