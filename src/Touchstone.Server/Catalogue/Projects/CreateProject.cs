using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Projects;
using Touchstone.Annotations.Selectors;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Projects;

internal static class CreateProject
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/projects", HandleAsync).RequireManager().Idempotent().Accepts<string>("application/yaml", "application/x-yaml", "text/yaml", "application/json").WithName("CreateProject")
            .WithSummary("Makes a project from its file, in YAML or JSON. ?synthetic=true says that its data is drawn and not photographed.");

    private static async Task<Results<Created<ProjectView>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, bool? synthetic, StoreDatabase database, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken)
    {
        var parsed = await ProjectDocuments.ReadAsync(request, cancellationToken);
        if (!parsed.IsValid) return Problems.Invalid(parsed.Faults);
        if (parsed.Value.Input != InputKind.Image) return Problems.Invalid("/input", "image, the one kind of input that this server hands out", SnakeCaseNames.Of(parsed.Value.Input));
        var now = clock.Now();
        try
        {
            var (project, problem) = await database.WriteAsync((store, cancel) => AddAsync(store, parsed.Value, synthetic ?? false, current, now, cancel), cancellationToken);
            if (problem is not null) return problem;
            request.HttpContext.Response.SetVersion(project!.Version);
            return TypedResults.Created($"{TouchstoneServer.ApiPrefix}/projects/{project.Id}", ProjectView.Of(project, withSettings: true));
        }
        catch (DbUpdateException failure) when (failure is not DbUpdateConcurrencyException && Unique.IsViolated(failure))
        {
            return NameTaken(parsed.Value.Name);
        }
    }

    private static async Task<(Project? Project, ProblemHttpResult? Problem)> AddAsync(
        StoreContext store, ProjectDefinition definition, bool synthetic, CurrentContributor current, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await store.Projects.AnyAsync(p => p.OrganizationId == current.OrganizationId && p.Name == definition.Name, cancellationToken)) return (null, NameTaken(definition.Name));
        var compartment = CompartmentId.None;
        if (definition.Compartment is { } name)
        {
            var found = await store.Compartments
                .Where(c => c.OrganizationId == current.OrganizationId && c.Name == name && current.Compartments.Contains(c.Id)).SingleOrDefaultAsync(cancellationToken);
            if (found is null) return (null, Problems.Invalid("/compartment", "a compartment that you are cleared for", $"\"{name}\""));
            compartment = found.Id;
        }

        var project = Make(definition, compartment, synthetic, current, now);
        store.Add(project);
        store.Add(OntologyRows.Make(project, 1, definition.Ontology, current.Id, now));
        store.Add(Changed(project, current.Id, now));
        return (project, null);
    }

    private static Project Make(ProjectDefinition definition, CompartmentId compartment, bool synthetic, CurrentContributor current, DateTimeOffset now) => new()
    {
        Id = ProjectId.New(now),
        OrganizationId = current.OrganizationId,
        CompartmentId = compartment,
        Name = definition.Name,
        Description = definition.Description ?? "",
        Instructions = definition.Instructions ?? "",
        InputKind = SnakeCaseNames.Of(definition.Input),
        OverlapMin = definition.Overlap.Min,
        OverlapMax = definition.Overlap.Max,
        OverlapConfidence = definition.Overlap.Confidence,
        GoldRate = definition.Gold.Rate,
        GoldRotateAfter = definition.Gold.RotateAfter,
        TrainingTasks = definition.Training.Tasks,
        EvaluationTasks = definition.Evaluation.Tasks,
        LeaseMinutes = definition.LeaseMinutes,
        Review = ProjectDocuments.PolicyOf(definition.Review.When),
        AuditShare = definition.Audit.Share,
        AuditTwice = definition.Audit.Twice,
        Synthetic = synthetic,
        CreatedAt = now,
    };

    /// <summary>Tells whoever derives things from a project that its settings are other ones now.</summary>
    public static OutboxRow Changed(Project project, ContributorId by, DateTimeOffset now) => new()
    {
        Kind = OutboxKind.ProjectChanged,
        OrganizationId = project.OrganizationId,
        ProjectId = project.Id,
        ContributorId = by,
        SubjectId = project.Id.Value,
        At = now,
    };

    public static ProblemHttpResult NameTaken(string name) => Problems.Conflict($"There is a project named \"{name}\" in your organization already.", "name_taken");
}

/// <summary>Rows of ontology versions.</summary>
internal static class OntologyRows
{
    public static OntologyVersion Make(Project project, int number, Ontology ontology, ContributorId by, DateTimeOffset now) => new()
    {
        ProjectId = project.Id,
        Number = number,
        OrganizationId = project.OrganizationId,
        Json = Encoding.UTF8.GetString(OntologyJson.Write(ontology)),
        Digest = ontology.Digest,
        CreatedBy = by,
        CreatedAt = now,
    };
}
