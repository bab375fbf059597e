using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Outbox;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>What follows from some rows of the outbox, computed and not yet written.</summary>
internal sealed class DerivationPlan
{
    /// <summary>The place that the rows come after.</summary>
    public required OutboxPlace From { get; init; }

    public required IReadOnlyList<OutboxRow> Rows { get; init; }

    public List<ProjectPlan> Projects { get; } = [];
}

/// <summary>What follows for one project.</summary>
internal sealed class ProjectPlan
{
    public required ProjectId ProjectId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    /// <summary>Settings that are met for the first time.</summary>
    public PolicyEntry? Policy { get; init; }

    /// <summary>Known answers that are met for the first time.</summary>
    public List<GoldEntry> Gold { get; } = [];

    /// <summary>Ordinary tasks that became gold, in the state that they were read in: what was estimated of them goes.</summary>
    public List<(LabelTaskId Id, TaskState State, string? Answers)> TurnedGold { get; } = [];

    /// <summary>Tasks that change, each once.</summary>
    public Dictionary<LabelTaskId, TaskChange> Tasks { get; } = [];

    /// <summary>Grades of responses to gold tasks and what goes of them, by task.</summary>
    public Dictionary<LabelTaskId, GradeChange> GoldGrades { get; } = [];

    /// <summary>What is added to the counters.</summary>
    public CounterChange Counters { get; } = new();

    /// <summary>Rows of contributors as they shall be.</summary>
    public Dictionary<ContributorId, ContributorReliability> Contributors { get; } = [];

    /// <summary>Who answered which task, as far as these rows tell.</summary>
    public HashSet<(LabelTaskId Task, ContributorId Contributor)> Answered { get; } = [];

    /// <summary>What is added to the figures of days.</summary>
    public Dictionary<int, (int Responses, long ActiveMilliseconds)> Days { get; } = [];

    public void AddToDay(DateTimeOffset at, int responses, long activeMilliseconds)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime).DayNumber;
        var before = Days.GetValueOrDefault(day);
        Days[day] = (before.Responses + responses, before.ActiveMilliseconds + activeMilliseconds);
    }

    /// <summary>Whether a task is to be in another state, or decided otherwise, than it is or was planned to be.</summary>
    public bool IsNews(TaskChange change)
    {
        var (state, answers) = Tasks.TryGetValue(change.Task.Id, out var planned) ? (planned.State, planned.Estimate?.Answers) : (change.Task.State, change.Task.Consensus?.Answers);
        return state != change.State || DecidedAnswers.Differ(answers, change.Estimate?.Answers);
    }

    /// <summary>Enters what becomes of a task, over what was planned for it before.</summary>
    public void Change(TaskChange change)
    {
        if (Tasks.Remove(change.Task.Id, out var before))
        {
            Counters.Move(before.State, before.Task.State);
            Counters.MoveAgreement(before.Estimate?.Agreement, before.Task.Consensus?.Agreement);
        }

        Tasks.Add(change.Task.Id, change);
        Counters.Move(change.Task.State, change.State);
        Counters.MoveAgreement(change.Task.Consensus?.Agreement, change.Estimate?.Agreement);
    }

    /// <summary>Set by a full fit: responses in the project at the time.</summary>
    public long? ResponsesAtFit { get; set; }
}

/// <summary>What becomes of one task.</summary>
/// <param name="Task">As it was read.</param>
/// <param name="State">Its state now.</param>
/// <param name="Wanted">Responses that it needs.</param>
/// <param name="Estimate">The consensus; null where there is none.</param>
/// <param name="At">Time of the event that it follows from.</param>
/// <param name="Grades">Grades of the responses in force; empty while nothing can be said of them.</param>
internal sealed record TaskChange(TaskRecord Task, TaskState State, int Wanted, TaskEstimate? Estimate, DateTimeOffset At, IReadOnlyList<ResponseGrade> Grades);

/// <summary>What becomes of the grades of one task's responses.</summary>
/// <param name="Before">What is stored.</param>
/// <param name="After">What shall be.</param>
internal sealed record GradeChange(IReadOnlyList<StoredGrade> Before, IReadOnlyList<ResponseGrade> After);

/// <summary>A consensus as it is stored.</summary>
/// <param name="Answers">Canonical answers.</param>
/// <param name="Detail">Confidence and support of each question and shape.</param>
/// <param name="Confidence">Of the whole, in [0, 1].</param>
/// <param name="Agreement">Mean pairwise agreement, a multiple of <see cref="AgreementUnit"/>; null with fewer than two responses.</param>
/// <param name="ResponseCount">Responses that it was made from.</param>
/// <param name="IsValid">Whether the answers are valid under the ontology.</param>
internal sealed record TaskEstimate(string Answers, string Detail, double Confidence, double? Agreement, int ResponseCount, bool IsValid)
{
    /// <summary>2^-20: sums of its multiples are exact in any order, so that counters replay to the last bit.</summary>
    public const double AgreementUnit = 1.0 / (1 << 20);

    public static double? ToUnits(double? agreement) => agreement is { } value ? Math.Round(value / AgreementUnit) * AgreementUnit : null;
}

/// <summary>Differences of a project's counters.</summary>
internal sealed class CounterChange
{
    private readonly long[] _states = new long[Enum.GetValues<TaskState>().Length];

    public long Tasks { get; set; }

    public long Gold { get; set; }

    public long Audits { get; set; }

    public long Responses { get; set; }

    public long Skips { get; set; }

    public double AgreementSum { get; private set; }

    public long AgreementCount { get; private set; }

    public DateTimeOffset? LastResponseAt { get; set; }

    public long this[TaskState state] => _states[(int)state];

    public void Add(TaskState state, long count) => _states[(int)state] += count;

    public void Move(TaskState from, TaskState to)
    {
        _states[(int)from]--;
        _states[(int)to]++;
    }

    public void MoveAgreement(double? from, double? to)
    {
        AgreementSum += (to ?? 0) - (from ?? 0);
        AgreementCount += (to is null ? 0 : 1) - (from is null ? 0 : 1);
    }
}
