using Microsoft.EntityFrameworkCore;
using Touchstone.Store;

namespace Touchstone.Server.Host;

/// <summary>The database: SQLite in the data folder, or PostgreSQL.</summary>
internal static class StoreSetup
{
    public static void AddStore(this IServiceCollection services, ServerOptions options)
    {
        Directory.CreateDirectory(options.DataFolder);
        if (options.Database is null)
        {
            services.AddDbContext<SqliteStoreContext>(store => store.UseSqlite($"Data Source={Path.Combine(options.DataFolder, "touchstone.db")}"));
            services.AddScoped<StoreContext>(s => s.GetRequiredService<SqliteStoreContext>());
        }
        else
        {
            services.AddDbContext<PostgresStoreContext>(store => store.UseNpgsql(options.Database));
            services.AddScoped<StoreContext>(s => s.GetRequiredService<PostgresStoreContext>());
        }
    }
}
