using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Catalogue.Projects;
using Touchstone.Server.Host;
using Touchstone.Server.People;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Catalogue.Tasks;

internal static class ImportTasks
{
    /// <summary>Faults that an answer lists and that a batch keeps; the rest is counted.</summary>
    public const int FaultsListedMax = 1_000;
    public const int FaultsKeptMax = 10_000;

    public static void Map(IEndpointRouteBuilder routes, long bytesMax) =>
        routes.MapPost("/projects/{projectId}/tasks", HandleAsync).RequireManager().WithMetadata(new BodyLimit(bytesMax)).Accepts<string>("application/x-ndjson").WithName("ImportTasks")
            .WithSummary("Imports tasks, one JSON object a line. Good lines go in; each bad one is listed with its line, pointer, what was expected and what was found. Sending it again imports nothing twice that has an external id.");

    public sealed record BatchName(BatchId Id, string Name);

    /// <param name="Batch">What the tasks were imported as; ?batch= adds to it.</param>
    /// <param name="Imported">New tasks.</param>
    /// <param name="Repeated">Lines whose external id the project had.</param>
    /// <param name="Refused">Lines that did not go in.</param>
    /// <param name="Faults">The first 1,000 of them.</param>
    public sealed record Report(BatchName Batch, long Imported, long Repeated, long Refused, IReadOnlyList<LineFault> Faults);

    private static async Task<Results<Ok<Report>, ProblemHttpResult>> HandleAsync(
        ProjectId projectId,
        [FromQuery(Name = "batch")] BatchId? into,
        string? name,
        HttpRequest request,
        StoreContext store,
        StoreDatabase database,
        CurrentContributor current,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var project = await store.ProjectsVisibleTo(current).AsNoTracking().SingleOrDefaultAsync(p => p.Id == projectId, cancellationToken);
        if (project is null) return ListProjects.NoSuchProject();
        if (project.State == ProjectState.Archived) return Problems.Conflict("The project is archived and takes no more tasks.", "archived");
        var (batch, refusal) = await BatchAsync(store, database, project, into, name, current, clock.Now(), cancellationToken);
        if (refusal is not null) return refusal;

        var faults = new FaultList();
        var repeats = new RepeatCheck(store, projectId, faults);
        var resolver = await TaskResolver.OpenAsync(store, project, faults, repeats, cancellationToken);
        try
        {
            await TaskImporter.ImportAsync(database, projectId, batch!.Id, current.Id, resolver.ReadAsync(request.Body, cancellationToken), clock, repeats, cancellationToken);
            await repeats.EndChunkAsync(cancellationToken);
        }
        finally
        {
            await KeepAsync(database, batch!.Id, project.OrganizationId, faults, repeats.Contradictions);
        }

        return TypedResults.Ok(new Report(batch, repeats.Count.Imported, repeats.Count.Repeated - repeats.Contradictions, faults.Count, faults.First(FaultsListedMax)));
    }

    private static async Task<(BatchName? Batch, ProblemHttpResult? Refusal)> BatchAsync(
        StoreContext store, StoreDatabase database, Project project, BatchId? into, string? name, CurrentContributor current, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (into is { } id)
        {
            var known = await store.BatchesVisibleTo(current).Where(b => b.Id == id && b.ProjectId == project.Id).Select(b => new BatchName(b.Id, b.Name)).SingleOrDefaultAsync(cancellationToken);
            return known is null ? (null, Problems.NotFound("The project has no such batch.")) : (known, null);
        }

        if (name is not null && Texts.CheckName(name, "?name") is { } fault) return (null, Problems.Invalid([fault]));
        var batch = new Batch
        {
            Id = BatchId.New(now),
            OrganizationId = project.OrganizationId,
            CompartmentId = project.CompartmentId,
            ProjectId = project.Id,
            Name = name?.Trim() ?? now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'"),
            CreatedBy = current.Id,
            CreatedAt = now,
        };
        await database.WriteAsync((write, _) => Task.FromResult(write.Add(batch).Entity.Id), cancellationToken);
        return (new(batch.Id, batch.Name), null);
    }

    /// <summary>Also when the caller went away half way: what went in stays, so what did not must stay listed.</summary>
    private static async Task KeepAsync(StoreDatabase database, BatchId batch, OrganizationId organization, FaultList faults, long contradictions)
    {
        if (faults.Count == 0) return;
        await database.WriteAsync(
            async (store, cancel) =>
            {
                store.ImportFaults.AddRange(faults.First(FaultsKeptMax).Select(f => new ImportFault { BatchId = batch, OrganizationId = organization, Line = f.Line, Reason = f.Reason, Detail = f.Detail }));
                return await store.Batches.Where(b => b.Id == batch).ExecuteUpdateAsync(
                    b => b.SetProperty(x => x.Refused, x => x.Refused + (int)Math.Min(faults.Count, int.MaxValue)).SetProperty(x => x.Repeated, x => x.Repeated - (int)contradictions), cancel);
            },
            CancellationToken.None);
    }
}

/// <summary>Faults of an import: the first ones with all they say, the rest as a number.</summary>
internal sealed class FaultList
{
    private readonly List<LineFault> _kept = [];

    public long Count { get; private set; }

    public void Add(LineFault fault)
    {
        Count++;
        if (_kept.Count < ImportTasks.FaultsKeptMax) _kept.Add(fault);
    }

    /// <summary>By line, of those that were found first.</summary>
    public IReadOnlyList<LineFault> First(int count) => [.. _kept.Take(count).OrderBy(f => f.Line)];
}
