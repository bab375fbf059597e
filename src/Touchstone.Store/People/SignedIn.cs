using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.People;

/// <summary>A contributor who may come in, with all that a request asks of them.</summary>
/// <param name="Id">The contributor.</param>
/// <param name="PersonId">The human behind it.</param>
/// <param name="OrganizationId">The organization that it belongs to.</param>
/// <param name="Role">What it may do.</param>
/// <param name="DisplayName">Its name on pages.</param>
/// <param name="Simulated">Whether a program plays it.</param>
/// <param name="SecurityStamp">What cookies must go on saying.</param>
/// <param name="Cleared">Compartments that it is cleared for.</param>
public sealed record SignedIn(
    ContributorId Id, PersonId PersonId, OrganizationId OrganizationId, Role Role, string DisplayName, bool Simulated, string SecurityStamp, IReadOnlyList<CompartmentId> Cleared);

/// <summary>An API key as it is kept.</summary>
/// <param name="Id">The key.</param>
/// <param name="RevokedAt">When it was taken back.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="LastUsedAt">When its use was last noted.</param>
/// <param name="Holder">Who acts by it; null while they are suspended.</param>
public sealed record HeldKey(ApiKeyId Id, DateTimeOffset? RevokedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, SignedIn? Holder);
