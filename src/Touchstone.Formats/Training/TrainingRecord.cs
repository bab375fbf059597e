using System.Text.Json;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Training;

/// <summary>One record of data to train or to test a language model with: a prompt, what answers it, and what is said of the answers. What readers give and writers take.</summary>
/// <remarks>Everything that a file does not state stays at its default.</remarks>
public sealed record TrainingRecord
{
    /// <summary>Its place: the file's name and its number in it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its id in the file.</summary>
    public string? Id { get; init; }

    /// <summary>The part of the data set that it belongs to, such as <c>train</c>.</summary>
    public string? Split { get; init; }

    /// <summary>Whether the file has plain texts, a text and how it goes on, and not turns of a dialogue. Such texts are then one turn of the user, and of the assistant.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Whether prompt and completion are one sequence, to be learned as a whole (language modelling).</summary>
    public bool IsSequence { get; init; }

    /// <summary>The turns that are to be answered; none where they are unknown, or a part of the completions.</summary>
    public IReadOnlyList<Turn> Prompt { get; init; } = [];

    /// <summary>The answers, in the order in which the file has them.</summary>
    public IReadOnlyList<Completion> Completions { get; init; } = [];

    /// <summary>By how much the best completion is better than the next, where the file has a number for it.</summary>
    public double? Margin { get; init; }

    /// <summary>The right answer, to check others against.</summary>
    public string? Reference { get; init; }

    /// <summary>Criteria that answers are graded by.</summary>
    public IReadOnlyList<RubricCriterion> Rubric { get; init; } = [];

    /// <summary>What each person, or each model, said of the completions.</summary>
    public IReadOnlyList<Judgement> Judgements { get; init; } = [];

    /// <summary>The tools that may be called, as JSON schemas in a list.</summary>
    public JsonElement? Tools { get; init; }

    /// <summary>Other facts that the file states, by name, as they stand in JSON.</summary>
    public IReadOnlyDictionary<string, JsonElement> Facts { get; init; } = Sample.Empty;

    /// <summary>What the record is made for.</summary>
    public RecordKind Kind => this switch
    {
        _ when Completions.Any(c => c.Steps.Count > 0) => RecordKind.Process,
        _ when Completions.Count(c => c.Rank is not null) > 1 => RecordKind.Preference,
        _ when Completions.Any(c => c.Label is not null) => RecordKind.LabelledCompletion,
        _ when IsSequence => RecordKind.Sequence,
        _ when Completions.Count > 0 => RecordKind.Completion,
        _ => RecordKind.Prompt,
    };
}

/// <summary>What a record is made for.</summary>
public enum RecordKind
{
    /// <summary>A prompt alone.</summary>
    Prompt,

    /// <summary>A text or a dialogue as a whole.</summary>
    Sequence,

    /// <summary>A prompt and what answers it.</summary>
    Completion,

    /// <summary>Completions of which some are better than others.</summary>
    Preference,

    /// <summary>Completions that are good or bad.</summary>
    LabelledCompletion,

    /// <summary>Completions whose steps are judged.</summary>
    Process,
}

/// <summary>One turn of a dialogue.</summary>
/// <param name="Role">Who speaks: <c>system</c>, <c>developer</c>, <c>user</c>, <c>assistant</c>, <c>tool</c>, or the file's own word.</param>
/// <param name="Content">What is said: a text, a list of parts, or null where only tools are called.</param>
public sealed record Turn(string Role, JsonElement Content)
{
    /// <summary>What else the file has of the turn, such as <c>tool_calls</c>, <c>tool_call_id</c>, <c>name</c>, <c>weight</c>.</summary>
    public IReadOnlyDictionary<string, JsonElement> Others { get; init; } = Sample.Empty;

    /// <summary>The text alone: of a list of parts, those that are text.</summary>
    public string Text => Content.ValueKind switch
    {
        JsonValueKind.String => Content.GetString()!,
        JsonValueKind.Array => string.Concat(Content.EnumerateArray().Select(p => p.ValueKind == JsonValueKind.String ? p.GetString() : p.ValueKind == JsonValueKind.Object && p.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : "")),
        _ => "",
    };

    /// <summary>Whether it is a role and a text and nothing else.</summary>
    public bool IsPlain => Content.ValueKind == JsonValueKind.String && Others.Count == 0;

    /// <summary>A turn that is a text.</summary>
    public static Turn Of(string role, string text) => new(role, JsonSerializer.SerializeToElement(text));

