using System.Text.Json;

namespace Touchstone.Formats.Training;

/// <summary>Takes from records what a format cannot carry, and counts it: the only place where losses come from, so that they follow from <see cref="TrainingTraits"/>.</summary>
/// <param name="to">The format to be written, with its options.</param>
public sealed class RecordNarrowing(TrainingTraits to)
{
    private readonly LossCounter _losses = new();

    /// <summary>What was lost so far.</summary>
    public LossReport Report => _losses.ToReport();

    /// <summary>The record with only what the format carries: none where it has no form for it, several where a row has one pair, one completion or one way of steps.</summary>
    public IEnumerable<TrainingRecord> Narrow(TrainingRecord record)
    {
        if (to.NeedsPrompt && record.Prompt.Count == 0) return LeftOut("prompt", "a prompt");
        if (to.Needs.HasFlag(RecordParts.References) && record.Reference is null) return LeftOut("reference", "a reference answer");
        if (to.Needs.HasFlag(RecordParts.Rubrics) && record.Rubric.Count == 0) return LeftOut("rubric", "a rubric");
        var shaped = new RecordShapes(to, Lose).Of(record).ToList();
        if (to.Needs.HasFlag(RecordParts.Ratings)) shaped = [.. shaped.SelectMany(r => to.Ratings!.All(r.Completions[0].Ratings.ContainsKey) ? [r] : LeftOut("ratings", $"ratings of {string.Join(", ", to.Ratings!)}"))];
        for (var i = 0; i < shaped.Count; i++)
        {
            if (shaped.Count > 1) shaped[i] = shaped[i] with { Name = $"{record.Name}-{i + 1}" };
            shaped[i] = Said(Told(Strip(shaped[i])));
        }

        return shaped;
    }

    private List<TrainingRecord> LeftOut(string kind, string what)
    {
        Lose($"record:no_{kind}", $"{to.Name} has no records without {what}; they are left out.");
        return [];
    }

    /// <summary>What the record as a whole cannot keep.</summary>
    private TrainingRecord Strip(TrainingRecord record)
    {
        record = record with
        {
            Tools = Kept(record.Tools, RecordParts.Tools, "tools", "The tools that may be called are not kept."),
            Margin = Kept(record.Margin, RecordParts.Margins, "margin", "By how much a completion is better is not kept."),
            Reference = to.Carries(RecordParts.References) || record.Reference is null ? record.Reference : Lost<string>("reference", "Reference answers are not kept."),
            Id = to.Carries(RecordParts.Ids) || record.Id is null ? record.Id : Lost<string>("id", "Ids of records are not kept."),
            Split = to.Carries(RecordParts.Splits) || record.Split is null ? record.Split : Lost<string>("split", "The part of the data set that a record belongs to is not kept."),
        };
        if (record.Rubric.Count > 0 && !to.Carries(RecordParts.Rubrics)) record = record with { Rubric = Lost<IReadOnlyList<RubricCriterion>>("rubric", "Rubrics are not kept.") ?? [] };
        if (record.Judgements.Count > 0 && !to.Carries(RecordParts.Judgements))
        {
            Lose("judgement", "What each person or model said is not kept.", record.Judgements.Count);
            record = record with { Judgements = [] };
        }

        else if (record.Judgements.Any(j => j.Contributor is not null || j.IsModel) && !to.Carries(RecordParts.Contributors))
        {
            Lose("contributor", "Who said something, a person or a model, is not kept; what was said is.", record.Judgements.Count(j => j.Contributor is not null || j.IsModel));
            record = record with { Judgements = [.. record.Judgements.Select(j => j with { Contributor = null, IsModel = false })] };
        }

        if (record.Margin is { } margin and not 0 && to.WholeMarginMax is { } most && Math.Clamp(Math.Round(margin), 1, most) is var whole && whole != margin)
        {
            Lose("margin_scale", $"{to.Name} has margins of 1 to {most}: others become the nearest of them.");
            record = record with { Margin = whole };
        }

        if (record.IsSequence && !to.Carries(RecordParts.Sequences)) record = record with { IsSequence = Lost("sequence", "That a dialogue is to be learned as a whole is not kept; it is written as a prompt and its last answer.") };
        foreach (var name in record.Facts.Where(f => to.Columns.Contains(f.Key) && to.LeavesFact?.Invoke(record, f.Key, f.Value) != true).Select(f => f.Key).ToList())
        {
            Lose($"fact:{name}", $"{to.Name} has a column \"{name}\" of its own; facts of that name are not kept.");
            record = record with { Facts = record.Facts.Where(f => f.Key != name).ToDictionary(StringComparer.Ordinal) };
        }

        if (to.Carries(RecordParts.Facts) || record.Facts.All(f => to.Facts.Contains(f.Key))) return record;
        Lose("facts", "Other facts of records are not kept.");
        return record with { Facts = record.Facts.Where(f => to.Facts.Contains(f.Key)).ToDictionary(StringComparer.Ordinal) };
    }

