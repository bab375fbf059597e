using System.Buffers;
using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Json;
using Touchstone.Annotations.Kinds;

namespace Touchstone.Annotations.Ontologies;

/// <summary>Reads and writes an ontology as JSON: <c>{"questions": [...]}</c>, as docs/reference/project.schema.json defines it.</summary>
public static class OntologyJson
{
    /// <summary>Reads an ontology and checks its rules.</summary>
    /// <param name="document">Any JSON; what is wrong with it is told in faults.</param>
    public static Parsed<Ontology> Parse(JsonElement document) => Parse(document, GeometryRegistry.Shipped);

    /// <summary>Reads an ontology from UTF-8 JSON and checks its rules.</summary>
    /// <param name="utf8">Any bytes; what is wrong with them is told in faults.</param>
    public static Parsed<Ontology> Parse(ReadOnlySpan<byte> utf8)
    {
        JsonElement document;
        try
        {
            document = JsonElement.Parse(utf8);
        }
        catch (JsonException error)
        {
            return new Parsed<Ontology>(null, [new Fault("", "JSON", error.Message)]);
        }

        return Parse(document);
    }

    internal static Parsed<Ontology> Parse(JsonElement document, GeometryRegistry geometries)
    {
        var faults = new FaultList();
        if (document.ValueKind == JsonValueKind.Undefined)
            faults.Add("", "JSON", "nothing");
        else if (JsonText.Flaw(document) is { } flaw)
            faults.Add("", "well-formed Unicode without U+0000", flaw);
        else
        {
            var reader = new ObjectReader(document, "", OntologyForms.Ontology, faults);
            var questions = new OntologyReader(faults, geometries).ReadQuestions(reader);
            return faults.Result(() => new Ontology(questions));
        }

        return new Parsed<Ontology>(null, faults.ToList());
    }

    /// <summary>Canonical UTF-8 JSON: fixed order of members, what is at its default left out, no white space, all beyond ASCII escaped.</summary>
    public static byte[] Write(Ontology ontology)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("questions"u8);
            OntologyWriter.WriteQuestions(writer, ontology.Questions);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
