using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Outbox;
using Touchstone.Testing;

namespace Touchstone.Store.Tests.Outbox;

public class OutboxReaderTests
{
    public static TheoryData<DatabaseKind> Databases => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    private static OutboxRow Row(int number) => new()
    {
        Kind = OutboxKind.ProjectChanged,
        OrganizationId = OrganizationId.From(Guid.Empty),
        ProjectId = ProjectId.From(Guid.Empty),
        Count = number,
        At = TimeProvider.System.Now(),
    };

    private static Task<int> WriteAsync(StoreDatabase database, int number) => database.WriteAsync((store, _) =>
    {
        store.Add(Row(number));
        return Task.FromResult(0);
    }, default);

    private static async Task<List<int>> ReadAsync(StoreDatabase database, int max = 100, string consumer = "test")
    {
        var seen = new List<int>();
        await new OutboxReader(database).ReadBatchAsync(consumer, max, (_, rows, _) =>
        {
            seen.AddRange(rows.Select(row => row.Count));
            return Task.CompletedTask;
        }, default);
        return seen;
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Each_consumer_reads_each_row_once_in_order(DatabaseKind kind)
    {
        await using var fixture = await StoreFixture.CreateAsync(kind, Assert.Skip);
        for (var i = 1; i <= 5; i++) await WriteAsync(fixture.Database, i);
        Assert.Equal([1, 2, 3], await ReadAsync(fixture.Database, max: 3));
        await WriteAsync(fixture.Database, 6);
        Assert.Equal([4, 5, 6], await ReadAsync(fixture.Database));
        Assert.Empty(await ReadAsync(fixture.Database));
        Assert.Equal([1, 2, 3, 4, 5, 6], await ReadAsync(fixture.Database, consumer: "other"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task What_could_not_be_applied_is_read_again(DatabaseKind kind)
    {
        await using var fixture = await StoreFixture.CreateAsync(kind, Assert.Skip);
        await WriteAsync(fixture.Database, 1);
        var reader = new OutboxReader(fixture.Database);
        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.ReadBatchAsync("test", 10, (store, _, _) =>
        {
            store.Add(new Organization { Id = OrganizationId.New(TimeProvider.System.Now()), Name = "half", CreatedAt = TimeProvider.System.Now() });
            throw new InvalidOperationException("not now");
        }, default));
        await using (var store = fixture.Database.CreateContext()) Assert.Empty(await store.Organizations.ToListAsync());
        Assert.Equal([1], await ReadAsync(fixture.Database));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Many_readers_of_one_consumer_apply_each_row_once(DatabaseKind kind)
    {
        await using var fixture = await StoreFixture.CreateAsync(kind, Assert.Skip);
        for (var i = 1; i <= 40; i++) await WriteAsync(fixture.Database, i);
        var seen = new System.Collections.Concurrent.ConcurrentBag<int>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var i = 0; i < 12; i++)
            {
                foreach (var number in await ReadAsync(fixture.Database, max: 3)) seen.Add(number);
            }
        }));
        while (await ReadAsync(fixture.Database) is { Count: > 0 } rest) rest.ForEach(seen.Add);
        Assert.Equal(Enumerable.Range(1, 40), seen.Order());
    }

    /// <summary>A row that becomes visible late must not be passed: readers stop below the oldest running transaction.</summary>
    [Fact]
    public async Task A_transaction_that_commits_late_on_postgresql_is_not_passed()
    {
        await using var fixture = await StoreFixture.CreateAsync(DatabaseKind.Postgres, Assert.Skip);
        await using var slow = fixture.Database.CreateContext();
        await using var other = fixture.Database.CreateContext();
        await using var first = await slow.Database.BeginTransactionAsync();
        slow.Add(Row(1));
        await slow.SaveChangesAsync();
        await WriteAsync(fixture.Database, 2);
        await using var second = await other.Database.BeginTransactionAsync();
        other.Add(Row(3));
        await other.SaveChangesAsync();
        Assert.Empty(await ReadAsync(fixture.Database));
        await WriteAsync(fixture.Database, 4);
        slow.Add(Row(5));
        await slow.SaveChangesAsync();
        await first.CommitAsync();
        Assert.Equal([1, 5, 2], await ReadAsync(fixture.Database));
        await second.CommitAsync();
        Assert.Equal([3, 4], await ReadAsync(fixture.Database));
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_while_transactions_of_postgresql_overlap()
    {
        await using var fixture = await StoreFixture.CreateAsync(DatabaseKind.Postgres, Assert.Skip);
        var writing = Task.WhenAll(Enumerable.Range(0, 6).Select(async writer =>
        {
            var random = new Random(writer);
            for (var i = 0; i < 20; i++)
            {
                await using var store = fixture.Database.CreateContext();
                await using var transaction = await store.Database.BeginTransactionAsync();
                store.Add(Row(writer * 1000 + i * 2));
                await store.SaveChangesAsync();
                for (var pause = random.Next(4); pause > 0; pause--) await store.Outbox.CountAsync();
                store.Add(Row(writer * 1000 + i * 2 + 1));
                await store.SaveChangesAsync();
                if (random.Next(4) == 0) await transaction.RollbackAsync();
                else await transaction.CommitAsync();
            }
        }));
        var seen = new List<int>();
        while (!writing.IsCompleted) seen.AddRange(await ReadAsync(fixture.Database, max: 7));
        await writing;
        while (await ReadAsync(fixture.Database) is { Count: > 0 } rest) seen.AddRange(rest);
        await using var reading = fixture.Database.CreateContext();
        var order = await reading.Outbox.OrderBy(r => r.Epoch).ThenBy(r => r.Sequence).Select(r => r.Count).ToListAsync();
        Assert.Equal(order, seen);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task A_reader_is_woken_by_a_write_also_of_another_server(DatabaseKind kind)
    {
        await using var fixture = await StoreFixture.CreateAsync(kind, Assert.Skip);
        await using var other = kind == DatabaseKind.Postgres ? fixture.Open() : null;
        var signal = fixture.Database.OutboxSignal;
        var seen = signal.Version;
        var woken = signal.WaitAsync(seen, TimeSpan.FromMinutes(2), default);
        await WriteAsync(other ?? fixture.Database, 1);
        Assert.True(await woken > seen);
        Assert.Equal([1], await ReadAsync(fixture.Database));
    }
}
