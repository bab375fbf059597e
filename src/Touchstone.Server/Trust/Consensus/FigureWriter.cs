using System.Data;
using System.Data.Common;
using Touchstone.Store;
using Touchstone.Store.Entities;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>Writes figures of contributors, projects and days. One statement each: while they run, nobody else writes on SQLite.</summary>
internal static class FigureWriter
{
    private const string Contributor =
        """
        INSERT INTO reliabilities (project_id, contributor_id, organization_id, detail, responses, skips, gold_answered, active_milliseconds, last_response_at)
        VALUES (@project, @contributor, @organization, @detail, @responses, @skips, @gold, @active, @last)
        ON CONFLICT (project_id, contributor_id) DO UPDATE SET detail = excluded.detail, responses = excluded.responses, skips = excluded.skips,
            gold_answered = excluded.gold_answered, active_milliseconds = excluded.active_milliseconds, last_response_at = excluded.last_response_at
        """;

    // Differences and not totals: a reviewer's decision moves the same counters at once.
    private const string Counters =
        """
        INSERT INTO counters AS c (project_id, organization_id, tasks, open, in_review, done, withdrawn, responses, skips, gold_tasks, audit_tasks,
                                   agreement_sum, agreement_count, responses_at_fit, last_response_at)
        VALUES (@project, @organization, @tasks, @open, @in_review, @done, @withdrawn, @responses, @skips, @gold, @audits, @sum, @count, @fit, @last)
        ON CONFLICT (project_id) DO UPDATE SET
            tasks = c.tasks + excluded.tasks, open = c.open + excluded.open, in_review = c.in_review + excluded.in_review, done = c.done + excluded.done,
            withdrawn = c.withdrawn + excluded.withdrawn, responses = c.responses + excluded.responses, skips = c.skips + excluded.skips,
            gold_tasks = c.gold_tasks + excluded.gold_tasks, audit_tasks = c.audit_tasks + excluded.audit_tasks,
            agreement_sum = c.agreement_sum + excluded.agreement_sum, agreement_count = c.agreement_count + excluded.agreement_count,
            responses_at_fit = CASE WHEN excluded.responses_at_fit > c.responses_at_fit THEN excluded.responses_at_fit ELSE c.responses_at_fit END,
            last_response_at = CASE WHEN c.last_response_at IS NULL OR excluded.last_response_at > c.last_response_at THEN excluded.last_response_at ELSE c.last_response_at END
        """;

    private const string Day =
        """
        INSERT INTO project_days AS d (project_id, day, responses, active_milliseconds) VALUES (@project, @day, @responses, @active)
        ON CONFLICT (project_id, day) DO UPDATE SET responses = d.responses + excluded.responses, active_milliseconds = d.active_milliseconds + excluded.active_milliseconds
        """;

    public static async Task WriteAsync(StoreContext store, ProjectPlan project, CancellationToken cancellationToken)
    {
        await WriteContributorsAsync(store, project, cancellationToken);
        await WriteCountersAsync(store, project, cancellationToken);
        await WriteDaysAsync(store, project, cancellationToken);
    }

    private static async Task WriteContributorsAsync(StoreContext store, ProjectPlan project, CancellationToken cancellationToken)
    {
        if (project.Contributors.Count == 0) return;
        await using var command = DerivationWriter.Command(store, Contributor);
        Set(command, "project", DerivationWriter.Form(store, project.ProjectId.Value));
        Set(command, "organization", DerivationWriter.Form(store, project.OrganizationId.Value));
        var (contributor, detail, last) = (DerivationWriter.Parameter(command, "contributor"), DerivationWriter.Parameter(command, "detail"), Time(store, command, "last"));
        var (responses, skips) = (DerivationWriter.Parameter(command, "responses"), DerivationWriter.Parameter(command, "skips"));
        var (gold, active) = (DerivationWriter.Parameter(command, "gold"), DerivationWriter.Parameter(command, "active"));
        foreach (var row in project.Contributors.Values)
        {
            (contributor.Value, detail.Value, last.Value) = (DerivationWriter.Form(store, row.ContributorId.Value), row.Detail, DerivationWriter.Form(store, row.LastResponseAt));
            (responses.Value, skips.Value, gold.Value, active.Value) = (row.Responses, row.Skips, row.GoldAnswered, row.ActiveMilliseconds);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task WriteCountersAsync(StoreContext store, ProjectPlan project, CancellationToken cancellationToken)
    {
        var change = project.Counters;
        await using var command = DerivationWriter.Command(store, Counters);
        Set(command, "project", DerivationWriter.Form(store, project.ProjectId.Value));
        Set(command, "organization", DerivationWriter.Form(store, project.OrganizationId.Value));
        Set(command, "tasks", change.Tasks);
        Set(command, "open", change[TaskState.Open]);
        Set(command, "in_review", change[TaskState.InReview]);
        Set(command, "done", change[TaskState.Done]);
        Set(command, "withdrawn", change[TaskState.Withdrawn]);
        Set(command, "responses", change.Responses);
        Set(command, "skips", change.Skips);
        Set(command, "gold", change.Gold);
        Set(command, "audits", change.Audits);
        Set(command, "sum", change.AgreementSum);
        Set(command, "count", change.AgreementCount);
        Set(command, "fit", project.ResponsesAtFit ?? 0);
        Time(store, command, "last").Value = DerivationWriter.Form(store, change.LastResponseAt);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task WriteDaysAsync(StoreContext store, ProjectPlan project, CancellationToken cancellationToken)
    {
        foreach (var (day, change) in project.Days)
        {
            await using var command = DerivationWriter.Command(store, Day);
            Set(command, "project", DerivationWriter.Form(store, project.ProjectId.Value));
            Set(command, "day", day);
            Set(command, "responses", change.Responses);
            Set(command, "active", change.ActiveMilliseconds);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static void Set(DbCommand command, string name, object value) => DerivationWriter.Parameter(command, name).Value = value;

    /// <summary>A time that may be missing: the parameter says of what type.</summary>
    private static DbParameter Time(StoreContext store, DbCommand command, string name)
    {
        var parameter = DerivationWriter.Parameter(command, name);
        if (!store.IsSqlite) parameter.DbType = DbType.DateTime;
        return parameter;
    }
}
