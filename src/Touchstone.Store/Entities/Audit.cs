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

    /// <summary>The seed that draws the same sample again from the population.</summary>
    public required long Seed { get; init; }

    /// <summary>The tasks that the sample was drawn from: 16 bytes of each id in big-endian order, ascending. What is done changes; the sample can
    /// be drawn again only from what was done then.</summary>
    public required byte[] PopulationIds { get; init; }

    /// <summary>JSON of the strata that the sample was drawn from, with the size and the population of each; null for a simple random sample.</summary>
    public string? Strata { get; init; }

    /// <summary>How many of the sampled tasks two people judge.</summary>
    public int Twice { get; init; }

    public required ContributorId CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
