using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Outbox;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>What answers to gold bring about besides estimates: an evaluation nears its end, and gold that was answered often enough is retired.</summary>
/// <remarks>Done once for each row, in the transaction that moves the outbox position, and never in a replay: how somebody stands and what is retired are facts, not estimates.</remarks>
internal static class GoldSteering
{
    private const int ChunkSize = 500;

    public static async Task ApplyAsync(StoreContext store, ProjectPlan plan, IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        var answers = rows.Where(r => r.ProjectId == plan.ProjectId && r is { Kind: OutboxKind.ResponseSubmitted, Purpose: TaskPurpose.Gold, TaskId: not null, ContributorId: not null }).ToList();
        var changed = rows.LastOrDefault(r => r.ProjectId == plan.ProjectId && r.Kind == OutboxKind.ProjectChanged);
        if (answers.Count == 0 && changed is null) return;
        var project = await store.Projects.AsNoTracking().SingleAsync(p => p.Id == plan.ProjectId, cancellationToken);
        await EvaluateAsync(store, project, answers, cancellationToken);
        if (project.GoldRotateAfter > 0) await RotateAsync(store, project, changed is null ? answers.ConvertAll(a => a.TaskId!.Value) : null, (changed ?? answers[^1]).At, cancellationToken);
    }

    private static async Task EvaluateAsync(StoreContext store, Project project, List<OutboxRow> answers, CancellationToken cancellationToken)
    {
        if (answers.Count == 0) return;
        var begins = project.EvaluationTasks > 0 && (project.TrainingTasks == 0 || !await TrainingTasks.Of(store, project.Id).AnyAsync(cancellationToken));
        foreach (var answer in answers.OrderBy(a => a.ContributorId!.Value.Value).ThenBy(a => OutboxPlace.Of(a)))
        {
            var contributor = answer.ContributorId!.Value;
            if (begins) await StandingChanges.BeginEvaluationAsync(store, project, contributor, answer.At, cancellationToken);
            await StandingChanges.EvaluatedAsync(store, project.Id, contributor, answer.At, cancellationToken);
        }
    }

    /// <summary>Retires gold that was answered as often as the project allows.</summary>
    /// <param name="store">Inside the transaction.</param>
    /// <param name="project">With its settings as they are now.</param>
    /// <param name="answered">What was answered since; null looks at all, since the settings changed.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private static async Task RotateAsync(StoreContext store, Project project, List<LabelTaskId>? answered, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (id, most) = (project.Id, project.GoldRotateAfter);
        var worn = store.Gold.Where(g => g.ProjectId == id && g.RetiredAt == null && store.Tasks.Any(t => t.Id == g.TaskId && t.Purpose == TaskPurpose.Gold && t.ResponseCount >= most));
        var due = new List<Gold>();
        if (answered is null) due.AddRange(await worn.ToListAsync(cancellationToken));
        else foreach (var chunk in answered.Distinct().Chunk(ChunkSize)) due.AddRange(await worn.Where(g => chunk.Contains(g.TaskId)).ToListAsync(cancellationToken));
        foreach (var gold in due.OrderBy(g => g.TaskId.Value))
        {
            gold.RetiredAt = at;
            await QueueChanges.CloseAsync(store, gold.TaskId, cancellationToken);
            store.Add(new OutboxRow
            {
                Kind = OutboxKind.GoldChanged,
                OrganizationId = gold.OrganizationId,
                ProjectId = gold.ProjectId,
                TaskId = gold.TaskId,
                SubjectId = gold.TaskId.Value,
                Purpose = TaskPurpose.Gold,
                At = at,
            });
        }
    }
}
