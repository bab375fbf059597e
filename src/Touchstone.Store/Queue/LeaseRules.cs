using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>What the queue needs of a project.</summary>
internal sealed record ProjectFacts(
    ProjectId Id, OrganizationId OrganizationId, CompartmentId CompartmentId, ProjectState State, double GoldRate, int LeaseMinutes)
{
    /// <summary>Training tasks that a newcomer does first.</summary>
    public int TrainingTasks { get; init; }

    /// <summary>Gold tasks that a newcomer is evaluated by.</summary>
    public int EvaluationTasks { get; init; }

    /// <summary>Somebody stands otherwise in it than as a newcomer.</summary>
    public bool HasStandings { get; init; }

    /// <summary>How contributors stand makes a difference; where it does not, it is not read.</summary>
    public bool AsksForStandings => TrainingTasks > 0 || EvaluationTasks > 0 || HasStandings;

    public DateTimeOffset ExpiryFrom(DateTimeOffset now) => now.AddMinutes(LeaseMinutes);
}

/// <summary>How a contributor stands in a project; null, where it is asked for, is a newcomer.</summary>
internal sealed record StandingFacts(StandingState State, int TrainingLeft, int EvaluationLeft);

/// <summary>What is known when a worker asks for a task. A project that does not exist is null.</summary>
/// <param name="Worker">Who asks.</param>
/// <param name="Suspended">They are suspended.</param>
/// <param name="Project">Where.</param>
/// <param name="ForReview">For a task to be reviewed.</param>
/// <param name="ToTrain">Training tasks wait for them, which come first.</param>
internal readonly record struct NextFacts(Worker Worker, bool Suspended, ProjectFacts? Project, bool ForReview, bool ToTrain = false);

/// <summary>What leases a contributor has on one task (or on those it is an audit of), all together.</summary>
[Flags]
internal enum LeaseMarks
{
    None = 0,
    Live = 1,
    Submitted = 2,
    Skipped = 4,

    /// <summary>Returned or expired: leaves no claim and no bar.</summary>
    Ended = 8,
}

/// <summary>What a walk along a lane does at one open task.</summary>
internal enum Verdict
{
    Take,

    /// <summary>Never again for this contributor, unless the task gets a new queue number: the cursor may pass.</summary>
    Pass,

    /// <summary>Not now, perhaps later: the cursor stays before it.</summary>
    Wait,
}

/// <summary>What is known when a submit arrives.</summary>
/// <param name="IsOwn">A lease has this token and is the worker's.</param>
/// <param name="Cleared">The worker may see the lease's compartment.</param>
/// <param name="Suspended">The contributor is suspended.</param>
/// <param name="SameBody">For a submitted lease: the stored body is this one.</param>
/// <param name="FreeSlot">The task has a free slot, or is gold.</param>
/// <param name="Barred">For an expired lease: the contributor could not be given the task now, because they took, skipped or judged it since.</param>
/// <param name="Answered">The contributor has an independent response to the task.</param>
/// <param name="Superseded">For a correction: the response to be superseded was superseded.</param>
internal readonly record struct SubmitFacts(
    bool IsOwn, LeasePurpose Purpose, LeaseState State, bool Cleared, bool Suspended, bool SameBody, bool FreeSlot, bool Barred, bool Answered,
    bool Superseded);

internal enum SubmitVerdict
{
    Refuse,
    Repeat,
    Accept,

    /// <summary>Accept under an expired lease: its slot is taken again in the same transaction.</summary>
    AcceptLate,
}

