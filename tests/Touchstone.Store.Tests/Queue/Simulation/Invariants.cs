using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Tests.Queue.Simulation;

/// <summary>What must hold after every step, read from the tables themselves.</summary>
internal sealed class Invariants(StoreDatabase database)
{
    public async Task CheckAsync(ProjectId project, List<SimulatedContributor> people, bool all)
    {
        var touched = people.SelectMany(person => person.Touched).Distinct().ToList();
        foreach (var person in people) person.Touched.Clear();
        await using var store = database.CreateContext();
        var tasks = store.Tasks.Where(t => t.ProjectId == project);
        await CheckSlotsAsync(store, all ? tasks : tasks.Where(t => touched.Contains(t.Id)));
        await CheckHeldAsync(store, project);
        await CheckReturnedGoldAsync(store, project);
        await CheckCursorsAsync(store, project);
        if (!all) return;
        await CheckResponsesAsync(store, project, people);
        await CheckJudgesAsync(store, project);
    }

    private static async Task CheckSlotsAsync(StoreContext store, IQueryable<LabelTask> tasks)
    {
        var rows = await tasks.Select(t => new
        {
            t.Id,
            t.Purpose,
            t.Overlap,
            t.OpenSlots,
            t.ResponseCount,
            Live = store.Leases.Count(l => l.TaskId == t.Id && l.State == LeaseState.Live && l.Purpose == LeasePurpose.Work),
            Responses = store.Responses.Count(r => r.TaskId == t.Id && r.Supersedes == null),
            People = store.Responses.Where(r => r.TaskId == t.Id && r.Supersedes == null).Select(r => r.ContributorId).Distinct().Count(),
        }).ToListAsync();
        foreach (var t in rows)
        {
            Assert.True(t.ResponseCount == t.Responses, $"Task {t.Id} counts {t.ResponseCount} responses and has {t.Responses}.");
            Assert.True(t.People == t.Responses, $"Task {t.Id} has {t.Responses} responses of {t.People} people.");
            var open = t.Purpose switch { TaskPurpose.Gold => 1, TaskPurpose.Training => 0, _ => t.Overlap - t.Live - t.Responses };
            Assert.True(t.Purpose != TaskPurpose.Training || t.Live + t.Responses == 0, $"Training task {t.Id} was handed out.");
            Assert.True(t.OpenSlots == open && open >= 0, $"Task {t.Id}: {t.OpenSlots} open of {t.Overlap}, {t.Live} live, {t.Responses} responses.");
        }
    }

    private static async Task CheckHeldAsync(StoreContext store, ProjectId project)
    {
        var held = await store.Leases
            .Where(l => l.ProjectId == project && l.State == LeaseState.Live && l.Purpose == LeasePurpose.Work)
            .GroupBy(l => l.ContributorId).Select(g => g.Count()).ToListAsync();
        Assert.All(held, count => Assert.InRange(count, 0, 2));
    }

    /// <summary>What stands to come back to somebody they do not have, and it stands where no task does.</summary>
    private static async Task CheckReturnedGoldAsync(StoreContext store, ProjectId project)
    {
        var standing = store.ReturnedGold.Where(r => r.ProjectId == project);
        var held = await standing.Where(r => store.Leases.Any(l => l.TaskId == r.TaskId && l.ContributorId == r.ContributorId && l.State == LeaseState.Live))
            .Select(r => new { Row = r, Leases = store.Leases.Where(l => l.TaskId == r.TaskId && l.ContributorId == r.ContributorId).OrderBy(l => l.Id).ToList() })
            .FirstOrDefaultAsync();
        Assert.True(held is null, "Gold that is held stands to be given again." + (held is null ? "" :
            $" It stands since {held.Row.Since} in lane {held.Row.Lane} at {held.Row.QueueNumber}; leases: "
            + string.Join("; ", held.Leases.Select(l => $"{l.Id} {l.Purpose} {l.State}, issued {l.IssuedAt:O}, expires {l.ExpiresAt:O}, ended {l.EndedAt:O}"))));
        Assert.False(
            await standing.AnyAsync(r => store.Tasks.Any(t => t.ProjectId == project && t.Lane == r.Lane && t.QueueNumber == r.QueueNumber)),
            "Returned gold stands in a task's place.");
    }

