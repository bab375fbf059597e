using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>A lease with what decisions need of its task.</summary>
internal readonly record struct LeaseRow(
    LeaseId Id, LeaseToken Token, LabelTaskId TaskId, ContributorId ContributorId, OrganizationId OrganizationId, CompartmentId CompartmentId,
    ProjectId ProjectId, LeasePurpose Purpose, LeaseState State, ResponseId? Supersedes, DateTimeOffset ExpiresAt, int OntologyVersion, int OpenSlots,
    int Lane, TaskPurpose TaskPurpose, TaskState TaskState, LabelTaskId? AuditOf, int Priority)
{
    public bool IsGold => TaskPurpose == TaskPurpose.Gold;

    /// <summary>Where the task comes back when the lease ends without an answer; gold where ordinary work of its priority does.</summary>
    public int ReturnLane => Lanes.Returned(IsGold ? Lanes.Of(TaskPurpose.Label, Priority, TaskId) : Lane);

    /// <summary>The lease holds one of its task's slots.</summary>
    public bool TakesSlot => Purpose == LeasePurpose.Work && !IsGold;
}
