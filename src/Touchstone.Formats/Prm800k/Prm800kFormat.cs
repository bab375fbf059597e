using System.Text.Json;
using Touchstone.Formats.Exchange;
using Touchstone.Formats.Json;
using Touchstone.Formats.Training;

namespace Touchstone.Formats.Prm800k;

/// <summary>PRM800K: solutions of problems in mathematics, each step with its alternatives and what a person rated them.</summary>
/// <remarks>H. Lightman et al., Let's Verify Step by Step, arXiv:2305.20050; openai/prm800k, README. A step that a person wrote is a choice of its own, after the model's. Who labelled it, when, for
/// how long (milliseconds) and why they stopped, the flags, and all else of the question are facts.</remarks>
public sealed class Prm800kFormat : TrainingFormat
{
    private static readonly string[] OfLabel = ["total_time", "finish_reason"];
    private static readonly string[] Flags = ["labeler", "timestamp", "generation", "is_quality_control_question", "is_initial_screening_question"];
    private static readonly string[] OfQuestion = ["ground_truth_solution", "pre_generated_steps", "pre_generated_answer", "pre_generated_verifier_score"];

    /// <inheritdoc/>
    public override TrainingTraits Traits { get; } = new()
    {
        Id = "prm800k",
        Name = "PRM800K",
        Specification = "openai/prm800k, README; arXiv:2305.20050",
        Evidence = Evidence.OtherPrograms,
        Shape = CompletionShape.Steps,
        Parts = RecordParts.PlainText | RecordParts.StepAlternatives | RecordParts.References | RecordParts.Splits,
        Facts = [.. Flags, .. OfQuestion, .. OfLabel],
    };

    /// <inheritdoc/>
    public override double CertaintyOf(JsonElement row) => row.Member("question")?.Member("problem") is not null && row.Member("label")?.Member("steps") is not null ? 0.99 : 0;

    /// <inheritdoc/>
    internal override TrainingRecord? Read(JsonElement row, JsonPlace place)
    {
        var (question, label) = (row.Member("question") ?? default, row.Member("label") ?? default);
        if (question.Text("problem") is not { } problem)
        {
            place.Below("question").Below("problem").Tell($"a text was expected; {question.Member("problem").Found()} found.");
            return null;
        }

        if (label.ValueKind != JsonValueKind.Object)
        {
            place.Below("label").Tell($"an object with steps was expected; {row.Member("label").Found()} found.");
            return null;
        }

        List<RecordStep> steps = [];
        foreach (var item in label.Items("steps"))
        {
            if (Step(item, place.Below("label").Below("steps").Below(steps.Count)) is not { } step) break;
            steps.Add(step);
        }

        return new TrainingRecord
        {
            IsPlain = true,
            Prompt = [Turn.Of("user", problem)],
            Completions = [new Completion { Steps = steps }],
            Reference = question.Text("ground_truth_answer"),
            Facts = Facts(row, question, label),
        };
    }

