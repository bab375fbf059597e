using System.Text.Json;
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
    public static AnswerSet Parse(Ontology ontology, JsonElement answers) => throw new NotImplementedException();

    /// <summary>Writes canonical JSON: questions in the ontology's order, pixels rounded to 3 decimals, angles to 6, the same bytes for the same answers.</summary>
    public void Write(Utf8JsonWriter writer) => throw new NotImplementedException();

    /// <summary>The canonical JSON as UTF-8.</summary>
    public byte[] ToJson() => throw new NotImplementedException();
}
