using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Statistics;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.GoldTasks;

/// <summary>What tasks with known answers are for.</summary>
internal enum GoldKind
{
    /// <summary>Unmarked among ordinary work.</summary>
    Gold,

    /// <summary>Told openly, to teach.</summary>
    Training,
}

/// <summary>Where known answers came from.</summary>
internal enum GoldOrigin
{
    /// <summary>Imported with them.</summary>
    Imported,

    /// <summary>Made of a reviewed task.</summary>
    Reviewed,

    /// <summary>A task that a manager gave known answers.</summary>
    Made,
}

/// <summary>The pool of tasks with known answers, and how they fare.</summary>
internal static class ListGold
{
    /// <param name="Task">The gold or training task.</param>
    /// <param name="ExternalId">Its owner's id.</param>
    /// <param name="Asset">What it looks at.</param>
    /// <param name="Kind">Gold or training.</param>
    /// <param name="Source">Where its known answers came from.</param>
    /// <param name="Answered">Answers to it.</param>
    /// <param name="Right">Share of them that is right, in [0, 1]; null before any is graded.</param>
    /// <param name="Low">Lower end of Wilson's 95 % interval of it.</param>
    /// <param name="High">Upper end.</param>
    /// <param name="CreatedAt">When it became gold.</param>
    /// <param name="RetiredAt">Since when it is handed out no more.</param>
    /// <param name="LastAnsweredAt">The latest answer.</param>
    /// <param name="Leak">What speaks for its answer having got about; null where too few answered it to say.</param>
    public sealed record Row(
        LabelTaskId Task, string? ExternalId, AssetId? Asset, GoldKind Kind, GoldOrigin Source, int Answered, double? Right, double? Low, double? High,
        DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt, DateTimeOffset? LastAnsweredAt, LeakRow? Leak);

    /// <param name="Suspected">Whether it should be looked at.</param>
    /// <param name="Reason">Why, in a sentence; null where it is not suspected.</param>
    public sealed record LeakRow(bool Suspected, string? Reason);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/projects/{projectId}/gold", Handle).RequireManager().WithName("ListGold")
        .WithSummary("Tasks with known answers, oldest first: how often they were answered and how rightly, and whether an answer seems to have got about. ?kind=gold or training.");

    public static async Task<Results<Ok<Page<Row>>, ProblemHttpResult>> Handle(
        ProjectId projectId, [FromQuery(Name = "kind")] Word<GoldKind>? kind, Cursor? after, PageSize? limit, CurrentContributor contributor, StoreContext store, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(contributor).AnyAsync(p => p.Id == projectId, cancellationToken)) return Problems.NotFound("There is no such project.");
        var (last, size) = (after is { } cursor ? new LabelTaskId(cursor.Id) : default, PageSize.Of(limit));
        var tasks = store.TasksVisibleTo(contributor).Where(t => t.Purpose == TaskPurpose.Gold || t.Purpose == TaskPurpose.Training);
        if (kind?.Value is { } only)
        {
            var purpose = only == GoldKind.Training ? TaskPurpose.Training : TaskPurpose.Gold;
            tasks = tasks.Where(t => t.Purpose == purpose);
        }

        var rows = await store.Gold.Where(g => g.ProjectId == projectId && g.TaskId > last)
            .Join(tasks, g => g.TaskId, t => t.Id, (g, t) => new { Gold = g, Task = t })
            .OrderBy(r => r.Gold.TaskId).Take(size + 1).AsNoTracking().ToListAsync(cancellationToken);
        var leaks = rows.Exists(r => r.Task.Purpose == TaskPurpose.Gold) ? await GoldPool.LeaksAsync(store, projectId, cancellationToken) : [];
        var gold = await GradesAsync(store, [.. rows.Where(r => r.Task.Purpose == TaskPurpose.Gold).Select(r => r.Task.Id)], cancellationToken);
        var training = await ScoresAsync(store, [.. rows.Where(r => r.Task.Purpose == TaskPurpose.Training).Select(r => r.Task.Id)], cancellationToken);
        var bodies = rows.ConvertAll(r =>
        {
            var isTraining = r.Task.Purpose == TaskPurpose.Training;
            var figures = (isTraining ? training : gold).GetValueOrDefault(r.Task.Id);
            var interval = figures.Graded > 0 ? ProportionInterval.Wilson(figures.Right, figures.Graded) : (Interval?)null;
            return new Row(
                r.Task.Id, r.Task.ExternalId, r.Task.AssetId, isTraining ? GoldKind.Training : GoldKind.Gold, OriginOf(r.Gold, r.Task), isTraining ? figures.Graded : r.Task.ResponseCount,
                figures.Graded > 0 ? figures.Right / figures.Graded : null, interval?.Lower, interval?.Upper, r.Gold.CreatedAt, r.Gold.RetiredAt, figures.Last,
                leaks.TryGetValue(r.Task.Id, out var leak) ? new(leak.IsSuspected, GoldPool.ReasonOf(leak.Sign)) : null);
        });
        return TypedResults.Ok(Page.Of(bodies, size, r => Cursor.At(r.Task.Value)));
    }

    private static GoldOrigin OriginOf(Gold gold, LabelTask task) =>
        task.AuditOf is not null ? GoldOrigin.Reviewed : gold.CreatedAt == task.CreatedAt ? GoldOrigin.Imported : GoldOrigin.Made;

    private readonly record struct Figures(int Graded, double Right, DateTimeOffset? Last);

    private static async Task<Dictionary<LabelTaskId, Figures>> GradesAsync(StoreContext store, LabelTaskId[] tasks, CancellationToken cancellationToken) =>
        (await store.ResponseGrades.Where(g => tasks.Contains(g.TaskId) && g.Basis == GradeBasis.Gold)
            .GroupBy(g => g.TaskId).Select(g => new { Task = g.Key, Count = g.Count(), Right = g.Sum(x => x.Right), Last = g.Max(x => x.SubmittedAt) }).ToListAsync(cancellationToken))
        .ToDictionary(g => g.Task, g => new Figures(g.Count, g.Right, g.Last));

    private static async Task<Dictionary<LabelTaskId, Figures>> ScoresAsync(StoreContext store, LabelTaskId[] tasks, CancellationToken cancellationToken) =>
        (await store.TrainingAnswers.Where(a => tasks.Contains(a.TaskId))
            .GroupBy(a => a.TaskId).Select(g => new { Task = g.Key, Count = g.Count(), Right = g.Sum(x => x.Score), Last = g.Max(x => x.SubmittedAt) }).ToListAsync(cancellationToken))
        .ToDictionary(g => g.Task, g => new Figures(g.Count, g.Right, g.Last));
}
