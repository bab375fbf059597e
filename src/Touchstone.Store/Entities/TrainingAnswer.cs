using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>An answer to a training task, with what the contributor was told of it. It is paid work like any other; it is no response, and nothing is inferred from it about labels.</summary>
public sealed class TrainingAnswer
{
    public required TrainingAnswerId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    public required ProjectId ProjectId { get; init; }

    public required LabelTaskId TaskId { get; init; }

    public required ContributorId ContributorId { get; init; }

    public required string Answers { get; init; }

    /// <summary>SHA-256 of <see cref="Answers"/> in UTF-8: tells a repeated submit from another answer.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>How near the answers come to the known ones, in [0, 1].</summary>
    public required double Score { get; init; }

    public long ActiveMilliseconds { get; init; }

    public bool Simulated { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }
}
