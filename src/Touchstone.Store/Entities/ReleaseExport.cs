using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>A published release in another format. The archive lies in the data folder under its id.</summary>
public sealed class ReleaseExport
{
    public required ReleaseExportId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    public required ReleaseId ReleaseId { get; init; }

    /// <summary>The format's name, such as <c>coco</c>.</summary>
    public required string Format { get; init; }

    /// <summary>JSON of what else was asked for.</summary>
    public required string Options { get; init; }

    /// <summary>The job that makes it.</summary>
    public required JobId JobId { get; init; }

    /// <summary>JSON of what was written and what was lost; null until it is done.</summary>
    public string? Outcome { get; set; }

    public required ContributorId CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
