using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>Work saved under a lease. A draft never overwrites a newer one: the writer names the version it saw.</summary>
public sealed class Draft
{
    public required LeaseId LeaseId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required string Body { get; set; }

    public required int Version { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }
}
