using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Server.Host;
using Touchstone.Server.People.Keys;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.People.Contributors;

internal static class CreateSimulated
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/contributors/simulated", HandleAsync).RequireManager().WithName("CreateSimulatedContributor")
            .WithSummary("Makes a program that plays a person, with an API key that is told once. All its work is marked simulated.");

    /// <param name="Role">Contributor or reviewer.</param>
    public sealed record Request(string DisplayName, Role Role = Role.Contributor);

    public sealed record Created(ContributorId Id, ApiKeyId KeyId, string Key);

    private static async Task<Results<Created<Created>, ProblemHttpResult>> HandleAsync(
        Request request, StoreDatabase database, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (Texts.CheckName(request.DisplayName, "/display_name") is { } fault) return Problems.Invalid([fault]);
        if (request.Role >= Role.Manager) return Problems.Invalid("/role", "contributor or reviewer", SnakeCaseNames.Of(request.Role));
        var now = clock.Now();
        var created = await database.WriteAsync((store, _) => Task.FromResult(Add(store, request, current, now)), cancellationToken);
        return TypedResults.Created($"{TouchstoneServer.ApiPrefix}/contributors/{created.Id}", created);
    }

    private static Created Add(StoreContext store, Request request, CurrentContributor current, DateTimeOffset now)
    {
        var name = request.DisplayName.Trim();
        var person = new Person { Id = PersonId.New(now), DisplayName = name, SecurityStamp = Passwords.SecurityStamp(), Simulated = true, CreatedAt = now };
        var contributor = new Contributor
        {
            Id = ContributorId.New(now),
            OrganizationId = current.OrganizationId,
            PersonId = person.Id,
            Role = request.Role,
            DisplayName = name,
            Simulated = true,
            CreatedAt = now,
        };
        store.Add(person);
        store.Add(contributor);
        var (key, secret) = ApiKeys.Add(store, current.OrganizationId, contributor.Id, name, null, now);
        return new(contributor.Id, key.Id, secret);
    }
}
