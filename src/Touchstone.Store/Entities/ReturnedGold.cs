using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>
/// Gold that a contributor returned, or let run out, stands for them alone in a lane of ordinary work until they are given it again, just where an
/// ordinary task would stand: what never came back would be known for gold. Dropping a row only costs that the task does not come back.
/// </summary>
public sealed class ReturnedGold
{
    public required ProjectId ProjectId { get; init; }

    public required ContributorId ContributorId { get; init; }

    public required LabelTaskId TaskId { get; init; }

    /// <summary>The lane that an ordinary task of its priority comes back in.</summary>
    public required int Lane { get; set; }

    /// <summary>Its place there: a number of the lane that no task has.</summary>
    public required long QueueNumber { get; set; }

    /// <summary>An id of the moment of the return: leases given since have greater ones.</summary>
    public required LeaseId Since { get; set; }
}