    /// <summary>What completions cannot keep.</summary>
    private TrainingRecord Told(TrainingRecord record)
    {
        if (record.Completions.Count == 0) return record;
        if (to.Shape == CompletionShape.Any && !to.Carries(RecordParts.Ranks) && record.Completions.Any(c => c.Rank is not null) && !(record.Completions is [{ Rank: { } first }, { Rank: { } second }] && first != second))
        {
            if (record.Completions.Count(c => c.Rank is not null) > 1) Lose("ranking", $"{to.Name} has one better and one worse completion; other rankings are not kept.");
            record = record with { Completions = [.. record.Completions.Select(c => c with { Rank = null })] };
        }

        return record with { Completions = [.. record.Completions.Select(Told)] };
    }

    private Completion Told(Completion completion)
    {
        if (completion.Steps.Count > 0 && to.Shape != CompletionShape.Steps && !to.Carries(RecordParts.StepAlternatives))
        {
            Lose("steps", "Steps and what is said of them are not kept; they are written as one text.", completion.Steps.Count);
            completion = completion with { Steps = [], Turns = completion.Turns.Count > 0 ? completion.Turns : [Turn.Of("assistant", completion.Text)] };
        }

        if (completion.Steps.Count > 0 && !to.Carries(RecordParts.StepAlternatives)) completion = completion with { Steps = [.. completion.Steps.Select(s => RightOrWrong(s.Choices[s.Chosen ?? 0]))] };
        var lostRatings = completion.Ratings.Where(r => !to.Carries(RecordParts.Ratings) || to.Ratings is { } some && !some.Contains(r.Key)).Select(r => r.Key).ToList();
        foreach (var name in lostRatings) Lose($"rating:{name}", $"The rating \"{name}\" is not kept.");
        return completion with
        {
            Score = Kept(completion.Score, RecordParts.Scores, "score", "Scores of completions are not kept."),
            Label = Kept(completion.Label, RecordParts.Labels, "label", "Whether a completion is good is not kept."),
            Model = to.Carries(RecordParts.Models) || completion.Model is null ? completion.Model : Lost<string>("model", "Which model gave a completion is not kept."),
            Ratings = lostRatings.Count == 0 ? completion.Ratings : completion.Ratings.Where(r => !lostRatings.Contains(r.Key)).ToDictionary(StringComparer.Ordinal),
        };
    }

    /// <summary>A step that is right or wrong and nothing else.</summary>
    private RecordStep RightOrWrong(StepChoice choice)
    {
        if (choice.IsHuman) Lose("step:human", $"{to.Name} does not tell which steps people wrote; they count as right.");
        else if (choice.Rating is null) Lose("step:not_judged", $"{to.Name} has steps that are right or wrong: those that nobody judged count as wrong.");
        else if (choice.Rating == 0) Lose("step:neutral", $"{to.Name} has steps that are right or wrong: those that are neither count as wrong.");
        foreach (var name in choice.Others.Keys) Lose($"step:{name}", $"Of steps, \"{name}\" is not kept.");
        if (choice.IsFlagged is not null) Lose("step:flagged", "Which steps labellers could not tell is not kept.");
        return RecordStep.Of(choice.Text, choice.IsRight == true);
    }

