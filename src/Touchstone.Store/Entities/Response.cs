using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>One submitted answer set; never changed, only superseded by another row that names it.</summary>
public sealed class Response
{
    public required ResponseId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    public required ProjectId ProjectId { get; init; }

    public required LabelTaskId TaskId { get; init; }

    public required LeaseId LeaseId { get; init; }

    public required ContributorId ContributorId { get; init; }

    public required int OntologyVersion { get; init; }

    /// <summary>The answers' JSON as it was checked.</summary>
    public required string Answers { get; init; }

    /// <summary>SHA-256 of <see cref="Answers"/> in UTF-8: tells a repeated submit from a different one.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>Time in which the contributor was active, as their tool measured it.</summary>
    public long ActiveMilliseconds { get; init; }

    public bool Simulated { get; init; }

    public ResponseId? Supersedes { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }
}
