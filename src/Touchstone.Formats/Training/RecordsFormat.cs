using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;

namespace Touchstone.Formats.Training;

/// <summary>Touchstone's own form: everything that a <see cref="TrainingRecord"/> can say, one a line. Nothing is lost by it.</summary>
public sealed class RecordsFormat : TrainingFormat
{
    private const string Mark = "touchstone_record";

    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "touchstone-records",
        Name = "Touchstone records",
        Specification = "Touchstone: TrainingRecord and its parts in snake_case, one a line",
        Evidence = Evidence.Specification,
        Shape = CompletionShape.Any,
        NeedsPrompt = false,
        HasSplitInRows = true,
        Parts = Enum.GetValues<RecordParts>().Aggregate((all, part) => all | part),
    };

    internal override int DepthMax => RowFiles.OwnDepthMax;

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row) => Has(row, Mark) ? 1 : 0;

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        TellUnread(row, place);
        if (MessageJson.Read(row.Member("prompt") ?? JsonFields.Of([]), place.Below("prompt")) is not { } prompt) return null;
        List<Completion> completions = [];
        foreach (var item in row.Items("completions"))
        {
            if (ReadCompletion(item, place.Below("completions").Below(completions.Count)) is not { } completion) return null;
            completions.Add(completion);
        }

        return new TrainingRecord
        {
            Id = row.Text("id"),
            Split = row.Text("split"),
            IsPlain = row.Flag("is_plain") == true,
            IsSequence = row.Flag("is_sequence") == true,
            Prompt = prompt,
            Completions = completions,
            Margin = row.Number("margin"),
            Reference = row.Text("reference"),
            Rubric = RubricJson.Read(row, "rubric", "criterion", "points", place),
            Judgements = [.. row.Items("judgements").Select(j => new Judgement { Contributor = j.Text("contributor"), IsModel = j.Flag("is_model") == true, Preference = j.Number("preference"), Answers = j.Member("answers").Values() })],
            Tools = row.Member("tools"),
            Facts = row.Member("facts").Values(),
        };
    }

    /// <summary>Tells members that a record does not have, and those of another kind than a record's.</summary>
    private static void TellUnread(JsonElement row, JsonPlace place)
    {
        foreach (var member in row.EnumerateObject())
        {
            var expected = member.Name switch
            {
                "id" or "split" or "reference" => JsonValueKind.String,
                "is_plain" or "is_sequence" => member.Value.ValueKind == JsonValueKind.False ? JsonValueKind.False : JsonValueKind.True,
                "prompt" or "completions" or "rubric" or "judgements" => JsonValueKind.Array,
                "margin" or Mark => JsonValueKind.Number,
                "facts" => JsonValueKind.Object,
                "tools" => member.Value.ValueKind,
                _ => JsonValueKind.Undefined,
            };
            if (expected == JsonValueKind.Undefined) place.Below(member.Name).Tell("this member is not known; it is left out.");
            else if (member.Value.ValueKind != expected && member.Value.ValueKind != JsonValueKind.Null) place.Below(member.Name).Tell($"a value of the kind {expected} was expected; {((JsonElement?)member.Value).Found()} found; it is left out.");
        }
    }

    /// <inheritdoc/>
    internal override void Write(Utf8JsonWriter json, TrainingRecord record, TrainingOptions options)
    {
        json.WriteStartObject();
        json.WriteNumber(Mark, 1);
        if (record.Id is { } id) json.WriteString("id", id);
        if (record.Split is { } split) json.WriteString("split", split);
        if (record.IsPlain) json.WriteBoolean("is_plain", true);
        if (record.IsSequence) json.WriteBoolean("is_sequence", true);
        MessageJson.Write(json, "prompt", record.Prompt);
        json.WriteStartArray("completions");
        foreach (var completion in record.Completions) Write(json, completion);
        json.WriteEndArray();
        if (record.Margin is { } margin) json.WriteNumber("margin", margin);
        if (record.Reference is { } reference) json.WriteString("reference", reference);
        if (record.Rubric.Count > 0) RubricJson.Write(json, "rubric", record.Rubric);
        if (record.Judgements.Count > 0) Write(json, record.Judgements);
        if (record.Tools is { } tools) MessageJson.Member(json, "tools", tools);
        WriteValues(json, "facts", record.Facts);
        json.WriteEndObject();
    }

    private static Completion? ReadCompletion(JsonElement item, JsonPlace place)
    {
        if (MessageJson.Read(item.Member("turns") ?? JsonFields.Of([]), place.Below("turns")) is not { } turns) return null;
        List<RecordStep> steps = [];
        foreach (var step in item.Items("steps"))
        {
            List<StepChoice> choices = [.. step.Items("choices").Where(c => c.Text("text") is not null).Select(c => new StepChoice(c.Text("text")!) { Rating = c.Whole("rating"), IsFlagged = c.Flag("is_flagged"), IsHuman = c.Flag("is_human") == true, Others = c.Member("others").Values() })];
            var chosen = step.Whole("chosen");
            if (choices.Count == 0 || chosen < 0 || chosen >= choices.Count)
            {
                place.Below("steps").Below(steps.Count).Tell("choices with texts were expected, and the position of one of them.");
                return null;
            }

            steps.Add(new RecordStep(choices, chosen));
        }

        Dictionary<string, double> ratings = new(StringComparer.Ordinal);
        foreach (var rating in item.Member("ratings").Members())
            if (rating.Value.AsNumber() is { } value) ratings[rating.Name] = value;
        return new Completion { Turns = turns, Rank = item.Whole("rank"), Label = item.Flag("label"), Score = item.Number("score"), Ratings = ratings.Count == 0 ? Completion.NoRatings : ratings, Steps = steps, Model = item.Text("model") };
    }

    private static void Write(Utf8JsonWriter json, Completion completion)
    {
        json.WriteStartObject();
        MessageJson.Write(json, "turns", completion.Turns);
        if (completion.Rank is { } rank) json.WriteNumber("rank", rank);
        if (completion.Label is { } label) json.WriteBoolean("label", label);
        if (completion.Score is { } score) json.WriteNumber("score", score);
        if (completion.Model is { } model) json.WriteString("model", model);
        if (completion.Ratings.Count > 0)
        {
            json.WriteStartObject("ratings");
            foreach (var (name, value) in completion.Ratings) json.WriteNumber(name, value);
            json.WriteEndObject();
        }

        if (completion.Steps.Count > 0)
        {
            json.WriteStartArray("steps");
            foreach (var step in completion.Steps) Write(json, step);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RecordStep step)
    {
        json.WriteStartObject();
        if (step.Chosen is { } chosen) json.WriteNumber("chosen", chosen);
        json.WriteStartArray("choices");
        foreach (var choice in step.Choices)
        {
            json.WriteStartObject();
            json.WriteString("text", choice.Text);
            if (choice.Rating is { } rating) json.WriteNumber("rating", rating);
            if (choice.IsFlagged is { } flagged) json.WriteBoolean("is_flagged", flagged);
            if (choice.IsHuman) json.WriteBoolean("is_human", true);
            WriteValues(json, "others", choice.Others);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Judgement> judgements)
    {
        json.WriteStartArray("judgements");
        foreach (var judgement in judgements)
        {
            json.WriteStartObject();
            if (judgement.Contributor is { } contributor) json.WriteString("contributor", contributor);
            if (judgement.IsModel) json.WriteBoolean("is_model", true);
            if (judgement.Preference is { } preference) json.WriteNumber("preference", preference);
            WriteValues(json, "answers", judgement.Answers);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteValues(Utf8JsonWriter json, string member, IReadOnlyDictionary<string, JsonElement> values)
    {
        if (values.Count == 0) return;
        json.WriteStartObject(member);
        foreach (var (name, value) in values) MessageJson.Member(json, name, value);
        json.WriteEndObject();
    }
}