/// <summary>
/// How leases are decided: ordered lists of pure rules over one loaded snapshot, the same on both databases. The first rule that
/// has a reason ends it.
/// </summary>
internal static class LeaseRules
{
    private static readonly Func<NextFacts, string?>[] NextRules =
    [
        f => f.Project is null || f.Project.OrganizationId != f.Worker.OrganizationId ? QueueReason.UnknownProject : null,
        f => f.Suspended ? QueueReason.Suspended : null,
        f => !f.Worker.Clearances.Contains(f.Project!.CompartmentId) ? QueueReason.NotCleared : null,
        f => f.ForReview && f.Worker.Role < Role.Reviewer ? QueueReason.NotAllowed : null,
        f => f.Project!.State == ProjectState.Paused ? QueueReason.Paused : null,
        f => f.Project!.State == ProjectState.Archived ? QueueReason.Archived : null,
        f => f.ToTrain && !f.ForReview ? QueueReason.Training : null,
    ];

    /// <summary>Share of leases that are gold while somebody is evaluated: often enough that it soon ends, and never so often that gold could be guessed.</summary>
    public const double EvaluationRate = 0.5;

    /// <summary>Whether training comes first for the contributor, as long as the project has any.</summary>
    public static bool WantsTraining(ProjectFacts project, StandingFacts? standing) =>
        standing is null ? project.TrainingTasks > 0 : standing is { State: StandingState.Training, TrainingLeft: > 0 };

    /// <summary>Share of the contributor's leases that are gold.</summary>
    public static double GoldRate(ProjectFacts project, StandingFacts? standing)
    {
        var isEvaluated = standing is null ? project.EvaluationTasks > 0 : standing is { State: StandingState.Evaluation, EvaluationLeft: > 0 };
        return isEvaluated ? Math.Max(project.GoldRate, EvaluationRate) : project.GoldRate;
    }

    /// <summary>Why the worker gets nothing from this project, whatever lies in its queue; null when they may.</summary>
    public static string? RefuseNext(in NextFacts facts)
    {
        foreach (var rule in NextRules)
        {
            if (rule(facts) is { } reason) return reason;
        }

        return null;
    }

    /// <summary>May this open task be given to the contributor?</summary>
    /// <param name="own">Their leases on the task.</param>
    /// <param name="related">Their leases on the task that it audits, and on audits of it: nobody judges what they answered.</param>
    public static Verdict Candidate(LeaseMarks own, LeaseMarks related)
    {
        // A live lease of their own passes too: when it ends without an answer the task gets a new number.
        if ((own & (LeaseMarks.Submitted | LeaseMarks.Skipped | LeaseMarks.Live)) != 0) return Verdict.Pass;
        if ((related & LeaseMarks.Submitted) != 0) return Verdict.Pass;
        return (related & LeaseMarks.Live) != 0 ? Verdict.Wait : Verdict.Take;
    }

    /// <summary>May this task in review be given to the reviewer?</summary>
    public static bool MayReview(LeaseMarks own, LeaseMarks related) =>
        (own & (LeaseMarks.Submitted | LeaseMarks.Skipped | LeaseMarks.Live)) == 0 && (related & (LeaseMarks.Submitted | LeaseMarks.Live)) == 0;

    public static LeaseMarks MarkOf(LeaseState state) => state switch
    {
        LeaseState.Live => LeaseMarks.Live,
        LeaseState.Submitted => LeaseMarks.Submitted,
        LeaseState.Skipped => LeaseMarks.Skipped,
        _ => LeaseMarks.Ended,
    };

    public static SubmitVerdict Submit(in SubmitFacts facts, out string reason)
    {
        reason = RefuseSubmit(facts) ?? "";
        if (reason.Length > 0) return SubmitVerdict.Refuse;
        return facts.State switch
        {
            LeaseState.Submitted => SubmitVerdict.Repeat,
            LeaseState.Live => SubmitVerdict.Accept,
            _ => SubmitVerdict.AcceptLate,
        };
    }

