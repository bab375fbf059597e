using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Touchstone.Client;
using Touchstone.Demo.Run;
using Touchstone.Server.Host;
using Touchstone.Server.People;
using Touchstone.Store;
using Touchstone.Testing;

namespace Touchstone.Tests.Cli;

/// <summary>A running server with an owner and a project, for commands that work through its API.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private const string ProjectYaml = """
        name: Street scenes
        ontology:
          questions:
            - id: objects
              kind: shapes
              title: Objects
              required: true
              classes:
                - {id: car, title: Car, geometries: [box]}
        overlap: {min: 1, max: 1, confidence: 0.5}
        gold: {rate: 0}
        review: {when: never}
        """;

    private readonly StoreFixture _fixture;
    private readonly TemporaryFolder _folder = new();
    private readonly List<ApiClient> _people = [];
    private readonly string _key;
    private WebApplication? _server;

    private Shop(StoreFixture fixture, WebApplication server, string key, TemporaryFolder folder)
    {
        (_fixture, _server, _key, _folder) = (fixture, server, key, folder);
        Owner = new ApiClient(Address, key);
    }

    public ApiClient Owner { get; }

    public string Project { get; private set; } = "";

    /// <summary>The data folder.</summary>
    public string Data => _folder["data"];

    /// <summary>A path of the test's own.</summary>
    public string this[string name] => _folder[name];

    public Uri Address => new(Server.Urls.First());

    public StoreDatabase Database => Server.Services.GetRequiredService<StoreDatabase>();

    private WebApplication Server => _server ?? throw new InvalidOperationException("The server was stopped.");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Shop> OpenAsync(DatabaseKind kind, Func<ServerOptions, ServerOptions>? configure = null)
    {
        var fixture = await StoreFixture.CreateAsync(kind, Assert.Skip);
        var folder = new TemporaryFolder();
        var options = new ServerOptions { DataFolder = folder["data"], Database = kind == DatabaseKind.Sqlite ? null : fixture.Location, Urls = ["http://127.0.0.1:0"], Log = false };
        var server = TouchstoneServer.Build(configure?.Invoke(options) ?? options);
        await server.StartAsync(Cancellation);
        var database = server.Services.GetRequiredService<StoreDatabase>();
        var (organization, owner) = await Administration.CreateOwnerAsync(database, TimeProvider.System, "Shop", "Owner", null, null, Cancellation);
        var shop = new Shop(fixture, server, await Administration.CreateKeyAsync(database, TimeProvider.System, organization, owner, "test", Cancellation), folder);
        using var yaml = new StringContent(ProjectYaml, Encoding.UTF8, "application/yaml");
        shop.Project = (await shop.Owner.SendAsync(HttpMethod.Post, "projects", yaml, Cancellation))!["id"]!.GetValue<string>();
        return shop;
    }

    /// <summary>Runs a verb against the server.</summary>
    public Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfAsync([.. arguments, .. Remote]);

    /// <summary>The owner's key.</summary>
    public string Key => _key;

    /// <summary>Where the server is, for commands that run in a process of their own.</summary>
    public string[] Remote => ["--server", Address.ToString(), "--key", _key];

    /// <summary>Where the database is, for verbs that open it themselves.</summary>
    public string[] Place => _fixture.Kind == DatabaseKind.Sqlite ? ["--data", Data] : ["--data", Data, "--database", _fixture.Location];

    /// <summary>Writes a file of the test's own, folders included.</summary>
    public string Write(string name, byte[] bytes)
    {
        var path = _folder[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public async Task<ApiClient> HireAsync(string role)
    {
        var hired = await Owner.PostAsync("contributors/simulated", new JsonObject { ["display_name"] = role, ["role"] = role }, Cancellation);
        _people.Add(new ApiClient(Address, hired!["key"]!.GetValue<string>()));
        return _people[^1];
    }

    /// <summary>Answers whatever the queue has, each with what is made of its lease.</summary>
    public async Task<int> WorkAsync(ApiClient worker, Func<JsonNode, JsonNode> answers)
    {
        var given = 0;
        var next = await worker.PostAsync($"projects/{Project}/work/next", null, Cancellation);
        while (next?["lease"] is JsonObject lease)
        {
            var receipt = await worker.PutAsync($"leases/{lease["token"]}/response?next=true", new JsonObject { ["answers"] = answers(lease), ["active_milliseconds"] = 5 }, Cancellation);
            next = receipt!["next"];
            given++;
        }

        await DerivedState.WaitAsync(Database, Cancellation);
        return given;
    }

    public static JsonObject Box(double x, double y, double width, double height) => new()
    {
        ["objects"] = new JsonArray(new JsonObject
        {
            ["id"] = "s1",
            ["class"] = "car",
            ["box"] = new JsonObject { ["x"] = x, ["y"] = y, ["width"] = width, ["height"] = height },
        }),
    };

    public async Task<T> ReadAsync<T>(Func<StoreContext, Task<T>> read)
    {
        await using var store = Database.CreateContext();
        return await read(store);
    }

    public async Task WithdrawOneAsync()
    {
        var asset = await ReadAsync(s => s.Assets.OrderBy(a => a.Id).Select(a => a.Id).FirstAsync());
        await Owner.PutAsync($"assets/{asset}/withdrawal", new JsonObject { ["reason"] = "asked for" }, Cancellation);
    }

    public Task<int> TasksAsync() => ReadAsync(s => s.Tasks.CountAsync());

    /// <summary>External ids of the tasks, in ordinal order.</summary>
    public async Task<List<string?>> ExternalIdsAsync() => [.. (await ReadAsync(s => s.Tasks.Select(t => t.ExternalId).ToListAsync())).Order(StringComparer.Ordinal)];

    public async Task StopAsync()
    {
        if (_server is not { } server) return;
        _server = null;
        await server.StopAsync(CancellationToken.None);
        await server.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Owner.Dispose();
        foreach (var person in _people) person.Dispose();
        await StopAsync();
        await _fixture.DisposeAsync();
        _folder.Dispose();
    }
}
