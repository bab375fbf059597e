using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Sqlite;

/// <summary>Leases tasks in review, the oldest first, one reviewer at a time.</summary>
internal static class ReviewCommand
{
    public static NextResult Next(QueueSession session, Worker worker, ProjectId project)
    {
        var facts = session.Project(project);
        if (LeaseRules.RefuseNext(new(worker, session.IsSuspended(worker), facts, ForReview: true)) is { } reason) return new NextResult.Nothing(reason);
        if (HeldLeases.FindReview(session, worker, facts!) is { } held) return held;
        var any = false;
        Candidate? found = null;
        var tasks = session.Prepare(
            """
            SELECT id, 0, asset_id, inputs, ontology_version, audit_of, compartment_id, purpose FROM tasks t
            WHERE project_id = ?1 AND state = 1 AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.task_id = t.id AND l.state = 0 AND l.purpose = 1)
            ORDER BY id
            """).Bind(1, project.Value);
        while (found is null && tasks.Step())
        {
            any = true;
            var task = new LabelTaskId(tasks.Uuid(0));
            var auditOf = tasks.UuidOrNull(5) is { } original ? new LabelTaskId(original) : (LabelTaskId?)null;
            var own = session.Marks(task, worker.ContributorId);
            if (LeaseRules.MayReview(own, session.RelatedMarks(task, auditOf, worker))) found = Candidate.Read(tasks, task, own);
        }

        tasks.Reset();
        if (found is null) return new NextResult.Nothing(any ? QueueReason.AllDoneByYou : QueueReason.NothingOpen);
        return Grants.GiveReview(session, worker, facts!, found);
    }
}
