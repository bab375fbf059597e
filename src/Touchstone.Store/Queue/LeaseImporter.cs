using Microsoft.EntityFrameworkCore;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Store.Queue;

/// <summary>Somebody passed a task by elsewhere.</summary>
/// <param name="Task">An ordinary or gold task.</param>
/// <param name="Contributor">A member of its organization.</param>
/// <param name="Reason">Why, or where.</param>
/// <param name="At">When.</param>
public sealed record ImportedSkip(LabelTaskId Task, ContributorId Contributor, string Reason, DateTimeOffset At);

/// <summary>Somebody began a task elsewhere and did not end.</summary>
/// <param name="Task">An ordinary task.</param>
/// <param name="Contributor">A member of its organization.</param>
/// <param name="Body">The draft as the workbench keeps it, JSON.</param>
public sealed record ImportedDraft(LabelTaskId Task, ContributorId Contributor, string Body);

/// <summary>What became of leases that began elsewhere.</summary>
/// <param name="Added">Written.</param>
/// <param name="Before">Not written, since they were there.</param>
/// <param name="Refused">Tasks of those that are not written: their contributors hold, passed by, answered or judged them, or no slot is open.</param>
public sealed record ImportedLeases(int Added, int Before, IReadOnlyList<LabelTaskId> Refused);

/// <summary>Writes skips and begun work of elsewhere as leases, as if they had been given here.</summary>
public static class LeaseImporter
{
    private const string TakeSlot = "UPDATE tasks SET open_slots = open_slots - 1 WHERE id = @p0 AND purpose = 0 AND open_slots > 0";

    /// <summary>Writes skips, each with its outbox row: nobody is asked again for what they passed by.</summary>
    /// <param name="store">The context of a caller's transaction (<see cref="StoreDatabase.WriteAsync"/>).</param>
    /// <param name="skips">At most some hundreds.</param>
    /// <param name="now">When they come in; ids and outbox rows carry it.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    public static async Task<ImportedLeases> AddSkipsAsync(StoreContext store, IReadOnlyList<ImportedSkip> skips, DateTimeOffset now, CancellationToken cancellationToken)
    {
        now = Instant.Truncate(now);
        var (tasks, held, barred) = await ReadAsync(store, [.. skips.Select(s => s.Task).Distinct()], cancellationToken);
        var (added, before, refused) = (0, 0, new List<LabelTaskId>());
        foreach (var skip in skips)
        {
            var key = (skip.Task, skip.Contributor);
            if (held.GetValueOrDefault(key) == LeaseState.Skipped) before++;
            else if (!tasks.TryGetValue(skip.Task, out var task) || held.ContainsKey(key) || barred.Contains(key)) refused.Add(skip.Task);
            else
            {
                var at = Instant.Truncate(skip.At);
                var lease = LeaseOf(task, skip.Contributor, LeaseState.Skipped, at, at, now);
                (lease.EndedAt, lease.Reason) = (at, skip.Reason);
                store.AddRange(lease, new OutboxRow
                {
                    Kind = OutboxKind.LeaseSkipped,
                    OrganizationId = task.OrganizationId,
                    ProjectId = task.ProjectId,
                    TaskId = task.Id,
                    ContributorId = skip.Contributor,
                    SubjectId = lease.Id.Value,
                    Purpose = task.Purpose,
                    At = now,
                });
                held[key] = LeaseState.Skipped;
                added++;
            }
        }

        return new(added, before, refused);
    }

    /// <summary>Writes begun work: each a live lease, which takes a slot, with its draft.</summary>
    /// <param name="store">As above.</param>
    /// <param name="drafts">At most some hundreds.</param>
    /// <param name="now">When they come in.</param>
    /// <param name="term">How long each waits for its contributor.</param>
    /// <param name="cancellationToken">As above.</param>
    public static async Task<ImportedLeases> AddDraftsAsync(StoreContext store, IReadOnlyList<ImportedDraft> drafts, DateTimeOffset now, TimeSpan term, CancellationToken cancellationToken)
    {
        now = Instant.Truncate(now);
        var (tasks, held, barred) = await ReadAsync(store, [.. drafts.Select(d => d.Task).Distinct()], cancellationToken);
        var (added, before, refused) = (0, 0, new List<LabelTaskId>());
        foreach (var draft in drafts.OrderBy(d => d.Task.Value))
        {
            var key = (draft.Task, draft.Contributor);
            if (held.GetValueOrDefault(key, LeaseState.Expired) == LeaseState.Live) before++;
            else if (!tasks.TryGetValue(draft.Task, out var task) || held.ContainsKey(key) || barred.Contains(key) || await store.Command(TakeSlot, draft.Task.Value).RunAsync(cancellationToken) == 0) refused.Add(draft.Task);
            else
            {
                var lease = LeaseOf(task, draft.Contributor, LeaseState.Live, now, Instant.Truncate(now + term), now);
                store.AddRange(lease, new Draft { LeaseId = lease.Id, OrganizationId = task.OrganizationId, Body = draft.Body, Version = 1, UpdatedAt = now });
                held[key] = LeaseState.Live;
                added++;
            }
        }

        return new(added, before, refused);
    }

    private static async Task<(Dictionary<LabelTaskId, LabelTask> Tasks, Dictionary<(LabelTaskId, ContributorId), LeaseState> Held, HashSet<(LabelTaskId, ContributorId)> Barred)> ReadAsync(
        StoreContext store, LabelTaskId[] ids, CancellationToken cancellationToken)
    {
        if (!store.IsSqlite)
            foreach (var id in ids.OrderBy(t => t.Value)) await store.Command("SELECT id FROM tasks WHERE id = @p0 FOR UPDATE", id.Value).RunAsync(cancellationToken);
        var tasks = await store.Tasks.AsNoTracking().Where(t => ids.Contains(t.Id) && (t.Purpose == TaskPurpose.Label || t.Purpose == TaskPurpose.Gold)).ToDictionaryAsync(t => t.Id, cancellationToken);
        var leases = await store.Leases.Where(l => ids.Contains(l.TaskId) && (l.State == LeaseState.Live || l.State == LeaseState.Submitted || l.State == LeaseState.Skipped))
            .OrderBy(l => l.Id).Select(l => new { l.TaskId, l.ContributorId, l.State }).ToListAsync(cancellationToken);
        var held = new Dictionary<(LabelTaskId, ContributorId), LeaseState>();
        foreach (var lease in leases) held[(lease.TaskId, lease.ContributorId)] = lease.State;
        return (tasks, held, await ResponseImporter.BarredAsync(store, tasks, cancellationToken));
    }

    private static Lease LeaseOf(LabelTask task, ContributorId contributor, LeaseState state, DateTimeOffset issued, DateTimeOffset expires, DateTimeOffset now) => new()
    {
        Id = LeaseId.New(now),
        Token = LeaseToken.New(now),
        OrganizationId = task.OrganizationId,
        CompartmentId = task.CompartmentId,
        ProjectId = task.ProjectId,
        TaskId = task.Id,
        ContributorId = contributor,
        State = state,
        IssuedAt = issued,
        ExpiresAt = expires,
    };
}
