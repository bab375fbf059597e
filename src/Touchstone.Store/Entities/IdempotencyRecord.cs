using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>The outcome of a request that carried an Idempotency-Key, given again when the request is repeated.</summary>
public sealed class IdempotencyRecord
{
    public required ContributorId ContributorId { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body: a different request under the same key is refused.</summary>
    public required byte[] RequestDigest { get; init; }

    public int? StatusCode { get; set; }

    public string? Body { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
