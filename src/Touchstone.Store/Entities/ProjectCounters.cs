using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>Derived: the figures of a project's page, so that no page counts a million rows.</summary>
public sealed class ProjectCounters
{
    public required ProjectId ProjectId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public long Tasks { get; set; }

    public long Open { get; set; }

    public long InReview { get; set; }

    public long Done { get; set; }

    public long Withdrawn { get; set; }

    public long Responses { get; set; }

    public long Skips { get; set; }

    public long GoldTasks { get; set; }

    public long AuditTasks { get; set; }

    /// <summary>Sum and number of the tasks' mean pairwise agreements.</summary>
    public double AgreementSum { get; set; }

    public long AgreementCount { get; set; }

    /// <summary>Responses at the last full fit of reliabilities, which decides when the next is due.</summary>
    public long ResponsesAtFit { get; set; }

    public DateTimeOffset? LastResponseAt { get; set; }
}