    /// <summary>What turns cannot keep.</summary>
    private TrainingRecord Said(TrainingRecord record)
    {
        if (!to.Carries(RecordParts.TurnExtras) && (record.Prompt.Any(t => !t.IsPlain) || record.Completions.Any(c => c.Turns.Any(t => !t.IsPlain))))
            record = Each(record, turns => [.. turns.Select(Bare)]);
        if (to.CompletesWithText && record.Completions.Any(c => c.Turns.Count > 1))
        {
            Lose("completion_turns", $"{to.Name} has completions of one text: their turns are written as one text with their roles before them.");
            record = record with { Completions = [.. record.Completions.Select(c => c with { Turns = AsOne(c.Turns) })] };
        }

        if (to.Roles is { } roles) record = Each(record, turns => [.. turns.Select(t => InRole(t, roles))]);
        if (record.IsPlain && !to.Carries(RecordParts.PlainText))
        {
            Lose("plain_text", "Plain texts are written as a turn of the user and one of the assistant.");
            return record with { IsPlain = false };
        }

        if (record.IsPlain || to.Carries(RecordParts.Turns)) return record;
        if (record.Prompt is [] or [{ Role: "user" }] && record.Completions.All(c => c.Turns is [] or [{ Role: "assistant" }])) return record with { IsPlain = true };
        Lose("turns", $"{to.Name} has plain texts: several turns are written as one text with their roles before them.");
        return Each(record, AsOne) with { IsPlain = true };
    }

    private static TrainingRecord Each(TrainingRecord record, Func<IReadOnlyList<Turn>, IReadOnlyList<Turn>> change) =>
        record with { Prompt = change(record.Prompt), Completions = [.. record.Completions.Select(c => c.Turns.Count == 0 ? c : c with { Turns = change(c.Turns) })] };

    private static List<Turn> AsOne(IReadOnlyList<Turn> turns) => turns.Count < 2 ? [.. turns] : [Turn.Of(turns[^1].Role, string.Join("\n\n", turns.Select(t => $"{t.Role}: {t.Text}")))];

    private Turn InRole(Turn turn, IReadOnlyList<string> roles)
    {
        if (roles.Contains(turn.Role)) return turn;
        Lose($"role:{turn.Role}", $"{to.Name} has turns of {string.Join(" and ", roles)} alone; those of others are written as the {roles[0]}'s.");
        return turn with { Role = roles[0] };
    }

    private Turn Bare(Turn turn)
    {
        foreach (var name in turn.Others.Keys) Lose($"turn:{name}", $"Of turns, \"{name}\" is not kept.");
        if (turn.Content.ValueKind == JsonValueKind.Array && turn.Content.EnumerateArray().Any(p => !(p.ValueKind == JsonValueKind.Object && p.TryGetProperty("text", out _))))
            Lose("turn:parts", "Of turns in parts, only what is text is kept.");
        return turn.IsPlain ? turn : Turn.Of(turn.Role, turn.Text);
    }

    private T? Kept<T>(T? value, RecordParts part, string kind, string explanation)
        where T : struct
    {
        if (value is null || to.Carries(part)) return value;
        Lose(kind, explanation);
        return null;
    }

    private T? Lost<T>(string kind, string explanation)
        where T : class
    {
        Lose(kind, explanation);
        return null;
    }

    private bool Lost(string kind, string explanation)
    {
        Lose(kind, explanation);
        return false;
    }

    private void Lose(string kind, string explanation, long count = 1) => _losses.Add(kind, explanation, count);
}
