using System.Security.Claims;

namespace Touchstone.Server.Host;

/// <summary>The authenticated identity of a request: a contributor, and for browsers what their cookie must go on saying.</summary>
internal sealed class ContributorIdentity : ClaimsIdentity
{
    public const string ContributorClaim = "contributor";
    public const string StampClaim = "stamp";

    public ContributorIdentity(CurrentContributor contributor, string scheme, string? securityStamp)
        : base(scheme)
    {
        Contributor = contributor;
        AddClaim(new Claim(ContributorClaim, contributor.Id.ToString()));
        if (securityStamp is not null) AddClaim(new Claim(StampClaim, securityStamp));
    }

    public CurrentContributor Contributor { get; }
}
