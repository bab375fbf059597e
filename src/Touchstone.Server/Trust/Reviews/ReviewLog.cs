using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Reviews;

/// <summary>Enters what a person decided of a task, together with the row of the outbox that tells of it: neither is ever there without the other.</summary>
internal static class ReviewLog
{
    /// <param name="store">Inside the transaction that moves the task.</param>
    /// <param name="review">Complete.</param>
    /// <param name="purpose">Of the task.</param>
    public static void Add(StoreContext store, Review review, TaskPurpose purpose)
    {
        store.Reviews.Add(review);
        store.Outbox.Add(new OutboxRow
        {
            Kind = OutboxKind.ReviewDecided,
            OrganizationId = review.OrganizationId,
            ProjectId = review.ProjectId,
            TaskId = review.TaskId,
            ContributorId = review.ReviewerId,
            SubjectId = review.Id.Value,
            Purpose = purpose,
            At = review.DecidedAt,
        });
    }

    /// <summary>Enters what a lead decided of a task without seeing it before them as a reviewer does: that its label is doubted, or that the doubt is taken back.</summary>
    public static void AddOfLead(StoreContext store, LabelTask task, ReviewDecision decision, string? basis, ReviewId? earlier, CurrentContributor by, DateTimeOffset now) => Add(
        store,
        new Review
        {
            Id = ReviewId.New(now),
            OrganizationId = task.OrganizationId,
            CompartmentId = task.CompartmentId,
            ProjectId = task.ProjectId,
            TaskId = task.Id,
            ReviewerId = by.Id,
            Decision = decision,
            Basis = basis,
            Supersedes = earlier,
            Simulated = by.Simulated,
            DecidedAt = now,
        },
        task.Purpose);
}
