using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Sqlite;

/// <summary>Leases that the worker has already: a correction that waits for them, or one of those they hold when they hold enough.</summary>
internal static class HeldLeases
{
    private const string Live =
        "SELECT id, issued_at, handed_out FROM leases WHERE contributor_id = ?1 AND project_id = ?2 AND state = 0 AND purpose <> 1";

    private const string LiveReviews =
        "SELECT id, issued_at, handed_out, task_id FROM leases WHERE contributor_id = ?1 AND project_id = ?2 AND state = 0 AND purpose = 1";

    private const string Whole =
        """
        SELECT l.token, l.task_id, l.purpose, l.issued_at, l.expires_at, l.supersedes, l.compartment_id,
               t.asset_id, t.inputs, t.ontology_version, (SELECT version FROM drafts d WHERE d.lease_id = l.id), t.prelabel IS NOT NULL
        FROM leases l JOIN tasks t ON t.id = l.task_id WHERE l.id = ?1
        """;

    private readonly record struct Held(LeaseId Id, long IssuedAt) : IComparable<Held>
    {
        public int CompareTo(Held other) => (IssuedAt, Id.Value).CompareTo((other.IssuedAt, other.Id.Value));
    }

    /// <returns>Null when the worker is to be given another one.</returns>
    public static NextResult? Find(QueueSession session, Worker worker, ProjectFacts project, bool newest) =>
        Find(session, session.Prepare(Live), worker, project, newest);

    public static NextResult? FindReview(QueueSession session, Worker worker, ProjectFacts project) =>
        Find(session, session.Prepare(LiveReviews), worker, project, newest: false);

    /// <summary>The review that the worker holds of just this task.</summary>
    /// <returns>Null when they may be given it.</returns>
    public static NextResult? FindReview(QueueSession session, Worker worker, ProjectFacts project, LabelTaskId task)
    {
        LeaseId? held = null;
        var count = 0;
        var select = session.Prepare(LiveReviews).Bind(1, worker.ContributorId.Value).Bind(2, project.Id.Value);
        while (select.Step())
        {
            count++;
            if (select.Uuid(3) == task.Value) held = new(select.Uuid(0));
        }

        select.Reset();
        if (held is { } again) return Renew(session, project, again);
        return count < session.Options.MaxHeld ? null : new NextResult.Nothing(QueueReason.HeldEnough);
    }

    private static NextResult.Granted? Find(QueueSession session, SqliteStatement select, Worker worker, ProjectFacts project, bool newest)
    {
        Held? oldest = null, latest = null, waiting = null;
        var count = 0;
        select.Bind(1, worker.ContributorId.Value).Bind(2, project.Id.Value);
        while (select.Step())
        {
            var held = new Held(new(select.Uuid(0)), select.Long(1));
            if (select.Int(2) == 0)
            {
                waiting = First(waiting, held);
                continue;
            }

            count++;
            oldest = First(oldest, held);
            latest = latest is { } before && before.CompareTo(held) > 0 ? before : held;
        }

        select.Reset();
        var again = waiting ?? (count < session.Options.MaxHeld ? null : newest ? latest : oldest);
        return again is { } lease ? Renew(session, project, lease.Id) : null;
    }

    private static Held First(Held? one, Held other) => one is { } known && known.CompareTo(other) < 0 ? known : other;

    private static NextResult.Granted Renew(QueueSession session, ProjectFacts project, LeaseId id)
    {
        var row = session.Prepare(Whole).Bind(1, id.Value);
        row.Step();
        var expires = LeaseRules.Renewed(Instant.FromMicroseconds(row.Long(4)), project, session.Now);
        var lease = new LeaseGrant(
            new(row.Uuid(0)), id, project.Id, new(row.Uuid(1)), row.UuidOrNull(7) is { } asset ? new AssetId(asset) : null, row.TextOrNull(8),
            row.Int(9), (LeasePurpose)row.Int(2), Instant.FromMicroseconds(row.Long(3)), expires,
            row.UuidOrNull(5) is { } supersedes ? new ResponseId(supersedes) : null, row.Int(11) != 0);
        var granted = new NextResult.Granted(lease) { CompartmentId = new(row.Uuid(6)), DraftVersion = row.IsNull(10) ? 0 : row.Int(10) };
        row.Reset();
        session.PrepareWrite("UPDATE leases SET handed_out = 1, expires_at = ?2 WHERE id = ?1").Bind(1, id.Value).Bind(2, expires.ToMicroseconds()).Run();
        return granted;
    }
}
