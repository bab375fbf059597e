using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>A data set of another tool whose files were uploaded to a project, to be looked at and imported. The files lie in the data folder under its id.</summary>
public sealed class StagedDataset
{
    public required DatasetId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required CompartmentId CompartmentId { get; init; }

    public required ProjectId ProjectId { get; init; }

    public required string Name { get; init; }

    /// <summary>The job that last surveyed or imported it.</summary>
    public JobId? JobId { get; set; }

    /// <summary>JSON of what that job was to do.</summary>
    public string? Plan { get; set; }

    /// <summary>JSON of what the last survey found; null before one, and once other files came.</summary>
    public string? Survey { get; set; }

    /// <summary>JSON of what the last import did.</summary>
    public string? Imported { get; set; }

    public required ContributorId CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
