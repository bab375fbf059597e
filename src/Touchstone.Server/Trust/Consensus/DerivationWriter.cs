using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>What a plan was computed from has changed: it is computed again.</summary>
internal sealed class StalePlanException() : Exception("What the plan was computed from has changed.");

/// <summary>Writes a plan inside the transaction that moves the outbox position.</summary>
internal static class DerivationWriter
{
    public static async Task WriteAsync(StoreContext store, DerivationPlan plan, bool isReplay, CancellationToken cancellationToken)
    {
        foreach (var project in plan.Projects)
        {
            if (project.Policy is { } policy) store.Policies.Add(policy);
            store.GoldEntries.AddRange(project.Gold);
            await WriteTurnedGoldAsync(store, project, cancellationToken);
            await WriteTasksAsync(store, project, cancellationToken);
            await MarkWriter.WriteAsync(store, project, cancellationToken);
            await WriteConsensusAsync(store, project, cancellationToken);
            await GradeWriter.WriteAsync(store, project, cancellationToken);
            await FigureWriter.WriteAsync(store, project, cancellationToken);
            if (isReplay) continue;
            await SteerQueueAsync(store, project, cancellationToken);
            await GoldSteering.ApplyAsync(store, project, plan.Rows, cancellationToken);
        }
    }

    /// <summary>From the state that they were read in, and from no other: counters move by it, and a reviewer may have decided meanwhile.</summary>
    private static async Task WriteTurnedGoldAsync(StoreContext store, ProjectPlan project, CancellationToken cancellationToken)
    {
        foreach (var (id, was, _) in project.TurnedGold)
        {
            await store.Consensus.Where(c => c.TaskId == id).ExecuteDeleteAsync(cancellationToken);
            var moved = await store.Tasks.Where(t => t.Id == id && t.State == was)
                .ExecuteUpdateAsync(t => t.SetProperty(x => x.State, TaskState.Open).SetProperty(x => x.Confidence, (double?)null), cancellationToken);
            if (moved != 1) throw new StalePlanException();
        }
    }

    /// <summary>Moves tasks from the state that they were read in, and from no other: a reviewer may have decided meanwhile.</summary>
    private static async Task WriteTasksAsync(StoreContext store, ProjectPlan project, CancellationToken cancellationToken)
    {
        var changes = project.Tasks.Values.Where(c => c.State != c.Task.State || c.Estimate?.Confidence != c.Task.Confidence).ToList();
        if (changes.Count == 0) return;
        await using var update = Command(store, "UPDATE tasks SET state = @state, confidence = @confidence WHERE id = @id AND state = @was");
        var (state, confidence, id, was) = (Parameter(update, "state"), Parameter(update, "confidence"), Parameter(update, "id"), Parameter(update, "was"));
        foreach (var change in changes)
        {
            state.Value = (int)change.State;
            confidence.Value = change.Estimate?.Confidence is { } value ? value : DBNull.Value;
            confidence.DbType = System.Data.DbType.Double;
            id.Value = Form(store, change.Task.Id.Value);
            was.Value = (int)change.Task.State;
            if (await update.ExecuteNonQueryAsync(cancellationToken) != 1) throw new StalePlanException();
        }
    }

