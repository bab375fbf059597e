using System.Text.Json;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Texts;

/// <summary>What formats of one text a row have in common.</summary>
internal static class TextRows
{
    /// <summary>How deep rows may be nested: less than readers of JSON take, because other formats put facts of a text deeper and are read again too.</summary>
    public const int DepthMax = JsonElements.DepthMax - 8;

    private const int CandidatesMax = 200;

    /// <summary>The one data set that files of a format are together.</summary>
    public static IReadOnlyList<Recognition> Recognise(DatasetSource source, string format, string reason, Func<JsonElement, double> certaintyOf)
    {
        List<string> found = [], unreadable = [];
        var certainty = 0.0;
        foreach (var file in source.Files.Where(RowFiles.MayBe).Take(CandidatesMax))
        {
            if (RowFiles.First(source, file) is not { } first) unreadable.Add(file);
            else if (certaintyOf(first) is > 0 and var own)
            {
                found.Add(file);
                certainty = Math.Max(certainty, own);
            }
        }

        return found.Count == 0 ? [] : [new Recognition(format, source.IsFile ? "" : TextPlaces.Of([.. found, .. RowCandidates.Beside(found, unreadable)]), certainty, reason)];
    }

    /// <summary>A sample of a text.</summary>
    public static Sample Sample(string file, long number, string text, Opinion opinion, IReadOnlyDictionary<string, JsonElement> facts) => new()
    {
        Name = $"{SplitNames.StemOf(file)}-{number}",
        Kind = InputKind.Text,
        Text = text,
        Split = SplitNames.Of(file),
        Opinions = [opinion],
        Facts = facts,
    };

    /// <summary>The members of a row that are not its own: facts of the text.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Facts(JsonElement row, params ReadOnlySpan<string> own)
    {
        Dictionary<string, JsonElement> facts = new(StringComparer.Ordinal);
        foreach (var member in row.EnumerateObject())
            if (!own.Contains(member.Name) && member.Value.ValueKind != JsonValueKind.Null) facts[member.Name] = member.Value;
        return facts.Count == 0 ? Exchange.Sample.Empty : facts;
    }

    /// <summary>Writes facts beside a row's own members.</summary>
    public static void WriteFacts(Utf8JsonWriter json, IReadOnlyDictionary<string, JsonElement> facts, params ReadOnlySpan<string> own)
    {
        foreach (var (name, value) in facts)
        {
            if (own.Contains(name)) continue;
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    }

    /// <summary>The texts of a list; null where any of its values is none, or there is no list.</summary>
    public static List<string>? Texts(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.Array } list) return null;
        List<string> texts = [];
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind is not (JsonValueKind.String or JsonValueKind.Number)) return null;
            texts.Add(item.ToString());
        }

        return texts;
    }

    /// <summary>The answer to <see cref="TextAnswers.Label"/> as texts.</summary>
    public static IReadOnlyList<string> Labels(Opinion? opinion)
    {
        if (opinion is null || !opinion.Answers.TryGetValue(TextAnswers.Label, out var answer)) return [];
        return answer.ValueKind == JsonValueKind.Array ? [.. answer.EnumerateArray().Select(a => a.ToString())] : [answer.ToString()];
    }

    /// <summary>Labels as an answer; none where there are none.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Answers(IReadOnlyList<string>? labels) =>
        labels is { Count: > 0 } ? new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [TextAnswers.Label] = JsonFields.Of(labels) } : Exchange.Sample.Empty;
}