    /// <inheritdoc/>
    internal override void Write(Utf8JsonWriter json, TrainingRecord record, TrainingOptions options)
    {
        json.WriteStartObject();
        Write(json, "labeler", record.Facts, JsonFields.Null);
        Write(json, "timestamp", record.Facts, JsonFields.Null);
        Write(json, "generation", record.Facts, JsonFields.Null);
        Write(json, "is_quality_control_question", record.Facts, JsonFields.False);
        Write(json, "is_initial_screening_question", record.Facts, JsonFields.False);
        json.WriteStartObject("question");
        json.WriteString("problem", MessageJson.TextOf(record.Prompt));
        if (record.Reference is { } reference) json.WriteString("ground_truth_answer", reference);
        foreach (var name in OfQuestion)
            if (record.Facts.TryGetValue(name, out var value)) MessageJson.Member(json, name, value);
        json.WriteEndObject();
        json.WriteStartObject("label");
        json.WriteStartArray("steps");
        foreach (var step in record.Completions[0].Steps) Write(json, step);
        json.WriteEndArray();
        Write(json, "total_time", record.Facts, JsonFields.Null);
        Write(json, "finish_reason", record.Facts, JsonFields.Null);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static RecordStep? Step(JsonElement item, JsonPlace place)
    {
        foreach (var name in MessageJson.Facts(item, "completions", "human_completion", "chosen_completion").Keys) place.Below(name).Tell("this member of a step is not known; it is left out.");
        List<StepChoice> choices = [];
        foreach (var completion in item.Items("completions"))
        {
            if (Choice(completion, place.Below("completions").Below(choices.Count)) is not { } choice) return null;
            choices.Add(choice);
        }

        var chosen = item.Whole("chosen_completion");
        if (item.Member("human_completion") is { } human)
        {
            // The README has a text here, the files an object like the others.
            if ((human.ValueKind == JsonValueKind.String ? new StepChoice(human.GetString()!) : Choice(human, place.Below("human_completion"))) is not { } written) return null;
            choices.Add(written with { IsHuman = true });
            chosen ??= choices.Count - 1;
        }

        if (choices.Count > 0 && chosen is not < 0 && (chosen is null || chosen < choices.Count)) return new RecordStep(choices, chosen);
        if (choices.Count > 0) place.Below("chosen_completion").Tell($"the position of one of {choices.Count} completions was expected; {chosen} found; the steps from here on are left out.");
        return null;   // a step without any completion ends some of the published solutions
    }

    private static StepChoice? Choice(JsonElement completion, JsonPlace place)
    {
        var rating = completion.Whole("rating");
        if (completion.Text("text") is { } text && rating is null or >= -1 and <= 1)
            return new StepChoice(text!) { Rating = rating, IsFlagged = completion.Flag("flagged"), Others = MessageJson.Facts(completion, "text", "rating", completion.Flag("flagged") is null ? "" : "flagged", completion.Text("source") == "human" ? "source" : "") };
        place.Tell($"a text and a rating of -1, 0, 1 or null were expected; {completion.Member("text").Found()} and {completion.Member("rating").Found()} found; the steps from here on are left out.");
        return null;
    }

    private static void Write(Utf8JsonWriter json, RecordStep step)
    {
        json.WriteStartObject();
        json.WriteStartArray("completions");
        foreach (var choice in step.Choices)
            if (!choice.IsHuman) Write(json, choice);
        json.WriteEndArray();
        json.WritePropertyName("human_completion");
        if (step.Choices.FirstOrDefault(c => c.IsHuman) is { } human) Write(json, human);
        else json.WriteNullValue();
        json.WritePropertyName("chosen_completion");
        if (step.Chosen is { } chosen && !step.Choices[chosen].IsHuman) json.WriteNumberValue(step.Choices.Take(chosen).Count(c => !c.IsHuman));
        else json.WriteNullValue();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, StepChoice choice)
    {
        json.WriteStartObject();
        json.WriteString("text", choice.Text);
        json.WritePropertyName("rating");
        if (choice.Rating is { } rating) json.WriteNumberValue(rating);
        else json.WriteNullValue();
        if (choice.IsHuman) json.WriteString("source", "human");
        json.WritePropertyName("flagged");
        if (choice.IsFlagged is { } flagged) json.WriteBooleanValue(flagged);
        else json.WriteNullValue();
        foreach (var (name, value) in choice.Others) MessageJson.Member(json, name, value);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, JsonElement> values, JsonElement otherwise) => MessageJson.Member(json, name, values.TryGetValue(name, out var value) ? value : otherwise);

    /// <summary>Everything of row, question and label that is not read; of two of one name the later is called after its place.</summary>
    private static Dictionary<string, JsonElement> Facts(JsonElement row, JsonElement question, JsonElement label)
    {
        Dictionary<string, JsonElement> facts = new(MessageJson.Facts(row, "question", "label"), StringComparer.Ordinal);
        foreach (var (name, value) in MessageJson.Facts(question, "problem", question.Text("ground_truth_answer") is null ? "" : "ground_truth_answer"))
            if (!facts.TryAdd(name, value)) facts[$"question.{name}"] = value;
        foreach (var (name, value) in MessageJson.Facts(label, "steps"))
            if (!facts.TryAdd(name, value)) facts[$"label.{name}"] = value;
        return facts;
    }
}
