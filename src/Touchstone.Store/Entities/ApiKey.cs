using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>A program's key: it acts as one contributor. Only its SHA-256 is kept.</summary>
public sealed class ApiKey
{
    public required ApiKeyId Id { get; init; }

    public required OrganizationId OrganizationId { get; init; }

    public required ContributorId ContributorId { get; init; }

    public required string Name { get; set; }

    /// <summary>SHA-256 of the whole key; the key itself has 256 random bits, so no salt or stretching is needed.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The first characters of the key, for recognising it in a list.</summary>
    public required string Prefix { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
}
