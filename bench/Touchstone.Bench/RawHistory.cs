using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Bench;

/// <summary>Work done before, written by SQL inside the database.</summary>
internal static class RawHistory
{
    /// <summary>The contributor has answered the first open tasks of the project's ordinary lane; the tasks stay open for others.</summary>
    public static async Task AnswerFirstAsync(StoreDatabase database, ProjectId project, ContributorId contributor, int count)
    {
        await using var store = database.CreateContext();
        var (id, now) = database.IsSqlite ? ("randomblob(16)", "1760000000000000") : ("gen_random_uuid()", "timestamptz '2025-10-09 08:53:20Z'");
        var handedOut = database.IsSqlite ? "1" : "true";
        var sql = $$"""
            INSERT INTO leases (id, token, organization_id, compartment_id, project_id, task_id, contributor_id, purpose, state, issued_at, expires_at, ended_at, handed_out)
            SELECT {{id}}, {{id}}, organization_id, compartment_id, project_id, id, {1}, 0, 1, {{now}}, {{now}}, {{now}}, {{handedOut}}
            FROM tasks WHERE project_id = {0} AND lane = 10 AND open_slots > 0 ORDER BY queue_number LIMIT {{count}}
            """;
        object[] values = database.IsSqlite
            ? [project.Value.ToByteArray(bigEndian: true), contributor.Value.ToByteArray(bigEndian: true)]
            : [project.Value, contributor.Value];
        await store.Database.ExecuteSqlRawAsync(sql, values);
    }
}
