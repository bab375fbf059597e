using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>Derived: what was done in a project on one UTC day.</summary>
public sealed class ProjectDay
{
    public required ProjectId ProjectId { get; init; }

    /// <summary>Days since 1 January of the year 1, as <see cref="DateOnly.DayNumber"/>.</summary>
    public required int Day { get; init; }

    /// <summary>Independent responses to ordinary work.</summary>
    public int Responses { get; set; }

    /// <summary>Active time of all responses.</summary>
    public long ActiveMilliseconds { get; set; }
}
