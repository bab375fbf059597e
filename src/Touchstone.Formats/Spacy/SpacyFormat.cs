using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Annotations.Exports;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.Spacy;

/// <summary>spaCy's texts with entities, spans and categories in JSON.</summary>
/// <remarks>Read are rows with <c>text</c> and <c>entities</c>, <c>spans</c> (as Prodigy has them) or <c>cats</c>; <c>Doc.to_json()</c> with <c>ents</c>; pairs of a text and such an object, as spaCy 2 was trained with; and the training documents of spaCy 2
/// (<see cref="SpacyDocument"/>). Written are rows: <c>entities</c> as [start, end, label] where no two overlap and nothing else is said of them, as entities of spaCy are; <c>spans</c> with everything else.
/// Offsets count code points, as Python does. A category is one that has 0.5 or more; the file's own values are kept as the fact <see cref="CategoriesFact"/>. Other members are facts. A span of a
/// group keeps the group's name. A row that a person rejected in Prodigy is a draft and no truth; one that was ignored is skipped.</remarks>
public sealed class SpacyFormat : DatasetFormat
{
    /// <summary>The fact that keeps how sure each category is.</summary>
    public const string CategoriesFact = "spacy_cats";

    private const double CategoryMin = 0.5;

    /// <summary>The attribute of a span of Doc.spans that names its group; empty of a list beside entities. What has none is an entity.</summary>
    public const string GroupAttribute = "span_group";

    /// <summary>What a person said of a row of Prodigy: <c>accept</c>, <c>reject</c> or <c>ignore</c>.</summary>
    private const string Answer = "answer";

    private const string Rejected = "reject", Ignored = "ignore";

