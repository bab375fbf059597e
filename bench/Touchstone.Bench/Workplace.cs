using System.Text.Json.Nodes;
using Npgsql;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Bench;

/// <summary>A fresh database with one project and its contributors, on SQLite or PostgreSQL, and the server over it.</summary>
internal sealed class Workplace : IAsyncDisposable
{
    private readonly string? _postgres;
    private readonly string? _database;

    private Workplace(string folder, string? postgres, string? database)
    {
        Folder = folder;
        _postgres = postgres;
        _database = database;
    }

    public string Folder { get; }

    public bool IsSqlite => _postgres is null;

    public string Name => IsSqlite ? "SQLite" : "PostgreSQL";

    public string? Connection => _postgres is null ? null : new NpgsqlConnectionStringBuilder(_postgres) { Database = _database }.ConnectionString;

    public string[] Place => Connection is null ? ["--data", Folder] : ["--data", Folder, "--database", Connection];

    public string OwnerKey { get; private set; } = "";

    public string[] Keys { get; private set; } = [];

    public string Project { get; private set; } = "";

    public string Asset { get; private set; } = "";

    /// <param name="postgres">Connection string of a server on which databases may be made; null for SQLite.</param>
    /// <param name="contributors">How many to make.</param>
    public static async Task<Workplace> CreateAsync(string? postgres, int contributors)
    {
        var folder = Directory.CreateTempSubdirectory("touchstone-bench-").FullName;
        var database = postgres is null ? null : $"bench_{Guid.NewGuid():n}";
        if (postgres is not null) await ExecuteAsync(postgres, $"CREATE DATABASE {database}");
        var workplace = new Workplace(folder, postgres, database);
        await ServerProcess.RunAsync(["admin", "user", "create", "Bench", "--role", "owner", .. workplace.Place]);
        workplace.OwnerKey = await ServerProcess.RunAsync(["admin", "key", "create", .. workplace.Place]);
        using var server = await ServerProcess.StartAsync(workplace.Place);
        await workplace.PopulateAsync(server, contributors);
        return workplace;
    }

    public StoreDatabase Open() => Connection is null ? StoreDatabase.OpenSqlite(Path.Combine(Folder, "touchstone.db")) : StoreDatabase.OpenPostgres(Connection);

    /// <summary>A million tasks and two million responses, or as many as asked.</summary>
    public async Task FillAsync(int tasks, int responses)
    {
        await using var database = Open();
        await using var store = database.CreateContext();
        await BigProject.FillAsync(store, ProjectId.Parse(Project, null), AssetId.Parse(Asset, null), tasks, responses);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        if (_postgres is null) return;
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync(_postgres, $"DROP DATABASE IF EXISTS {_database} WITH (FORCE)");
    }

    private async Task PopulateAsync(ServerProcess server, int contributors)
    {
        Project = (await server.SendAsync(OwnerKey, HttpMethod.Post, "projects", Answers.ProjectYaml, "application/yaml"))["id"]!.GetValue<string>();
        using (var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", OwnerKey) } })
        using (var response = await http.PostAsync(new Uri(server.Address, "/api/v1/assets?file_name=bench.png"), new ByteArrayContent(SmallPicture.Png)))
            Asset = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["id"]!.GetValue<string>();
        var keys = new string[contributors];
        for (var i = 0; i < contributors; i++)
            keys[i] = (await server.SendAsync(OwnerKey, HttpMethod.Post, "contributors/simulated", $$"""{"display_name":"contributor {{i}}"}""", "application/json"))["key"]!.GetValue<string>();
        Keys = keys;
        await server.SendAsync(OwnerKey, HttpMethod.Post, $"projects/{Project}/tasks", $$"""{"external_id":"first","asset":"{{Asset}}"}""", "application/x-ndjson");
    }

    private static async Task ExecuteAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
