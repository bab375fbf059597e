using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Sqlite;

/// <summary>Reads leases, and ends them together with what follows for their task's slots.</summary>
internal static class LeaseRows
{
    private const string ByToken =
        """
        SELECT l.id, l.token, l.task_id, l.contributor_id, l.organization_id, l.compartment_id, l.project_id, l.purpose, l.state, l.supersedes,
               l.expires_at, t.ontology_version, t.open_slots, t.lane, t.purpose, t.state, t.audit_of, t.priority
        FROM leases l JOIN tasks t ON t.id = l.task_id WHERE l.token = ?1
        """;

    private const string Overdue =
        """
        SELECT l.id, l.token, l.task_id, l.contributor_id, l.organization_id, l.compartment_id, l.project_id, l.purpose, l.state, l.supersedes,
               l.expires_at, t.ontology_version, t.open_slots, t.lane, t.purpose, t.state, t.audit_of, t.priority
        FROM leases l JOIN tasks t ON t.id = l.task_id WHERE l.state = 0 AND l.expires_at <= ?1 ORDER BY l.expires_at LIMIT ?2
        """;

    public static LeaseRow? Find(QueueSession session, LeaseToken token)
    {
        var select = session.Prepare(ByToken).Bind(1, token.Value);
        LeaseRow? row = select.Step() ? Read(select) : null;
        select.Reset();
        return row;
    }

    public static List<LeaseRow> FindOverdue(QueueSession session, int limit)
    {
        var rows = new List<LeaseRow>();
        var select = session.Prepare(Overdue).Bind(1, session.Now.ToMicroseconds()).Bind(2, limit);
        while (select.Step()) rows.Add(Read(select));
        select.Reset();
        return rows;
    }

    private static LeaseRow Read(SqliteStatement row) => new(
        new(row.Uuid(0)), new(row.Uuid(1)), new(row.Uuid(2)), new(row.Uuid(3)), new(row.Uuid(4)), new(row.Uuid(5)), new(row.Uuid(6)),
        (LeasePurpose)row.Int(7), (LeaseState)row.Int(8), row.UuidOrNull(9) is { } supersedes ? new ResponseId(supersedes) : null,
        Instant.FromMicroseconds(row.Long(10)), row.Int(11), row.Int(12), row.Int(13), (TaskPurpose)row.Int(14), (TaskState)row.Int(15),
        row.UuidOrNull(16) is { } original ? new LabelTaskId(original) : null,
        row.Int(17));

    /// <summary>Marks the lease as ended; a slot that it held comes free, and gold gets a place to come back from.</summary>
    public static void End(QueueSession session, in LeaseRow lease, LeaseState becomes, string? reason)
    {
        session.PrepareWrite("UPDATE leases SET state = ?2, ended_at = ?3, reason = ?4 WHERE id = ?1")
            .Bind(1, lease.Id.Value).Bind(2, (long)becomes).Bind(3, session.Now.ToMicroseconds()).Bind(4, reason)
            .Run();
        if (LeaseRules.StandsAgain(lease, becomes)) Standing.Place(session, lease);
        if (lease.State != LeaseState.Live || becomes == LeaseState.Submitted || lease.IsGold) return;
        if (lease.Purpose == LeasePurpose.Work) FreeSlot(session, lease);
        else if (lease.Purpose == LeasePurpose.Review && lease.OpenSlots > 0) ShowAgain(session, lease);
    }

    private static void FreeSlot(QueueSession session, in LeaseRow lease)
    {
        if (!LeaseRules.ReopensWhenFreed(lease.TaskState))
        {
            session.PrepareWrite("UPDATE tasks SET overlap = overlap - 1 WHERE id = ?1").Bind(1, lease.TaskId.Value).Run();
            return;
        }

        Renumber(session, lease, slots: 1);
    }

    /// <summary>The holder's cursor may have passed the task while they held it for review, so it gets a new number.</summary>
    private static void ShowAgain(QueueSession session, in LeaseRow lease) => Renumber(session, lease, slots: 0);

    private static void Renumber(QueueSession session, in LeaseRow lease, int slots)
    {
        var lane = lease.ReturnLane;
        var number = session.TakeNumber(lease.ProjectId, lane);
        session.PrepareWrite("UPDATE tasks SET open_slots = open_slots + ?4, lane = ?2, queue_number = ?3 WHERE id = ?1")
            .Bind(1, lease.TaskId.Value).Bind(2, lane).Bind(3, number).Bind(4, slots)
            .Run();
    }
}
