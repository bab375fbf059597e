using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
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
            await store.Database.ExecuteSqlRawAsync($"SELECT {string.Join(", ", entity.GetProperties().Select(p => p.GetColumnName()))} FROM {entity.GetTableName()} WHERE 1 = 0");
#pragma warning restore EF1002
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
