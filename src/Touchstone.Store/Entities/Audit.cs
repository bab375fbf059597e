using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>A random sample of done tasks, judged again by people who did not answer or review them.</summary>
public sealed class Audit
{
    public required AuditId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    public required ProjectId ProjectId { get; init; }

    /// <summary>Done tasks that the sample was drawn from.</summary>
    public required int Population { get; init; }

    public required int Size { get; init; }

    /// <summary>The seed that draws the same sample again from the tasks in id order.</summary>
    public required long Seed { get; init; }

    public required ContributorId CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
