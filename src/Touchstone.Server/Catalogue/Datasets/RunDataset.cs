using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Answers;
using Touchstone.Formats.Exchange;
using Touchstone.Server.Host;
using Touchstone.Server.Jobs;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Datasets;

/// <summary>Asks for a survey or an import of a data set; a job does it.</summary>
internal static class RunDataset
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/datasets/{datasetId}/survey", SurveyAsync).RequireManager().WithName("SurveyDataset").WithSummary("Reads a data set through and tells what an import by the same plan would do and lose. Writes nothing into the project. The answer leaves out what the files were recognised as.");
        routes.MapPost("/datasets/{datasetId}/import", ImportAsync).RequireManager().WithName("ImportDataset").WithSummary("Imports a data set: pictures as tasks, and what was said of them. Run again, it adds only what is missing. The answer leaves out what the files were recognised as.");
    }

    private static Task<Results<Accepted<DatasetBody>, ProblemHttpResult>> SurveyAsync(
        DatasetId datasetId, DatasetPlan plan, StoreContext store, StoreDatabase database, ServerOptions options, CurrentContributor current, JobSignal signal, TimeProvider clock, CancellationToken cancellationToken) =>
        RunAsync(DatasetJob.Survey, datasetId, plan, store, database, options, current, signal, clock, cancellationToken);

    private static Task<Results<Accepted<DatasetBody>, ProblemHttpResult>> ImportAsync(
        DatasetId datasetId, DatasetPlan plan, StoreContext store, StoreDatabase database, ServerOptions options, CurrentContributor current, JobSignal signal, TimeProvider clock, CancellationToken cancellationToken) =>
        RunAsync(DatasetJob.Import, datasetId, plan, store, database, options, current, signal, clock, cancellationToken);

    private static async Task<Results<Accepted<DatasetBody>, ProblemHttpResult>> RunAsync(
        string kind, DatasetId datasetId, DatasetPlan plan, StoreContext store, StoreDatabase database, ServerOptions options, CurrentContributor current, JobSignal signal, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await store.DatasetsVisibleTo(current).AsNoTracking().SingleOrDefaultAsync(d => d.Id == datasetId, cancellationToken) is not { } dataset) return Datasets.NoSuchDataset();
        if (await FaultAsync(plan, store, current, cancellationToken) is { } fault) return Problems.Invalid([fault]);
        if (DatasetFolders.Of(options, datasetId).Files.Count == 0) return Problems.Conflict("The data set has no files yet.", "empty");
        var payload = JsonSerializer.Serialize(new DatasetJob.Payload(datasetId.Value, plan), WireJson.Options);
        var begun = await database.WriteAsync(
            async (write, cancel) =>
            {
                var row = await write.Datasets.SingleOrDefaultAsync(d => d.Id == datasetId, cancel);
                if (row is null || await Datasets.IsBusyAsync(write, row, cancel)) return null;
                var job = JobTable.Add(write, kind, payload, row.OrganizationId, row.ProjectId, current.Id, clock.Now());
                row.JobId = job.Id;
                row.Plan = JsonSerializer.Serialize(plan, WireJson.Options);
                return DatasetBody.Of(row, job, options, looks: false);
            },
            cancellationToken);
        if (begun is null) return Datasets.Busy();
        signal.Raise();
        return TypedResults.Accepted($"{TouchstoneServer.ApiPrefix}/datasets/{datasetId}", begun);
    }

    private static async Task<Fault?> FaultAsync(DatasetPlan plan, StoreContext store, CurrentContributor current, CancellationToken cancellationToken)
    {
        if (FormatRegistry.Find(plan.Format) is not { Traits.Reads: true }) return new Fault("/format", $"one of {string.Join(", ", FormatRegistry.All.Where(f => f.Traits.Reads).Select(f => f.Traits.Id))}", plan.Format);
        if (plan.AssumedSize is { } size && (size.WidthPx is < 1 or > 1_000_000 || size.HeightPx is < 1 or > 1_000_000)) return new Fault("/assumed_size", "a width and a height from 1 to 1000000", $"{size.WidthPx} x {size.HeightPx}");
        var named = (plan.Contributors ?? new Dictionary<string, ContributorId?>()).Values.OfType<ContributorId>().Distinct().ToArray();
        var known = await store.Contributors.Where(c => c.OrganizationId == current.OrganizationId && !c.Simulated && c.SuspendedAt == null && named.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken);
        var unknown = named.Where(id => !known.Contains(id)).Select(id => (ContributorId?)id).FirstOrDefault();
        return unknown is { } nobody ? new Fault("/contributors", "people who are members of the organization, neither simulated nor suspended", $"{nobody}") : null;
    }
}
