using SQLitePCL;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Sqlite;

/// <summary>Imports by prepared inserts under the write gate, some milliseconds a chunk, so that contributors at work hardly wait.</summary>
internal sealed class SqliteTaskSink : ITaskSink
{
    private readonly StoreDatabase _database;
    private readonly ImportTarget _target;
    private readonly sqlite3 _connection;
    private readonly SqliteStatement _begin, _commit, _rollback, _tail, _task, _gold, _batch, _outbox;

    public SqliteTaskSink(StoreDatabase database, ImportTarget target)
    {
        (_database, _target) = (database, target);
        _connection = database.OpenSqliteUnshared();
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _tail = Prepare(
            """
            INSERT INTO queue_tails (project_id, lane, next) VALUES (?1, ?2, 1 + ?3)
            ON CONFLICT (project_id, lane) DO UPDATE SET next = next + ?3 RETURNING next - ?3
            """);
        _task = Prepare(
            """
            INSERT INTO tasks (id, organization_id, compartment_id, project_id, batch_id, external_id, asset_id, inputs, ontology_version, purpose,
                               priority, lane, queue_number, overlap, open_slots, response_count, state, audit_of, created_at, prelabel)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 0, 0, ?16, ?17, ?18)
            ON CONFLICT (project_id, external_id) WHERE external_id IS NOT NULL DO NOTHING
            """);
        _gold = Prepare(
            """
            INSERT INTO gold (task_id, organization_id, compartment_id, project_id, answers, created_by, created_at, explanation)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """);
        _batch = Prepare("UPDATE batches SET imported = imported + ?2, repeated = repeated + ?3 WHERE id = ?1");
        _outbox = Prepare(
            """
            INSERT INTO outbox (epoch, kind, organization_id, project_id, subject_id, purpose, count, at) VALUES (0, ?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """);
    }

    public int ChunkSize => 2000;

    public ValueTask<ChunkWriter> PrepareAsync(List<ImportRow> rows, CancellationToken cancellationToken) =>
        new((now, cancellation) => Task.Run(() => WriteAsync(rows, now, cancellation), cancellation));

    private async Task<ImportCount> WriteAsync(List<ImportRow> rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _database.Gate.EnterAsync(cancellationToken);
        try
        {
            return Write(rows, now);
        }
        finally
        {
            _database.Gate.Exit();
            _database.Checkpointer.Note(_connection);
        }
    }

    private ImportCount Write(List<ImportRow> rows, DateTimeOffset now)
    {
        _begin.Run();
        try
        {
            var firstNumbers = TakeNumbers(rows);
            var imported = new long[Enum.GetValues<TaskPurpose>().Length];
            foreach (var row in rows)
            {
                if (!Insert(row, firstNumbers[row.Lane] + row.Rank, now)) continue;
                imported[(int)row.Task.Purpose]++;
                if (row.Task.GoldAnswers is { } answers) InsertGold(row, answers, now);
            }

            var count = new ImportCount(imported.Sum(), rows.Count - imported.Sum());
            _batch.Bind(1, _target.BatchId.Value).Bind(2, count.Imported).Bind(3, count.Repeated).Run();
            for (var purpose = 0; purpose < imported.Length; purpose++)
            {
                if (imported[purpose] > 0) WriteOutbox(purpose, imported[purpose], now);
            }

            _commit.Run();
            return count;
        }
        catch
        {
            foreach (var statement in (ReadOnlySpan<SqliteStatement>)[_tail, _task, _gold, _batch, _outbox]) statement.Reset();
            if (raw.sqlite3_get_autocommit(_connection) == 0) _rollback.Run();
            throw;
        }
    }

    private Dictionary<int, long> TakeNumbers(List<ImportRow> rows)
    {
        var numbers = new Dictionary<int, long>();
        foreach (var lane in rows.CountBy(row => row.Lane))
        {
            _tail.Bind(1, _target.ProjectId.Value).Bind(2, lane.Key).Bind(3, lane.Value);
            _tail.Step();
            numbers.Add(lane.Key, _tail.Long(0));
            _tail.Step();
            _tail.Reset();
        }

        return numbers;
    }

    private bool Insert(in ImportRow row, long number, DateTimeOffset now)
    {
        _task.Bind(1, row.Id.Value).Bind(2, _target.OrganizationId.Value).Bind(3, _target.CompartmentId.Value).Bind(4, _target.ProjectId.Value)
            .Bind(5, _target.BatchId.Value).Bind(6, row.Task.ExternalId).Bind(7, row.Task.AssetId?.Value).Bind(8, row.Task.Inputs)
            .Bind(9, _target.OntologyVersion).Bind(10, (long)row.Task.Purpose).Bind(11, row.Task.Priority).Bind(12, row.Lane).Bind(13, number)
            .Bind(14, row.Overlap).Bind(15, row.OpenSlots).Bind(16, row.Task.AuditOf?.Value).Bind(17, now.ToMicroseconds())
            .Bind(18, row.Task.Prelabel);
        _task.Run();
        return raw.sqlite3_changes(_connection) == 1;
    }

    private void InsertGold(in ImportRow row, string answers, DateTimeOffset now) => _gold
        .Bind(1, row.Id.Value).Bind(2, _target.OrganizationId.Value).Bind(3, _target.CompartmentId.Value).Bind(4, _target.ProjectId.Value)
        .Bind(5, answers).Bind(6, _target.CreatedBy.Value).Bind(7, now.ToMicroseconds()).Bind(8, row.Task.Explanation)
        .Run();

    private void WriteOutbox(int purpose, long count, DateTimeOffset now) => _outbox
        .Bind(1, (long)OutboxKind.TasksImported).Bind(2, _target.OrganizationId.Value).Bind(3, _target.ProjectId.Value).Bind(4, _target.BatchId.Value)
        .Bind(5, purpose).Bind(6, count).Bind(7, now.ToMicroseconds())
        .Run();

    private SqliteStatement Prepare(string sql) => new(_connection, sql);

    public ValueTask DisposeAsync()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[_begin, _commit, _rollback, _tail, _task, _gold, _batch, _outbox]) statement.Dispose();
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }
}
