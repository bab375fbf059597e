using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>
/// Everything open in the lane up to this queue number has been answered, skipped or is held by the contributor. Dropping a cursor
/// only costs a longer look; a task whose slot comes free gets a new, higher number.
/// </summary>
public sealed class QueueCursor
{
    public required ProjectId ProjectId { get; init; }

    public required ContributorId ContributorId { get; init; }

    public required int Lane { get; init; }

    public required long QueueNumber { get; set; }
}
