using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Server.Host;
using Touchstone.Store;

namespace Touchstone.Server.People.Sessions;

internal static class GetMe
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/me", HandleAsync).RequireContributor().WithName("GetMe").WithSummary("Who you are, in which organization, as what.");

    private static async Task<Ok<Me>> HandleAsync(StoreContext store, CurrentContributor current, CancellationToken cancellationToken) =>
        TypedResults.Ok(await Me.ReadAsync(store, current.Id, cancellationToken));
}