    /// <summary>No open task that a contributor could be given lies at or below their cursor. (Gold that was returned may: it stands elsewhere.)</summary>
    private static async Task CheckCursorsAsync(StoreContext store, ProjectId project)
    {
        var hidden = await (
            from cursor in store.QueueCursors
            join task in store.Tasks on new { cursor.ProjectId, cursor.Lane } equals new { task.ProjectId, task.Lane }
            where cursor.ProjectId == project && task.QueueNumber <= cursor.QueueNumber && task.OpenSlots > 0 && task.Purpose != TaskPurpose.Gold
            where !store.Leases.Any(l => l.TaskId == task.Id && l.ContributorId == cursor.ContributorId && (int)l.State <= 2)
            where !store.Leases.Any(l => l.TaskId == task.AuditOf && l.ContributorId == cursor.ContributorId && l.State == LeaseState.Submitted)
            where !store.Tasks.Any(a => a.AuditOf == task.Id
                && store.Leases.Any(l => l.TaskId == a.Id && l.ContributorId == cursor.ContributorId && l.State == LeaseState.Submitted))
            select new { task.Id, cursor.ContributorId, cursor.Lane, task.QueueNumber, Cursor = cursor.QueueNumber }).FirstOrDefaultAsync();
        Assert.True(hidden is null, $"A task is hidden from a contributor: {hidden}");
    }

    private static async Task CheckResponsesAsync(StoreContext store, ProjectId project, List<SimulatedContributor> people)
    {
        var stored = await store.Responses.Where(r => r.ProjectId == project).ToDictionaryAsync(r => r.Id, r => r.Answers);
        foreach (var (response, body) in people.SelectMany(person => person.Acknowledged))
            Assert.True(stored.GetValueOrDefault(response) == body, $"Response {response} was acknowledged and is lost or changed.");
        var told = await store.Outbox
            .Where(r => r.ProjectId == project && r.Kind == OutboxKind.ResponseSubmitted).Select(r => r.SubjectId).ToListAsync();
        Assert.Equal(stored.Keys.Select(id => id.Value).Order(), told.Order());
        var ended = await store.Leases.CountAsync(l => l.ProjectId == project && l.State == LeaseState.Skipped);
        Assert.Equal(ended, await store.Outbox.CountAsync(r => r.ProjectId == project && r.Kind == OutboxKind.LeaseSkipped));
    }

    private static async Task CheckJudgesAsync(StoreContext store, ProjectId project)
    {
        var ownReviews = await (
            from review in store.Leases
            join response in store.Responses on new { review.TaskId, review.ContributorId } equals new { response.TaskId, response.ContributorId }
            where review.ProjectId == project && review.Purpose == LeasePurpose.Review && review.State == LeaseState.Submitted
            select review.Id).CountAsync();
        Assert.True(ownReviews == 0, $"{ownReviews} people reviewed what they answered.");
        var ownAudits = await (
            from audit in store.Tasks
            join judged in store.Responses on audit.Id equals judged.TaskId
            join response in store.Responses on new { TaskId = audit.AuditOf!.Value, judged.ContributorId } equals new { response.TaskId, response.ContributorId }
            where audit.ProjectId == project && audit.AuditOf != null
            select audit.Id).CountAsync();
        Assert.True(ownAudits == 0, $"{ownAudits} people audited what they answered.");
    }

    /// <summary>After everybody worked to the end: no lease is left, and what is open nobody may take.</summary>
    public async Task CheckNothingStuckAsync(ProjectId project, List<SimulatedContributor> people)
    {
        await using var store = database.CreateContext();
        Assert.Equal(0, await store.Leases.CountAsync(l => l.ProjectId == project && l.State == LeaseState.Live && l.Purpose != LeasePurpose.Review));
        Assert.Equal(0, await store.ReturnedGold.CountAsync(r => r.ProjectId == project));
        var open = await store.Tasks.Where(t => t.ProjectId == project && t.OpenSlots > 0 && t.Purpose != TaskPurpose.Gold).ToListAsync();
        foreach (var task in open)
        {
            foreach (var person in people)
            {
                var worker = person.Worker;
                var barred = (task.Lane >= 100 && worker.Role < Role.Reviewer)
                    || await store.Leases.AnyAsync(l => l.TaskId == task.Id && l.ContributorId == worker.ContributorId && (int)l.State <= 2)
                    || await store.Leases.AnyAsync(l => l.TaskId == task.AuditOf && l.ContributorId == worker.ContributorId && (int)l.State <= 1)
                    || await store.Tasks.AnyAsync(a => a.AuditOf == task.Id
                        && store.Leases.Any(l => l.TaskId == a.Id && l.ContributorId == worker.ContributorId && (int)l.State <= 1));
                Assert.True(barred, $"Task {task.Id} is stuck: contributor {worker.ContributorId} could do it and was not given it.");
            }
        }
    }
}
