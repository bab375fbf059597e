using Npgsql;

namespace Touchstone.Store.Postgres;

/// <summary>
/// The queue's own connections. Its statements are few, touch rows by index and must never change their plan under load: a generic
/// plan made while the tables were small (or a custom one made anew at each call) costs milliseconds at the wrong moment. So planning
/// is pinned: generic plans, nested loops over indexes, no compilation.
/// </summary>
internal static class QueueSource
{
    private const string Planner =
        "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_memoize=off -c jit=off";

    public static NpgsqlDataSource Open(string connectionString, int connections)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "touchstone queue",
            MaxPoolSize = connections,
            MaxAutoPrepare = 60,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
        };
        settings.Options = settings.Options is { Length: > 0 } own ? $"{own} {Planner}" : Planner;
        return NpgsqlDataSource.Create(settings);
    }
}
