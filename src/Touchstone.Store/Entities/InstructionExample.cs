using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>A decided task that a project's instructions show as an example.</summary>
public sealed class InstructionExample
{
    public required ExampleId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    public required ProjectId ProjectId { get; init; }

    public required LabelTaskId TaskId { get; init; }

    /// <summary>The review whose decision it shows; null where a manager chose a task that was not reviewed.</summary>
    public ReviewId? ReviewId { get; init; }

    /// <summary>The answers shown, as they stood when it was made.</summary>
    public required string Answers { get; init; }

    /// <summary>What it teaches, in a sentence or two.</summary>
    public required string Caption { get; set; }

    public required ContributorId CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Set when it is shown no more.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}
