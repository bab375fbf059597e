using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Sqlite;

/// <summary>Leases that the worker has already: a correction that waits for them, or one of those they hold when they hold enough.</summary>
internal static class HeldLeases
{
    private const string Live =
        """
        SELECT l.id, l.token, l.task_id, l.purpose, l.issued_at, l.expires_at, l.supersedes, l.handed_out, l.compartment_id,
               t.asset_id, t.inputs, t.ontology_version, (SELECT version FROM drafts d WHERE d.lease_id = l.id)
        FROM leases l JOIN tasks t ON t.id = l.task_id
        WHERE l.contributor_id = ?1 AND l.project_id = ?2 AND l.state = 0 AND l.purpose <> 1 ORDER BY l.issued_at, l.id
        """;

    private const string LiveReviews =
        """
        SELECT l.id, l.token, l.task_id, l.purpose, l.issued_at, l.expires_at, l.supersedes, l.handed_out, l.compartment_id,
               t.asset_id, t.inputs, t.ontology_version, (SELECT version FROM drafts d WHERE d.lease_id = l.id)
        FROM leases l JOIN tasks t ON t.id = l.task_id
        WHERE l.contributor_id = ?1 AND l.project_id = ?2 AND l.state = 0 AND l.purpose = 1 ORDER BY l.issued_at, l.id
        """;

    /// <returns>Null when the worker is to be given another one.</returns>
    public static NextResult? Find(QueueSession session, Worker worker, ProjectFacts project, bool newest) =>
        Find(session, session.Prepare(Live), worker, project, newest);

    public static NextResult? FindReview(QueueSession session, Worker worker, ProjectFacts project) =>
        Find(session, session.Prepare(LiveReviews), worker, project, newest: false);

    private static NextResult.Granted? Find(QueueSession session, SqliteStatement select, Worker worker, ProjectFacts project, bool newest)
    {
        NextResult.Granted? oldest = null, latest = null, waiting = null;
        var held = 0;
        select.Bind(1, worker.ContributorId.Value).Bind(2, project.Id.Value);
        while (select.Step())
        {
            var lease = Read(select, project);
            if (select.Int(7) == 0)
            {
                waiting ??= lease;
                continue;
            }

            held++;
            oldest ??= lease;
            latest = lease;
        }

        select.Reset();
        var again = waiting ?? (held < session.Options.MaxHeld ? null : newest ? latest : oldest);
        return again is null ? null : Renew(session, project, again);
    }

    private static NextResult.Granted Read(SqliteStatement row, ProjectFacts project) => new(new LeaseGrant(
        new(row.Uuid(1)), new(row.Uuid(0)), project.Id, new(row.Uuid(2)), row.UuidOrNull(9) is { } asset ? new AssetId(asset) : null, row.TextOrNull(10),
        row.Int(11), (LeasePurpose)row.Int(3), Instant.FromMicroseconds(row.Long(4)), Instant.FromMicroseconds(row.Long(5)),
        row.UuidOrNull(6) is { } supersedes ? new ResponseId(supersedes) : null))
    {
        CompartmentId = new(row.Uuid(8)),
        DraftVersion = row.IsNull(12) ? 0 : row.Int(12),
    };

    private static NextResult.Granted Renew(QueueSession session, ProjectFacts project, NextResult.Granted again)
    {
        var expires = LeaseRules.Renewed(again.Lease.ExpiresAt, project, session.Now);
        session.PrepareWrite("UPDATE leases SET handed_out = 1, expires_at = ?2 WHERE id = ?1")
            .Bind(1, again.Lease.LeaseId.Value).Bind(2, expires.ToMicroseconds())
            .Run();
        return again with { Lease = again.Lease with { ExpiresAt = expires } };
    }
}
