using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People.Compartments;

internal static class CreateCompartment
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/compartments", HandleAsync).RequireOwner().Idempotent().WithName("CreateCompartment").WithSummary("Makes a fence that only cleared people see behind. Nobody is cleared by it, not even its maker.");

    public sealed record Request(string Name);

    public sealed record Created(CompartmentId Id, string Name);

    private static async Task<Results<Created<Created>, ProblemHttpResult>> HandleAsync(
        Request request, StoreDatabase database, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (Texts.CheckName(request.Name, "/name") is { } fault) return Problems.Invalid([fault]);
        var (name, now) = (request.Name.Trim(), clock.Now());
        var id = await database.WriteAsync<CompartmentId?>(
            async (store, cancel) =>
            {
                if (await store.Compartments.AnyAsync(c => c.OrganizationId == current.OrganizationId && c.Name == name, cancel)) return null;
                var compartment = new Compartment { Id = CompartmentId.New(now), OrganizationId = current.OrganizationId, Name = name, CreatedAt = now };
                store.Add(compartment);
                return compartment.Id;
            },
            cancellationToken);
        return id is { } made
            ? TypedResults.Created($"{TouchstoneServer.ApiPrefix}/compartments/{made}", new Created(made, name))
            : Problems.Conflict($"There is a compartment named \"{name}\" already.", "name_taken");
    }
}
