using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People.Keys;

internal static class CreateKey
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/keys", HandleAsync).RequireManager().WithName("CreateKey").WithSummary("Makes an API key for yourself or for a simulated contributor; it is told once.");

    /// <param name="Name">For recognising it.</param>
    /// <param name="ContributorId">A simulated contributor; yourself when left out. Nobody can make a key that acts as another person.</param>
    /// <param name="ExpiresAt">When it stops working; never when left out.</param>
    public sealed record Request(string Name, ContributorId? ContributorId = null, DateTimeOffset? ExpiresAt = null);

    /// <param name="Id">The key's id, for revoking it.</param>
    /// <param name="Key">The secret, told this once.</param>
    public sealed record Created(ApiKeyId Id, string Key, ContributorId ContributorId, DateTimeOffset? ExpiresAt);

    private static async Task<Results<Created<Created>, ProblemHttpResult>> HandleAsync(
        Request request, StoreContext store, StoreDatabase database, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        if (Texts.CheckName(request.Name, "/name") is { } fault) return Problems.Invalid([fault]);
        if (request.ExpiresAt <= now) return Problems.Invalid("/expires_at", "a time to come", request.ExpiresAt.Value.UtcDateTime.ToString("O"));
        var contributor = request.ContributorId ?? current.Id;
        if (contributor != current.Id && !await store.Contributors.AnyAsync(c => c.Id == contributor && c.OrganizationId == current.OrganizationId && c.Simulated, cancellationToken))
            return Problems.Invalid("/contributor_id", "yourself or a simulated contributor of this organization", contributor.ToString());
        var (key, secret) = await database.WriteAsync(
            (write, _) => Task.FromResult(ApiKeys.Add(write, current.OrganizationId, contributor, request.Name.Trim(), request.ExpiresAt, now)), cancellationToken);
        return TypedResults.Created($"{TouchstoneServer.ApiPrefix}/keys/{key.Id}", new Created(key.Id, secret, contributor, key.ExpiresAt));
    }
}
