using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Work.Training;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Work;

/// <summary>What the caller did today, by UTC, and what they hold.</summary>
internal static class MyWork
{
    /// <param name="Project">The project.</param>
    /// <param name="Responses">Submitted in it.</param>
    /// <param name="ActiveMilliseconds">Active time in them and in training.</param>
    /// <param name="TrainingAnswers">Training tasks answered.</param>
    /// <param name="TrainingLeft">Training tasks that come before ordinary work; 0 when none do.</param>
    /// <param name="TrainingOf">All of that training.</param>
    public sealed record ProjectRow(ProjectId Project, int Responses, long ActiveMilliseconds, int TrainingAnswers = 0, int TrainingLeft = 0, int TrainingOf = 0);

    /// <param name="Day">The UTC day that is counted.</param>
    /// <param name="Responses">Submitted on it.</param>
    /// <param name="ActiveMilliseconds">Active time in them and in training.</param>
    /// <param name="Projects">The same by project, of those with work or with training to do.</param>
    /// <param name="Held">Tokens of live leases, oldest first.</param>
    public sealed record Body(DateOnly Day, int Responses, long ActiveMilliseconds, IReadOnlyList<ProjectRow> Projects, IReadOnlyList<LeaseToken> Held);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/me/work", Handle).WithName("GetMyWork");

    public static async Task<Ok<Body>> Handle(CurrentContributor contributor, StoreContext store, TimeProvider clock, CancellationToken cancellationToken)
    {
        var id = contributor.Id;
        var now = clock.Now();
        var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var projects = await store.ProjectsVisibleTo(contributor).Where(p => p.State != ProjectState.Archived).Select(p => p.Id).ToListAsync(cancellationToken);

        // Ids of responses begin with their time: the day's are one range of the index that is there for lists.
        var from = FirstOf(midnight);
        var rows = new List<ProjectRow>();
        foreach (var chunk in projects.Chunk(100))
        {
            rows.AddRange(await store.Responses
                .Where(r => chunk.Contains(r.ProjectId) && r.Id >= from && r.ContributorId == id)
                .GroupBy(r => r.ProjectId)
                .Select(g => new ProjectRow(g.Key, g.Count(), g.Sum(r => r.ActiveMilliseconds), 0, 0, 0))
                .ToListAsync(cancellationToken));
        }

        rows = await WithTrainingAsync(store, rows, projects, id, midnight, cancellationToken);

        var held = await store.Leases
            .Where(l => l.ContributorId == id && projects.Contains(l.ProjectId) && l.State == LeaseState.Live && l.Purpose != LeasePurpose.Review && l.ExpiresAt > now)
            .OrderBy(l => l.IssuedAt).ThenBy(l => l.Id).Select(l => l.Token).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Body(
            DateOnly.FromDateTime(midnight.UtcDateTime), rows.Sum(r => r.Responses), rows.Sum(r => r.ActiveMilliseconds), rows, held));
    }

    private static async Task<List<ProjectRow>> WithTrainingAsync(
        StoreContext store, List<ProjectRow> rows, List<ProjectId> projects, ContributorId id, DateTimeOffset midnight, CancellationToken cancellationToken)
    {
        var byProject = rows.ToDictionary(r => r.Project);
        foreach (var chunk in projects.Chunk(100))
        {
            foreach (var done in await store.TrainingAnswers.Where(a => chunk.Contains(a.ProjectId) && a.ContributorId == id && a.SubmittedAt >= midnight)
                .GroupBy(a => a.ProjectId).Select(g => new { g.Key, Count = g.Count(), Active = g.Sum(a => a.ActiveMilliseconds) }).ToListAsync(cancellationToken))
            {
                var row = byProject.GetValueOrDefault(done.Key) ?? new ProjectRow(done.Key, 0, 0);
                byProject[done.Key] = row with { ActiveMilliseconds = row.ActiveMilliseconds + done.Active, TrainingAnswers = done.Count };
            }

            foreach (var (project, state) in await TrainingState.OfAsync(store, chunk, id, cancellationToken))
                byProject[project] = (byProject.GetValueOrDefault(project) ?? new ProjectRow(project, 0, 0)) with { TrainingLeft = state.Left, TrainingOf = state.Of };
        }

        return [.. byProject.Values.OrderBy(r => r.Project.Value)];
    }

    /// <summary>The lowest UUIDv7 of a time.</summary>
    internal static ResponseId FirstOf(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeMilliseconds() << 16);
        return ResponseId.From(new Guid(bytes, bigEndian: true));
    }
}