    internal static DbCommand Command(StoreContext store, string sql)
    {
        var command = store.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = store.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    internal static DbParameter Parameter(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }

    private static async Task WriteConsensusAsync(StoreContext store, ProjectPlan project, CancellationToken cancellationToken)
    {
        const string Upsert =
            """
            INSERT INTO consensus (task_id, organization_id, compartment_id, project_id, answers, detail, confidence, agreement, response_count, updated_at)
            VALUES (@task, @organization, @compartment, @project, @answers, @detail, @confidence, @agreement, @responses, @at)
            ON CONFLICT (task_id) DO UPDATE SET answers = excluded.answers, detail = excluded.detail, confidence = excluded.confidence,
                agreement = excluded.agreement, response_count = excluded.response_count, updated_at = excluded.updated_at
            """;
        var gone = project.Tasks.Values.Where(c => c is { Estimate: null, Task.Consensus: not null }).Select(c => c.Task.Id).ToArray();
        if (gone.Length > 0) await store.Consensus.Where(c => gone.Contains(c.TaskId)).ExecuteDeleteAsync(cancellationToken);
        await using var upsert = Command(store, Upsert);
        var (task, organization, compartment, of) = (Parameter(upsert, "task"), Parameter(upsert, "organization"), Parameter(upsert, "compartment"), Parameter(upsert, "project"));
        var (answers, detail, confidence, agreement) = (Parameter(upsert, "answers"), Parameter(upsert, "detail"), Parameter(upsert, "confidence"), Parameter(upsert, "agreement"));
        var (responses, at) = (Parameter(upsert, "responses"), Parameter(upsert, "at"));
        agreement.DbType = System.Data.DbType.Double;
        foreach (var change in project.Tasks.Values)
        {
            if (change.Estimate is not { } estimate) continue;
            (task.Value, organization.Value) = (Form(store, change.Task.Id.Value), Form(store, change.Task.OrganizationId.Value));
            (compartment.Value, of.Value) = (Form(store, change.Task.CompartmentId.Value), Form(store, change.Task.ProjectId.Value));
            (answers.Value, detail.Value, confidence.Value) = (estimate.Answers, estimate.Detail, estimate.Confidence);
            (agreement.Value, responses.Value) = (estimate.Agreement is { } mean ? mean : DBNull.Value, estimate.ResponseCount);
            at.Value = Form(store, change.At);
            await upsert.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    internal static object Form(StoreContext store, Guid id) => store.IsSqlite ? id.ToByteArray(bigEndian: true) : id;

    internal static object Form(StoreContext store, DateTimeOffset? time) => time is not { } at ? DBNull.Value : store.IsSqlite ? at.ToMicroseconds() : at.UtcDateTime;

    /// <summary>Moves a task between counted states at once, for a decision that does not wait for the outbox to be read.</summary>
    public static Task MoveCountedAsync(StoreContext store, ProjectId project, TaskState from, TaskState to, CancellationToken cancellationToken)
    {
        var change = new CounterChange();
        change.Move(from, to);
        var (open, inReview, done, withdrawn) = (change[TaskState.Open], change[TaskState.InReview], change[TaskState.Done], change[TaskState.Withdrawn]);
        return store.Counters.Where(c => c.ProjectId == project).ExecuteUpdateAsync(
            row => row
                .SetProperty(c => c.Open, c => c.Open + open)
                .SetProperty(c => c.InReview, c => c.InReview + inReview)
                .SetProperty(c => c.Done, c => c.Done + done)
                .SetProperty(c => c.Withdrawn, c => c.Withdrawn + withdrawn),
            cancellationToken);
    }

    /// <summary>Asks for what is missing and stops handing out what needs no more answers. Both are final when repeated.</summary>
    /// <summary>At the end of a replay the queue follows what is decided now: a newer program may decide otherwise than the one that steered it before.</summary>
    public static async Task SteerAfterReplayAsync(StoreContext store, CancellationToken cancellationToken)
    {
        var starved = await store.Tasks
            .Where(t => t.Purpose == TaskPurpose.Label && t.State == TaskState.Open && t.OpenSlots == 0 && t.ResponseCount >= t.Overlap && !store.Leases.Any(l => l.TaskId == t.Id && l.State == LeaseState.Live))
            .OrderBy(t => t.Id).Select(t => new { t.Id, t.ResponseCount }).ToListAsync(cancellationToken);
        foreach (var task in starved) await QueueChanges.AskAgainAsync(store, task.Id, task.ResponseCount + 1, cancellationToken);
        var finished = await store.Tasks
            .Where(t => t.Purpose == TaskPurpose.Label && (t.State == TaskState.Done || t.State == TaskState.Withdrawn) && t.OpenSlots > 0)
            .OrderBy(t => t.Id).Select(t => t.Id).ToListAsync(cancellationToken);
        foreach (var task in finished) await QueueChanges.CloseAsync(store, task, cancellationToken);
    }

    private static async Task SteerQueueAsync(StoreContext store, ProjectPlan project, CancellationToken cancellationToken)
    {
        foreach (var change in project.Tasks.Values)
        {
            if (change.Task.Purpose != TaskPurpose.Label) continue;
            if (change.Wanted > change.Task.Overlap) await QueueChanges.AskAgainAsync(store, change.Task.Id, change.Wanted, cancellationToken);
            else if (change.State != TaskState.Open && change.Task.Overlap > change.Task.Responses.Count) await QueueChanges.CloseAsync(store, change.Task.Id, cancellationToken);
        }
    }
}
