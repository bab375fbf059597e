using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Work;

/// <summary>What the caller did today, by UTC, and what they hold.</summary>
internal static class MyWork
{
    public sealed record ProjectRow(ProjectId Project, int Responses, long ActiveMilliseconds);

    /// <param name="Day">The UTC day that is counted.</param>
    /// <param name="Responses">Submitted on it.</param>
    /// <param name="ActiveMilliseconds">Active time in them.</param>
    /// <param name="Projects">The same by project.</param>
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
                .Select(g => new ProjectRow(g.Key, g.Count(), g.Sum(r => r.ActiveMilliseconds)))
                .ToListAsync(cancellationToken));
        }

        var held = await store.Leases
            .Where(l => l.ContributorId == id && projects.Contains(l.ProjectId) && l.State == LeaseState.Live && l.Purpose != LeasePurpose.Review && l.ExpiresAt > now)
            .OrderBy(l => l.IssuedAt).ThenBy(l => l.Id).Select(l => l.Token).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Body(
            DateOnly.FromDateTime(midnight.UtcDateTime), rows.Sum(r => r.Responses), rows.Sum(r => r.ActiveMilliseconds), rows, held));
    }

    /// <summary>The lowest UUIDv7 of a time.</summary>
    private static ResponseId FirstOf(DateTimeOffset time)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, time.ToUnixTimeMilliseconds() << 16);
        return ResponseId.From(new Guid(bytes, bigEndian: true));
    }
}
