using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Touchstone.Files.Storage;
using Touchstone.Server.Host;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Examples;

/// <summary>Examples in the instructions of a project: picture, answers and what they teach. Neither the task nor who answered or decided is named.</summary>
internal static class ListExamples
{
    private const int ShownMax = 100;

    /// <param name="Id">The example.</param>
    /// <param name="Caption">What it teaches.</param>
    /// <param name="Answers">The right answers.</param>
    /// <param name="OntologyVersion">The version that they were made under.</param>
    /// <param name="Input">What they are about; null where it is no picture.</param>
    public sealed record Row(ExampleId Id, string Caption, JsonElement Answers, int OntologyVersion, InputBody? Input);

    public sealed record Body(IReadOnlyList<Row> Items);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/projects/{projectId}/examples", ListAsync).RequireContributor().WithName("ListExamples").WithSummary("Examples that the instructions show, oldest first, at most 100.");
        routes.MapGet("/examples/{exampleId}/input", InputAsync).RequireContributor().Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").WithName("GetExampleInput")
            .WithSummary("The picture of an example.");
        routes.MapDelete("/examples/{exampleId}", RemoveAsync).RequireManager().WithName("RemoveExample").WithSummary("Shows an example no more.");
    }

    private static async Task<Results<Ok<Body>, ProblemHttpResult>> ListAsync(
        ProjectId projectId, CurrentContributor contributor, StoreContext store, InputCache inputs, CancellationToken cancellationToken)
    {
        if (!await store.ProjectsVisibleTo(contributor).AnyAsync(p => p.Id == projectId, cancellationToken)) return Problems.NotFound("There is no such project.");
        var rows = await store.ExamplesVisibleTo(contributor).Where(e => e.ProjectId == projectId).OrderBy(e => e.Id).Take(ShownMax)
            .Join(store.Tasks, e => e.TaskId, t => t.Id, (e, t) => new { e.Id, e.Caption, e.Answers, t.OntologyVersion, t.AssetId }).ToListAsync(cancellationToken);
        var items = new List<Row>();
        foreach (var row in rows.OrderBy(r => r.Id.Value, Consensus.UuidOrder.Instance))
        {
            var facts = row.AssetId is { } asset ? await inputs.GetAsync(asset) : null;
            items.Add(new(
                row.Id, row.Caption, JsonElement.Parse(row.Answers), row.OntologyVersion,
                facts is null ? null : new InputBody("image", $"{TouchstoneServer.ApiPrefix}/examples/{row.Id}/input", facts.WidthPx, facts.HeightPx, facts.MediaType)));
        }

        return TypedResults.Ok(new Body(items));
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> InputAsync(
        ExampleId exampleId, HttpResponse response, CurrentContributor contributor, InputCache inputs, ContentFolder content, StoreContext store, CancellationToken cancellationToken)
    {
        var example = await store.ExamplesVisibleTo(contributor).Where(e => e.Id == exampleId).Join(store.Tasks, e => e.TaskId, t => t.Id, (e, t) => new { t.AssetId }).SingleOrDefaultAsync(cancellationToken);
        if (example?.AssetId is not { } asset) return ExampleRows.NoSuchExample();
        return await GetLeaseInput.OpenAsync(asset, new EntityTagHeaderValue($"\"{exampleId}\""), response, inputs, content, store, cancellationToken);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        ExampleId exampleId, CurrentContributor contributor, StoreDatabase database, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var found = await database.WriteAsync(
            async (store, cancel) =>
            {
                var example = await store.Examples.SingleOrDefaultAsync(e => e.Id == exampleId && e.OrganizationId == contributor.OrganizationId && contributor.Compartments.Contains(e.CompartmentId), cancel);
                if (example is null) return false;
                example.RemovedAt ??= now;
                return true;
            },
            cancellationToken);
        return found ? TypedResults.NoContent() : ExampleRows.NoSuchExample();
    }
}
