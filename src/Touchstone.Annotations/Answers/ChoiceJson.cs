using System.Text.Json;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Answers;

internal static class ChoiceJson
{
    public static ChoiceAnswer Read(ChoiceQuestion question, JsonElement value)
    {
        if (question.Boolean) return new ChoiceAnswer([value.GetBoolean() ? "true" : "false"]);
        if (!question.Multiple) return new ChoiceAnswer([ReadOne(question, value)]);
        var chosen = new string[value.GetArrayLength()];
        var i = 0;
        foreach (var item in value.EnumerateArray()) chosen[i++] = ReadOne(question, item);
        return new ChoiceAnswer(InOrder(question, chosen));
    }

    private static string ReadOne(ChoiceQuestion question, JsonElement value) =>
        question.Taxonomy ? string.Join('/', value.EnumerateArray().Select(step => step.GetString())) : value.GetString()!;

    public static void Write(ChoiceQuestion question, ChoiceAnswer answer, Utf8JsonWriter writer)
    {
        if (question.Multiple)
        {
            writer.WriteStartArray();
            foreach (var chosen in InOrder(question, answer.Chosen)) WriteOne(question, chosen, writer);
            writer.WriteEndArray();
        }
        else WriteOne(question, answer.Chosen.Single(), writer);
    }

    private static void WriteOne(ChoiceQuestion question, string chosen, Utf8JsonWriter writer)
    {
        if (question.Boolean) writer.WriteBooleanValue(chosen == "true");
        else if (question.Taxonomy)
        {
            writer.WriteStartArray();
            foreach (var step in chosen.Split('/')) writer.WriteStringValue(step);
            writer.WriteEndArray();
        }
        else writer.WriteStringValue(chosen);
    }

    /// <summary>In the ontology's order; a path stands behind the paths that it continues.</summary>
    private static IReadOnlyList<string> InOrder(ChoiceQuestion question, IReadOnlyList<string> chosen) =>
        chosen.Count < 2 ? chosen : [.. chosen.OrderBy(path => Place(question, path)).ThenBy(path => path, StringComparer.Ordinal)];

    private static int Place(ChoiceQuestion question, string path)
    {
        var (options, ids, place) = (question.Options, question.Ids, -1);
        foreach (var step in path.Split('/'))
        {
            var index = ids.Find(step);
            if (index < 0) return int.MaxValue;
            place++;
            for (var before = 0; before < index; before++) place += options[before].TreeSize;
            (options, ids) = (options[index].Children, options[index].Ids);
        }

        return place;
    }
}
