using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Touchstone.Store;

namespace Touchstone.Bench;

/// <summary>The floor: take the next row of a small table by UPDATE ... RETURNING, one durable transaction each, nothing else.</summary>
internal static class BareUpdate
{
    private const int Rows = 200_000;
    private const int PostgresConnections = 8;

    public sealed record Result(double PerSecond, Latencies Latencies)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PerSecond:N0} a second; {Latencies}");
    }

    public static async Task<Result> RunAsync(StoreDatabase database, TimeSpan duration)
    {
        await using (var store = database.CreateContext())
        {
            await store.Database.ExecuteSqlRawAsync("CREATE TABLE bare (id bigint PRIMARY KEY, taken integer NOT NULL)");
            await store.Database.ExecuteSqlRawAsync(store.IsSqlite
                ? $"INSERT INTO bare WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows}) SELECT i, 0 FROM n"
                : $"INSERT INTO bare SELECT i, 0 FROM generate_series(1, {Rows}) i");
        }

        var latencies = new Latencies();
        var next = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, database.IsSqlite ? 1 : PostgresConnections).Select(_ => Task.Run(async () =>
        {
            await using var store = database.CreateContext();
            await store.Database.OpenConnectionAsync();
            await using var command = store.Database.GetDbConnection().CreateCommand();
            command.CommandText = "UPDATE bare SET taken = taken + 1 WHERE id = @id RETURNING id";
            var id = command.CreateParameter();
            id.ParameterName = "id";
            command.Parameters.Add(id);
            id.Value = 0L;
            await command.PrepareAsync();
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                id.Value = (long)(1 + Interlocked.Increment(ref next) % Rows);
                var asked = Stopwatch.GetTimestamp();
                await command.ExecuteScalarAsync();
                latencies.Add(Stopwatch.GetElapsedTime(asked));
            }
        })));
        var rate = latencies.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        await using (var store = database.CreateContext()) await store.Database.ExecuteSqlRawAsync("DROP TABLE bare");
        return new Result(rate, latencies);
    }
}
