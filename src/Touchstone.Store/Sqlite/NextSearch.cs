using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Store.Sqlite;

/// <summary>Finds a worker the next task. A long walk is cut into turns, so that one contributor never holds up the others.</summary>
internal sealed class NextSearch(Worker worker, ProjectId project, bool newest)
{
    private const int TurnScans = 16;

    // Where a walk that was cut goes on.
    private int _lane = int.MaxValue;
    private long _number;
    private bool _waited;
    private StandingFacts? _standing;

    public void Reset() => (_lane, _number, _waited) = (int.MaxValue, 0, false);

    /// <returns>Null when it needs another turn.</returns>
    public NextResult? Run(QueueSession session)
    {
        var facts = session.Project(project);
        _standing = facts is null ? null : session.StandingOf(facts, worker.ContributorId);
        var toTrain = facts is not null && LeaseRules.WantsTraining(facts, _standing) && session.HasTraining(project);
        if (LeaseRules.RefuseNext(new(worker, session.IsSuspended(worker), facts, ForReview: false, toTrain)) is { } reason) return new NextResult.Nothing(reason);
        return HeldLeases.Find(session, worker, facts!, newest) ?? Walk(session, facts!);
    }

    private NextResult? Walk(QueueSession session, ProjectFacts facts)
    {
        var budget = session.Options.ScanRows * TurnScans;
        var standing = Standing.First(session, project, worker.ContributorId);
        foreach (var lane in session.Lanes(project))
        {
            if (!Lanes.MayTake(lane, worker.Role) || lane > _lane) continue;
            if (standing?.Lane > lane) break;
            if (lane < _lane) (_lane, _number, _waited) = (lane, 0, false);
            var until = standing?.Lane == lane ? standing.Number : long.MaxValue;
            if (WalkLane(session, lane, until, ref budget, ref _number, ref _waited) is { } step) return Take(session, facts, lane, step);
            if (budget <= 0) return null;
        }

        if (standing is not null) return Grants.Give(session, worker, facts, standing.Gold);
        var open = session.LanesNow(project).Exists(lane => Lanes.MayTake(lane, worker.Role));
        return new NextResult.Nothing(open ? QueueReason.AllDoneByYou : QueueReason.NothingOpen);
    }

    /// <summary>Gives the task, or gold in its place. Gold never comes when there is nothing else, nor in place of a task that comes back: who returned
    /// it and got another would know that one for gold.</summary>
    private NextResult Take(QueueSession session, ProjectFacts facts, int lane, Step step)
    {
        if ((step.Found.Own & LeaseMarks.Ended) == 0 && DrawGold(session, facts) is { } gold)
        {
            if (step.Passed > step.Cursor) session.MoveCursor(project, worker.ContributorId, lane, step.Passed);
            return Grants.Give(session, worker, facts, gold);
        }

        if (step.PassedIfTaken > step.Cursor) session.MoveCursor(project, worker.ContributorId, lane, step.PassedIfTaken);
        return Grants.Give(session, worker, facts, step.Found);
    }

    private Candidate? DrawGold(QueueSession session, ProjectFacts facts)
    {
        if (session.Random.NextDouble() >= LeaseRules.GoldRate(facts, _standing)) return null;
        var start = session.Random.Next(Lanes.GoldCount);
        for (var i = 0; i < Lanes.GoldCount; i++)
        {
            var budget = session.Options.ScanRows;
            var (number, waited) = (0L, false);
            var lane = Lanes.Gold(start + i);
            if (WalkLane(session, lane, long.MaxValue, ref budget, ref number, ref waited) is not { } step) continue;
            session.MoveCursor(project, worker.ContributorId, lane, step.PassedIfTaken);
            return step.Found;
        }

        return null;
    }

    /// <summary>A task that may be taken, and how far the cursor may then move, or otherwise.</summary>
    private readonly record struct Step(Candidate Found, long Cursor, long Passed, long PassedIfTaken);

    /// <summary>Walks open tasks above the worker's cursor, up to a number, until one may be taken or the budget is used. Without a find the cursor moves
    /// over what was passed; with one the caller moves it, since the task may not be given after all.</summary>
    private Step? WalkLane(QueueSession session, int lane, long until, ref int budget, ref long from, ref bool waited)
    {
        var cursor = session.Cursor(project, worker.ContributorId, lane);
        from = Math.Max(from, cursor);
        var passed = cursor;
        Step? found = null;
        var tasks = session.Prepare(
            """
            SELECT id, queue_number, asset_id, inputs, ontology_version, audit_of, compartment_id, purpose, prelabel IS NOT NULL FROM tasks
            WHERE project_id = ?1 AND lane = ?2 AND queue_number > ?3 AND open_slots > 0 ORDER BY queue_number
            """).Bind(1, project.Value).Bind(2, lane).Bind(3, from);
        while (found is null && budget-- > 0 && tasks.Step() && tasks.Long(1) < until)
        {
            var task = new LabelTaskId(tasks.Uuid(0));
            var auditOf = tasks.UuidOrNull(5) is { } original ? new LabelTaskId(original) : (LabelTaskId?)null;
            var own = session.Marks(task, worker.ContributorId);
            var verdict = LeaseRules.Candidate(own, session.RelatedMarks(task, auditOf, worker));
            from = tasks.Long(1);
            if (verdict == Verdict.Take) found = new(Candidate.Read(tasks, task, own), cursor, passed, waited ? passed : from);
            waited |= verdict == Verdict.Wait;
            if (verdict == Verdict.Pass && !waited) passed = from;
        }

        tasks.Reset();
        if (found is null && passed > cursor) session.MoveCursor(project, worker.ContributorId, lane, passed);
        return found;
    }
}
