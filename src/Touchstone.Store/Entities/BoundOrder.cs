using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>An order of labels to a bound: an accuracy, a confidence and a budget, with the plan that was made for it. Whether it is met follows from the audits since.</summary>
public sealed class BoundOrder
{
    public required BoundOrderId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    public required ProjectId ProjectId { get; init; }

    /// <summary>JSON of what was ordered.</summary>
    public required string Terms { get; init; }

    /// <summary>JSON of the plan: overlap, gold, looks at the audit, costs expected and at most.</summary>
    public required string Plan { get; init; }

    public required ContributorId CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>JSON of how it ended: met, not met or cancelled, at which look, at what cost. Null while it runs.</summary>
    public string? Outcome { get; set; }
}