    private static string? RefuseSubmit(in SubmitFacts f)
    {
        if (!f.IsOwn) return QueueReason.UnknownLease;
        if (f.Purpose == LeasePurpose.Review) return QueueReason.WrongPurpose;
        if (f.State == LeaseState.Submitted) return f.SameBody ? null : QueueReason.DifferentBody;
        if (f.State == LeaseState.Skipped) return QueueReason.Skipped;
        if (f.State == LeaseState.Returned) return QueueReason.Returned;
        if (f.Suspended) return QueueReason.Suspended;
        if (!f.Cleared) return QueueReason.NotCleared;
        if (f.Purpose == LeasePurpose.Correction) return f.Superseded ? QueueReason.Expired : null;
        if (f.Answered) return QueueReason.AlreadyAnswered;
        if (f.State == LeaseState.Expired && (!f.FreeSlot || f.Barred)) return QueueReason.Expired;
        return null;
    }

    /// <summary>Ends a lease as skipped or returned.</summary>
    /// <returns>The reason why not; null when it ends (or has ended so before).</returns>
    public static string? RefuseEnd(bool isOwn, LeaseState state, LeaseState becomes) => (isOwn, state) switch
    {
        (false, _) => QueueReason.UnknownLease,
        (_, LeaseState.Submitted) => QueueReason.Submitted,
        (_, LeaseState.Skipped) when becomes == LeaseState.Returned => QueueReason.Skipped,
        (_, LeaseState.Returned) when becomes == LeaseState.Skipped => QueueReason.Returned,
        _ => null,
    };

    /// <summary>Gold that is given back comes again to whoever had it, as ordinary work does.</summary>
    public static bool StandsAgain(in LeaseRow lease, LeaseState becomes) =>
        lease is { State: LeaseState.Live, Purpose: LeasePurpose.Work, IsGold: true } && becomes is LeaseState.Returned or LeaseState.Expired;

    /// <summary>Why a lease that ended so cannot be renewed, or its draft (where an expired one still can) not be saved.</summary>
    public static string? RefuseRenewal(bool isOwn, LeaseState state, bool suspended, bool cleared, bool forDraft) => (isOwn, state) switch
    {
        (false, _) => QueueReason.UnknownLease,
        (_, LeaseState.Submitted) => QueueReason.Submitted,
        (_, LeaseState.Skipped) => QueueReason.Skipped,
        (_, LeaseState.Returned) => QueueReason.Returned,
        (_, LeaseState.Expired) when !forDraft => QueueReason.Expired,
        _ when suspended => QueueReason.Suspended,
        _ when !cleared => QueueReason.NotCleared,
        _ => null,
    };

    /// <summary>Why a review lease cannot be used for a decision; null when it can.</summary>
    /// <param name="of">What the task is for now; it may have become gold while it was under review.</param>
    /// <param name="takenOver">Somebody else reviews the task now.</param>
    public static string? RefuseDecision(
        Worker worker, CompartmentId compartment, LeasePurpose purpose, LeaseState state, TaskPurpose of, TaskState task, bool takenOver) => state switch
        {
            _ when purpose != LeasePurpose.Review => QueueReason.WrongPurpose,
            LeaseState.Submitted => QueueReason.Submitted,
            _ when of != TaskPurpose.Label => QueueReason.NotInReview,
            LeaseState.Skipped => QueueReason.Skipped,
            LeaseState.Returned => QueueReason.Returned,
            LeaseState.Expired when takenOver || task != TaskState.InReview => QueueReason.Expired,
            _ when worker.Role < Role.Reviewer => QueueReason.NotAllowed,
            _ when !worker.Clearances.Contains(compartment) => QueueReason.NotCleared,
            _ => null,
        };

    /// <summary>When a lease ends that is renewed now: never sooner than before.</summary>
    public static DateTimeOffset Renewed(DateTimeOffset expires, ProjectFacts project, DateTimeOffset now)
    {
        var term = project.ExpiryFrom(now);
        return term > expires ? term : expires;
    }

    /// <summary>A task that is decided, or was taken out, keeps no slot that comes free: nobody needs to answer it any more.</summary>
    public static bool ReopensWhenFreed(TaskState state) => state is TaskState.Open or TaskState.InReview;
}
