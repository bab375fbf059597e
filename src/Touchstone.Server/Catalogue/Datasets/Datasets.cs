using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Catalogue.Projects;
using Touchstone.Server.Host;
using Touchstone.Server.People;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Datasets;

/// <summary>Data sets that wait to be imported: begun, listed, looked at, removed.</summary>
internal static class Datasets
{
    private const int Most = 100;

    /// <param name="Name">What people call it; the member to whom a project's labels that name nobody belong gets this name from the first such data set.</param>
    public sealed record Request(string Name);

    /// <param name="Items">Newest first, at most 100, without what each was recognised as.</param>
    public sealed record List(IReadOnlyList<DatasetBody> Items);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/projects/{projectId}/datasets", CreateAsync).RequireManager().WithName("CreateDataset").WithSummary("Begins a data set of another tool: upload its files, survey it, import it.");
        routes.MapGet("/projects/{projectId}/datasets", ListAsync).RequireManager().WithName("ListDatasets").WithSummary("Data sets that were uploaded to a project, newest first.");
        routes.MapGet("/datasets/{datasetId}", GetAsync).RequireManager().WithName("GetDataset").WithSummary("One data set: what it was recognised as, what the last survey found, what the last import did.");
        routes.MapDelete("/datasets/{datasetId}", RemoveAsync).RequireManager().WithName("RemoveDataset").WithSummary("Removes a data set's uploaded files. What was imported from it stays.");
    }

    public static IQueryable<StagedDataset> DatasetsVisibleTo(this StoreContext store, CurrentContributor current) =>
        store.Datasets.Where(d => d.OrganizationId == current.OrganizationId && current.Compartments.Contains(d.CompartmentId));

    public static ProblemHttpResult NoSuchDataset() => Problems.NotFound("There is no such data set among those that you may see.");

    public static ProblemHttpResult Busy() => Problems.Conflict("The data set is being read. Wait until that is done, or cancel its job.", "busy");

    /// <summary>Whether its last job has not ended.</summary>
    public static Task<bool> IsBusyAsync(StoreContext store, StagedDataset dataset, CancellationToken cancellationToken) =>
        store.Jobs.AnyAsync(j => j.Id == dataset.JobId && (j.State == JobState.Queued || j.State == JobState.Running), cancellationToken);

    private sealed record Row(StagedDataset Dataset, Job? Job);

    /// <summary>Read in one statement: a job that is seen to have ended is seen with what it found.</summary>
    private static IQueryable<Row> WithJobs(StoreContext store, IQueryable<StagedDataset> datasets) =>
        datasets.AsNoTracking().Select(d => new Row(d, store.Jobs.FirstOrDefault(j => j.Id == d.JobId)));

    private static async Task<Results<Created<DatasetBody>, ProblemHttpResult>> CreateAsync(
        ProjectId projectId, Request request, StoreContext store, StoreDatabase database, ServerOptions options, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken)
    {
        var project = await store.ProjectsVisibleTo(current).AsNoTracking().SingleOrDefaultAsync(p => p.Id == projectId, cancellationToken);
        if (project is null) return ListProjects.NoSuchProject();
        if (Texts.CheckName(request.Name, "/name") is { } fault) return Problems.Invalid([fault]);
        var dataset = new StagedDataset
        {
            Id = DatasetId.New(clock.Now()),
            OrganizationId = project.OrganizationId,
            CompartmentId = project.CompartmentId,
            ProjectId = project.Id,
            Name = request.Name.Trim(),
            CreatedBy = current.Id,
            CreatedAt = clock.Now(),
        };
        await database.WriteAsync((write, _) => Task.FromResult(write.Add(dataset).Entity.Id), cancellationToken);
        return TypedResults.Created($"{TouchstoneServer.ApiPrefix}/datasets/{dataset.Id}", DatasetBody.Of(dataset, null, options, looks: true));
    }

    private static async Task<Results<Ok<List>, ProblemHttpResult>> ListAsync(ProjectId projectId, StoreContext store, ServerOptions options, CurrentContributor current, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(current).AnyAsync(p => p.Id == projectId, cancellationToken)) return ListProjects.NoSuchProject();
        var rows = await WithJobs(store, store.DatasetsVisibleTo(current).Where(d => d.ProjectId == projectId).OrderByDescending(d => d.Id).Take(Most)).ToListAsync(cancellationToken);
        return TypedResults.Ok(new List([.. rows.Select(r => DatasetBody.Of(r.Dataset, r.Job, options, looks: false))]));
    }

    private static async Task<Results<Ok<DatasetBody>, ProblemHttpResult>> GetAsync(DatasetId datasetId, StoreContext store, ServerOptions options, CurrentContributor current, CancellationToken cancellationToken) =>
        await WithJobs(store, store.DatasetsVisibleTo(current).Where(d => d.Id == datasetId)).SingleOrDefaultAsync(cancellationToken) is { } row
            ? TypedResults.Ok(DatasetBody.Of(row.Dataset, row.Job, options, looks: true))
            : NoSuchDataset();

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        DatasetId datasetId, StoreContext store, StoreDatabase database, ServerOptions options, CurrentContributor current, CancellationToken cancellationToken)
    {
        if (await store.DatasetsVisibleTo(current).AsNoTracking().SingleOrDefaultAsync(d => d.Id == datasetId, cancellationToken) is not { } dataset) return NoSuchDataset();
        if (await IsBusyAsync(store, dataset, cancellationToken)) return Busy();

        // The files first: what a crash leaves between the two can be removed again.
        DatasetFolders.Of(options, datasetId).Delete();
        await database.WriteAsync((write, cancel) => write.Datasets.Where(d => d.Id == datasetId).ExecuteDeleteAsync(cancel), cancellationToken);
        return TypedResults.NoContent();
    }
}
