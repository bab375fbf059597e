using System.Linq.Expressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Catalogue.Projects;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Tasks;

/// <summary>A task as managers see it. Its purpose tells gold and audits apart, so nobody below manager sees any of it.</summary>
/// <param name="Agreement">Mean pairwise agreement of its responses, in [0, 1]; null with fewer than two.</param>
/// <param name="FileName">Name that the asset came with.</param>
internal sealed record TaskRow(
    LabelTaskId Id,
    ProjectId ProjectId,
    BatchId BatchId,
    string? ExternalId,
    AssetId? AssetId,
    int OntologyVersion,
    TaskPurpose Purpose,
    int Priority,
    int Overlap,
    int ResponseCount,
    TaskState State,
    double? Confidence,
    DateTimeOffset CreatedAt,
    double? Agreement,
    string? FileName)
{
    public static readonly Expression<Func<LabelTask, TaskRow>> Projection = t => new TaskRow(
        t.Id, t.ProjectId, t.BatchId, t.ExternalId, t.AssetId, t.OntologyVersion, t.Purpose, t.Priority, t.Overlap, t.ResponseCount, t.State, t.Confidence, t.CreatedAt, null, null);
}

internal static class ListTasks
{
    /// <summary>How far a filtered count goes; beyond it, it is "at least".</summary>
    private const int CountMax = 10_000;

