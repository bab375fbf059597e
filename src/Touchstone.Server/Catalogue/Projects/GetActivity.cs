using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Projects;

/// <summary>How fast a project's work goes: what was done on each of its days.</summary>
internal static class GetActivity
{
    private const int DaysMax = 400, DaysDefault = 30;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/projects/{projectId}/activity", HandleAsync).RequireManager().WithName("GetActivity")
        .WithSummary("Responses and active time on each UTC day on which there were any, oldest first; ?days= says how far back, by default 30.");

    /// <param name="Day">A UTC day.</param>
    /// <param name="Responses">Independent responses to ordinary work.</param>
    /// <param name="ActiveMilliseconds">Active time of all responses.</param>
    public sealed record Row(DateOnly Day, int Responses, long ActiveMilliseconds);

    /// <param name="Today">The UTC day that it is.</param>
    /// <param name="Items">Days with work.</param>
    public sealed record Body(DateOnly Today, IReadOnlyList<Row> Items);

    private static async Task<Results<Ok<Body>, ProblemHttpResult>> HandleAsync(
        ProjectId projectId, int? days, StoreContext store, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (days is < 1 or > DaysMax) return Problems.Malformed($"The parameter days takes 1 to {DaysMax}.");
        if (!await store.ProjectsVisibleTo(current).AnyAsync(p => p.Id == projectId, cancellationToken)) return ListProjects.NoSuchProject();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var first = today.DayNumber - (days ?? DaysDefault) + 1;
        var rows = await store.ProjectDays.Where(d => d.ProjectId == projectId && d.Day >= first).OrderBy(d => d.Day)
            .Select(d => new { d.Day, d.Responses, d.ActiveMilliseconds }).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Body(today, rows.ConvertAll(r => new Row(DateOnly.FromDayNumber(r.Day), r.Responses, r.ActiveMilliseconds))));
    }
}
