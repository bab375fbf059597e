using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Projects;

/// <summary>A project's figures, derived from the outbox: they follow what happens by a moment.</summary>
/// <param name="Agreement">Mean over tasks of the mean pairwise agreement, in [0, 1]; null before two people answered one task.</param>
internal sealed record Progress(
    long Tasks, long Open, long InReview, long Done, long Withdrawn, long Responses, long Skips, long GoldTasks, long AuditTasks, double? Agreement, DateTimeOffset? LastResponseAt)
{
    public static readonly Progress None = new(0, 0, 0, 0, 0, 0, 0, 0, 0, null, null);

    public static Progress Of(ProjectCounters counters) => new(
        counters.Tasks,
        counters.Open,
        counters.InReview,
        counters.Done,
        counters.Withdrawn,
        counters.Responses,
        counters.Skips,
        counters.GoldTasks,
        counters.AuditTasks,
        counters.AgreementCount == 0 ? null : counters.AgreementSum / counters.AgreementCount,
        counters.LastResponseAt);

    public static async Task<Progress> ReadAsync(StoreContext store, ProjectId project, CancellationToken cancellationToken) =>
        await store.Counters.AsNoTracking().SingleOrDefaultAsync(c => c.ProjectId == project, cancellationToken) is { } counters ? Of(counters) : None;
}

internal static class GetProgress
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/projects/{projectId}/progress", HandleAsync).RequireManager().WithName("GetProgress").WithSummary("The project's figures.");
        routes.MapGet("/projects/{projectId}/events", WatchAsync).RequireManager().Produces<string>(StatusCodes.Status200OK, "text/event-stream").WithName("WatchProgress")
            .WithSummary("The project's figures whenever they change, as server-sent events named \"progress\".");
    }

    private static async Task<Results<Ok<Progress>, ProblemHttpResult>> HandleAsync(
        ProjectId projectId, StoreContext store, CurrentContributor current, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(current).AnyAsync(p => p.Id == projectId, cancellationToken)) return ListProjects.NoSuchProject();
        return TypedResults.Ok(await Progress.ReadAsync(store, projectId, cancellationToken));
    }

    private static async Task<IResult> WatchAsync(ProjectId projectId, StoreContext store, LiveProgress live, CurrentContributor current, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(current).AnyAsync(p => p.Id == projectId, cancellationToken)) return ListProjects.NoSuchProject();
        return live.Watch(projectId) is { } watcher
            ? new EventStream<Progress>("progress", watcher.Events, watcher)
            : Problems.Unavailable("As many pages watch live progress as this server allows. Ask for /progress now and then instead.");
    }
}
