namespace Touchstone.Store.Queue;

/// <summary>Why the queue gives nothing or refuses, in stable snake_case.</summary>
public static class QueueReason
{
    /// <summary>No task of the project has a free slot.</summary>
    public const string NothingOpen = "nothing_open";

    /// <summary>Tasks are open, but the contributor has answered, skipped or holds each of them.</summary>
    public const string AllDoneByYou = "all_done_by_you";

    /// <summary>Training tasks come first for the contributor; they have endpoints of their own.</summary>
    public const string Training = "training";

    /// <summary>A review was asked for of a task that no person has to decide (any more).</summary>
    public const string NotInReview = "not_in_review";

    /// <summary>A review was asked for of a task that somebody else reviews now.</summary>
    public const string Taken = "taken";

    /// <summary>A review was asked for of a task that the reviewer answered, skipped or audited.</summary>
    public const string OwnWork = "own_work";

    /// <summary>A review was asked for by name while the reviewer holds as many others as one may.</summary>
    public const string HeldEnough = "held_enough";

    /// <summary>The project is paused.</summary>
    public const string Paused = "paused";

    /// <summary>The project is archived.</summary>
    public const string Archived = "archived";

    /// <summary>The worker is not cleared for the project's compartment.</summary>
    public const string NotCleared = "not_cleared";

    /// <summary>The contributor is suspended.</summary>
    public const string Suspended = "suspended";

    /// <summary>The worker's organization has no such project.</summary>
    public const string UnknownProject = "unknown_project";

    /// <summary>The worker's role may not do this (reviews).</summary>
    public const string NotAllowed = "not_allowed";

    /// <summary>No lease of the worker has this token.</summary>
    public const string UnknownLease = "unknown_lease";

    /// <summary>The lease was used for another body.</summary>
    public const string DifferentBody = "different_body";

    /// <summary>The lease ran out and its slot was given to somebody else, or its purpose has passed. Its draft stays.</summary>
    public const string Expired = "expired";

    /// <summary>The lease was skipped.</summary>
    public const string Skipped = "skipped";

    /// <summary>The lease was returned.</summary>
    public const string Returned = "returned";

    /// <summary>The lease was submitted.</summary>
    public const string Submitted = "submitted";

    /// <summary>The lease has another purpose: a review lease cannot be answered, a work lease cannot be decided.</summary>
    public const string WrongPurpose = "wrong_purpose";

    /// <summary>The contributor has given an independent response to the task before.</summary>
    public const string AlreadyAnswered = "already_answered";
}
