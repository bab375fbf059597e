using Touchstone.Store.Ids;

namespace Touchstone.Store.Entities;

/// <summary>A one-time link: creates the first owner, invites somebody, or signs a known person in. Only its SHA-256 is kept.</summary>
public sealed class SignInLink
{
    public required SignInLinkId Id { get; init; }

    public required byte[] Hash { get; init; }

    public required SignInPurpose Purpose { get; init; }

    /// <summary>Null only for the link that creates the first owner.</summary>
    public OrganizationId? OrganizationId { get; init; }

    /// <summary>Whom it signs in; null where it makes a new person.</summary>
    public ContributorId? ContributorId { get; init; }

    public Role Role { get; init; }

    /// <summary>The name proposed for the invited person.</summary>
    public string? DisplayName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}

public enum SignInPurpose
{
    CreateOwner = 0,
    Invitation = 1,
    SignIn = 2,
}
