using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Postgres;

/// <summary>One caller's next, submit or both, waiting for its group.</summary>
internal sealed class GroupOperation
{
    private const int MostLosses = 50;

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GroupOperation(Worker worker, ProjectId project) => (Worker, Project, WantsNext) = (worker, project, true);

    public GroupOperation(Submission submission) => (Worker, Submission, WantsNext) = (submission.Worker, submission, submission.Next);

    public Worker Worker { get; }

    /// <summary>Null for a bare next.</summary>
    public Submission? Submission { get; }

    /// <summary>For a submit known only once its lease is.</summary>
    public ProjectId Project { get; set; }

    public bool WantsNext { get; }

    /// <summary>What came of the submit, once it is durable.</summary>
    public SubmitResult? Stored { get; private set; }

    public NextResult? Next { get; private set; }

    /// <summary>What this group's transaction makes of it; worth nothing until the commit.</summary>
    public SubmitResult? Storing { get; set; }

    public NextResult? Granting { get; set; }

    /// <summary>Tasks that other transactions had locked when this operation wanted them: looked over for now.</summary>
    public HashSet<LabelTaskId> Avoided { get; } = [];

    /// <summary>Where a walk that several groups share goes on: lane and number.</summary>
    public (int Lane, long Number)? LeftAt { get; set; }

    private int _losses;

    /// <summary>Nothing was found but tasks that were locked: worth another look, a bounded number of times.</summary>
    public bool LooksAgain()
    {
        if (Avoided.Count == 0 || ++_losses > MostLosses) return false;
        Avoided.Clear();
        return true;
    }

    public bool HasSubmit => Submission is not null && Stored is null;

    /// <summary>A next is still to be found, in this group.</summary>
    public bool IsSearching => WantsNext && Granting is null && (Submission is null || (Stored ?? Storing) is SubmitResult.Accepted or SubmitResult.Repeated);

    public bool PrefersNewest => (Stored ?? Storing) is SubmitResult.Repeated;

    public Task Done => _done.Task;

    public void Reset() => (Storing, Granting) = (null, null);

    /// <summary>The group is durable.</summary>
    /// <returns>False when its next needs another group.</returns>
    public bool Settle()
    {
        var searching = IsSearching;
        Stored ??= Storing;
        Next = Granting;
        Reset();
        if (searching) return false;
        _done.TrySetResult();
        return true;
    }

    public void Fail(Exception failure) => _done.TrySetException(failure);

    public SubmitResult SubmitAnswer => Stored switch
    {
        SubmitResult.Accepted accepted => accepted with { Next = Next },
        SubmitResult.Repeated repeated => repeated with { Next = Next },
        var refused => refused!,
    };
}
