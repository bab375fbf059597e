using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Touchstone.Store.Migrations;

/// <summary>Which migrations there are and which of them a database has, asked by plain SQL: EF Core would build its whole model first, and every start asks.</summary>
internal static class MigrationHistory
{
    public const string Table = "__EFMigrationsHistory";

    private static readonly Lazy<string[]> OfSqlite = new(() => Find("Touchstone.Store.Migrations.Sqlite"));
    private static readonly Lazy<string[]> OfPostgres = new(() => Find("Touchstone.Store.Migrations.Postgres"));

    /// <summary>This program's, the oldest first.</summary>
    public static IReadOnlyList<string> Known(bool isSqlite) => (isSqlite ? OfSqlite : OfPostgres).Value;

    /// <summary>The database's, the oldest first; none where there are no tables, or no database yet.</summary>
    public static async Task<List<string>> AppliedAsync(DbConnection connection, bool isSqlite, CancellationToken cancellationToken)
    {
        try
        {
            await connection.OpenAsync(cancellationToken);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return [];
        }

        var migrations = new List<string>();
        await using (var exists = connection.CreateCommand())
        {
            exists.CommandText = isSqlite
                ? $"SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '{Table}'"
                : $"SELECT 1 WHERE to_regclass('\"{Table}\"') IS NOT NULL";
            if (await exists.ExecuteScalarAsync(cancellationToken) is null) return migrations;
        }

        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT \"MigrationId\" FROM \"{Table}\" ORDER BY \"MigrationId\"";
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken)) migrations.Add(rows.GetString(0));
        return migrations;
    }

    private static string[] Find(string space) =>
    [
        .. typeof(MigrationHistory).Assembly.GetTypes()
            .Where(type => string.Equals(type.Namespace, space, StringComparison.Ordinal) && type.IsSubclassOf(typeof(Migration)))
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()!.Id)
            .Order(StringComparer.Ordinal),
    ];
}
