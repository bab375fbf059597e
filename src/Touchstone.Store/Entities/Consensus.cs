using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>Derived: the estimate from all responses of a task.</summary>
public sealed class Consensus
{
    public required LabelTaskId TaskId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    public required ProjectId ProjectId { get; init; }

    /// <summary>The fused answers' JSON.</summary>
    public required string Answers { get; set; }

    /// <summary>JSON: confidence of each question and object, and the responses' shapes that support it.</summary>
    public required string Detail { get; set; }

    public required double Confidence { get; set; }

    /// <summary>Mean pairwise agreement in [0, 1]; null with fewer than two responses.</summary>
    public double? Agreement { get; set; }

    public required int ResponseCount { get; set; }

    /// <summary>Time of the event that it was computed from.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
