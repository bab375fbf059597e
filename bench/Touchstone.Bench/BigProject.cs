using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Bench;

/// <summary>
/// A project as it stands after long work: a million tasks of overlap 3, of which the first 600,000 have all their responses
/// and the next 200,000 have one. Written by SQL inside the database, because it is the setting and not what is measured.
/// </summary>
internal static class BigProject
{
    private const int Overlap = 3;
    private const int HistoryContributors = 40;

    public static async Task FillAsync(StoreContext store, ProjectId project, AssetId asset, int tasks, int responses)
    {
        var full = responses * 3 / 10;
        var partial = responses - full * Overlap;
        var from = await store.Projects.SingleAsync(p => p.Id == project);
        await store.Database.OpenConnectionAsync();
        var connection = store.Database.GetDbConnection();
        var sql = store.IsSqlite ? (Dialect)new SqliteDialect() : new PostgresDialect();
        async Task Run(string text)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = text;
            command.CommandTimeout = 0;
            Add(command, "project", store.IsSqlite ? project.Value.ToByteArray(true) : project.Value);
            Add(command, "organization", store.IsSqlite ? from.OrganizationId.Value.ToByteArray(true) : from.OrganizationId.Value);
            Add(command, "none", store.IsSqlite ? Guid.Empty.ToByteArray(true) : Guid.Empty);
            Add(command, "asset", store.IsSqlite ? asset.Value.ToByteArray(true) : asset.Value);
            await command.ExecuteNonQueryAsync();
        }

        var first = await ScalarAsync(connection, $"SELECT coalesce(max(queue_number), 0) FROM tasks");
        await Run($"""
            INSERT INTO tasks (id, organization_id, compartment_id, project_id, batch_id, external_id, asset_id, ontology_version, purpose, priority, lane,
                               queue_number, overlap, open_slots, response_count, state, created_at)
            SELECT {sql.OrderedId("n")}, @organization, @none, @project, @none, 'bench-' || n, @asset, 1, 0, 5, 10, {first} + n, {Overlap},
                   CASE WHEN n <= {full} THEN 0 WHEN n <= {full + partial} THEN {Overlap - 1} ELSE {Overlap} END,
                   CASE WHEN n <= {full} THEN {Overlap} WHEN n <= {full + partial} THEN 1 ELSE 0 END,
                   CASE WHEN n <= {full} THEN 2 ELSE 0 END, {sql.Time}
            FROM {sql.Series(tasks)}
            """);
        for (var round = 0; round < Overlap; round++)
        {
            var below = round == 0 ? full + partial : full;
            await Run($"""
                INSERT INTO leases (id, token, organization_id, compartment_id, project_id, task_id, contributor_id, purpose, state, issued_at, expires_at, ended_at, handed_out)
                SELECT {sql.RandomId}, {sql.RandomId}, @organization, @none, @project, id, {sql.Contributor($"queue_number + {round}", HistoryContributors)}, 0, 1, {sql.Time}, {sql.Time}, {sql.Time}, {sql.True}
                FROM tasks WHERE project_id = @project AND queue_number > {first} AND queue_number <= {first + below}
                """);
        }

        await Run($"""
            INSERT INTO responses (id, organization_id, compartment_id, project_id, task_id, lease_id, contributor_id, ontology_version, answers, digest,
                                   active_milliseconds, simulated, submitted_at)
            SELECT {sql.RandomId}, organization_id, compartment_id, project_id, task_id, id, contributor_id, 1, '{Answers.Small}', {sql.Blob}, 4000, {sql.True}, {sql.Time}
            FROM leases WHERE project_id = @project AND state = 1
            """);
        await Run($"UPDATE queue_tails SET next = {first + tasks + 1} WHERE project_id = @project");
        await Run($"""
            UPDATE counters SET tasks = tasks + {tasks}, open = open + {tasks - full}, done = done + {full}, responses = {responses}, responses_at_fit = {responses}
            WHERE project_id = @project
            """);
        await Run(store.IsSqlite ? "ANALYZE" : "VACUUM (ANALYZE)");
    }

    private static async Task<long> ScalarAsync(DbConnection connection, string text)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static void Add(DbCommand command, string name, object value)
    {
        if (!command.CommandText.Contains('@' + name, StringComparison.Ordinal)) return;
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    private abstract class Dialect
    {
        public abstract string RandomId { get; }

        public abstract string Time { get; }

        public abstract string Blob { get; }

        public abstract string True { get; }

        public abstract string OrderedId(string n);

        public abstract string Series(int count);

        public abstract string Contributor(string number, int count);
    }

    private sealed class SqliteDialect : Dialect
    {
        public override string RandomId => "randomblob(16)";

        public override string Time => "1760000000000000";

        public override string Blob => "zeroblob(32)";

        public override string True => "1";

        public override string OrderedId(string n) => $"unhex(printf('0190%028x', {n}))";

        public override string Series(int count) =>
            $"(WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {count}) SELECT n FROM series)";

        public override string Contributor(string number, int count) => $"unhex(printf('%032x', 1 + ({number}) % {count}))";
    }

    private sealed class PostgresDialect : Dialect
    {
        public override string RandomId => "gen_random_uuid()";

        public override string Time => "timestamptz '2025-10-09 08:53:20Z'";

        public override string Blob => "'\\x00'::bytea";

        public override string True => "true";

        public override string OrderedId(string n) => $"('0190' || lpad(to_hex({n}), 28, '0'))::uuid";

        public override string Series(int count) => $"generate_series(1, {count}) AS n";

        public override string Contributor(string number, int count) => $"lpad(to_hex(1 + ({number}) % {count}), 32, '0')::uuid";
    }
}
