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
            WriteContributors(store, project);
            await WriteCountersAsync(store, project, cancellationToken);
            await WriteDaysAsync(store, project, cancellationToken);
            if (!isReplay) await SteerQueueAsync(store, project, cancellationToken);
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
            at.Value = store.IsSqlite ? change.At.ToMicroseconds() : change.At.UtcDateTime;
            await upsert.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static object Form(StoreContext store, Guid id) => store.IsSqlite ? id.ToByteArray(bigEndian: true) : id;

    private static void WriteContributors(StoreContext store, ProjectPlan project)
    {
        foreach (var (row, isNew) in project.Contributors.Values)
        {
            if (isNew) store.Reliabilities.Add(row);
            else store.Reliabilities.Update(row);
        }
    }

    /// <summary>Differences and not totals: a reviewer's decision moves the same counters at once.</summary>
    private static async Task WriteCountersAsync(StoreContext store, ProjectPlan project, CancellationToken cancellationToken)
    {
        var change = project.Counters;
        var id = project.ProjectId;
        await EnsureCountersAsync(store, id, project.OrganizationId, cancellationToken);
        var (open, inReview, done, withdrawn) = (change[TaskState.Open], change[TaskState.InReview], change[TaskState.Done], change[TaskState.Withdrawn]);
        await store.Counters.Where(c => c.ProjectId == id).ExecuteUpdateAsync(
            row => row
                .SetProperty(c => c.Tasks, c => c.Tasks + change.Tasks)
                .SetProperty(c => c.GoldTasks, c => c.GoldTasks + change.Gold)
                .SetProperty(c => c.AuditTasks, c => c.AuditTasks + change.Audits)
                .SetProperty(c => c.Open, c => c.Open + open)
                .SetProperty(c => c.InReview, c => c.InReview + inReview)
                .SetProperty(c => c.Done, c => c.Done + done)
                .SetProperty(c => c.Withdrawn, c => c.Withdrawn + withdrawn)
                .SetProperty(c => c.Responses, c => c.Responses + change.Responses)
                .SetProperty(c => c.Skips, c => c.Skips + change.Skips)
                .SetProperty(c => c.AgreementSum, c => c.AgreementSum + change.AgreementSum)
                .SetProperty(c => c.AgreementCount, c => c.AgreementCount + change.AgreementCount),
            cancellationToken);
        if (change.LastResponseAt is { } last)
            await store.Counters.Where(c => c.ProjectId == id && (c.LastResponseAt == null || c.LastResponseAt < last)).ExecuteUpdateAsync(row => row.SetProperty(c => c.LastResponseAt, last), cancellationToken);
        if (project.ResponsesAtFit is { } fitted)
            await store.Counters.Where(c => c.ProjectId == id).ExecuteUpdateAsync(row => row.SetProperty(c => c.ResponsesAtFit, fitted), cancellationToken);
    }

    private static async Task WriteDaysAsync(StoreContext store, ProjectPlan project, CancellationToken cancellationToken)
    {
        var id = project.ProjectId;
        foreach (var (day, change) in project.Days)
        {
            var moved = await store.ProjectDays.Where(d => d.ProjectId == id && d.Day == day).ExecuteUpdateAsync(
                row => row.SetProperty(d => d.Responses, d => d.Responses + change.Responses).SetProperty(d => d.ActiveMilliseconds, d => d.ActiveMilliseconds + change.ActiveMilliseconds),
                cancellationToken);
            if (moved == 0) store.ProjectDays.Add(new ProjectDay { ProjectId = id, Day = day, Responses = change.Responses, ActiveMilliseconds = change.ActiveMilliseconds });
        }
    }

    private static async Task EnsureCountersAsync(StoreContext store, ProjectId project, OrganizationId organization, CancellationToken cancellationToken)
    {
        if (await store.Counters.AnyAsync(c => c.ProjectId == project, cancellationToken)) return;
        store.Counters.Add(new ProjectCounters { ProjectId = project, OrganizationId = organization });
        await store.SaveChangesAsync(cancellationToken);
    }

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
