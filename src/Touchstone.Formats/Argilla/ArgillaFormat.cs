using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.Argilla;

/// <summary>Argilla 2's records: fields, metadata, suggestions of models and responses of people by question. Read as its own JSON and as the flat columns of a data set made of it; written as its own.</summary>
/// <remarks>argilla/src/argilla/records. Which field is the prompt and which are completions is told by their names: prompt, instruction, question, input, messages; then response, completion, output, answer, generation,
/// chosen and rejected, and these with a number. Fields of other names are the fact <see cref="FieldsFact"/>. A ranking of all completions that everybody gave alike ranks them. Responses of one person are one judgement, of nobody in particular one each; only submitted
/// ones are judgements, others are the fact <see cref="ResponsesFact"/> and are written with their status. A number as the answer to <c>preference</c> is which of two completions is better.</remarks>
public sealed class ArgillaFormat : TrainingFormat
{
    /// <summary>The fact that keeps fields that are neither prompt nor completion.</summary>
    public const string FieldsFact = "argilla_fields";

    /// <summary>The fact that keeps the names of fields where they are others than would be written: <c>prompt</c>, and <c>completions</c> in their order.</summary>
    public const string NamesFact = "argilla_names";

    /// <summary>The fact that keeps responses that nobody submitted (drafts and discarded ones), those without a value, and a second one of the same person: they are no judgements.</summary>
    public const string ResponsesFact = "argilla_responses";

    private const string ResponsesColumn = ".responses", UsersColumn = ".responses.users", StatusColumn = ".responses.status";
    private const string SuggestionColumn = ".suggestion", AgentColumn = ".suggestion.agent", ScoreColumn = ".suggestion.score";

    private const string PreferenceQuestion = "preference";