    private static readonly TaskState[] States = Enum.GetValues<TaskState>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/projects/{projectId}/tasks", ListAsync).RequireManager().WithName("ListTasks")
            .WithSummary("Tasks of a project, oldest first; by external id where a prefix is asked for, and else by agreement, the least first, where that is. ?count=true counts them too: exactly by state, else up to 10,000.");
        routes.MapGet("/tasks/{taskId}", GetAsync).RequireManager().WithName("GetTask").WithSummary("One task.");
    }

    /// <param name="IsExact">False where there are at least <paramref name="Count"/>.</param>
    public sealed record TaskCount(long Count, bool IsExact);

    public sealed record TaskPage(IReadOnlyList<TaskRow> Items, string? Next, TaskCount? Count);

    /// <summary>What is asked for.</summary>
    internal sealed record Filter(
        [property: FromQuery(Name = "state")] Word<TaskState>? State,
        [property: FromQuery(Name = "purpose")] Word<TaskPurpose>? Purpose,
        [property: FromQuery(Name = "batch")] BatchId? Batch,
        [property: FromQuery(Name = "external_id_prefix")] string? ExternalIdPrefix,
        [property: FromQuery(Name = "class")] string? Class,
        [property: FromQuery(Name = "contributor")] ContributorId? Contributor,
        [property: FromQuery(Name = "agreement_min")] double? AgreementMin,
        [property: FromQuery(Name = "agreement_max")] double? AgreementMax)
    {
        public bool IsByStateOnly => Purpose is null && Batch is null && !HasPrefix && !HasMarks && !HasAgreement;

        public bool HasPrefix => !string.IsNullOrEmpty(ExternalIdPrefix);

        public bool HasMarks => Class is not null || Contributor is not null;

        public bool HasAgreement => AgreementMin is not null || AgreementMax is not null;

        public IEnumerable<string> Marks
        {
            get
            {
                if (Contributor is { } contributor) yield return TaskMark.OfContributor(contributor);
                if (Class is { } name) yield return TaskMark.OfClass(name);
            }
        }
    }

    private static async Task<Results<Ok<TaskPage>, ProblemHttpResult>> ListAsync(
        ProjectId projectId, [AsParameters] Filter filter, bool? count, Cursor? after, PageSize? limit, StoreContext store, CurrentContributor current, CancellationToken cancellationToken)
    {
        if (filter.AgreementMin is < 0 or > 1 || filter.AgreementMax is < 0 or > 1) return Problems.Malformed("agreement_min and agreement_max take numbers from 0 to 1.");
        if (!await store.ProjectsVisibleTo(current).AnyAsync(p => p.Id == projectId, cancellationToken)) return ListProjects.NoSuchProject();
        var size = PageSize.Of(limit);
        var tasks = Narrow(store, store.TasksVisibleTo(current).Where(t => t.ProjectId == projectId), filter);
        var inState = filter.State?.Value is { } state ? tasks.Where(t => t.State == state) : tasks;
        var rows = filter switch
        {
            { HasPrefix: true } => await ByExternalIdAsync(store, FindMarked(store, inState, projectId, filter), filter, after, size, cancellationToken),
            { HasAgreement: true } => await ByAgreement(store, FindMarked(store, inState, projectId, filter), projectId, filter, after, size).ToListAsync(cancellationToken),
            { HasMarks: true } => await ByMark(store, inState, projectId, filter, after, size).ToListAsync(cancellationToken),
            _ => await ById(store, tasks, filter.State?.Value, after, size).Select(TaskRow.Projection).ToListAsync(cancellationToken),
        };
        var page = Page.Of(await WithDetailsAsync(store, rows, cancellationToken), size, r => filter is { HasAgreement: true, HasPrefix: false } ? AtAgreement(r) : Cursor.At(r.Id.Value));
        return TypedResults.Ok(new TaskPage(page.Items, page.Next, count == true ? await CountAsync(store, tasks, projectId, filter, cancellationToken) : null));
    }

    private static IQueryable<LabelTask> Narrow(StoreContext store, IQueryable<LabelTask> tasks, Filter filter)
    {
        if (filter.Purpose?.Value is { } purpose) tasks = tasks.Where(t => t.Purpose == purpose);
        if (filter.Batch is { } batch) tasks = tasks.Where(t => t.BatchId == batch);
        if (filter.ExternalIdPrefix is not { Length: > 0 } prefix) return tasks;

        // LIKE is deaf to case on SQLite, and blind to the index under a plan that is made once: everything from the prefix up to the prefix and the last code point.
        var beyond = prefix + char.ConvertFromUtf32(0x10FFFF);
        return tasks.Where(t => string.Compare(t.ExternalId, prefix) >= 0 && string.Compare(t.ExternalId, beyond) < 0);
    }

    /// <summary>The index orders by id within a state, so a list of all states is one short list of each, merged.</summary>
    private static IQueryable<LabelTask> ById(StoreContext store, IQueryable<LabelTask> tasks, TaskState? state, Cursor? after, int size)
    {
        LabelTaskId? last = after is { } cursor ? new(cursor.Id) : null;
        var perState = (state is { } one ? [one] : States).Select(s => tasks.InStateById(store, s, last).Take(size + 1));
        return perState.Aggregate((all, more) => all.Concat(more)).OrderBy(t => t.Id).Take(size + 1);
    }

    /// <summary>The index of marks orders by the task's id within a mark: one mark leads, others are looked up.</summary>
    private static IQueryable<TaskRow> ByMark(StoreContext store, IQueryable<LabelTask> tasks, ProjectId project, Filter filter, Cursor? after, int size)
    {
        var marks = filter.Marks.ToArray();
        var (lead, others) = (marks[0], marks[1..]);
        var marked = store.TaskMarks.Where(m => m.ProjectId == project && m.Mark == lead);
        foreach (var other in others) marked = marked.Where(m => store.TaskMarks.Any(o => o.ProjectId == project && o.Mark == other && o.TaskId == m.TaskId));
        if (after is { } cursor)
        {
            var last = new LabelTaskId(cursor.Id);
            marked = marked.Where(m => m.TaskId > last);
        }

        return marked.Join(tasks, m => m.TaskId, t => t.Id, (m, t) => new { m.TaskId, Task = t }).OrderBy(x => x.TaskId).Take(size + 1).Select(x => x.Task).Select(TaskRow.Projection);
    }

    /// <summary>Tasks with all marks that are asked for, where something else leads.</summary>
    private static IQueryable<LabelTask> FindMarked(StoreContext store, IQueryable<LabelTask> tasks, ProjectId project, Filter filter) =>
        filter.Marks.Aggregate(tasks, (found, mark) => found.Where(t => store.TaskMarks.Any(m => m.ProjectId == project && m.Mark == mark && m.TaskId == t.Id)));

    private static IQueryable<LabelTask> FindAgreed(StoreContext store, IQueryable<LabelTask> tasks, Filter filter)
    {
        if (!filter.HasAgreement) return tasks;
        var (least, most) = (filter.AgreementMin ?? 0, filter.AgreementMax ?? 1);
        return tasks.Where(t => store.Consensus.Any(c => c.TaskId == t.Id && c.Agreement >= least && c.Agreement <= most));
    }

    /// <summary>The least agreement first, by its own index; tasks with fewer than two responses have none.</summary>
    private static IQueryable<TaskRow> ByAgreement(StoreContext store, IQueryable<LabelTask> tasks, ProjectId project, Filter filter, Cursor? after, int size)
    {
        var (least, most) = (filter.AgreementMin ?? 0, filter.AgreementMax ?? 1);
        var agreed = store.Consensus.Where(c => c.ProjectId == project && c.Agreement >= least && c.Agreement <= most);
        if (after is { } cursor)
        {
            var (agreement, last) = (BitConverter.Int64BitsToDouble(cursor.Key), new LabelTaskId(cursor.Id));
            agreed = agreed.Where(c => c.Agreement > agreement || (c.Agreement == agreement && c.TaskId > last));
        }

        return agreed.Join(tasks, c => c.TaskId, t => t.Id, (c, t) => new { c.Agreement, c.TaskId, Task = t })
            .OrderBy(x => x.Agreement).ThenBy(x => x.TaskId).Take(size + 1).Select(x => x.Task).Select(TaskRow.Projection);
    }

    private static Cursor AtAgreement(TaskRow row) => new(BitConverter.DoubleToInt64Bits(row.Agreement ?? 0), row.Id.Value);

    /// <summary>What stands in other tables, for one page at a time.</summary>
    private static async Task<List<TaskRow>> WithDetailsAsync(StoreContext store, List<TaskRow> rows, CancellationToken cancellationToken)
    {
        var tasks = rows.ConvertAll(r => r.Id);
        var assets = rows.Select(r => r.AssetId).OfType<AssetId>().Distinct().ToList();
        var agreements = await store.Consensus.Where(c => tasks.Contains(c.TaskId)).Select(c => new { c.TaskId, c.Agreement }).ToDictionaryAsync(c => c.TaskId, c => c.Agreement, cancellationToken);
        var names = await store.Assets.Where(a => assets.Contains(a.Id)).Select(a => new { a.Id, a.FileName }).ToDictionaryAsync(a => a.Id, a => a.FileName, cancellationToken);
        return rows.ConvertAll(r => r with { Agreement = agreements.GetValueOrDefault(r.Id), FileName = r.AssetId is { } asset ? names.GetValueOrDefault(asset) : null });
    }

    private static async Task<List<TaskRow>> ByExternalIdAsync(
        StoreContext store, IQueryable<LabelTask> tasks, Filter filter, Cursor? after, int size, CancellationToken cancellationToken)
    {
        tasks = FindAgreed(store, tasks, filter);
        if (after is { } cursor)
        {
            var last = new LabelTaskId(cursor.Id);
            var text = await store.Tasks.Where(t => t.Id == last).Select(t => t.ExternalId).SingleOrDefaultAsync(cancellationToken) ?? "";
            tasks = tasks.Where(t => string.Compare(t.ExternalId, text) > 0);
        }

        return await tasks.OrderBy(t => t.ExternalId).Take(size + 1).Select(TaskRow.Projection).ToListAsync(cancellationToken);
    }

    /// <summary>Exact from the project's counters where only a state is asked for; otherwise counted, and no further than is worth waiting for.</summary>
    private static async Task<TaskCount> CountAsync(StoreContext store, IQueryable<LabelTask> tasks, ProjectId project, Filter filter, CancellationToken cancellationToken)
    {
        if (filter.IsByStateOnly)
        {
            var figures = await Progress.ReadAsync(store, project, cancellationToken);
            return new(
                filter.State?.Value switch
                {
                    null => figures.Tasks,
                    TaskState.Open => figures.Open,
                    TaskState.InReview => figures.InReview,
                    TaskState.Done => figures.Done,
                    _ => figures.Withdrawn,
                },
                IsExact: true);
        }

        if (filter.State?.Value is { } state) tasks = tasks.Where(t => t.State == state);
        tasks = FindMarked(store, tasks, project, filter);
        tasks = FindAgreed(store, tasks, filter);
        var count = await tasks.Take(CountMax + 1).CountAsync(cancellationToken);
        return new(Math.Min(count, CountMax), count <= CountMax);
    }

    private static async Task<Results<Ok<TaskRow>, ProblemHttpResult>> GetAsync(LabelTaskId taskId, StoreContext store, CurrentContributor current, CancellationToken cancellationToken) =>
        await store.TasksVisibleTo(current).Where(t => t.Id == taskId).Select(TaskRow.Projection).ToListAsync(cancellationToken) is [var row]
            ? TypedResults.Ok((await WithDetailsAsync(store, [row], cancellationToken))[0])
            : NoSuchTask();

    public static ProblemHttpResult NoSuchTask() => Problems.NotFound("There is no such task among those that you may see.");
}
