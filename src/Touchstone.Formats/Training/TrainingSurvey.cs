namespace Touchstone.Formats.Training;

/// <summary>What a pass over records finds.</summary>
public sealed class TrainingSurvey
{
    private readonly SortedDictionary<RecordKind, long> _kinds = [];
    private readonly SortedDictionary<string, long> _splits = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _roles = new(StringComparer.Ordinal);

    /// <summary>Records seen.</summary>
    public long Records { get; private set; }

    /// <summary>Of them, those of plain texts.</summary>
    public long Plain { get; private set; }

    /// <summary>Of them, those without a prompt.</summary>
    public long WithoutPrompt { get; private set; }

    /// <summary>Records by what they are made for.</summary>
    public IReadOnlyDictionary<RecordKind, long> Kinds => _kinds;

    /// <summary>Records by the part of the data set.</summary>
    public IReadOnlyDictionary<string, long> Splits => _splits;

    /// <summary>Turns of prompts and completions by role.</summary>
    public IReadOnlyDictionary<string, long> Roles => _roles;

    /// <summary>Completions.</summary>
    public long Completions { get; private set; }

    /// <summary>Completions that are good, and those that are bad.</summary>
    public (long Good, long Bad) Labels { get; private set; }

    /// <summary>Records of two completions or more of which none is better.</summary>
    public long Ties { get; private set; }

    /// <summary>Steps: wrong, neither, right, not judged; alternatives are counted too.</summary>
    public (long Wrong, long Neutral, long Right, long NotJudged) Steps { get; private set; }

    /// <summary>Records with a reference answer.</summary>
    public long References { get; private set; }

    /// <summary>Criteria of rubrics.</summary>
    public long Criteria { get; private set; }

    /// <summary>What people and models said of records.</summary>
    public long Judgements { get; private set; }

    /// <summary>What most records are made for; of as many the one that says more.</summary>
    public RecordKind MainKind => _kinds.Count == 0 ? RecordKind.Prompt : _kinds.MaxBy(k => (k.Value, k.Key)).Key;

    /// <summary>Takes a record into account.</summary>
    public void Add(TrainingRecord record)
    {
        Records++;
        if (record.IsPlain) Plain++;
        if (record.Prompt.Count == 0) WithoutPrompt++;
        if (record.Reference is not null) References++;
        if (record.Split is { } split) _splits[split] = _splits.GetValueOrDefault(split) + 1;
        _kinds[record.Kind] = _kinds.GetValueOrDefault(record.Kind) + 1;
        Criteria += record.Rubric.Count;
        Judgements += record.Judgements.Count;
        Completions += record.Completions.Count;
        if (record.Kind == RecordKind.Preference && record.Completions.Select(c => c.Rank).Distinct().Count() == 1) Ties++;
        AddTurns(record.Prompt);
        foreach (var completion in record.Completions)
        {
            AddTurns(completion.Turns);
            if (completion.Label is { } label) Labels = label ? (Labels.Good + 1, Labels.Bad) : (Labels.Good, Labels.Bad + 1);
            foreach (var step in completion.Steps)
                foreach (var choice in step.Choices) Add(choice);
        }
    }

    private void AddTurns(IReadOnlyList<Turn> turns)
    {
        foreach (var turn in turns) _roles[turn.Role] = _roles.GetValueOrDefault(turn.Role) + 1;
    }

    private void Add(StepChoice choice)
    {
        var (wrong, neutral, right, notJudged) = Steps;
        Steps = choice.Rating switch
        {
            -1 => (wrong + 1, neutral, right, notJudged),
            0 => (wrong, neutral + 1, right, notJudged),
            1 => (wrong, neutral, right + 1, notJudged),
            _ => (wrong, neutral, right, notJudged + 1),
        };
    }
}
