using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>A record of a batch that was refused, and why; the good ones went in.</summary>
public sealed class ImportFault
{
    public long Id { get; init; }

    public required BatchId BatchId { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    /// <summary>File within the import, if it had several.</summary>
    public string? File { get; init; }

    /// <summary>Line of the manifest, from 1; null for files.</summary>
    public long? Line { get; init; }

    /// <summary>Stable snake_case reason.</summary>
    public required string Reason { get; init; }

    /// <summary>What was expected and what was found.</summary>
    public required string Detail { get; init; }
}
