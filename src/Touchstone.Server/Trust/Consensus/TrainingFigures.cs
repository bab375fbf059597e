using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>What training leaves in the figures: time that contributors are paid for, and ordinary tasks that became training ones.</summary>
internal static class TrainingFigures
{
    private const int ChunkSize = 500;

    public static async Task PlanAsync(StoreContext store, ProjectFrame frame, CancellationToken cancellationToken)
    {
        await CountTimeAsync(store, frame, cancellationToken);
        await CountTurnedAsync(store, frame, cancellationToken);
    }

    private static async Task CountTimeAsync(StoreContext store, ProjectFrame frame, CancellationToken cancellationToken)
    {
        foreach (var chunk in frame.Rows.Where(r => r.Kind == OutboxKind.TrainingAnswered).Select(r => TrainingAnswerId.From(r.SubjectId)).Chunk(ChunkSize))
        {
            var times = await store.TrainingAnswers.Where(a => chunk.Contains(a.Id)).Select(a => new { a.ContributorId, a.SubmittedAt, a.ActiveMilliseconds }).ToListAsync(cancellationToken);
            foreach (var time in times)
            {
                frame.Contributor(time.ContributorId).ActiveMilliseconds += time.ActiveMilliseconds;
                frame.Plan.AddToDay(time.SubmittedAt, responses: 0, time.ActiveMilliseconds);
            }
        }
    }

    /// <summary>A task that became a training one leaves the counters in the state that it has. The row that turned it says so by its count; nobody had answered it.</summary>
    private static async Task CountTurnedAsync(StoreContext store, ProjectFrame frame, CancellationToken cancellationToken)
    {
        var turned = frame.Rows.Where(r => r is { Kind: OutboxKind.GoldChanged, Purpose: TaskPurpose.Training, Count: > 0, TaskId: not null }).Select(r => r.TaskId!.Value).ToArray();
        foreach (var chunk in turned.Chunk(ChunkSize))
        {
            foreach (var task in await store.Tasks.AsNoTracking().Where(t => chunk.Contains(t.Id)).OrderBy(t => t.Id).Select(t => new { t.Id, t.State }).ToListAsync(cancellationToken))
            {
                frame.Plan.Counters.Tasks--;
                frame.Plan.Counters.Add(task.State, -1);
                frame.Plan.TurnedGold.Add((task.Id, task.State, null));
            }
        }
    }
}