    private static readonly string[] Own = ["text", "entities", "ents", "spans", "cats", CategoriesFact];

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "spacy",
        Name = "spaCy JSON",
        Specification = "spacy.io: data formats (training data of version 2, dictionaries of Example.from_dict); prodi.gy: spans",
        Evidence = Evidence.Specification,
        Inputs = [InputKind.Text],
        Marks = [MarkKind.TextSpan],
        Attributes = AttributeSupport.Any,
        OfInput = AnswerParts.Label | AnswerParts.Labels | AnswerParts.Text,
        Questions = [TextAnswers.Label],
        Parts = CarriedParts.EmptySamples | CarriedParts.Splits | CarriedParts.Scores | CarriedParts.ObjectIds | CarriedParts.Facts | CarriedParts.Drafts | CarriedParts.Skips,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) => TextRows.Recognise(source, Traits.Id, "texts with entities, spans or categories, as spaCy has them", CertaintyOf);

    /// <inheritdoc/>
    public override Task<DatasetFacts> FactsAsync(DatasetSource source, FormatOptions options, CancellationToken cancellationToken) => Task.FromResult(new DatasetFacts { Title = source.Title });

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Sample> ReadAsync(DatasetSource source, FormatOptions options, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var file in RowCandidates.FilesAsync(source, Traits.Name, CertaintyOf, faults, cancellationToken))
        {
            await foreach (var row in RowFiles.ReadAsync(source, file, faults, cancellationToken, TextRows.DepthMax))
            {
                var place = new JsonPlace(file, row.Place, row.Pointer, faults);
                if (row.Value.Member("paragraphs") is not null)
                {
                    foreach (var sample in SpacyDocument.Read(row.Value, file, row.Number, place)) yield return sample;
                }
                else if (Read(row.Value, file, row.Number, place) is { } sample) yield return sample;
            }
        }
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        await using var files = new JsonLineFiles(target, "texts");
        await foreach (var sample in samples.WithCancellation(cancellationToken)) files.Write(sample.Split, json => Write(json, sample));
        await files.FinishAsync(["text", "spans"]);
    }

    private static Sample? Read(JsonElement row, string file, long number, JsonPlace place)
    {
        var isPair = row.ValueKind == JsonValueKind.Array && row.GetArrayLength() == 2 && row[0].ValueKind == JsonValueKind.String;
        var (said, text) = isPair ? (row[1], row[0].GetString()) : (row, row.Text("text"));
        if (text is null || said.ValueKind != JsonValueKind.Object)
        {
            place.Below("text").Tell($"a text was expected; {row.Member("text").Found()} found.");
            return null;
        }

        var at = isPair ? place.Below(1) : place;
        var spans = new TextSpans(text, countsUnits: false);
        List<LabelledObject> objects = [];
        foreach (var member in (ReadOnlySpan<string>)["entities", "ents", "spans"])
        {
            var isBeside = member == "spans" && (said.Member("entities") ?? said.Member("ents")) is not null;
            foreach (var (item, group, itemPlace) in Spans(said, member, at.Below(member)))
            {
                if (spans.Read(item, itemPlace) is not { } each) continue;
                objects.Add((group ?? (isBeside ? "" : null)) is { } name ? each with { Attributes = new Dictionary<string, JsonElement>(each.Attributes, StringComparer.Ordinal) { [GroupAttribute] = JsonFields.Of(name) } } : each);
            }
        }

        var facts = TextRows.Facts(said, Own);
        var cats = said.Member("cats");
        if (cats is { ValueKind: JsonValueKind.Object } values) facts = new Dictionary<string, JsonElement>(facts, StringComparer.Ordinal) { [CategoriesFact] = values };
        return TextRows.Sample(file, number, text, new Opinion { Kind = KindOf(said), Objects = objects, Answers = TextRows.Answers(Categories(cats, at.Below("cats"))) }, facts);
    }

    private static OpinionKind KindOf(JsonElement said) => said.Text(Answer) switch
    {
        Rejected => OpinionKind.Draft,
        Ignored => OpinionKind.Skipped,
        _ => OpinionKind.Annotation,
    };

    /// <summary>The spans of a member: a list, or lists by the name of a group, as Doc.spans has them.</summary>
    private static IEnumerable<(JsonElement Item, string? Group, JsonPlace Place)> Spans(JsonElement said, string member, JsonPlace place)
    {
        switch (said.Member(member))
        {
            case { ValueKind: JsonValueKind.Array } list:
                return list.EnumerateArray().Select((item, i) => (item, (string?)null, place.Below(i)));
            case { ValueKind: JsonValueKind.Object } groups when groups.EnumerateObject().All(g => g.Value.ValueKind == JsonValueKind.Array):
                return groups.EnumerateObject().SelectMany(g => g.Value.EnumerateArray().Select((item, i) => (item, (string?)g.Name, place.Below(g.Name).Below(i))));
            case { } other:
                place.Tell($"a list of spans was expected; {((JsonElement?)other).Found()} found.");
                return [];
            default:
                return [];
        }
    }

    private static List<string>? Categories(JsonElement? cats, JsonPlace place)
    {
        if (cats is null) return null;
        if (TextRows.Texts(cats) is { } names) return names;
        if (cats is not { ValueKind: JsonValueKind.Object } values)
        {
            place.Tell($"categories with a number each were expected; {cats.Found()} found.");
            return null;
        }

        return [.. values.EnumerateObject().Where(c => c.Value.ValueKind == JsonValueKind.True || c.Value.AsNumber() >= CategoryMin).Select(c => c.Name)];
    }

    private static void Write(Utf8JsonWriter json, Sample sample)
    {
        var opinion = sample.Opinions.Count == 0 ? new Opinion() : sample.Opinions[0];
        json.WriteStartObject();
        json.WriteString("text", sample.Text ?? "");
        if (opinion.Objects.Any(o => GroupOf(o) is not null)) WriteGroups(json, opinion.Objects);
        else WriteSpans(json, opinion.Objects, onlyEntities: false);
        WriteCategories(json, TextRows.Labels(opinion), sample);
        if (opinion.Kind is OpinionKind.Draft or OpinionKind.Skipped && !sample.Facts.ContainsKey(Answer)) json.WriteString(Answer, opinion.Kind == OpinionKind.Draft ? Rejected : Ignored);
        TextRows.WriteFacts(json, sample.Facts, Own);
        json.WriteEndObject();
    }

    private static string? GroupOf(LabelledObject each) => each.Attributes.TryGetValue(GroupAttribute, out var group) && group.ValueKind == JsonValueKind.String ? group.GetString() : null;

    /// <summary>Entities, and beside them spans: a list where no group has a name, else by group.</summary>
    private static void WriteGroups(Utf8JsonWriter json, IReadOnlyList<LabelledObject> objects)
    {
        WriteSpans(json, [.. objects.Where(o => GroupOf(o) is null)], onlyEntities: true);
        var groups = objects.Where(o => GroupOf(o) is not null).GroupBy(o => GroupOf(o)!).ToList();
        if (groups is [{ Key: "" } only])
        {
            WriteSpans(json, "spans", only);
            return;
        }

        json.WriteStartObject("spans");
        foreach (var group in groups) WriteSpans(json, group.Key, group);
        json.WriteEndObject();
    }

    private static void WriteSpans(Utf8JsonWriter json, string member, IEnumerable<LabelledObject> spans)
    {
        json.WriteStartArray(member);
        foreach (var each in spans) TextSpans.Write(json, each with { Attributes = each.Attributes.Where(a => a.Key != GroupAttribute).ToDictionary(StringComparer.Ordinal) });
        json.WriteEndArray();
    }

    /// <summary>Entities where spans are such as these have to be; spans else, unless others stand beside them.</summary>
    private static void WriteSpans(Utf8JsonWriter json, IReadOnlyList<LabelledObject> objects, bool onlyEntities)
    {
        var areEntities = objects.All(o => o.Attributes.Count == 0 && o.Score is null && o.Id is null) && (onlyEntities || AreApart(objects));
        json.WriteStartArray(areEntities || onlyEntities ? "entities" : "spans");
        foreach (var each in objects)
        {
            if (areEntities) WriteEntity(json, each);
            else TextSpans.Write(json, each);
        }

        json.WriteEndArray();
    }

    private static void WriteEntity(Utf8JsonWriter json, LabelledObject each)
    {
        var span = (TextSpan)each.Mark;
        json.WriteStartArray();
        json.WriteNumberValue(span.Start);
        json.WriteNumberValue(span.End);
        json.WriteStringValue(each.Class);
        json.WriteEndArray();
    }

    /// <summary>The categories with the file's own values where these still say the same.</summary>
    private static void WriteCategories(Utf8JsonWriter json, IReadOnlyList<string> labels, Sample sample)
    {
        if (sample.Facts.TryGetValue(CategoriesFact, out var own) && own.ValueKind == JsonValueKind.Object && Categories(own, default) is { } same && same.SequenceEqual(labels))
        {
            json.WritePropertyName("cats");
            own.WriteTo(json);
            return;
        }

        if (labels.Count == 0) return;
        json.WriteStartObject("cats");
        foreach (var label in labels.Distinct(StringComparer.Ordinal)) json.WriteNumber(label, 1.0);
        json.WriteEndObject();
    }

    private static bool AreApart(IReadOnlyList<LabelledObject> objects)
    {
        var end = 0L;
        foreach (var span in objects.Select(o => (TextSpan)o.Mark).OrderBy(s => s.Start).ThenBy(s => s.End))
        {
            if (span.Start < end || span.Start == span.End) return false;
            end = span.End;
        }

        return true;
    }

    private static double CertaintyOf(JsonElement row)
    {
        if (row.ValueKind == JsonValueKind.Array) return row.GetArrayLength() == 2 && row[0].ValueKind == JsonValueKind.String && (row[1].Member("entities") ?? row[1].Member("cats") ?? row[1].Member("spans")) is not null ? 0.95 : 0;
        if (row.Member("paragraphs") is { ValueKind: JsonValueKind.Array } paragraphs) return paragraphs.EnumerateArray().Any(p => p.Member("sentences") is { ValueKind: JsonValueKind.Array }) ? 0.95 : 0;
        if (row.Text("text") is null) return 0;
        if (row.Member("ents") is { ValueKind: JsonValueKind.Array } ents) return ents.EnumerateArray().All(e => e.Member("start") is not null && e.Member("label") is not null) ? 0.97 : 0;
        if (row.Member("spans") is { ValueKind: JsonValueKind.Array } spans) return spans.EnumerateArray().All(s => s.Member("start") is not null && s.Member("end") is not null) ? 0.9 : 0;
        if (row.Member("entities") is { ValueKind: JsonValueKind.Array } entities)
            return row.Member("relations") is null && TextRows.Texts(row.Member("cats")) is null && entities.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Array && e.GetArrayLength() is 3 or 4 || e.Member("start") is not null) ? 0.85 : 0;
        return row.Member("cats") is { ValueKind: JsonValueKind.Object } ? 0.9 : 0;
    }
}
