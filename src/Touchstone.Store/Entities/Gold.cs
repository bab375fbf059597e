using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>The known answer of a gold task.</summary>
public sealed class Gold
{
    public required LabelTaskId TaskId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    public required ProjectId ProjectId { get; init; }

    public required string Answers { get; set; }

    /// <summary>Of a training task: why the answer is what it is, told with the feedback.</summary>
    public string? Explanation { get; set; }

    public required ContributorId CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Set when it is no longer handed out; it still counts for those who answered it.</summary>
    public DateTimeOffset? RetiredAt { get; set; }
}
