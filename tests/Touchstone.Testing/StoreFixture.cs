using Microsoft.Data.Sqlite;
using Npgsql;
using Touchstone.Store;

namespace Touchstone.Testing;

/// <summary>Which database a test runs on.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>A fresh database of a test's own, migrated, dropped at the end.</summary>
public sealed class StoreFixture : IAsyncDisposable
{
    /// <summary>The environment variable with the connection string of a PostgreSQL server where databases may be created.</summary>
    public const string Variable = "TOUCHSTONE_TEST_POSTGRES";

    private static readonly Lazy<Task<string>> SqliteTemplate = new(MakeSqliteTemplate);
    private static readonly Lazy<Task<string>> PostgresTemplate = new(MakePostgresTemplate);
    private static readonly SemaphoreSlim Copying = new(1, 1);

    private readonly string _name;

    private StoreFixture(DatabaseKind kind, string name)
    {
        (Kind, _name) = (kind, name);
        Database = Open();
    }

    public DatabaseKind Kind { get; }

    /// <summary>Opened on the fresh database.</summary>
    public StoreDatabase Database { get; }

    /// <summary>The file of SQLite or the connection string of PostgreSQL.</summary>
    public string Location => Kind == DatabaseKind.Sqlite ? _name : ConnectionString(_name);

    /// <summary>Opens the same database once more, as another process would (on PostgreSQL), or after closing the first (on SQLite).</summary>
    public StoreDatabase Open() => Kind == DatabaseKind.Sqlite ? StoreDatabase.OpenSqlite(_name) : StoreDatabase.OpenPostgres(ConnectionString(_name));

    /// <summary>A fresh database with all migrations.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="skip">Ends the test as skipped with a reason; pass <c>Assert.Skip</c>.</param>
    /// <exception cref="InvalidOperationException">There is no PostgreSQL on a build server.</exception>
    public static async Task<StoreFixture> CreateAsync(DatabaseKind kind, Action<string> skip)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            var path = NewPath();
            File.Copy(await SqliteTemplate.Value, path);
            return new(kind, path);
        }

        RequirePostgres(skip);
        return new(kind, await CreatePostgresAsync(await PostgresTemplate.Value));
    }

    /// <summary>A fresh database without any table.</summary>
    public static async Task<StoreFixture> CreateEmptyAsync(DatabaseKind kind, Action<string> skip)
    {
        if (kind == DatabaseKind.Sqlite) return new(kind, NewPath());
        RequirePostgres(skip);
        return new(kind, await CreatePostgresAsync("template0"));
    }

    private static void RequirePostgres(Action<string> skip)
    {
        if (Server is not null) return;
        var reason = $"Set {Variable} to the connection string of a PostgreSQL server to run this test.";
        if (TestData.IsRequired) throw new InvalidOperationException(reason);
        skip(reason);
    }

    private static string? Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    private static string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(Server) { Database = database, MaxPoolSize = 40, Timeout = 120, CommandTimeout = 120 }.ConnectionString;

    private static string NewPath()
    {
        var folder = Directory.CreateTempSubdirectory("touchstone-test-").FullName;
        return Path.Combine(folder, "touchstone.db");
    }

    private static async Task<string> MakeSqliteTemplate()
    {
        var path = NewPath();
        await using (var database = StoreDatabase.OpenSqlite(path)) await database.MigrateAsync(CancellationToken.None);
        SqliteConnection.ClearAllPools();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return path;
    }

    private static async Task<string> MakePostgresTemplate()
    {
        var name = await CreatePostgresAsync("template0");
        await using (var database = StoreDatabase.OpenPostgres(ConnectionString(name))) await database.MigrateAsync(CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => DropPostgres(name);
        return name;
    }

    private static async Task<string> CreatePostgresAsync(string template)
    {
        var name = $"touchstone_test_{Guid.NewGuid():n}";
        await Copying.WaitAsync();
        try
        {
            await using var source = NpgsqlDataSource.Create(Server!);
#pragma warning disable CA2100 // Names that this class makes.
            await using var command = source.CreateCommand($"CREATE DATABASE {name} TEMPLATE {template}");
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }
        finally
        {
            Copying.Release();
        }

        return name;
    }

    private static void DropPostgres(string name)
    {
        using var source = NpgsqlDataSource.Create(Server!);
#pragma warning disable CA2100 // Names that this class makes.
        using var command = source.CreateCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (Kind == DatabaseKind.Postgres)
        {
            DropPostgres(_name);
            return;
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(Path.GetDirectoryName(_name)!, recursive: true);
    }
}
