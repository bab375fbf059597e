using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;
using Touchstone.Store;

// Usage: Migrations NAME FOLDER-OF-TOUCHSTONE.STORE: adds a migration for each database.
//        Migrations --tables FOLDER-OF-TOUCHSTONE.STORE: writes what all migrations together make on SQLite.
#pragma warning disable EF1001 // The design-time services are internal API; this tool is pinned to the same version as the model.
var (name, folder) = (args[0], args[1]);
if (name == "--tables")
{
    using var store = new SqliteStoreContext(new DbContextOptionsBuilder<SqliteStoreContext>().UseSqlite("Data Source=:memory:").Options);
    var script = store.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.NoTransactions);
    File.WriteAllText(Path.Combine(folder, "Migrations", "Sqlite", "tables.sql"), script.ReplaceLineEndings("\n"));
    return;
}

Scaffold(new SqliteStoreContext(new DbContextOptionsBuilder<SqliteStoreContext>().UseSqlite("Data Source=:memory:").Options), "Sqlite");
Scaffold(new PostgresStoreContext(new DbContextOptionsBuilder<PostgresStoreContext>().UseNpgsql("Host=unused").Options), "Postgres");

void Scaffold(DbContext context, string database)
{
    using (context)
    {
        var provider = context.Database.ProviderName!;
        var services = new ServiceCollection();
        services.AddEntityFrameworkDesignTimeServices();
        services.AddDbContextDesignTimeServices(context);
        var designType = Assembly.Load(provider).GetCustomAttribute<DesignTimeProviderServicesAttribute>()!.TypeName;
        ((IDesignTimeServices)Activator.CreateInstance(Assembly.Load(provider).GetType(designType)!)!).ConfigureDesignTimeServices(services);
        using var built = services.BuildServiceProvider();
        using var scope = built.CreateScope();
        var scaffolder = scope.ServiceProvider.GetRequiredService<IMigrationsScaffolder>();
        var migration = scaffolder.ScaffoldMigration(name, "Touchstone.Store", $"Migrations.{database}");
        var files = scaffolder.Save(folder, migration, Path.Combine(folder, "Migrations", database));
        Console.WriteLine(files.MigrationFile);
    }
}
