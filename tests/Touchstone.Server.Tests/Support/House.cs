using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.People;
using Touchstone.Server.People.Keys;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Testing;

namespace Touchstone.Server.Tests.Support;

/// <summary>A running server with one organization, and somebody of each role who holds a key.</summary>
internal sealed class House : IAsyncDisposable
{
    public const string ProjectYaml =
        """
        name: Streets
        ontology:
          questions:
            - id: things
              kind: shapes
              classes:
                - id: car
                  geometries: [box]
            - id: weather
              kind: choice
              options: [dry, wet]
        """;

    private House(RunningServer server) => Server = server;

    public RunningServer Server { get; }

    public OrganizationId OrganizationId { get; private set; }

    public Member Owner { get; private set; } = null!;

    public Member Manager { get; private set; } = null!;

    public Member Reviewer { get; private set; } = null!;

    public Member Contributor { get; private set; } = null!;

    /// <summary>Somebody and their program.</summary>
    internal sealed record Member(ContributorId Id, PersonId PersonId, Role Role, string Key, Caller Http);

    public static async Task<House> OpenAsync(DatabaseKind kind, Func<Touchstone.Server.Host.ServerOptions, Touchstone.Server.Host.ServerOptions>? configure = null)
    {
        var house = new House(await RunningServer.StartAsync(kind, configure));
        house.OrganizationId = await house.AddOrganizationAsync("Test house");
        house.Owner = await house.AddAsync(house.OrganizationId, Role.Owner);
        house.Manager = await house.AddAsync(house.OrganizationId, Role.Manager);
        house.Reviewer = await house.AddAsync(house.OrganizationId, Role.Reviewer);
        house.Contributor = await house.AddAsync(house.OrganizationId, Role.Contributor);
        return house;
    }

    public Task<OrganizationId> AddOrganizationAsync(string name)
    {
        Server.Clock.Advance(TimeSpan.FromMilliseconds(1));   // ids sort by their millisecond
        return Server.Database.WriteAsync(
            (store, _) => Task.FromResult(store.Add(new Organization { Id = OrganizationId.New(Server.Clock.Now()), Name = name, CreatedAt = Server.Clock.Now() }).Entity.Id), CancellationToken.None);
    }

    public async Task<Member> AddAsync(OrganizationId organization, Role role, string? email = null, string? password = null)
    {
        Server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var now = Server.Clock.Now();
        var person = new Person
        {
            Id = PersonId.New(now),
            Email = email,
            PasswordHash = password is null ? null : new Passwords().Hash(password),
            DisplayName = $"The {role}",
            SecurityStamp = Passwords.SecurityStamp(),
            CreatedAt = now,
        };
        var contributor = new Contributor { Id = ContributorId.New(now), OrganizationId = organization, PersonId = person.Id, Role = role, DisplayName = person.DisplayName, CreatedAt = now };
        var secret = await Server.Database.WriteAsync(
            (store, _) =>
            {
                store.AddRange(person, contributor);
                return Task.FromResult(ApiKeys.Add(store, organization, contributor.Id, "test", null, now).Secret);
            },
            CancellationToken.None);
        return new(contributor.Id, person.Id, role, secret, Server.Client(secret));
    }

    public async Task<string> AddProjectAsync(string? yaml = null) => (await Manager.Http.PostAsync("projects", Requests.Yaml(yaml ?? ProjectYaml))).Created().Id;

    public async Task<JsonNode> AddAssetAsync(int seed = 0, string query = "") =>
        (await Manager.Http.PostAsync($"assets{query}", Requests.Bytes(Pictures.Png(40, 30, seed)))).Created().Json!;

    public async Task<Answer> ImportAsync(string project, params string[] lines) => await Manager.Http.PostAsync($"projects/{project}/tasks", Requests.Lines(string.Join('\n', lines)));

    /// <summary>Imports one task upon a fresh picture and gives its id.</summary>
    public async Task<string> AddTaskAsync(string project, int seed = 0)
    {
        var asset = await AddAssetAsync(seed);
        (await ImportAsync(project, $$"""{"external_id":"task-{{seed}}","asset":"{{asset["id"]}}"}""")).Ok();
        var page = await Manager.Http.GetAsync($"projects/{project}/tasks?external_id_prefix=task-{seed}");
        return page.Ok()["items"][0]!["id"]!.GetValue<string>();
    }

    /// <summary>Shuts a compartment with a name and clears these people for it.</summary>
    public async Task<string> AddCompartmentAsync(string name, params Member[] cleared)
    {
        var id = (await Owner.Http.PostAsync("compartments", new { name })).Created().Id;
        foreach (var member in cleared) (await Owner.Http.PutAsync($"compartments/{id}/clearances/{member.Id}")).NoContent();
        return id;
    }

    public async Task<T> ReadAsync<T>(Func<Store.StoreContext, Task<T>> read)
    {
        await using var store = Server.Database.CreateContext();
        return await read(store);
    }

    public async Task<int> OutboxCountAsync(OutboxKind kind) => await ReadAsync(s => s.Outbox.CountAsync(r => r.Kind == kind));

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
