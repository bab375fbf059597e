using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Server.Host;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Work;

/// <summary>The queue's reasons as problems that say what to do next.</summary>
internal static class QueueRefusals
{
    private const string Unknown = "You have no lease with this token. POST to a project's work/next to get one.";

    public static ProblemHttpResult UnknownLease() => Problems.NotFound(Unknown);

    public static ProblemHttpResult Of(string reason) => reason switch
    {
        QueueReason.UnknownLease => UnknownLease(),
        QueueReason.UnknownProject => Problems.NotFound("There is no such project."),
        QueueReason.DifferentBody => Problems.Conflict(
            "This lease was answered before with other answers, which stand. Ask for the next task; a reviewer can send work back.", reason),
        QueueReason.Expired => Problems.Conflict(
            "The lease ran out and somebody else has the work now. Your draft is kept with the lease; ask for the next task.", reason),
        QueueReason.Submitted => Problems.Conflict("This lease was answered already.", reason),
        QueueReason.Skipped => Problems.Conflict("This lease was skipped.", reason),
        QueueReason.Returned => Problems.Conflict("This lease was returned; ask for the next task.", reason),
        QueueReason.WrongPurpose => Problems.Conflict("This lease is for something else: a review is decided under reviews, work is answered under leases.", reason),
        QueueReason.NotInReview => Problems.Conflict("Nobody needs to decide this any more: its answer is known. Ask for the next case.", reason),
        QueueReason.AlreadyAnswered => Problems.Conflict("You have answered this before; ask for the next task.", reason),
        QueueReason.Suspended => Problems.Forbidden("You may take no work at present. Ask a manager of your organization.", reason),
        QueueReason.NotAllowed => Problems.Forbidden("This needs the role reviewer.", reason),
        QueueReason.NotCleared => Problems.NotFound("There is no such project."),
        _ => Problems.Conflict("The queue refuses this.", reason),
    };
}
