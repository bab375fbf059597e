using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>Inputs and questions: a unit of work that several contributors answer independently.</summary>
/// <remarks>
/// <see cref="OpenSlots"/> = <see cref="Overlap"/> − live work leases − independent responses, never below 0; it and the place in
/// the queue change only in the transaction that changes leases. Gold takes any number of responses, one of a contributor: its
/// <see cref="OpenSlots"/> stays 1 until it is retired. <see cref="State"/> and <see cref="Confidence"/> are derived from the outbox.
/// </remarks>
public sealed class LabelTask
{
    public required LabelTaskId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    public required ProjectId ProjectId { get; init; }

    public required BatchId BatchId { get; init; }

    /// <summary>The caller's own id, unique within the project; null when none was given.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The picture of a task with one input. Kinds with several inputs name them in <see cref="Inputs"/>.</summary>
    public AssetId? AssetId { get; init; }

    /// <summary>JSON of inputs that are not one asset (texts, conversations, scenes); null otherwise.</summary>
    public string? Inputs { get; init; }

    /// <summary>JSON of what a model or another tool proposes, which the workbench begins with: answers under <see cref="OntologyVersion"/> and whose they are; null without. It goes with the
    /// picture: audits and gold made of the task, and other tasks of the project with the same picture, have it too, so that it tells nobody what the task is for.</summary>
    public string? Prelabel { get; set; }

    public required int OntologyVersion { get; init; }

    public TaskPurpose Purpose { get; init; } = TaskPurpose.Label;

    /// <summary>0 (last) to 9 (first).</summary>
    public int Priority { get; set; } = 5;

    /// <summary>Place in the queue: see the queue's lanes. Higher lanes go first.</summary>
    public int Lane { get; set; }

    /// <summary>Order within the lane; given anew whenever a slot comes free, so that a contributor's cursor never misses it.</summary>
    public long QueueNumber { get; set; }

    /// <summary>Responses wanted so far.</summary>
    public int Overlap { get; set; }

    public int OpenSlots { get; set; }

    /// <summary>Independent responses given.</summary>
    public int ResponseCount { get; set; }

    /// <summary>Derived.</summary>
    public TaskState State { get; set; } = TaskState.Open;

    /// <summary>Derived: confidence of the consensus in [0, 1]; null before there is one.</summary>
    public double? Confidence { get; set; }

    /// <summary>For an audit task: the task that it judges again. For gold: the reviewed task that it was made of. Nobody gets both.</summary>
    public LabelTaskId? AuditOf { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

public enum TaskPurpose
{
    /// <summary>Ordinary work.</summary>
    Label = 0,

    /// <summary>An existing task judged again, for the assay; looks like any other task.</summary>
    Audit = 1,

    /// <summary>A task whose answer is known; looks like any other task.</summary>
    Gold = 2,

    /// <summary>A task whose answer is known and told, openly: it teaches. It is never in the queue.</summary>
    Training = 3,
}

public enum TaskState
{
    /// <summary>Wants responses.</summary>
    Open = 0,

    /// <summary>A person must decide.</summary>
    InReview = 1,

    /// <summary>Has an accepted answer.</summary>
    Done = 2,

    /// <summary>Every contributor skipped it or it was set aside by a reviewer.</summary>
    Withdrawn = 3,
}
