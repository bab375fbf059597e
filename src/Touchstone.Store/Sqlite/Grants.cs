using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Sqlite;

/// <summary>Makes leases.</summary>
internal static class Grants
{
    /// <summary>Leases the task for an independent response; it takes a slot, unless it is gold, which no longer stands to come back.</summary>
    public static NextResult Give(QueueSession session, Worker worker, ProjectFacts project, Candidate task)
    {
        var granted = Insert(session, worker, project, task, LeasePurpose.Work);
        if (task.Purpose == TaskPurpose.Gold)
        {
            if ((task.Own & LeaseMarks.Ended) != 0) Standing.Forget(session, project.Id, worker.ContributorId, task.TaskId);
            return granted;
        }

        session.PrepareWrite("UPDATE tasks SET open_slots = open_slots - 1 WHERE id = ?1").Bind(1, task.TaskId.Value).Run();
        return granted;
    }

    /// <summary>Leases the task for a review.</summary>
    public static NextResult GiveReview(QueueSession session, Worker worker, ProjectFacts project, Candidate task) =>
        Insert(session, worker, project, task, LeasePurpose.Review);

    private static NextResult.Granted Insert(QueueSession session, Worker worker, ProjectFacts project, Candidate task, LeasePurpose purpose)
    {
        var now = session.Now;
        var lease = new LeaseGrant(
            LeaseToken.New(now), LeaseId.New(now), project.Id, task.TaskId, task.AssetId, task.Inputs, task.OntologyVersion, purpose, now,
            project.ExpiryFrom(now), Supersedes: null, task.HasPrelabel);
        session.PrepareWrite(
            """
            INSERT INTO leases (id, token, organization_id, compartment_id, project_id, task_id, contributor_id, purpose, state, handed_out, issued_at, expires_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 1, ?9, ?10)
            """)
            .Bind(1, lease.LeaseId.Value).Bind(2, lease.Token.Value).Bind(3, project.OrganizationId.Value).Bind(4, task.CompartmentId.Value)
            .Bind(5, project.Id.Value).Bind(6, task.TaskId.Value).Bind(7, worker.ContributorId.Value).Bind(8, (long)purpose)
            .Bind(9, now.ToMicroseconds()).Bind(10, lease.ExpiresAt.ToMicroseconds())
            .Run();
        var draft = (task.Own & LeaseMarks.Ended) != 0 ? CarryDraft(session, worker, lease) : 0;
        return new NextResult.Granted(lease) { CompartmentId = task.CompartmentId, DraftVersion = draft };
    }

    /// <summary>Work saved under an earlier lease of the same contributor and purpose on the task is not lost with it.</summary>
    private static int CarryDraft(QueueSession session, Worker worker, LeaseGrant lease)
    {
        var copy = session.PrepareWrite(
            """
            INSERT INTO drafts (lease_id, organization_id, body, version, updated_at)
            SELECT ?1, d.organization_id, d.body, 1, d.updated_at FROM leases l JOIN drafts d ON d.lease_id = l.id
            WHERE l.task_id = ?2 AND l.contributor_id = ?3 AND l.purpose = ?4 AND l.id <> ?1 ORDER BY d.updated_at DESC LIMIT 1 RETURNING version
            """).Bind(1, lease.LeaseId.Value).Bind(2, lease.TaskId.Value).Bind(3, worker.ContributorId.Value).Bind(4, (long)lease.Purpose);
        var version = copy.Step() ? copy.Int(0) : 0;
        if (version > 0) copy.Step();
        copy.Reset();
        return version;
    }
}
