using System.Linq.Expressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Jobs;

/// <summary>A job as managers see it.</summary>
internal sealed record JobRow(
    JobId Id, ProjectId? ProjectId, string Kind, JobState State, double Progress, int Attempts, string? Error, ContributorId CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt)
{
    public static readonly Expression<Func<Job, JobRow>> Projection =
        j => new JobRow(j.Id, j.ProjectId, j.Kind, j.State, j.Progress, j.Attempts, j.Error, j.CreatedBy, j.CreatedAt, j.EndedAt);
}

internal static class ListJobs
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/jobs", ListAsync).RequireManager().WithName("ListJobs").WithSummary("Long work of the organization, newest first.");
        routes.MapGet("/jobs/{jobId}", GetAsync).RequireManager().WithName("GetJob").WithSummary("One job, with its progress.");
    }

    private static async Task<Ok<Page<JobRow>>> ListAsync(
        StoreContext store, CurrentContributor current, [FromQuery(Name = "project")] ProjectId? project, Word<JobState>? state, Cursor? after, PageSize? limit, CancellationToken cancellationToken)
    {
        var size = PageSize.Of(limit);
        var jobs = store.JobsVisibleTo(current);
        if (project is { } wanted) jobs = jobs.Where(j => j.ProjectId == wanted);
        if (state?.Value is { } inState) jobs = jobs.Where(j => j.State == inState);
        if (after is { } cursor)
        {
            var (at, last) = (Instant.FromMicroseconds(cursor.Key), new JobId(cursor.Id));
            jobs = jobs.Where(j => j.CreatedAt < at || (j.CreatedAt == at && j.Id < last));
        }

        var rows = await jobs.OrderByDescending(j => j.CreatedAt).ThenByDescending(j => j.Id).Take(size + 1).Select(JobRow.Projection).ToListAsync(cancellationToken);
        return TypedResults.Ok(Page.Of(rows, size, r => new Cursor(r.CreatedAt.ToMicroseconds(), r.Id.Value)));
    }

    private static async Task<Results<Ok<JobRow>, ProblemHttpResult>> GetAsync(JobId jobId, StoreContext store, CurrentContributor current, CancellationToken cancellationToken) =>
        await store.JobsVisibleTo(current).Where(j => j.Id == jobId).Select(JobRow.Projection).SingleOrDefaultAsync(cancellationToken) is { } row ? TypedResults.Ok(row) : NoSuchJob();

    public static ProblemHttpResult NoSuchJob() => Problems.NotFound("There is no such job, or it is of a project that you may not see.");
}
