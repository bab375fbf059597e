using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;
using Touchstone.Store.Tests.Queue;
using Touchstone.Testing;

namespace Touchstone.Store.Tests.Database;

/// <summary>Opening, writing, and what durability on SQLite rests on.</summary>
public class StoreDatabaseTests
{
    public static TheoryData<DatabaseKind> Databases => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [Fact]
    public async Task Every_pooled_connection_of_sqlite_is_synced_checked_and_patient()
    {
        await using var fixture = await StoreFixture.CreateAsync(DatabaseKind.Sqlite, Assert.Skip);
        for (var round = 0; round < 2; round++)
        {
            var open = new List<StoreContext>();
            for (var i = 0; i < 8; i++)
            {
                var store = fixture.Database.CreateContext();
                await store.Database.OpenConnectionAsync();
                open.Add(store);
                await HasSettingsAsync(store.Database.GetDbConnection());
            }

            foreach (var store in open) await store.DisposeAsync();
        }

        await using var beside = fixture.Database.OpenSqliteConnection();
        await HasSettingsAsync(beside);
    }

    [Fact]
    public async Task The_queues_connection_waits_where_another_one_holds_the_whole_file()
    {
        using var folder = new TemporaryFolder();
        await using var database = StoreDatabase.OpenSqlite(folder["a.db"]);

        // As the last connection does that closes: it moves the log, and nobody else may read even the schema.
        using var holder = new SqliteConnection(database.ConnectionString);
        holder.Open();
        await PragmaAsync(holder, "locking_mode=EXCLUSIVE");
        await PragmaAsync(holder, "user_version=7");
        var opening = Task.Run(database.OpenSqliteUnshared, TestContext.Current.CancellationToken);
        Assert.NotSame(opening, await Task.WhenAny(opening, Task.Delay(300, TestContext.Current.CancellationToken)));
        holder.Close();
        (await opening).Dispose();
    }

    [Fact]
    public async Task A_connection_has_one_user_at_a_time_and_one_with_a_transaction_left_is_not_used_again()
    {
        await using var fixture = await StoreFixture.CreateAsync(DatabaseKind.Sqlite, Assert.Skip);
        var inUse = new System.Collections.Concurrent.ConcurrentDictionary<DbConnection, bool>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, cancellationToken) =>
        {
            await using var store = fixture.Database.CreateContext();
            var connection = store.Database.GetDbConnection();
            Assert.True(inUse.TryAdd(connection, true));
            Assert.Equal(0, await store.People.CountAsync(cancellationToken));
            Assert.True(inUse.TryRemove(connection, out var _));
        });

        DbConnection left;
        await using (var store = fixture.Database.CreateContext())
        {
            left = store.Database.GetDbConnection();
            await using var begin = left.CreateCommand();
            begin.CommandText = "BEGIN";
            await begin.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var next = fixture.Database.CreateContext();
        Assert.NotSame(left, next.Database.GetDbConnection());
        Assert.Equal(System.Data.ConnectionState.Closed, left.State);
    }

    private static async Task HasSettingsAsync(DbConnection connection)
    {
        Assert.Equal(("wal", 2L, 1L, 10_000L), (
            (string)(await PragmaAsync(connection, "journal_mode"))!, (long)(await PragmaAsync(connection, "synchronous"))!,
            (long)(await PragmaAsync(connection, "foreign_keys"))!, (long)(await PragmaAsync(connection, "busy_timeout"))!));
    }

    private static async Task<object?> PragmaAsync(DbConnection connection, string name)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return await command.ExecuteScalarAsync();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_write_that_throws_leaves_nothing(DatabaseKind kind)
    {
        await using var fixture = await StoreFixture.CreateAsync(kind, Assert.Skip);
        await Assert.ThrowsAsync<InvalidOperationException>(() => fixture.Database.WriteAsync<int>(async (store, token) =>
        {
            store.Add(Organization());
            await store.SaveChangesAsync(token);
            throw new InvalidOperationException("changed my mind");
        }, default));
        Assert.Equal(0, await fixture.Database.WriteAsync((store, token) => store.Organizations.CountAsync(token), default));
        await fixture.Database.WriteAsync((store, _) => Task.FromResult(store.Add(Organization()).Entity.Name), default);
        await using var reading = fixture.Database.CreateContext();
        Assert.Equal(1, await reading.Organizations.CountAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Reads_of_one_snapshot_do_not_see_what_is_written_meanwhile(DatabaseKind kind)
    {
        await using var fixture = await StoreFixture.CreateAsync(kind, Assert.Skip);
        var counts = await fixture.Database.ReadAsync(async (store, token) =>
        {
            var before = await store.Organizations.CountAsync(token);
            await fixture.Database.WriteAsync((other, _) => Task.FromResult(other.Add(Organization()).Entity.Name), token);
            return (before, After: await store.Organizations.CountAsync(token));
        }, default);
        Assert.Equal((0, 0), counts);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Bare_saves_transactions_and_set_based_changes_go_side_by_side_with_the_queue(DatabaseKind kind)
    {
        await using var world = await QueueWorld.CreateAsync(kind, tasks: 200, overlap: 1);
        var working = Enumerable.Range(0, 4).Select(async _ =>
        {
            var worker = await world.Seed.AddWorkerAsync();
            for (var i = 0; i < 20; i++) await world.Accepted(worker, (await world.Granted(worker)).Token);
        });
        var saving = Enumerable.Range(0, 4).Select(i => SaveAsync(world.Database, i));
        await Task.WhenAll(working.Concat(saving));
        await using var store = world.Database.CreateContext();
        Assert.Equal(80, await store.Responses.CountAsync());
        Assert.Equal(1 + 4 * 20, await store.Organizations.CountAsync());
    }

    private static async Task SaveAsync(StoreDatabase database, int kind)
    {
        for (var i = 0; i < 20; i++)
        {
            await using var store = database.CreateContext();
            if (kind == 1) await using (await store.Database.BeginTransactionAsync()) await store.Organizations.CountAsync();
            if (kind == 2) await store.Organizations.ExecuteUpdateAsync(s => s.SetProperty(o => o.Version, o => o.Version + 1));
            store.Add(Organization());
            await store.SaveChangesAsync();
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_save_that_fails_gives_the_turn_back(DatabaseKind kind)
    {
        await using var fixture = await StoreFixture.CreateAsync(kind, Assert.Skip);
        var organization = Organization();
        for (var i = 0; i < 2; i++)
        {
            await using var store = fixture.Database.CreateContext();
            store.Add(organization);
            if (i == 0) await store.SaveChangesAsync();
            else await Assert.ThrowsAsync<DbUpdateException>(() => store.SaveChangesAsync());
        }

        await using var last = fixture.Database.CreateContext();
        last.Add(Organization());
        Assert.Equal(1, await last.SaveChangesAsync());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Changes_of_the_queue_need_a_transaction(DatabaseKind kind)
    {
        await using var fixture = await StoreFixture.CreateAsync(kind, Assert.Skip);
        await using var store = fixture.Database.CreateContext();
        await Assert.ThrowsAsync<InvalidOperationException>(() => QueueChanges.CloseAsync(store, LabelTaskId.New(TimeProvider.System.Now()), default));
    }

    private static Organization Organization() =>
        new() { Id = OrganizationId.New(TimeProvider.System.Now()), Name = "another", CreatedAt = TimeProvider.System.Now() };
}
