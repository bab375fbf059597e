using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Sqlite;

/// <summary>Gold that a contributor returned, and where among ordinary work it comes back to them.</summary>
internal sealed record Standing(int Lane, long Number, Candidate Gold)
{
    // Of leases given since the return only the first are looked at: an ordinary task would have gone to the first who asked.
    private const string Foremost =
        """
        SELECT r.task_id, r.queue_number, t.asset_id, t.inputs, t.ontology_version, t.audit_of, t.compartment_id, t.purpose, t.prelabel IS NOT NULL, r.lane,
               t.purpose = 2 AND t.open_slots > 0 AND p.overlap_min > (
                   SELECT count(*) FROM (
                       SELECT l.project_id, l.contributor_id, l.purpose FROM leases l WHERE l.id > r.since ORDER BY l.id LIMIT 500) o
                   WHERE o.project_id = r.project_id AND o.contributor_id <> r.contributor_id AND o.purpose = 0)
        FROM returned_gold r JOIN tasks t ON t.id = r.task_id JOIN projects p ON p.id = r.project_id
        WHERE r.project_id = ?1 AND r.contributor_id = ?2 ORDER BY r.lane DESC, r.queue_number LIMIT 1
        """;

    /// <summary>The one that the contributor comes to first. What does not come back is forgotten: answered, skipped, retired, or as an ordinary
    /// task it would by now be with others.</summary>
    public static Standing? First(QueueSession session, ProjectId project, ContributorId contributor)
    {
        while (Read(session, project, contributor, out var comes) is { } first)
        {
            if (comes) return first;
            Forget(session, project, contributor, first.Gold.TaskId);
        }

        return null;
    }

    private static Standing? Read(QueueSession session, ProjectId project, ContributorId contributor, out bool comes)
    {
        comes = false;
        Standing? first = null;
        var row = session.Prepare(Foremost).Bind(1, project.Value).Bind(2, contributor.Value);
        if (row.Step())
        {
            var task = new LabelTaskId(row.Uuid(0));
            var own = session.Marks(task, contributor);
            comes = row.Int(10) != 0 && LeaseRules.Candidate(own, LeaseMarks.None) == Verdict.Take;
            first = new(row.Int(9), row.Long(1), Candidate.Read(row, task, own));
        }

        row.Reset();
        return first;
    }

    /// <summary>Gives returned gold a place in the lane where an ordinary task would come back.</summary>
    public static void Place(QueueSession session, in LeaseRow lease)
    {
        var lane = lease.ReturnLane;
        var number = session.TakeNumber(lease.ProjectId, lane);
        session.PrepareWrite(
            """
            INSERT INTO returned_gold (project_id, contributor_id, task_id, lane, queue_number, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (project_id, contributor_id, task_id) DO UPDATE SET lane = excluded.lane, queue_number = excluded.queue_number, since = excluded.since
            """)
            .Bind(1, lease.ProjectId.Value).Bind(2, lease.ContributorId.Value).Bind(3, lease.TaskId.Value).Bind(4, lane).Bind(5, number)
            .Bind(6, LeaseId.New(session.Now).Value)
            .Run();
    }

    public static void Forget(QueueSession session, ProjectId project, ContributorId contributor, LabelTaskId task) =>
        session.PrepareWrite("DELETE FROM returned_gold WHERE project_id = ?1 AND contributor_id = ?2 AND task_id = ?3")
            .Bind(1, project.Value).Bind(2, contributor.Value).Bind(3, task.Value)
            .Run();
}
