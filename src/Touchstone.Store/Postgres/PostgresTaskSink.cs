using Npgsql;
using NpgsqlTypes;
using Touchstone.Store.Entities;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Postgres;

/// <summary>Imports by binary COPY into a temporary table, then one insert that leaves out what is there already.</summary>
internal sealed class PostgresTaskSink : ITaskSink
{
    private const string CreateTable =
        """
        CREATE TEMP TABLE IF NOT EXISTS import_tasks (
            id uuid, external_id text, asset_id uuid, inputs text, purpose int, priority int, lane int, rank int, overlap int, open_slots int,
            audit_of uuid, gold_answers text, explanation text, prelabel text) ON COMMIT DELETE ROWS
        """;

    private const string Copy =
        """
        COPY import_tasks (id, external_id, asset_id, inputs, purpose, priority, lane, rank, overlap, open_slots, audit_of, gold_answers, explanation, prelabel)
        FROM STDIN (FORMAT BINARY)
        """;

    // The tails are locked as late as can be: between them and the commit lies only the insert.
    private const string TakeNumbers =
        """
        INSERT INTO queue_tails AS t (project_id, lane, next)
        SELECT @project, lane, 1 + count(*) FROM import_tasks GROUP BY lane ORDER BY lane
        ON CONFLICT (project_id, lane) DO UPDATE SET next = t.next + excluded.next - 1
        RETURNING lane, next
        """;

    private const string Insert =
        """
        WITH firsts AS (
            SELECT i.lane, t.next - i.count AS first FROM (SELECT lane, count(*) AS count FROM import_tasks GROUP BY lane) i
            JOIN queue_tails t ON t.project_id = @project AND t.lane = i.lane),
        inserted AS (
            INSERT INTO tasks (id, organization_id, compartment_id, project_id, batch_id, external_id, asset_id, inputs, ontology_version, purpose,
                               priority, lane, queue_number, overlap, open_slots, response_count, state, audit_of, created_at, prelabel)
            SELECT i.id, @organization, @compartment, @project, @batch, i.external_id, i.asset_id, i.inputs, @ontology, i.purpose,
                   i.priority, i.lane, f.first + i.rank, i.overlap, i.open_slots, 0, 0, i.audit_of, @now, i.prelabel
            FROM import_tasks i JOIN firsts f ON f.lane = i.lane ORDER BY i.id
            ON CONFLICT (project_id, external_id) WHERE external_id IS NOT NULL DO NOTHING
            RETURNING id, purpose),
        told AS (
            INSERT INTO outbox (kind, organization_id, project_id, subject_id, purpose, count, at)
            SELECT @kind, @organization, @project, @batch, purpose, count(*), @now FROM inserted GROUP BY purpose RETURNING count),
        counted AS (
            UPDATE batches SET imported = imported + (SELECT count(*) FROM inserted), repeated = repeated + @rows - (SELECT count(*) FROM inserted)
            WHERE id = @batch)
        SELECT count(*) FROM inserted
        """;

    private const string InsertGold =
        """
        INSERT INTO gold (task_id, organization_id, compartment_id, project_id, answers, created_by, created_at, explanation)
        SELECT i.id, @organization, @compartment, @project, i.gold_answers, @by, @now, i.explanation
        FROM import_tasks i JOIN tasks t ON t.id = i.id WHERE i.gold_answers IS NOT NULL
        """;

    private readonly NpgsqlConnection[] _connections;
    private readonly ImportTarget _target;
    private int _chunks;

    private PostgresTaskSink(NpgsqlConnection[] connections, ImportTarget target) => (_connections, _target) = (connections, target);

    public int ChunkSize => 5000;