    /// <inheritdoc/>
    public bool Equals(Turn? other) =>
        other is not null && Role == other.Role && JsonElement.DeepEquals(Content, other.Content) && Others.Count == other.Others.Count && Others.All(o => other.Others.TryGetValue(o.Key, out var value) && JsonElement.DeepEquals(o.Value, value));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Role, Text);
}

/// <summary>One answer to a prompt.</summary>
public sealed record Completion
{
    /// <summary>Its turns; none where it is only known by its steps.</summary>
    public IReadOnlyList<Turn> Turns { get; init; } = [];

    /// <summary>Its place among the completions: 1 is the best, equal ones are ties; null where nobody ranked it.</summary>
    public int? Rank { get; init; }

    /// <summary>Whether it is good (preferred, correct); null where nobody said.</summary>
    public bool? Label { get; init; }

    /// <summary>A score of the whole, in the file's own scale.</summary>
    public double? Score { get; init; }

    /// <summary>Scores by attribute, such as <c>helpfulness</c>.</summary>
    public IReadOnlyDictionary<string, double> Ratings { get; init; } = NoRatings;

    /// <summary>Its steps, where each is judged.</summary>
    public IReadOnlyList<RecordStep> Steps { get; init; } = [];

    /// <summary>The model that gave it.</summary>
    public string? Model { get; init; }

    /// <summary>No ratings.</summary>
    public static IReadOnlyDictionary<string, double> NoRatings { get; } = new Dictionary<string, double>();

    /// <summary>Its text: of several turns one a line, of steps one a line.</summary>
    public string Text => string.Join('\n', Turns.Count > 0 ? Turns.Select(t => t.Text) : Steps.Select(s => s.Text));

    /// <summary>A completion that is a text.</summary>
    public static Completion Of(string text) => new() { Turns = [Turn.Of("assistant", text)] };
}

/// <summary>A step of a completion: the ways in which it could go on, and which of them it took.</summary>
/// <param name="Choices">At least one.</param>
/// <param name="Chosen">The position of the choice that the next step follows; null where the completion ends here and none was taken.</param>
public sealed record RecordStep(IReadOnlyList<StepChoice> Choices, int? Chosen)
{
    /// <summary>The text that was taken, or else the first.</summary>
    public string Text => Choices[Chosen ?? 0].Text;

    /// <summary>A step without alternatives.</summary>
    public static RecordStep Of(string text, bool? isRight) => new([new StepChoice(text) { Rating = isRight is { } right ? right ? 1 : -1 : null }], 0);
}

/// <summary>One way in which a step could go on.</summary>
/// <param name="Text">Its text.</param>
public sealed record StepChoice(string Text)
{
    /// <summary>-1 wrong, 0 neither wrong nor of use, 1 right; null where nobody said.</summary>
    public int? Rating { get; init; }

    /// <summary>Whether the labeller could not tell; null where the file has no word on it.</summary>
    public bool? IsFlagged { get; init; }

    /// <summary>Whether a person wrote it.</summary>
    public bool IsHuman { get; init; }

    /// <summary>What else the file has of it, such as a rating that was corrected.</summary>
    public IReadOnlyDictionary<string, JsonElement> Others { get; init; } = Sample.Empty;

    /// <summary>Whether it counts as right: written by a person, or rated 1. Null where nobody said.</summary>
    public bool? IsRight => IsHuman ? true : Rating is { } rating ? rating == 1 : null;
}

/// <summary>A criterion of a rubric.</summary>
/// <param name="Criterion">What an answer should do, or should not.</param>
/// <param name="Points">What it is worth; below 0 where an answer should not.</param>
public sealed record RubricCriterion(string Criterion, double Points)
{
    /// <summary>Tags, such as <c>axis:accuracy</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What else the file has of it, such as a title.</summary>
    public IReadOnlyDictionary<string, JsonElement> Others { get; init; } = Sample.Empty;
}

/// <summary>What one person, or one model, said of a record.</summary>
public sealed record Judgement
{
    /// <summary>Who, as the file names them.</summary>
    public string? Contributor { get; init; }

    /// <summary>Whether it is a model's.</summary>
    public bool IsModel { get; init; }

    /// <summary>Which of two completions is better and by how much, in the file's scale: below 0 the first, 0 neither, above 0 the second.</summary>
    public double? Preference { get; init; }

    /// <summary>Answers by question, as they stand in JSON.</summary>
    public IReadOnlyDictionary<string, JsonElement> Answers { get; init; } = Sample.Empty;
}
