using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Annotations.Exports;
using Touchstone.Annotations.Selectors;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Texts;

namespace Touchstone.Formats.Doccano;

/// <summary>doccano's JSONL: a text a line with spans, relations, categories, or the texts that answer it.</summary>
/// <remarks><para>Written as doccano exports each kind of project: spans alone as <c>label</c>: [[start, end, name]], with relations as <c>entities</c> and <c>relations</c>, with categories as <c>entities</c> and
/// <c>cats</c>; categories alone, and the texts of sequence to sequence, as <c>label</c>: [text]. Read are also the names of older exports (<c>data</c>, <c>labels</c>, <c>annotations</c>). Other members are facts.</para>
/// <para>Offsets count UTF-16 units: doccano's page (v-annotator) goes by the length of JavaScript's strings. Files that Python programs wrote for doccano count code points
/// (<see cref="FormatOptions.DoccanoCountsCodePoints"/>); the two differ only where a text has characters beyond U+FFFF, and a span that would cut one in half is told.</para></remarks>
public sealed class DoccanoFormat : DatasetFormat
{
    private static readonly string[] Own = ["text", "data", "label", "labels", "entities", "relations", "cats", "annotations"];

    /// <summary>What a label has that is read; of others the whole list is kept as a fact.</summary>
    private static readonly string[] OfLabel = ["id", "label", "start_offset", "end_offset", "start", "end"];

