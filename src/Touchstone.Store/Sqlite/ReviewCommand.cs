using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Sqlite;

/// <summary>Leases tasks in review, the oldest first or the one that is named, one reviewer at a time.</summary>
internal static class ReviewCommand
{
    public static NextResult Next(QueueSession session, Worker worker, ProjectId project, LabelTaskId? task)
    {
        var facts = session.Project(project);
        if (LeaseRules.RefuseNext(new(worker, session.IsSuspended(worker), facts, ForReview: true)) is { } reason) return new NextResult.Nothing(reason);
        return task is { } named ? Named(session, worker, facts!, named) : Oldest(session, worker, facts!);
    }

    private static NextResult Oldest(QueueSession session, Worker worker, ProjectFacts project)
    {
        if (HeldLeases.FindReview(session, worker, project) is { } held) return held;
        var any = false;
        Candidate? found = null;
        var tasks = session.Prepare(
            """
            SELECT id, 0, asset_id, inputs, ontology_version, audit_of, compartment_id, purpose, prelabel IS NOT NULL FROM tasks t
            WHERE project_id = ?1 AND state = 1 AND purpose = 0 AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.task_id = t.id AND l.state = 0 AND l.purpose = 1)
            ORDER BY id
            """).Bind(1, project.Id.Value);
        while (found is null && tasks.Step())
        {
            any = true;
            found = Eligible(session, worker, tasks);
        }

        tasks.Reset();
        if (found is null) return new NextResult.Nothing(any ? QueueReason.AllDoneByYou : QueueReason.NothingOpen);
        return Grants.GiveReview(session, worker, project, found);
    }

    private static NextResult Named(QueueSession session, Worker worker, ProjectFacts project, LabelTaskId task)
    {
        if (HeldLeases.FindReview(session, worker, project, task) is { } held) return held;
        var tasks = session.Prepare(
            """
            SELECT id, EXISTS (SELECT 1 FROM leases l WHERE l.task_id = t.id AND l.state = 0 AND l.purpose = 1),
                   asset_id, inputs, ontology_version, audit_of, compartment_id, purpose, prelabel IS NOT NULL
            FROM tasks t WHERE id = ?1 AND project_id = ?2 AND state = 1 AND purpose = 0
            """).Bind(1, task.Value).Bind(2, project.Id.Value);
        var isThere = tasks.Step();
        var isTaken = isThere && tasks.Int(1) == 1;
        var found = isThere && !isTaken ? Eligible(session, worker, tasks) : null;
        tasks.Reset();
        if (found is not null) return Grants.GiveReview(session, worker, project, found);
        return new NextResult.Nothing(!isThere ? QueueReason.NotInReview : isTaken ? QueueReason.Taken : QueueReason.OwnWork);
    }

    private static Candidate? Eligible(QueueSession session, Worker worker, SqliteStatement row)
    {
        var task = new LabelTaskId(row.Uuid(0));
        var auditOf = row.UuidOrNull(5) is { } original ? new LabelTaskId(original) : (LabelTaskId?)null;
        var own = session.ReviewMarks(task, worker.ContributorId);
        return LeaseRules.MayReview(own, session.RelatedMarks(task, auditOf, worker)) ? Candidate.Read(row, task, own) : null;
    }
}
