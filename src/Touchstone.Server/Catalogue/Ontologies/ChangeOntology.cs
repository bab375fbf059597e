using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Server.Catalogue.Projects;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Ontologies;

internal static class ChangeOntology
{
    /// <summary>Responses that a preview looks at, the newest first.</summary>
    private const int LookedAtMax = 50_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/projects/{projectId}/ontologies/preview", PreviewAsync).RequireManager().WithName("PreviewOntology")
            .WithSummary("What a new ontology would do to the answers that exist. Changes nothing.");
        routes.MapPost("/projects/{projectId}/ontologies", ApplyAsync).RequireManager().Idempotent().WithName("ChangeOntology")
            .WithSummary("Makes a new version of the ontology, for tasks imported from now on; tasks keep the one that they have, and no answer changes. Needs the project's If-Match.");
    }

    /// <param name="Ontology">As in a project file: {"questions": [...]}.</param>
    public sealed record Request(JsonElement Ontology);

    /// <param name="From">The version compared with.</param>
    /// <param name="Responses">Responses of the project.</param>
    /// <param name="Impact">What it would do to those looked at, at most the newest 50,000.</param>
    public sealed record Preview(int From, long Responses, OntologyImpact Impact);

    private static async Task<Results<Ok<Preview>, ProblemHttpResult>> PreviewAsync(
        ProjectId projectId, Request request, StoreDatabase database, CurrentContributor current, CancellationToken cancellationToken)
    {
        if (Read(request) is not { IsValid: true } parsed) return Problems.Invalid(Below(Read(request).Faults));
        return await database.ReadAsync<Results<Ok<Preview>, ProblemHttpResult>>(
            async (store, cancel) =>
            {
                var project = await store.ProjectsVisibleTo(current).AsNoTracking().SingleOrDefaultAsync(p => p.Id == projectId, cancel);
                if (project is null) return ListProjects.NoSuchProject();
                var from = OntologyJson.Parse(Encoding.UTF8.GetBytes(await JsonOfAsync(store, project, cancel))).ValueOrThrow();
                var count = await store.Responses.LongCountAsync(r => r.ProjectId == projectId, cancel);
                return TypedResults.Ok(new Preview(project.OntologyVersion, count, OntologyChange.Preview(from, parsed.Value, Existing(store, projectId))));
            },
            cancellationToken);
    }

    /// <summary>The newest answers, streamed: the preview looks at one at a time.</summary>
    private static IEnumerable<(string Id, JsonElement Answers, InputExtent Input)> Existing(StoreContext store, ProjectId project)
    {
        var rows = store.Responses.AsNoTracking().Where(r => r.ProjectId == project).OrderByDescending(r => r.Id).Take(LookedAtMax)
            .Join(store.Tasks, r => r.TaskId, t => t.Id, (r, t) => new { r.Id, r.Answers, t.AssetId })
            .GroupJoin(store.Assets, r => r.AssetId, a => a.Id, (r, a) => new { r, a })
            .SelectMany(x => x.a.DefaultIfEmpty(), (x, a) => new { x.r.Id, x.r.Answers, Width = a == null ? 0 : a.WidthPx, Height = a == null ? 0 : a.HeightPx });
        foreach (var row in rows) yield return (row.Id.ToString(), JsonElement.Parse(row.Answers), InputExtent.Image(row.Width, row.Height));
    }

    private static async Task<Results<Created<ListOntologies.Row>, Ok<ListOntologies.Row>, ProblemHttpResult>> ApplyAsync(
        ProjectId projectId, Request request, HttpContext http, StoreDatabase database, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (Read(request) is not { IsValid: true } parsed) return Problems.Invalid(Below(Read(request).Faults));
        var now = clock.Now();
        var (row, isNew, version, problem) = await database.WriteAsync((store, cancel) => AddAsync(store, projectId, parsed.Value, http.Request, current, now, cancel), cancellationToken);
        if (problem is not null) return problem;
        http.Response.SetVersion(version);
        return isNew ? TypedResults.Created($"{TouchstoneServer.ApiPrefix}/projects/{projectId}/ontologies/{row!.Number}", row) : TypedResults.Ok(row!);
    }

    private static async Task<(ListOntologies.Row? Row, bool IsNew, int Version, ProblemHttpResult? Problem)> AddAsync(
        StoreContext store, ProjectId id, Ontology ontology, HttpRequest request, CurrentContributor current, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var project = await store.ProjectsVisibleTo(current).SingleOrDefaultAsync(p => p.Id == id, cancellationToken);
        if (project is null) return (null, false, 0, ListProjects.NoSuchProject());
        if (VersionTag.Refuse(request, project.Version) is { } stale) return (null, false, 0, stale);
        var present = await store.OntologyVersions.AsNoTracking().Where(o => o.ProjectId == id && o.Number == project.OntologyVersion).SingleAsync(cancellationToken);
        if (present.Digest == ontology.Digest) return (new(present.Number, present.Digest, present.CreatedAt), false, project.Version, null);
        var number = await store.OntologyVersions.Where(o => o.ProjectId == id).MaxAsync(o => o.Number, cancellationToken) + 1;
        project.OntologyVersion = number;
        project.Version++;
        store.Add(OntologyRows.Make(project, number, ontology, current.Id, now));
        store.Add(CreateProject.Changed(project, current.Id, now));
        return (new(number, ontology.Digest, now), true, project.Version, null);
    }

    private static Annotations.Parsed<Ontology> Read(Request request) => OntologyJson.Parse(request.Ontology);

    private static List<Fault> Below(IReadOnlyList<Fault> faults) => [.. faults.Select(f => f with { Pointer = "/ontology" + f.Pointer })];

    private static Task<string> JsonOfAsync(StoreContext store, Project project, CancellationToken cancellationToken) =>
        store.OntologyVersions.Where(o => o.ProjectId == project.Id && o.Number == project.OntologyVersion).Select(o => o.Json).SingleAsync(cancellationToken);
}