    public static async Task<PostgresTaskSink> OpenAsync(StoreDatabase database, ImportTarget target, CancellationToken cancellationToken)
    {
        var connections = new NpgsqlConnection[2];
        try
        {
            for (var i = 0; i < connections.Length; i++)
            {
                connections[i] = await database.Source.OpenConnectionAsync(cancellationToken);
                await using var command = new NpgsqlCommand(CreateTable, connections[i]);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        catch
        {
            foreach (var connection in connections) await (connection?.DisposeAsync() ?? default);
            throw;
        }

        return new(connections, target);
    }

    /// <summary>Copies the chunk into a table of its connection, in a transaction that holds nothing that others want; the connection of the chunk before it still works.</summary>
    public async ValueTask<ChunkWriter> PrepareAsync(List<ImportRow> rows, CancellationToken cancellationToken)
    {
        var connection = _connections[_chunks++ % _connections.Length];
        var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await CopyAsync(connection, rows, cancellationToken);
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }

        return (now, cancellation) => WriteAsync(connection, transaction, rows, now, cancellation);
    }

    private async Task<ImportCount> WriteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, List<ImportRow> rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var _ = transaction;
        await using (var take = new NpgsqlCommand(TakeNumbers, connection, transaction))
        {
            take.Parameters.AddWithValue("project", _target.ProjectId.Value);
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var insert = new NpgsqlCommand(Insert, connection, transaction);
        AddTarget(insert, now);
        insert.Parameters.AddWithValue("batch", _target.BatchId.Value);
        insert.Parameters.AddWithValue("ontology", _target.OntologyVersion);
        insert.Parameters.AddWithValue("kind", (int)OutboxKind.TasksImported);
        insert.Parameters.AddWithValue("rows", rows.Count);
        var imported = (long)(await insert.ExecuteScalarAsync(cancellationToken))!;
        if (rows.Exists(row => row.Task.GoldAnswers is not null))
        {
            await using var gold = new NpgsqlCommand(InsertGold, connection, transaction);
            AddTarget(gold, now);
            gold.Parameters.AddWithValue("by", _target.CreatedBy.Value);
            await gold.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(CancellationToken.None);
        return new(imported, rows.Count - imported);
    }

    private void AddTarget(NpgsqlCommand command, DateTimeOffset now)
    {
        command.Parameters.AddWithValue("project", _target.ProjectId.Value);
        command.Parameters.AddWithValue("organization", _target.OrganizationId.Value);
        command.Parameters.AddWithValue("compartment", _target.CompartmentId.Value);
        command.Parameters.AddWithValue("now", now.UtcDateTime);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, List<ImportRow> rows, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(Copy, cancellationToken);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(row.Id.Value, NpgsqlDbType.Uuid, cancellationToken);
            await WriteAsync(copy, row.Task.ExternalId, NpgsqlDbType.Text, cancellationToken);
            await WriteAsync(copy, row.Task.AssetId?.Value, NpgsqlDbType.Uuid, cancellationToken);
            await WriteAsync(copy, row.Task.Inputs, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync((int)row.Task.Purpose, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(row.Task.Priority, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(row.Lane, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(row.Rank, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(row.Overlap, NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(row.OpenSlots, NpgsqlDbType.Integer, cancellationToken);
            await WriteAsync(copy, row.Task.AuditOf?.Value, NpgsqlDbType.Uuid, cancellationToken);
            await WriteAsync(copy, row.Task.GoldAnswers, NpgsqlDbType.Text, cancellationToken);
            await WriteAsync(copy, row.Task.Explanation, NpgsqlDbType.Text, cancellationToken);
            await WriteAsync(copy, row.Task.Prelabel, NpgsqlDbType.Text, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, string? value, NpgsqlDbType type, CancellationToken cancellationToken) =>
        value is null ? copy.WriteNullAsync(cancellationToken) : copy.WriteAsync(value, type, cancellationToken);

    private static Task WriteAsync(NpgsqlBinaryImporter copy, Guid? value, NpgsqlDbType type, CancellationToken cancellationToken) =>
        value is { } known ? copy.WriteAsync(known, type, cancellationToken) : copy.WriteNullAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections) await connection.DisposeAsync();
    }
}
