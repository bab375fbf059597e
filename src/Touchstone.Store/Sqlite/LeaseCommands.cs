using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Sqlite;

/// <summary>Ends, renews and expires leases; saves drafts.</summary>
internal static class LeaseCommands
{
    public static EndResult End(QueueSession session, Worker worker, LeaseToken token, LeaseState becomes, string? reason)
    {
        var own = FindOwn(session, worker, token, out var lease);
        if (LeaseRules.RefuseEnd(own, lease.State, becomes) is { } refusal) return new EndResult.Refused(refusal);

        // An expired lease has no slot to give back, but it can still be skipped: never again.
        if (lease.State == becomes || (lease.State == LeaseState.Expired && becomes == LeaseState.Returned)) return new EndResult.Ended(Repeated: true);
        LeaseRows.End(session, lease, becomes, reason);
        session.WriteOutbox(becomes == LeaseState.Skipped ? OutboxKind.LeaseSkipped : OutboxKind.LeaseReturned, lease, lease.Id.Value);
        return new EndResult.Ended(Repeated: false);
    }

    public static HeartbeatResult Heartbeat(QueueSession session, Worker worker, LeaseToken token)
    {
        var own = FindOwn(session, worker, token, out var lease);
        if (RefuseRenewal(session, worker, own, lease, forDraft: false) is { } refusal) return new HeartbeatResult.Refused(refusal);
        return new HeartbeatResult.Extended(Renew(session, lease));
    }

    public static DraftResult SaveDraft(QueueSession session, Worker worker, LeaseToken token, string body, int baseVersion)
    {
        var own = FindOwn(session, worker, token, out var lease);
        if (RefuseRenewal(session, worker, own, lease, forDraft: true) is { } refusal) return new DraftResult.Refused(refusal);
        if (Draft(session, lease.Id) is { } draft && draft.Version != baseVersion) return new DraftResult.Conflict(draft);
        session.PrepareWrite(
            """
            INSERT INTO drafts (lease_id, organization_id, body, version, updated_at) VALUES (?1, ?2, ?3, 1, ?4)
            ON CONFLICT (lease_id) DO UPDATE SET body = excluded.body, version = version + 1, updated_at = excluded.updated_at
            """)
            .Bind(1, lease.Id.Value).Bind(2, lease.OrganizationId.Value).Bind(3, body).Bind(4, session.Now.ToMicroseconds())
            .Run();
        var saved = Draft(session, lease.Id)!.Version;
        return new DraftResult.Saved(saved, lease.State == LeaseState.Live ? Renew(session, lease) : lease.ExpiresAt);
    }

    public static Expired Expire(QueueSession session, int limit)
    {
        var overdue = LeaseRows.FindOverdue(session, limit);
        foreach (var lease in overdue)
        {
            // Several leases of one task: each free slot moves it again, which the row of the next one does not show.
            LeaseRows.End(session, lease, LeaseState.Expired, reason: null);
            session.WriteOutbox(OutboxKind.LeaseExpired, lease, lease.Id.Value);
        }

        return new Expired(overdue.Count);
    }

    public sealed record Expired(int Count);

    private static bool FindOwn(QueueSession session, Worker worker, LeaseToken token, out LeaseRow lease)
    {
        var found = LeaseRows.Find(session, token);
        lease = found.GetValueOrDefault();
        return found is not null && lease.ContributorId == worker.ContributorId && lease.OrganizationId == worker.OrganizationId;
    }

    private static string? RefuseRenewal(QueueSession session, Worker worker, bool own, in LeaseRow lease, bool forDraft) =>
        LeaseRules.RefuseRenewal(own, lease.State, own && session.IsSuspended(worker), worker.Clearances.Contains(lease.CompartmentId), forDraft);

    private static DateTimeOffset Renew(QueueSession session, in LeaseRow lease)
    {
        var expires = LeaseRules.Renewed(lease.ExpiresAt, session.Project(lease.ProjectId)!, session.Now);
        session.PrepareWrite("UPDATE leases SET expires_at = ?2 WHERE id = ?1").Bind(1, lease.Id.Value).Bind(2, expires.ToMicroseconds()).Run();
        return expires;
    }

    private static DraftView? Draft(QueueSession session, LeaseId lease)
    {
        var select = session.Prepare("SELECT body, version, updated_at FROM drafts WHERE lease_id = ?1").Bind(1, lease.Value);
        var draft = select.Step() ? new DraftView(select.Text(0), select.Int(1), Instant.FromMicroseconds(select.Long(2))) : null;
        select.Reset();
        return draft;
    }
}