    private static readonly string[] OfRow = ["status", "_server_id"];
    private static readonly string[] Prompts = ["prompt", "instruction", "question", "input", "messages", "conversation"];
    private static readonly string[] Answers = ["response", "completion", "output", "answer", "generation", "reply", "chosen", "rejected"];

    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "argilla",
        Name = "Argilla",
        Specification = "argilla-io/argilla 2: Record.to_dict (to_json), to_datasets",
        Evidence = Evidence.Specification,
        Shape = CompletionShape.Any,
        CompletesWithText = true,
        NeedsPrompt = false,
        Parts = RecordParts.Turns | RecordParts.PlainText | RecordParts.Judgements | RecordParts.Contributors | RecordParts.Ids | RecordParts.Facts | RecordParts.Splits,
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row)
    {
        if (row.Member("fields") is { ValueKind: JsonValueKind.Object }) return Has(row, "responses") || Has(row, "suggestions") ? 0.98 : Has(row, "metadata") ? 0.8 : 0;
        return row.ValueKind == JsonValueKind.Object && row.EnumerateObject().Any(m => m.Name.EndsWith(UsersColumn, StringComparison.Ordinal) || m.Name.EndsWith(AgentColumn, StringComparison.Ordinal)) ? 0.97 : 0;
    }

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        if (row.Member("fields") is { } fields)
        {
            if (fields.ValueKind == JsonValueKind.Object) return Record(row, fields, Said(row, place), MessageJson.Facts(row, row.Id("id") is null ? "" : "id", "fields", "responses", "suggestions"), place.Below("fields"));
            place.Below("fields").Tell($"an object was expected; {((JsonElement?)fields).Found()} found.");
            return null;
        }

        var questions = row.EnumerateObject().Select(m => m.Name).SelectMany(n => ((string[])[UsersColumn, StatusColumn, AgentColumn, ScoreColumn, ResponsesColumn, SuggestionColumn]).Where(e => n.EndsWith(e, StringComparison.Ordinal)).Take(1).Select(e => n[..^e.Length])).ToHashSet(StringComparer.Ordinal);
        var facts = OfRow.Where(n => row.Member(n) is not null).ToDictionary(n => n, n => row.GetProperty(n), StringComparer.Ordinal);
        return Record(row, row, SaidFlat(row, questions), facts, place);
    }

    /// <inheritdoc/>
    internal override void Write(Utf8JsonWriter json, TrainingRecord record, TrainingOptions options)
    {
        json.WriteStartObject();
        json.WriteString("id", record.Id ?? record.Name);
        json.WriteStartObject("fields");
        if (record.Prompt.Count > 0) MessageJson.WriteEither(json, NamesOf(record).Text("prompt") ?? "prompt", record.Prompt, record.IsPlain);
        for (var i = 0; i < record.Completions.Count; i++) json.WriteString(FieldOf(record, i), record.Completions[i].Text);
        if (record.Facts.TryGetValue(FieldsFact, out var others))
            foreach (var field in ((JsonElement?)others).Members()) MessageJson.Member(json, field.Name, field.Value);
        json.WriteEndObject();
        WriteMetadata(json, record);
        WriteSuggestions(json, record.Judgements);
        WriteResponses(json, record);
        json.WriteStartObject("vectors");
        foreach (var vector in (record.Facts.TryGetValue("vectors", out var vectors) ? (JsonElement?)vectors : null).Members()) MessageJson.Member(json, vector.Name, vector.Value);
        json.WriteEndObject();
        foreach (var name in OfRow)
            if (record.Facts.TryGetValue(name, out var value)) MessageJson.Member(json, name, value);
        json.WriteEndObject();
    }

    private static JsonElement NamesOf(TrainingRecord record) => record.Facts.TryGetValue(NamesFact, out var names) ? names : default;

    /// <summary>The file's own name of a completion's field, where it has as many as were read.</summary>
    private static string FieldOf(TrainingRecord record, int index) =>
        NamesOf(record).Items("completions").ToList() is { Count: > 0 } names && names.Count == record.Completions.Count ? names[index].ToString() : PlainFieldOf(record, index);

    /// <summary>chosen and rejected where two are ranked and no ranking of people names other fields.</summary>
    private static string PlainFieldOf(TrainingRecord record, int index)
    {
        if (record.Completions.Count == 1) return "response";
        var isPair = record.Completions is [{ Rank: { } first }, { Rank: { } second }] && first != second && !record.Judgements.Any(j => !j.IsModel && j.Answers.Values.Any(a => Order(a) is ["response_1", "response_2"] or ["response_2", "response_1"]));
        return !isPair ? $"response_{index + 1}" : record.Completions[index].Rank <= record.Completions[1 - index].Rank ? "chosen" : "rejected";
    }

    private static TrainingRecord? Record(JsonElement row, JsonElement fields, (List<Judgement> Judgements, List<JsonElement> Others) said, IReadOnlyDictionary<string, JsonElement> facts, JsonPlace place)
    {
        var questionColumns = row.Member("fields") is null;
        List<Turn> prompt = [];
        var promptName = "prompt";
        var isPlain = true;
        List<(string Name, Completion Completion)> completions = [];
        Dictionary<string, JsonElement> others = new(StringComparer.Ordinal);
        foreach (var field in fields.EnumerateObject())
        {
            if (questionColumns && (field.Name is "_server_id" or "status" || field.Name == "id" && row.Id("id") is not null || field.Name.Contains(ResponsesColumn, StringComparison.Ordinal) || field.Name.Contains(SuggestionColumn, StringComparison.Ordinal))) continue;
            if (prompt.Count == 0 && Prompts.Contains(field.Name) && (field.Value.ValueKind == JsonValueKind.String || MessageJson.Is(field.Value)))
            {
                if (MessageJson.ReadEither(field.Value, "user", place.Below(field.Name)) is not var (turns, plain)) return null;
                (prompt, isPlain, promptName) = (turns, plain, field.Name);
            }
            else if (IsAnswer(field.Name) && field.Value.ValueKind == JsonValueKind.String) completions.Add((field.Name, Completion.Of(field.Value.GetString()!)));
            else if (field.Value.ValueKind != JsonValueKind.Null) others[field.Name] = field.Value;
        }

        Rank(completions, said.Judgements);
        Dictionary<string, JsonElement> all = new(facts, StringComparer.Ordinal);
        if (others.Count > 0) all[FieldsFact] = JsonSerializer.SerializeToElement(others);
        if (said.Others.Count > 0) all[ResponsesFact] = JsonSerializer.SerializeToElement(said.Others);
        var record = new TrainingRecord { Id = row.Id("id"), IsPlain = isPlain, Prompt = prompt, Completions = completions.ConvertAll(c => c.Completion), Judgements = said.Judgements, Facts = all };
        var names = completions.ConvertAll(c => c.Name);
        if (promptName != "prompt" || names.Where((n, i) => n != PlainFieldOf(record, i)).Any()) all[NamesFact] = JsonSerializer.SerializeToElement(new Dictionary<string, object> { ["prompt"] = promptName, ["completions"] = names });
        return record;
    }

    private static bool IsAnswer(string name)
    {
        var stem = name.AsSpan().TrimEnd("0123456789").TrimEnd("_-.");
        foreach (var answer in Answers)
            if (stem.SequenceEqual(answer)) return true;
        return false;
    }

    /// <summary>chosen before rejected by their names; others by a ranking that all who gave one agree on.</summary>
    private static void Rank(List<(string Name, Completion Completion)> completions, List<Judgement> judgements)
    {
        if (completions.Count == 2 && completions.Exists(c => c.Name == "chosen") && completions.Exists(c => c.Name == "rejected"))
        {
            for (var i = 0; i < 2; i++) completions[i] = (completions[i].Name, completions[i].Completion with { Rank = completions[i].Name == "chosen" ? 1 : 2 });
            return;
        }

        var rankings = judgements.Where(j => !j.IsModel).SelectMany(j => j.Answers.Values).Select(Order).OfType<List<string>>().Where(o => o.Count == completions.Count && completions.TrueForAll(c => o.Contains(c.Name))).ToList();
        if (completions.Count < 2 || rankings.Count == 0 || rankings.Exists(r => !r.SequenceEqual(rankings[0]))) return;
        for (var i = 0; i < completions.Count; i++) completions[i] = (completions[i].Name, completions[i].Completion with { Rank = rankings[0].IndexOf(completions[i].Name) + 1 });
    }

    private static List<string>? Order(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) ? [.. value.EnumerateArray().Select(v => v.GetString()!)] : null;

    private static (List<Judgement> Judgements, List<JsonElement> Others) Said(JsonElement row, JsonPlace place)
    {
        var said = new ArgillaResponses();
        foreach (var question in row.Member("responses").Members())
        {
            if (question.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Null)) place.Below("responses").Below(question.Name).Tell($"a list of responses was expected; {((JsonElement?)question.Value).Found()} found; it is left out.");
            var count = 0;
            foreach (var response in question.Value.ValueKind == JsonValueKind.Array ? question.Value.EnumerateArray() : default)
            {
                var at = place.Below("responses").Below(question.Name).Below(count++);
                if (response.ValueKind != JsonValueKind.Object) at.Tell($"a response was expected; {((JsonElement?)response).Found()} found; it is left out.");
                else said.Add(question.Name, response.Member("value"), response.Id("user_id"), response.Text("status"));
                foreach (var name in MessageJson.Facts(response, "value", response.Id("user_id") is null ? "" : "user_id", response.Text("status") is null ? "" : "status").Keys) at.Below(name).Tell("this member of a response is not known; it is left out.");
            }
        }

        foreach (var question in row.Member("suggestions").Members())
        {
            if (question.Value.Member("value") is not null) said.Suggest(question.Name, question.Value.Id("agent"), question.Value);
            else if (question.Value.ValueKind != JsonValueKind.Null) place.Below("suggestions").Below(question.Name).Tell($"a suggestion with a value was expected; {((JsonElement?)question.Value).Found()} found; it is left out.");
        }

        foreach (var member in (ReadOnlySpan<string>)["responses", "suggestions"])
            if (row.Member(member) is { ValueKind: not JsonValueKind.Object } other) place.Below(member).Tell($"an object by question was expected; {((JsonElement?)other).Found()} found; it is left out.");
        return (said.Judgements(Judgement), said.Others);
    }

    private static (List<Judgement> Judgements, List<JsonElement> Others) SaidFlat(JsonElement row, HashSet<string> questions)
    {
        var said = new ArgillaResponses();
        foreach (var question in questions)
        {
            var users = row.Items(question + UsersColumn).ToList();
            var statuses = row.Items(question + StatusColumn).ToList();
            var index = 0;
            foreach (var value in row.Items(question + ResponsesColumn))
            {
                var user = index < users.Count && users[index].ValueKind != JsonValueKind.Null ? users[index].ToString() : null;
                said.Add(question, value.ValueKind == JsonValueKind.Null ? null : value, user, index < statuses.Count ? statuses[index].ToString() : null);
                index++;
            }

            if (row.Member(question + SuggestionColumn) is not { } suggestion) continue;
            Dictionary<string, JsonElement> values = new(StringComparer.Ordinal) { ["value"] = suggestion };
            if (row.Member(question + ScoreColumn) is { } score) values["score"] = score;
            said.Suggest(question, row.Id(question + AgentColumn), JsonSerializer.SerializeToElement(values));
        }

        return (said.Judgements(Judgement), said.Others);
    }

    /// <summary>Answers of people as they are; those of models as suggestions, with their scores.</summary>
    private static Judgement Judgement(string? who, bool isModel, Dictionary<string, JsonElement> answers)
    {
        var isNumber = answers.Remove(PreferenceQuestion, out var said) && (isModel ? said.Number("value") : said.AsNumber()) is not null;
        if (!isNumber && said.ValueKind != JsonValueKind.Undefined) answers.Add(PreferenceQuestion, said);
        return new Judgement { Contributor = who, IsModel = isModel, Preference = !isNumber ? null : isModel ? said.Number("value") : said.AsNumber(), Answers = answers };
    }

    /// <summary>What was answered, and which of two completions was preferred as the question <c>preference</c>.</summary>
    private static IReadOnlyDictionary<string, JsonElement> AnswersOf(Judgement judgement) =>
        judgement.Preference is { } preference ? new Dictionary<string, JsonElement>(judgement.Answers, StringComparer.Ordinal) { [PreferenceQuestion] = JsonFields.Of(preference) } : judgement.Answers;

    private static void WriteMetadata(Utf8JsonWriter json, TrainingRecord record)
    {
        json.WriteStartObject("metadata");
        var own = record.Facts.TryGetValue("metadata", out var metadata) ? (JsonElement?)metadata : null;
        foreach (var member in own.Members()) MessageJson.Member(json, member.Name, member.Value);
        foreach (var (name, value) in record.Facts)
            if (name is not ("metadata" or "vectors" or "_server_id" or "status" or FieldsFact or NamesFact or ResponsesFact)) MessageJson.Member(json, name, value);
        json.WriteEndObject();
    }

    private static void WriteSuggestions(Utf8JsonWriter json, IReadOnlyList<Judgement> judgements)
    {
        json.WriteStartObject("suggestions");
        foreach (var judgement in judgements.Where(j => j.IsModel))
        {
            foreach (var (question, said) in AnswersOf(judgement))
            {
                json.WriteStartObject(question);
                MessageJson.Member(json, "value", said.Member("value") ?? said);
                MessageJson.Member(json, "score", said.Member("score") ?? JsonFields.Null);
                json.WriteString("agent", judgement.Contributor);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    private static void WriteResponses(Utf8JsonWriter json, TrainingRecord record)
    {
        json.WriteStartObject("responses");
        // Who gave several answers is somebody, if unnamed; one answer of nobody in particular stays so.
        var people = record.Judgements.Where(j => !j.IsModel).Select((j, i) => (Who: j.Contributor ?? (AnswersOf(j).Count > 1 ? $"annotator-{i + 1}" : null), Answers: AnswersOf(j))).ToList();
        var others = record.Facts.TryGetValue(ResponsesFact, out var fact) && fact.ValueKind == JsonValueKind.Array ? fact.EnumerateArray().ToList() : [];
        foreach (var question in people.SelectMany(p => p.Answers.Keys).Concat(others.Select(o => o.Text("question") ?? "")).Distinct(StringComparer.Ordinal))
        {
            json.WriteStartArray(question);
            foreach (var (who, answers) in people)
            {
                if (!answers.TryGetValue(question, out var answer)) continue;
                json.WriteStartObject();
                MessageJson.Member(json, "value", answer);
                json.WriteString("user_id", who);
                json.WriteEndObject();
            }

            foreach (var other in others)
                if ((other.Text("question") ?? "") == question) (other.Member("response") ?? JsonFields.Null).WriteTo(json);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
