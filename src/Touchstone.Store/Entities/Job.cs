using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>Long work that outlives a request: taken under a lease by one server at a time, taken over when that server dies.</summary>
public sealed class Job
{
    public required JobId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public ProjectId? ProjectId { get; init; }

    /// <summary>Which handler runs it, in snake_case.</summary>
    public required string Kind { get; init; }

    public required string Payload { get; init; }

    public JobState State { get; set; } = JobState.Queued;

    public int Attempts { get; set; }

    /// <summary>The server that runs it.</summary>
    public string? LeasedBy { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>In [0, 1].</summary>
    public double Progress { get; set; }

    public string? Error { get; set; }

    public required ContributorId CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public int Version { get; set; }
}

public enum JobState
{
    Queued = 0,
    Running = 1,
    Done = 2,
    Failed = 3,
    Cancelled = 4,
}
