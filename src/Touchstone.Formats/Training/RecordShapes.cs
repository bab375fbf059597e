namespace Touchstone.Formats.Training;

/// <summary>Makes of a record the rows that a format has of it: pairs of a ranking, completions one by one, ways of steps.</summary>
/// <param name="to">The format.</param>
/// <param name="lose">Takes what is lost by it: kind, explanation, count.</param>
internal sealed class RecordShapes(TrainingTraits to, Action<string, string, long> lose)
{
    public IEnumerable<TrainingRecord> Of(TrainingRecord record) => to.Shape switch
    {
        CompletionShape.None => None(record),
        CompletionShape.One => One(record),
        CompletionShape.Pair => Pairs(record),
        CompletionShape.Labelled => Labelled(record),
        CompletionShape.Steps => Ways(record),
        _ => [record],
    };

    private TrainingRecord[] None(TrainingRecord record)
    {
        if (record.Completions.Count > 0) Lose("completion", $"{to.Name} has prompts alone; completions are left out.", record.Completions.Count);
        return [record with { Completions = [], IsSequence = record.IsSequence && to.Carries(RecordParts.Sequences) }];
    }

    private TrainingRecord[] One(TrainingRecord record)
    {
        if (record.Completions.Count == 0 && record.IsSequence && to.Carries(RecordParts.Sequences)) return [record];
        if (record.Completions.Count == 0) return LeftOut("record:no_completion", "has no records without a completion");
        var best = record.Completions.Where(c => GoodOf(c) != false).OrderByDescending(c => GoodOf(c) == true).ThenBy(c => c.Rank ?? int.MaxValue).FirstOrDefault();
        if (best is null) return LeftOut("record:no_good_completion", "has completions to be learned, and no records whose completions are all bad");
        if (record.Completions.Count > 1) Lose("completion", $"{to.Name} has one completion a record: the best is kept.", record.Completions.Count - 1);
        return [record with { Completions = [best with { Rank = null }], Margin = record.Completions.Count > 1 ? null : record.Margin }];
    }

    private List<TrainingRecord> Pairs(TrainingRecord record)
    {
        List<TrainingRecord> pairs = [];
        var ranked = Ranked(record.Completions);
        for (var i = 0; i < ranked.Count; i++)
        {
            for (var j = i + 1; j < ranked.Count; j++)
            {
                var order = ranked[i].Rank!.Value.CompareTo(ranked[j].Rank!.Value);
                if (order == 0 && !to.Carries(RecordParts.Ties)) Lose("tie", $"{to.Name} has no completions that are equally good; such pairs are left out.", 1);
                else pairs.Add(record with { Completions = [ranked[i] with { Rank = order <= 0 ? 1 : 2 }, ranked[j] with { Rank = order >= 0 ? 1 : 2 }] });
            }
        }

        if (pairs.Count > 1) Lose("ranking", "Rankings of more than two completions are written as pairs.", 1);
        if (pairs.Count == 0) LeftOut("record:no_pair", "has no records without a completion that is better than another");
        return pairs;
    }

    /// <summary>Completions with ranks: their own, or the good before the bad.</summary>
    private static List<Completion> Ranked(IReadOnlyList<Completion> completions)
    {
        List<Completion> ranked = [.. completions.Where(c => c.Rank is not null)];
        if (ranked.Count > 1) return ranked;
        return completions.Any(c => c.Label == true) && completions.Any(c => c.Label == false)
            ? [.. completions.Where(c => c.Label is not null).Select(c => c with { Rank = c.Label == true ? 1 : 2 })]
            : [];
    }

    private List<TrainingRecord> Labelled(TrainingRecord record)
    {
        List<TrainingRecord> rows = [];
        var (best, worst) = (record.Completions.Min(c => c.Rank), record.Completions.Max(c => c.Rank));
        foreach (var completion in record.Completions)
        {
            var label = GoodOf(completion) ?? (best == worst ? null : completion.Rank == best ? true : completion.Rank == worst ? false : (bool?)null);
            if (label is { } known) rows.Add(record with { Completions = [completion with { Label = known, Rank = null }] });
            else if (completion.Rank is not null) Lose("tie", $"{to.Name} has good and bad completions; those between are left out.", 1);
        }

        if (rows.Count == 0) LeftOut("record:no_label", "has no records without a completion that is good or bad");
        else if (best != worst) Lose("pair", "Which completions answer the same prompt, and which of them is better, is kept only as good and bad.", 1);
        return rows;
    }

    /// <summary>Each way through alternatives is a row: the taken one, and those that end at a choice that was not taken, as TRL's own conversion of PRM800K has it.</summary>
    private List<TrainingRecord> Ways(TrainingRecord record)
    {
        List<TrainingRecord> rows = [];
        foreach (var completion in record.Completions.Where(c => c.Steps.Count > 0))
        {
            if (to.Carries(RecordParts.StepAlternatives)) rows.Add(record with { Completions = [completion] });
            else rows.AddRange(Ways(completion).Select(way => record with { Completions = [way] }));
        }

        if (rows.Count == 0) LeftOut("record:no_steps", "has no records without steps");
        return rows;
    }

    private IEnumerable<Completion> Ways(Completion completion)
    {
        List<RecordStep> taken = [];
        foreach (var step in completion.Steps)
        {
            for (var i = 0; i < step.Choices.Count; i++)
                if (i != step.Chosen) yield return completion with { Steps = [.. taken, Alone(step.Choices[i])] };
            if (step.Chosen is not { } chosen) break;
            taken.Add(Alone(step.Choices[chosen]));
        }

        if (taken.Count > 0) yield return completion with { Steps = taken };
        if (completion.Steps.Any(s => s.Choices.Count > 1)) Lose("step_alternatives", "Alternatives to a step are written as rows of their own.", completion.Steps.Sum(s => (long)s.Choices.Count - 1));
    }

    private static RecordStep Alone(StepChoice choice) => new([choice], 0);

    /// <summary>Whether a completion is good: as it is labelled, or as its steps are.</summary>
    private static bool? GoodOf(Completion completion)
    {
        if (completion.Label is { } label) return label;
        if (completion.Steps.Count == 0 || completion.Steps.Any(s => s.Choices[s.Chosen ?? 0].IsRight is null)) return null;
        return completion.Steps.All(s => s.Chosen is { } chosen && s.Choices[chosen].IsRight == true);
    }

    private TrainingRecord[] LeftOut(string kind, string why)
    {
        Lose(kind, $"{to.Name} {why}; they are left out.", 1);
        return [];
    }

    private void Lose(string kind, string explanation, long count) => lose(kind, explanation, count);
}
