using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>Tasks imported together.</summary>
public sealed class Batch
{
    public required BatchId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    public required ProjectId ProjectId { get; init; }

    public required string Name { get; set; }

    public required ContributorId CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public int Imported { get; set; }

    /// <summary>Records that were there before, by external id.</summary>
    public int Repeated { get; set; }

    public int Refused { get; set; }
}