    /// <inheritdoc/>
    public override FormatTraits Traits { get; } = new()
    {
        Id = "doccano",
        Name = "doccano JSONL",
        Specification = "doccano (github.com/doccano/doccano), data_import and data_export pipelines with their examples",
        Evidence = Evidence.Specification,
        Inputs = [InputKind.Text],
        Marks = [MarkKind.TextSpan],
        OfInput = AnswerParts.Label | AnswerParts.Labels | AnswerParts.Text,
        Questions = [TextAnswers.Label],
        Parts = CarriedParts.EmptySamples | CarriedParts.Splits | CarriedParts.Relations | CarriedParts.Facts,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Recognition> Recognise(DatasetSource source) => TextRows.Recognise(source, Traits.Id, "a text a line with labels, as doccano exports it", CertaintyOf);

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
                if ((row.Value.Text("text") ?? row.Value.Text("data")) is { } text)
                    yield return TextRows.Sample(file, row.Number, text, Opinion(row.Value, new TextSpans(text, !options.DoccanoCountsCodePoints), place), Facts(row.Value));
                else place.Below("text").Tell($"a text was expected; {row.Value.Member("text").Found()} found.");
            }
        }
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(DatasetFacts facts, IAsyncEnumerable<Sample> samples, DatasetTarget target, FormatOptions options, CancellationToken cancellationToken)
    {
        await using var files = new JsonLineFiles(target, "doccano");
        await foreach (var sample in samples.WithCancellation(cancellationToken)) files.Write(sample.Split, json => Write(json, sample, options));
        await files.FinishAsync(["text", "label"]);
    }

    /// <summary>Other members of the row, and its labels as they stand where they say who gave them, when, or more.</summary>
    private static IReadOnlyDictionary<string, JsonElement> Facts(JsonElement row)
    {
        var facts = TextRows.Facts(row, Own);
        foreach (var member in (ReadOnlySpan<string>)["annotations", "entities", "label", "labels"])
        {
            if (!row.Items(member).Any(i => ((JsonElement?)i).Members().Any(m => !OfLabel.Contains(m.Name) && m.Value.ValueKind != JsonValueKind.Null))) continue;
            facts = new Dictionary<string, JsonElement>(facts, StringComparer.Ordinal) { [$"doccano_{member}"] = row.Member(member)!.Value };
        }

        return facts;
    }

    private static Opinion Opinion(JsonElement row, TextSpans spans, JsonPlace place)
    {
        List<LabelledObject> objects = [];
        List<string> labels = [];
        foreach (var member in (ReadOnlySpan<string>)["entities", "label", "labels", "annotations", "cats"])
        {
            if (row.Member(member) is not { } value) continue;
            var at = place.Below(member);
            if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number) labels.Add(value.ToString());
            else if (TextRows.Texts(value) is { } texts) labels.AddRange(texts);
            else if (value.ValueKind == JsonValueKind.Array) AddSpans(value, spans, objects, labels, at);
            else at.Tell($"a list of spans or of labels was expected; {((JsonElement?)value).Found()} found.");
        }

        return new Opinion { Objects = objects, Answers = TextRows.Answers(labels), Relations = Relations(row, objects, place) };
    }

    /// <summary>Spans of a list, and labels of the whole text, which stand in doccano 1's <c>annotations</c> without offsets.</summary>
    private static void AddSpans(JsonElement list, TextSpans spans, List<LabelledObject> objects, List<string> labels, JsonPlace place)
    {
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var at = place.Below(index++);
            if (item.Member("label") is { ValueKind: JsonValueKind.String or JsonValueKind.Number } label && item.Member("start_offset") is null && item.Member("start") is null) labels.Add(label.ToString());
            else if (spans.Read(item, at) is { } each) objects.Add(each with { Attributes = Sample.Empty });
        }
    }

    private static List<ObjectRelation> Relations(JsonElement row, List<LabelledObject> objects, JsonPlace place)
    {
        List<ObjectRelation> relations = [];
        var (index, ids) = (0, objects.Select(o => o.Id).OfType<string>().ToHashSet(StringComparer.Ordinal));
        foreach (var relation in row.Items("relations"))
        {
            var at = place.Below("relations").Below(index++);
            if (relation.Id("from_id") is { } from && relation.Id("to_id") is { } to && ids.Contains(from) && ids.Contains(to)) relations.Add(new ObjectRelation(from, to, relation.Id("type") ?? relation.Id("label") ?? ""));
            else at.Tell($"the ids of two spans were expected; {relation.Member("from_id").Found()} and {relation.Member("to_id").Found()} found.");
        }

        return relations;
    }

    private static void Write(Utf8JsonWriter json, Sample sample, FormatOptions options)
    {
        var opinion = sample.Opinions.Count == 0 ? new Opinion() : sample.Opinions[0];
        var labels = TextRows.Labels(opinion);
        var offsets = options.DoccanoCountsCodePoints ? null : new TextOffsets(sample.Text ?? "");
        json.WriteStartObject();
        json.WriteString("text", sample.Text ?? "");
        if (opinion.Relations.Count > 0) WriteRelations(json, opinion, offsets);
        else if (opinion.Objects.Count > 0 || labels.Count == 0) WriteSpans(json, labels.Count > 0 ? "entities" : "label", opinion.Objects, offsets);
        if (labels.Count > 0)
        {
            json.WritePropertyName(opinion.Objects.Count > 0 ? "cats" : "label");
            JsonSerializer.Serialize(json, labels);
        }

        TextRows.WriteFacts(json, sample.Facts, Own);
        json.WriteEndObject();
    }

    private static void WriteSpans(Utf8JsonWriter json, string member, IReadOnlyList<LabelledObject> objects, TextOffsets? offsets)
    {
        json.WriteStartArray(member);
        foreach (var each in objects)
        {
            var (start, end) = Offsets(each, offsets);
            json.WriteStartArray();
            json.WriteNumberValue(start);
            json.WriteNumberValue(end);
            json.WriteStringValue(each.Class);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>doccano's ids are numbers: spans are numbered in order, and relations follow.</summary>
    private static void WriteRelations(Utf8JsonWriter json, Opinion opinion, TextOffsets? offsets)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        json.WriteStartArray("entities");
        for (var i = 0; i < opinion.Objects.Count; i++)
        {
            if (opinion.Objects[i].Id is { } id) numbers.TryAdd(id, i);
            var (start, end) = Offsets(opinion.Objects[i], offsets);
            json.WriteStartObject();
            json.WriteNumber("id", i);
            json.WriteNumber("start_offset", start);
            json.WriteNumber("end_offset", end);
            json.WriteString("label", opinion.Objects[i].Class);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("relations");
        foreach (var relation in opinion.Relations)
        {
            if (!numbers.TryGetValue(relation.From, out var from) || !numbers.TryGetValue(relation.To, out var to)) continue;   // one of its spans was lost, which was told
            json.WriteStartObject();
            json.WriteNumber("from_id", from);
            json.WriteNumber("to_id", to);
            json.WriteString("type", relation.Label);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static (long Start, long End) Offsets(LabelledObject each, TextOffsets? offsets)
    {
        var span = (TextSpan)each.Mark;
        return offsets is null ? (span.Start, span.End) : (offsets.UnitsAt(span.Start) ?? span.Start, offsets.UnitsAt(span.End) ?? span.End);
    }

    private static double CertaintyOf(JsonElement row)
    {
        if ((row.Text("text") ?? row.Text("data")) is null) return 0;
        if (row.Member("entities") is { ValueKind: JsonValueKind.Array } entities)
        {
            if (entities.EnumerateArray().Any(e => e.Member("start_offset") is not null) || row.Member("relations") is { ValueKind: JsonValueKind.Array }) return 0.97;
            return TextRows.Texts(row.Member("cats")) is not null ? 0.95 : IsTriples(entities) ? 0.5 : 0;
        }

        if (row.Member("annotations") is { ValueKind: JsonValueKind.Array } annotations && annotations.EnumerateArray().Any(e => e.Member("start_offset") is not null || e.Member("label") is not null && e.Member("user") is not null)) return 0.9;
        if ((row.Member("label") ?? row.Member("labels")) is not { ValueKind: JsonValueKind.Array } labels) return 0;
        if (labels.GetArrayLength() > 0 && IsTriples(labels)) return 0.95;
        return TextRows.Texts(labels) is not null ? 0.75 : 0;
    }

    private static bool IsTriples(JsonElement list) => list.EnumerateArray().All(e => e.ValueKind == JsonValueKind.Array && e.GetArrayLength() == 3 && e[0].ValueKind == JsonValueKind.Number && e[2].ValueKind == JsonValueKind.String);
}
