using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.Argilla;

/// <summary>Argilla 2's records: fields, metadata, suggestions of models and responses of people by question. Read as its own JSON and as the flat columns of a data set made of it; written as its own.</summary>
/// <remarks>argilla/src/argilla/records. Which field is the prompt and which are completions is told by their names: prompt, instruction, question, input, messages; then response, completion, output, answer, generation,
/// chosen and rejected, and these with a number. Fields of other names are the fact <see cref="FieldsFact"/>. A ranking that everybody gave alike ranks the completions. Responses of one person are one judgement;
/// a number as the answer to <c>preference</c> is which of two completions is better.</remarks>
public sealed class ArgillaFormat : TrainingFormat
{
    /// <summary>The fact that keeps fields that are neither prompt nor completion.</summary>
    public const string FieldsFact = "argilla_fields";

    private const string ResponsesColumn = ".responses", UsersColumn = ".responses.users", StatusColumn = ".responses.status";
    private const string SuggestionColumn = ".suggestion", AgentColumn = ".suggestion.agent", ScoreColumn = ".suggestion.score";

    private const string PreferenceQuestion = "preference";

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
            if (fields.ValueKind == JsonValueKind.Object) return Record(row, fields, Said(row), MessageJson.Facts(row, "id", "fields", "responses", "suggestions"), place.Below("fields"));
            place.Below("fields").Tell($"an object was expected; {((JsonElement?)fields).Found()} found.");
            return null;
        }

        var questions = row.EnumerateObject().Select(m => m.Name).SelectMany(n => ((string[])[UsersColumn, StatusColumn, AgentColumn, ScoreColumn, ResponsesColumn, SuggestionColumn]).Where(e => n.EndsWith(e, StringComparison.Ordinal)).Take(1).Select(e => n[..^e.Length])).ToHashSet(StringComparer.Ordinal);
        return Record(row, row, SaidFlat(row, questions), Sample.Empty, place);
    }

    /// <inheritdoc/>
    internal override void Write(Utf8JsonWriter json, TrainingRecord record, TrainingOptions options)
    {
        json.WriteStartObject();
        json.WriteString("id", record.Id ?? record.Name);
        json.WriteStartObject("fields");
        if (record.Prompt.Count > 0) MessageJson.WriteEither(json, "prompt", record.Prompt, record.IsPlain);
        for (var i = 0; i < record.Completions.Count; i++) json.WriteString(FieldOf(record, i), record.Completions[i].Text);
        if (record.Facts.TryGetValue(FieldsFact, out var others))
            foreach (var field in ((JsonElement?)others).Members()) MessageJson.Member(json, field.Name, field.Value);
        json.WriteEndObject();
        WriteMetadata(json, record);
        WriteSuggestions(json, record.Judgements);
        WriteResponses(json, record.Judgements);
        json.WriteStartObject("vectors");
        foreach (var vector in (record.Facts.TryGetValue("vectors", out var vectors) ? (JsonElement?)vectors : null).Members()) MessageJson.Member(json, vector.Name, vector.Value);
        json.WriteEndObject();
        if (record.Facts.TryGetValue("_server_id", out var server)) MessageJson.Member(json, "_server_id", server);
        json.WriteEndObject();
    }

    /// <summary>chosen and rejected where two are ranked and no ranking of people names other fields.</summary>
    private static string FieldOf(TrainingRecord record, int index)
    {
        if (record.Completions.Count == 1) return "response";
        var isPair = record.Completions is [{ Rank: { } first }, { Rank: { } second }] && first != second && !record.Judgements.Any(j => !j.IsModel && j.Answers.Values.Any(a => Order(a) is not null));
        return !isPair ? $"response_{index + 1}" : record.Completions[index].Rank <= record.Completions[1 - index].Rank ? "chosen" : "rejected";
    }

    private static TrainingRecord? Record(JsonElement row, JsonElement fields, List<Judgement> judgements, IReadOnlyDictionary<string, JsonElement> facts, JsonPlace place)
    {
        var questionColumns = row.Member("fields") is null;
        List<Turn> prompt = [];
        var isPlain = true;
        List<(string Name, Completion Completion)> completions = [];
        Dictionary<string, JsonElement> others = new(StringComparer.Ordinal);
        foreach (var field in fields.EnumerateObject())
        {
            if (questionColumns && (field.Name is "id" or "_server_id" || field.Name.Contains(ResponsesColumn, StringComparison.Ordinal) || field.Name.Contains(SuggestionColumn, StringComparison.Ordinal))) continue;
            if (prompt.Count == 0 && Prompts.Contains(field.Name) && (field.Value.ValueKind == JsonValueKind.String || MessageJson.Is(field.Value)))
            {
                if (MessageJson.ReadEither(field.Value, "user", place.Below(field.Name)) is not var (turns, plain)) return null;
                (prompt, isPlain) = (turns, plain);
            }
            else if (IsAnswer(field.Name) && field.Value.ValueKind == JsonValueKind.String) completions.Add((field.Name, Completion.Of(field.Value.GetString()!)));
            else if (field.Value.ValueKind != JsonValueKind.Null) others[field.Name] = field.Value;
        }

        Rank(completions, judgements);
        if (others.Count > 0) facts = new Dictionary<string, JsonElement>(facts, StringComparer.Ordinal) { [FieldsFact] = JsonSerializer.SerializeToElement(others) };
        return new TrainingRecord { Id = row.Id("id"), IsPlain = isPlain, Prompt = prompt, Completions = completions.ConvertAll(c => c.Completion), Judgements = judgements, Facts = facts };
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

    private static List<Judgement> Said(JsonElement row)
    {
        Dictionary<string, Dictionary<string, JsonElement>> people = new(StringComparer.Ordinal), models = new(StringComparer.Ordinal);
        foreach (var question in row.Member("responses").Members())
            foreach (var response in question.Value.ValueKind == JsonValueKind.Array ? question.Value.EnumerateArray() : default)
                if (response.Member("value") is { } value) Add(people, response.Id("user_id") ?? "", question.Name, value);
        foreach (var question in row.Member("suggestions").Members())
            if (question.Value.Member("value") is not null) Add(models, question.Value.Id("agent") ?? "", question.Name, question.Value);
        return Judgements(people, models);
    }

    private static List<Judgement> SaidFlat(JsonElement row, HashSet<string> questions)
    {
        Dictionary<string, Dictionary<string, JsonElement>> people = new(StringComparer.Ordinal), models = new(StringComparer.Ordinal);
        foreach (var question in questions)
        {
            var users = row.Items(question + UsersColumn).Select(u => u.ToString()).ToList();
            var index = 0;
            foreach (var value in row.Items(question + ResponsesColumn)) Add(people, index < users.Count ? users[index++] : "", question, value);
            if (row.Member(question + SuggestionColumn) is not { } suggestion) continue;
            Dictionary<string, JsonElement> said = new(StringComparer.Ordinal) { ["value"] = suggestion };
            if (row.Member(question + ScoreColumn) is { } score) said["score"] = score;
            Add(models, row.Id(question + AgentColumn) ?? "", question, JsonSerializer.SerializeToElement(said));
        }

        return Judgements(people, models);
    }

    private static void Add(Dictionary<string, Dictionary<string, JsonElement>> to, string who, string question, JsonElement value)
    {
        if (!to.TryGetValue(who, out var answers)) to.Add(who, answers = new(StringComparer.Ordinal));
        answers[question] = value;
    }

    /// <summary>Answers of people as they are; those of models as suggestions, with their scores.</summary>
    private static Judgement Judgement(string who, bool isModel, Dictionary<string, JsonElement> answers)
    {
        var isNumber = answers.Remove(PreferenceQuestion, out var said) && (isModel ? said.Number("value") : said.AsNumber()) is not null;
        if (!isNumber && said.ValueKind != JsonValueKind.Undefined) answers.Add(PreferenceQuestion, said);
        return new Judgement { Contributor = who.Length == 0 ? null : who, IsModel = isModel, Preference = !isNumber ? null : isModel ? said.Number("value") : said.AsNumber(), Answers = answers };
    }

    private static List<Judgement> Judgements(Dictionary<string, Dictionary<string, JsonElement>> people, Dictionary<string, Dictionary<string, JsonElement>> models) =>
    [
        .. people.Select(p => Judgement(p.Key, isModel: false, p.Value)),
        .. models.Select(m => Judgement(m.Key, isModel: true, m.Value)),
    ];

    /// <summary>What was answered, and which of two completions was preferred as the question <c>preference</c>.</summary>
    private static IReadOnlyDictionary<string, JsonElement> AnswersOf(Judgement judgement) =>
        judgement.Preference is { } preference ? new Dictionary<string, JsonElement>(judgement.Answers, StringComparer.Ordinal) { [PreferenceQuestion] = JsonFields.Of(preference) } : judgement.Answers;

    private static void WriteMetadata(Utf8JsonWriter json, TrainingRecord record)
    {
        json.WriteStartObject("metadata");
        var own = record.Facts.TryGetValue("metadata", out var metadata) ? (JsonElement?)metadata : null;
        foreach (var member in own.Members()) MessageJson.Member(json, member.Name, member.Value);
        foreach (var (name, value) in record.Facts)
            if (name is not ("metadata" or "vectors" or "_server_id" or FieldsFact)) MessageJson.Member(json, name, value);
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

    private static void WriteResponses(Utf8JsonWriter json, IReadOnlyList<Judgement> judgements)
    {
        json.WriteStartObject("responses");
        var people = judgements.Where(j => !j.IsModel).Select((j, i) => (Who: j.Contributor ?? $"annotator-{i + 1}", Answers: AnswersOf(j))).ToList();
        foreach (var question in people.SelectMany(p => p.Answers.Keys).Distinct(StringComparer.Ordinal))
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

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
