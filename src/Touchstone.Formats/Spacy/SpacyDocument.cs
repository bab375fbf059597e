using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.Spacy;

/// <summary>A training document of spaCy 2: paragraphs of sentences of tokens with tags of entities in BILUO. A paragraph is a sample.</summary>
internal static class SpacyDocument
{
    /// <summary>The fact that keeps sentences as the file has them, where it says more of words than which are entities: tags, heads, brackets.</summary>
    public const string SentencesFact = "spacy_sentences";

    private static readonly string[] OfToken = ["id", "orth", "ner"];

    public static IEnumerable<Sample> Read(JsonElement document, string file, long number, JsonPlace place)
    {
        var index = 0;
        foreach (var paragraph in document.Items("paragraphs"))
        {
            var at = place.Below("paragraphs").Below(index++);
            if (Read(paragraph, at) is not var (text, objects, labels)) continue;
            var sample = TextRows.Sample(file, number, text, new Opinion { Objects = objects, Answers = TextRows.Answers(labels) }, Facts(paragraph));
            yield return sample with { Name = $"{sample.Name}-{index}", Scene = sample.Name };
        }
    }

    private static (string Text, List<LabelledObject> Objects, List<string> Labels)? Read(JsonElement paragraph, JsonPlace place)
    {
        List<string> words = [], tags = [];
        var sentence = 0;
        foreach (var tokens in paragraph.Items("sentences"))
        {
            var (at, index) = (place.Below("sentences").Below(sentence++).Below("tokens"), 0);
            foreach (var token in tokens.Items("tokens"))
            {
                if (token.Text("orth") is not { } word)
                {
                    at.Below(index).Below("orth").Tell($"a word was expected; {token.Member("orth").Found()} found; the paragraph is left out.");
                    return null;
                }

                var tag = token.Text("ner") ?? SpanTags.Outside;
                if (tag == "-") tag = SpanTags.Outside;      // nobody knows, as spaCy writes it
                if (!SpanTags.IsTag(tag))
                {
                    at.Below(index).Below("ner").Tell($"a tag such as O, B-ORG or U-ORG was expected; \"{tag}\" found; the paragraph is left out.");
                    return null;
                }

                words.Add(word);
                tags.Add(tag);
                index++;
            }
        }

        var raw = paragraph.Text("raw");
        var (text, starts, ends) = raw is null ? TaggedWords.Join(words) : Find(raw, words);
        if (text is null)
        {
            place.Below("raw").Tell("the words of the sentences do not follow each other in this text; the paragraph is left out.");
            return null;
        }

        List<LabelledObject> objects = [.. SpanTags.Decode(tags).Select(s => new LabelledObject(s.Type, new TextSpan(starts[s.First], ends[s.End - 1])))];
        return (text, objects, [.. paragraph.Items("cats").Where(c => c.Number("value") >= 0.5).Select(c => c.Text("label")).OfType<string>()]);
    }

    /// <summary>What of a paragraph is neither its text nor its entities: its sentences where they say more, each category's value, and other members.</summary>
    private static Dictionary<string, JsonElement> Facts(JsonElement paragraph)
    {
        Dictionary<string, JsonElement> facts = new(TextRows.Facts(paragraph, "raw", "sentences", "cats"), StringComparer.Ordinal);
        if (paragraph.Member("sentences") is { } sentences && paragraph.Items("sentences").Any(SaysMore)) facts[SentencesFact] = sentences;
        Dictionary<string, JsonElement> values = new(StringComparer.Ordinal);
        foreach (var cat in paragraph.Items("cats"))
            if (cat.Text("label") is { } label && cat.Member("value") is { } value) values[label] = value;
        if (values.Count > 0) facts[SpacyFormat.CategoriesFact] = JsonSerializer.SerializeToElement(values);
        return facts;
    }

    private static bool SaysMore(JsonElement sentence) =>
        ((JsonElement?)sentence).Members().Any(m => m.Name != "tokens" && !(m.Value.ValueKind == JsonValueKind.Array && m.Value.GetArrayLength() == 0))
        || sentence.Items("tokens").Any(t => ((JsonElement?)t).Members().Any(m => !OfToken.Contains(m.Name)));

    /// <summary>Where words are in the text that they were cut from; no text where they are not in it.</summary>
    private static (string? Text, long[] Starts, long[] Ends) Find(string raw, List<string> words)
    {
        var (starts, ends) = (new long[words.Count], new long[words.Count]);
        var (unit, point) = (0, 0L);
        for (var i = 0; i < words.Count; i++)
        {
            while (unit < raw.Length && char.IsWhiteSpace(raw[unit]) && !raw.AsSpan(unit).StartsWith(words[i], StringComparison.Ordinal)) (unit, point) = (unit + 1, point + 1);
            if (!raw.AsSpan(unit).StartsWith(words[i], StringComparison.Ordinal)) return (null, starts, ends);
            starts[i] = point;
            (unit, point) = (unit + words[i].Length, point + CodePoints.Count(words[i]));
            ends[i] = point;
        }

        return (raw, starts, ends);
    }
}
