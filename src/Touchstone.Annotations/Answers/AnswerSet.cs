using System.Buffers;
using System.Text.Json;
using Touchstone.Annotations.Kinds;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Answers;

/// <summary>The answers of one response, typed.</summary>
public sealed class AnswerSet
{
    /// <summary>A set of answers to questions of an ontology.</summary>
    public AnswerSet(Ontology ontology, IReadOnlyDictionary<string, Answer> byQuestion)
    {
        Ontology = ontology;
        ByQuestion = byQuestion;
    }

    /// <summary>The ontology that they are made under.</summary>
    public Ontology Ontology { get; }

    /// <summary>Answers by question id; questions that were not answered are absent.</summary>
    public IReadOnlyDictionary<string, Answer> ByQuestion { get; }

    /// <summary>Reads answers that <see cref="AnswerChecker"/> has found valid. The result does not hold on to the document.</summary>
    /// <exception cref="InvalidOperationException">The answers were not checked, and are not valid.</exception>
    public static AnswerSet Parse(Ontology ontology, JsonElement answers) => Parse(ontology, answers, GeometryRegistry.Shipped);

    internal static AnswerSet Parse(Ontology ontology, JsonElement answers, GeometryRegistry geometries)
    {
        var byQuestion = new Dictionary<string, Answer>(StringComparer.Ordinal);
        foreach (var member in answers.EnumerateObject())
        {
            var question = ontology.Find(member.Name)
                ?? throw new InvalidOperationException($"The ontology has no question \"{member.Name}\": check answers before reading them.");
            byQuestion[question.Id] = AnswerJson.Readers[question.Kind](question, member.Value, geometries);
        }

        return new AnswerSet(ontology, byQuestion);
    }

    /// <summary>Writes canonical JSON: questions in the ontology's order, pixels rounded to 3 decimals, angles to 6, several options in the
    /// ontology's order, attributes in the class's; the same bytes for the same answers (of one writer's options).</summary>
    /// <exception cref="InvalidOperationException">A shape has a class or attribute that the ontology does not have.</exception>
    public void Write(Utf8JsonWriter writer) => Write(writer, GeometryRegistry.Shipped);

    internal void Write(Utf8JsonWriter writer, GeometryRegistry geometries)
    {
        writer.WriteStartObject();
        foreach (var question in Ontology.Questions)
        {
            if (!ByQuestion.TryGetValue(question.Id, out var answer)) continue;
            writer.WritePropertyName(question.Id);
            AnswerJson.Writers[question.Kind](question, answer, writer, geometries);
        }

        writer.WriteEndObject();
    }

    /// <summary>The canonical JSON as UTF-8, without white space, all beyond ASCII escaped.</summary>
    public byte[] ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) Write(writer);
        return buffer.WrittenSpan.ToArray();
    }
}
