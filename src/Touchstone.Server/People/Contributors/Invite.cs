using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People.Contributors;

internal static class Invite
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/invitations", InviteAsync).RequireManager().WithName("Invite").WithSummary("Makes a one-time link that lets somebody join with a role; send it to them yourself.");
        routes.MapPost("/contributors/{contributorId}/sign_in_links", SignInLinkAsync).RequireManager().WithName("CreateSignInLink")
            .WithSummary("Makes a one-time link that signs a contributor in, for somebody who forgot their password.");
    }

    public sealed record Request(Role Role, string? DisplayName = null);

    private static async Task<Results<Created<Links.Issued>, ProblemHttpResult>> InviteAsync(
        Request request, StoreDatabase database, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!current.MayGovern(request.Role)) return Problems.Forbidden(Roles.Refusal(request.Role));
        if (request.DisplayName is not null && Texts.CheckName(request.DisplayName, "/display_name") is { } fault) return Problems.Invalid([fault]);
        var now = clock.Now();
        var link = await database.WriteAsync(
            (store, _) => Task.FromResult(Links.Add(store, SignInPurpose.Invitation, now, current.OrganizationId, role: request.Role, name: request.DisplayName?.Trim())), cancellationToken);
        return TypedResults.Created(link.Path, link);
    }

    private static async Task<Results<Created<Links.Issued>, ProblemHttpResult>> SignInLinkAsync(
        ContributorId contributorId, StoreDatabase database, StoreContext store, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken)
    {
        var contributor = await store.ContributorsVisibleTo(current).AsNoTracking().SingleOrDefaultAsync(c => c.Id == contributorId, cancellationToken);
        if (contributor is null) return ListContributors.NoSuchContributor();

        // Whoever holds the link is that person: nobody makes one for an equal, except an owner, who could take the role anyway.
        if (contributorId != current.Id && !current.MayGovern(contributor.Role)) return Problems.Forbidden(Roles.Refusal(contributor.Role));
        var now = clock.Now();
        var link = await database.WriteAsync(
            (write, _) => Task.FromResult(Links.Add(write, SignInPurpose.SignIn, now, current.OrganizationId, contributorId, contributor.Role, contributor.DisplayName)), cancellationToken);
        return TypedResults.Created(link.Path, link);
    }
}
