using Touchstone.Store;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Host;

/// <summary>The database: SQLite in the data folder, or PostgreSQL.</summary>
internal static class StoreSetup
{
    public const string FileName = "touchstone.db";

    public static void AddStore(this IServiceCollection services, ServerOptions options)
    {
        Directory.CreateDirectory(options.DataFolder);
        services.AddSingleton(_ => options.Database is null
            ? StoreDatabase.OpenSqlite(Path.Combine(options.DataFolder, FileName))
            : StoreDatabase.OpenPostgres(options.Database));
        services.AddSingleton(s => s.GetRequiredService<StoreDatabase>().OutboxSignal);
        services.AddSingleton(s => s.GetRequiredService<StoreDatabase>().CreateQueue(options.Clock, new QueueOptions { Seed = options.Seed }));

        // A feature reads through a context of its own request; whatever is written goes through StoreDatabase.WriteAsync.
        services.AddScoped(s => s.GetRequiredService<StoreDatabase>().CreateContext());
        services.AddHostedService<Migration>();
        services.AddSingleton<Preparation>();
        services.AddHostedService(s => s.GetRequiredService<Preparation>());
    }

    /// <summary>Brings the database up to date before anything listens: it is the first service to start.</summary>
    private sealed class Migration(StoreDatabase database) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => database.MigrateAsync(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
