using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>
/// Something that happened, written in the transaction that made it true. Everything derived is computed from these rows in
/// the order (<see cref="Epoch"/>, <see cref="Sequence"/>).
/// </summary>
public sealed class OutboxRow
{
    /// <summary>Given by the database.</summary>
    public long Sequence { get; init; }

    /// <summary>
    /// PostgreSQL: the id of the writing transaction, so that a reader below the oldest running transaction never passes a row that
    /// becomes visible later. SQLite has one writer, so 0.
    /// </summary>
    public long Epoch { get; init; }

    public required OutboxKind Kind { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required ProjectId ProjectId { get; init; }

    public LabelTaskId? TaskId { get; init; }

    public ContributorId? ContributorId { get; init; }

    /// <summary>The response, review, lease, release ... that this row is about.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>Purpose of the task, where the row is about one or about several of a kind.</summary>
    public TaskPurpose Purpose { get; init; } = TaskPurpose.Label;

    /// <summary>How many things the row speaks of: tasks of an import's chunk, otherwise 1.</summary>
    public int Count { get; init; } = 1;

    public required DateTimeOffset At { get; init; }
}

public enum OutboxKind
{
    TasksImported = 0,
    ResponseSubmitted = 1,
    LeaseSkipped = 2,
    LeaseReturned = 3,
    LeaseExpired = 4,
    ReviewDecided = 5,
    GoldChanged = 6,
    AuditDrawn = 7,
    ReleasePublished = 8,
    ProjectChanged = 9,
    AssetWithdrawn = 10,
    StandingDecided = 11,
    TrainingAnswered = 12,
}
