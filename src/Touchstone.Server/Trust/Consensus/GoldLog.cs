using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Outbox;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>Which answers of gold were known at which place of the outbox.</summary>
internal static class GoldLog
{
    private const int ChunkSize = 500;

    /// <summary>Known answers as they stood at a place.</summary>
    /// <param name="store">Where entries are kept.</param>
    /// <param name="project">The project.</param>
    /// <param name="place">The place.</param>
    /// <param name="planned">Entries that are planned and not yet written.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Dictionary<LabelTaskId, string>> AtAsync(
        StoreContext store, ProjectId project, OutboxPlace place, IEnumerable<GoldEntry> planned, CancellationToken cancellationToken)
    {
        var (epoch, sequence) = (place.Epoch, place.Sequence);
        var entries = await store.GoldEntries.AsNoTracking()
            .Where(e => e.ProjectId == project && (e.Epoch < epoch || (e.Epoch == epoch && e.Sequence <= sequence)))
            .OrderBy(e => e.Epoch).ThenBy(e => e.Sequence).ToListAsync(cancellationToken);
        var known = new Dictionary<LabelTaskId, string>();
        foreach (var entry in entries.Concat(planned).OrderBy(e => new OutboxPlace(e.Epoch, e.Sequence))) known[entry.TaskId] = entry.Answers;
        return known;
    }

    /// <summary>Plans entries for gold that came in or was changed, and the counters of tasks that became gold.</summary>
    public static async Task PlanAsync(StoreContext store, ProjectFrame frame, bool isReplay, CancellationToken cancellationToken)
    {
        if (!isReplay && frame.Rows.Find(r => r is { Kind: OutboxKind.TasksImported, Purpose: TaskPurpose.Gold }) is { } import) await EnterImportedAsync(store, frame, import, cancellationToken);
        var changes = frame.Rows.Where(r => r is { Kind: OutboxKind.GoldChanged, Purpose: TaskPurpose.Gold, TaskId: not null }).GroupBy(r => r.TaskId!.Value).ToDictionary(g => g.Key, g => g.Last());
        foreach (var chunk in changes.Keys.Chunk(ChunkSize))
        {
            var entries = (await store.GoldEntries.AsNoTracking().Where(e => chunk.Contains(e.TaskId)).ToListAsync(cancellationToken)).ToLookup(e => e.TaskId);
            var gold = await store.Gold.AsNoTracking().Where(g => chunk.Contains(g.TaskId))
                .Join(store.Tasks, g => g.TaskId, t => t.Id, (g, t) => new { Gold = g, t.CreatedAt, t.State, t.Confidence, Agreement = store.Consensus.Where(c => c.TaskId == t.Id).Select(c => c.Agreement).FirstOrDefault(), Answers = store.Consensus.Where(c => c.TaskId == t.Id).Select(c => c.Answers).FirstOrDefault() })
                .ToListAsync(cancellationToken);
            foreach (var row in gold.OrderBy(g => g.Gold.TaskId.Value, UuidOrder.Instance))
            {
                var place = OutboxPlace.Of(changes[row.Gold.TaskId]);
                var first = entries[row.Gold.TaskId].Select(e => new OutboxPlace(e.Epoch, e.Sequence)).DefaultIfEmpty(place).Min();
                if (!isReplay && !entries[row.Gold.TaskId].Any(e => e.Answers == row.Gold.Answers && new OutboxPlace(e.Epoch, e.Sequence) == Latest(entries[row.Gold.TaskId])))
                    frame.Plan.Gold.Add(Entry(row.Gold, place));
                if (first == place && row.Gold.CreatedAt != row.CreatedAt) TurnGold(frame.Plan, row.Gold, row.State, row.Agreement, row.Answers);
            }
        }
    }

    private static OutboxPlace Latest(IEnumerable<GoldEntry> entries) => entries.Max(e => new OutboxPlace(e.Epoch, e.Sequence));

    private static async Task EnterImportedAsync(StoreContext store, ProjectFrame frame, OutboxRow import, CancellationToken cancellationToken)
    {
        var project = frame.Project.Id;

        // Gold that was made of an ordinary task is older as a task than as gold; its own row tells of it.
        var fresh = await store.Gold.AsNoTracking()
            .Where(g => g.ProjectId == project && !store.GoldEntries.Any(e => e.TaskId == g.TaskId) && store.Tasks.Any(t => t.Id == g.TaskId && t.CreatedAt == g.CreatedAt && t.Purpose == TaskPurpose.Gold))
            .OrderBy(g => g.TaskId).ToListAsync(cancellationToken);
        frame.Plan.Gold.AddRange(fresh.Select(g => Entry(g, OutboxPlace.Of(import))));
    }

    private static GoldEntry Entry(Gold gold, OutboxPlace place) => new()
    {
        TaskId = gold.TaskId,
        Epoch = place.Epoch,
        Sequence = place.Sequence,
        ProjectId = gold.ProjectId,
        OrganizationId = gold.OrganizationId,
        Answers = gold.Answers,
    };

    /// <summary>An ordinary task leaves the counters of such tasks, in the state that it had.</summary>
    private static void TurnGold(ProjectPlan plan, Gold gold, TaskState state, double? agreement, string? answers)
    {
        plan.Counters.Tasks--;
        plan.Counters.Gold++;
        plan.Counters.Add(state, -1);
        plan.Counters.MoveAgreement(agreement, null);
        plan.TurnedGold.Add((gold.TaskId, state, answers));
    }
}
