using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>The next queue number of a lane. Its row is locked by whoever puts tasks into the lane until they commit, so
/// that no cursor can pass a number that becomes visible later.</summary>
public sealed class QueueTail
{
    public required ProjectId ProjectId { get; init; }

    public required int Lane { get; init; }

    public required long Next { get; set; }
}
