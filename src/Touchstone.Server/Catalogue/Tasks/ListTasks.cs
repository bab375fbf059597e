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
    DateTimeOffset CreatedAt)
{
    public static readonly Expression<Func<LabelTask, TaskRow>> Projection = t => new TaskRow(
        t.Id, t.ProjectId, t.BatchId, t.ExternalId, t.AssetId, t.OntologyVersion, t.Purpose, t.Priority, t.Overlap, t.ResponseCount, t.State, t.Confidence, t.CreatedAt);
}

internal static class ListTasks
{
    /// <summary>How far a filtered count goes; beyond it, it is "at least".</summary>
    private const int CountMax = 10_000;

    private static readonly TaskState[] States = Enum.GetValues<TaskState>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/projects/{projectId}/tasks", ListAsync).RequireManager().WithName("ListTasks")
            .WithSummary("Tasks of a project, oldest first; by external id where a prefix is asked for. ?count=true counts them too: exactly by state, else up to 10,000.");
        routes.MapGet("/tasks/{taskId}", GetAsync).RequireManager().WithName("GetTask").WithSummary("One task.");
    }

    /// <param name="IsExact">False where there are at least <paramref name="Count"/>.</param>
    public sealed record TaskCount(long Count, bool IsExact);

    public sealed record TaskPage(IReadOnlyList<TaskRow> Items, string? Next, TaskCount? Count);

    /// <summary>What is asked for.</summary>
    internal sealed record Filter(Word<TaskState>? State, Word<TaskPurpose>? Purpose, [property: FromQuery(Name = "batch")] BatchId? Batch, [property: FromQuery(Name = "external_id_prefix")] string? ExternalIdPrefix)
    {
        public bool IsByStateOnly => Purpose is null && Batch is null && string.IsNullOrEmpty(ExternalIdPrefix);
    }

    private static async Task<Results<Ok<TaskPage>, ProblemHttpResult>> ListAsync(
        ProjectId projectId, [AsParameters] Filter filter, bool? count, Cursor? after, PageSize? limit, StoreContext store, CurrentContributor current, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(current).AnyAsync(p => p.Id == projectId, cancellationToken)) return ListProjects.NoSuchProject();
        var size = PageSize.Of(limit);
        var tasks = Narrow(store, store.TasksVisibleTo(current).Where(t => t.ProjectId == projectId), filter);
        var rows = string.IsNullOrEmpty(filter.ExternalIdPrefix)
            ? await ById(tasks, filter.State?.Value, after, size).Select(TaskRow.Projection).ToListAsync(cancellationToken)
            : await ByExternalIdAsync(store, filter.State?.Value is { } inState ? tasks.Where(t => t.State == inState) : tasks, after, size, cancellationToken);
        var page = Page.Of(rows, size, r => Cursor.At(r.Id.Value));
        return TypedResults.Ok(new TaskPage(page.Items, page.Next, count == true ? await CountAsync(store, tasks, projectId, filter, cancellationToken) : null));
    }

    private static IQueryable<LabelTask> Narrow(StoreContext store, IQueryable<LabelTask> tasks, Filter filter)
    {
        if (filter.Purpose?.Value is { } purpose) tasks = tasks.Where(t => t.Purpose == purpose);
        if (filter.Batch is { } batch) tasks = tasks.Where(t => t.BatchId == batch);
        if (filter.ExternalIdPrefix is not { Length: > 0 } prefix) return tasks;
        if (!store.IsSqlite) return tasks.Where(t => t.ExternalId!.StartsWith(prefix));

        // SQLite's LIKE is deaf to case and blind to the index: everything from the prefix up to the prefix and the last code point.
        var beyond = prefix + char.ConvertFromUtf32(0x10FFFF);
        return tasks.Where(t => string.Compare(t.ExternalId, prefix) >= 0 && string.Compare(t.ExternalId, beyond) < 0);
    }

    /// <summary>The index orders by id within a state, so a list of all states is one short list of each, merged.</summary>
    private static IQueryable<LabelTask> ById(IQueryable<LabelTask> tasks, TaskState? state, Cursor? after, int size)
    {
        if (after is { } cursor)
        {
            var last = new LabelTaskId(cursor.Id);
            tasks = tasks.Where(t => t.Id > last);
        }

        var perState = (state is { } one ? [one] : States).Select(s => tasks.Where(t => t.State == s).OrderBy(t => t.Id).Take(size + 1));
        return perState.Aggregate((all, more) => all.Concat(more)).OrderBy(t => t.Id).Take(size + 1);
    }

    private static async Task<List<TaskRow>> ByExternalIdAsync(StoreContext store, IQueryable<LabelTask> tasks, Cursor? after, int size, CancellationToken cancellationToken)
    {
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
        var count = await tasks.Take(CountMax + 1).CountAsync(cancellationToken);
        return new(Math.Min(count, CountMax), count <= CountMax);
    }

    private static async Task<Results<Ok<TaskRow>, ProblemHttpResult>> GetAsync(LabelTaskId taskId, StoreContext store, CurrentContributor current, CancellationToken cancellationToken) =>
        await store.TasksVisibleTo(current).Where(t => t.Id == taskId).Select(TaskRow.Projection).SingleOrDefaultAsync(cancellationToken) is { } row ? TypedResults.Ok(row) : NoSuchTask();

    public static ProblemHttpResult NoSuchTask() => Problems.NotFound("There is no such task among those that you may see.");
}
