using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Migrations;
using Touchstone.Store.Sqlite;
using Touchstone.Testing;

namespace Touchstone.Store.Tests.Database;

public class MigrationTests
{
    public static TheoryData<DatabaseKind> Databases => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [Theory, MemberData(nameof(Databases))]
    public async Task Migrations_make_the_model_from_nothing_and_may_be_applied_again(DatabaseKind kind)
    {
        await using var fixture = await StoreFixture.CreateEmptyAsync(kind, Assert.Skip);
        await fixture.Database.MigrateAsync(default);
        await fixture.Database.MigrateAsync(default);
        await using var store = fixture.Database.CreateContext();
        Assert.False(store.Database.HasPendingModelChanges(), "The model changed without a migration: run build/migrations.");
        Assert.Empty(await store.Database.GetPendingMigrationsAsync());
#pragma warning disable EF1002 // Names of the model's own tables and columns.
        foreach (var entity in store.Model.GetEntityTypes())
            await store.Database.ExecuteSqlRawAsync($"SELECT {string.Join(", ", entity.GetProperties().Select(p => $"\"{p.GetColumnName()}\""))} FROM {entity.GetTableName()} WHERE 1 = 0");
#pragma warning restore EF1002
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task The_migrations_that_a_start_looks_for_are_those_of_EF_Core(DatabaseKind kind)
    {
        await using var fixture = await StoreFixture.CreateEmptyAsync(kind, Assert.Skip);
        await using var store = fixture.Database.CreateContext();
        Assert.NotEmpty(store.Database.GetMigrations());
        Assert.Equal(store.Database.GetMigrations(), MigrationHistory.Known(kind == DatabaseKind.Sqlite));
    }

    [Fact]
    public async Task The_script_for_an_empty_file_makes_what_the_migrations_make()
    {
        await using var scripted = await StoreFixture.CreateEmptyAsync(DatabaseKind.Sqlite, Assert.Skip);
        await using var migrated = await StoreFixture.CreateEmptyAsync(DatabaseKind.Sqlite, Assert.Skip);
        Assert.True(await FreshTables.MakeAsync(scripted.Database, default));
        Assert.False(await FreshTables.MakeAsync(scripted.Database, default), "Tables that are there were made again.");
        await using (var store = migrated.Database.CreateContext())
        {
            await store.Database.MigrateAsync();
            var script = store.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.NoTransactions);
            Assert.True(script.ReplaceLineEndings("\n") == FreshTables.Read().ReplaceLineEndings("\n"), "A migration is not in the script: run build/migrations --tables.");
        }

        Assert.Equal(await TablesAsync(migrated.Database), await TablesAsync(scripted.Database));
        Assert.Equal(SchemaState.Current, await scripted.Database.SchemaAsync(default));

        static async Task<List<string>> TablesAsync(StoreDatabase database)
        {
            await using var store = database.CreateContext();
            var tables = await store.Database.SqlQuery<string>($"SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS Value FROM sqlite_master WHERE name NOT LIKE '%\\_\\_EFMigrationsLock%' ESCAPE '\\'").ToListAsync();
            var history = await store.Database.SqlQuery<string>($"""SELECT "MigrationId" || ' ' || "ProductVersion" AS Value FROM "__EFMigrationsHistory" """).ToListAsync();
            return [.. tables.Concat(history).Order(StringComparer.Ordinal)];
        }
    }

    [Fact]
    public async Task Two_that_begin_with_the_same_empty_file_make_its_tables_once()
    {
        await using var fixture = await StoreFixture.CreateEmptyAsync(DatabaseKind.Sqlite, Assert.Skip);
        await using var other = fixture.Open();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => (i % 2 == 0 ? fixture.Database : other).MigrateAsync(default))));
        Assert.Equal(SchemaState.Current, await other.SchemaAsync(default));
    }

    [Fact]
    public async Task A_database_answers_while_it_is_there()
    {
        await using var fixture = await StoreFixture.CreateAsync(DatabaseKind.Sqlite, Assert.Skip);
        Assert.True(await fixture.Database.AnswersAsync(default));
        await fixture.Database.ReadAsync((store, cancel) => store.Organizations.CountAsync(cancel), default);   // leaves a connection in the pool
        File.Move(fixture.Location, fixture.Location + ".away");
        Assert.False(await fixture.Database.AnswersAsync(default));
        File.Move(fixture.Location + ".away", fixture.Location);
        Assert.True(await fixture.Database.AnswersAsync(default));

        await using var nowhere = StoreDatabase.OpenPostgres("Host=127.0.0.1;Port=1;Username=touchstone;Database=touchstone;Timeout=5");
        Assert.False(await nowhere.AnswersAsync(default));
    }

    /// <summary>Rows written under the first migration are there, and as they were, after the last.</summary>
    [Theory, MemberData(nameof(Databases))]
    public async Task Migrations_keep_what_a_full_database_holds(DatabaseKind kind)
    {
        await using var fixture = await StoreFixture.CreateEmptyAsync(kind, Assert.Skip);
        var organization = new Organization { Id = OrganizationId.New(TimeProvider.System.Now()), Name = "old", CreatedAt = TimeProvider.System.Now() };
        var row = new OutboxRow { Kind = OutboxKind.ProjectChanged, OrganizationId = organization.Id, ProjectId = ProjectId.New(TimeProvider.System.Now()), At = TimeProvider.System.Now() };
        await using (var store = fixture.Database.CreateContext())
        {
            await store.GetService<IMigrator>().MigrateAsync(store.Database.GetMigrations().First());
            store.AddRange(organization, row);
            await store.SaveChangesAsync();
        }

        await fixture.Database.MigrateAsync(default);
        await using var after = fixture.Database.CreateContext();
        var kept = await after.Organizations.SingleAsync();
        Assert.Equal((organization.Id, "old", organization.CreatedAt), (kept.Id, kept.Name, kept.CreatedAt));
        Assert.Equal(row.At, (await after.Outbox.SingleAsync()).At);
    }
}
