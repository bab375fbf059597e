using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Answers;
using Touchstone.Server.Host;
using Touchstone.Server.People;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Projects;

internal static class UpdateProject
{
    private const int TextMax = 100_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPatch("/projects/{projectId}", PatchAsync).RequireManager().WithName("UpdateProject").WithSummary("Changes what is named and leaves the rest; needs If-Match.");
        routes.MapPut("/projects/{projectId}/state", SetStateAsync).RequireManager().WithName("SetProjectState")
            .WithSummary("Pauses a project, makes it active again, or archives it; needs If-Match. Leases that are out may still be submitted.");
    }

    public sealed record Patch(
        string? Name = null,
        string? Description = null,
        string? Instructions = null,
        OverlapSettings? Overlap = null,
        GoldChange? Gold = null,
        TrainingSettings? Training = null,
        EvaluationSettings? Evaluation = null,
        int? LeaseMinutes = null,
        ReviewSettings? Review = null,
        AuditChange? Audit = null);

    /// <summary>What is not named stays.</summary>
    public sealed record GoldChange(double? Rate = null, int? RotateAfter = null);

    /// <summary>What is not named stays.</summary>
    public sealed record AuditChange(double? Share = null, double? Twice = null);

    public sealed record StateRequest(ProjectState State);

    private static Task<Results<Ok<ProjectView>, ProblemHttpResult>> PatchAsync(
        ProjectId projectId, Patch patch, HttpContext http, StoreDatabase database, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken) =>
        ChangeAsync(projectId, http, database, current, clock, (store, project, cancel) => ApplyAsync(store, project, patch, cancel), cancellationToken);

    private static Task<Results<Ok<ProjectView>, ProblemHttpResult>> SetStateAsync(
        ProjectId projectId, StateRequest request, HttpContext http, StoreDatabase database, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken) =>
        ChangeAsync(
            projectId,
            http,
            database,
            current,
            clock,
            (_, project, _) =>
            {
                project.State = request.State;
                return Task.FromResult<ProblemHttpResult?>(null);
            },
            cancellationToken);

    /// <summary>One change of a project's row: seen, allowed, not stale, applied, told to the outbox.</summary>
    private static async Task<Results<Ok<ProjectView>, ProblemHttpResult>> ChangeAsync(
        ProjectId id,
        HttpContext http,
        StoreDatabase database,
        CurrentContributor current,
        TimeProvider clock,
        Func<StoreContext, Project, CancellationToken, Task<ProblemHttpResult?>> apply,
        CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var (project, problem) = await database.WriteAsync<(Project?, ProblemHttpResult?)>(
            async (store, cancel) =>
            {
                var project = await store.ProjectsVisibleTo(current).SingleOrDefaultAsync(p => p.Id == id, cancel);
                if (project is null) return (null, ListProjects.NoSuchProject());
                if (VersionTag.Refuse(http.Request, project.Version) is { } stale) return (null, stale);
                if (await apply(store, project, cancel) is { } refused)
                {
                    store.ChangeTracker.Clear();
                    return (null, refused);
                }

                project.Version++;
                store.Add(CreateProject.Changed(project, current.Id, now));
                return (project, null);
            },
            cancellationToken);
        if (problem is not null) return problem;
        http.Response.SetVersion(project!.Version);
        return TypedResults.Ok(ProjectView.Of(project, withSettings: true));
    }

    private static async Task<ProblemHttpResult?> ApplyAsync(StoreContext store, Project project, Patch patch, CancellationToken cancellationToken)
    {
        project.Name = patch.Name?.Trim() ?? project.Name;
        project.Description = patch.Description ?? project.Description;
        project.Instructions = patch.Instructions ?? project.Instructions;
        if (patch.Overlap is { } overlap) (project.OverlapMin, project.OverlapMax, project.OverlapConfidence) = (overlap.Min, overlap.Max, overlap.Confidence);
        project.GoldRate = patch.Gold?.Rate ?? project.GoldRate;
        project.GoldRotateAfter = patch.Gold?.RotateAfter ?? project.GoldRotateAfter;
        project.TrainingTasks = patch.Training?.Tasks ?? project.TrainingTasks;
        project.EvaluationTasks = patch.Evaluation?.Tasks ?? project.EvaluationTasks;
        project.LeaseMinutes = patch.LeaseMinutes ?? project.LeaseMinutes;
        project.Review = patch.Review?.When ?? project.Review;
        project.AuditShare = patch.Audit?.Share ?? project.AuditShare;
        project.AuditTwice = patch.Audit?.Twice ?? project.AuditTwice;
        if (Check(project) is { Count: > 0 } faults) return Problems.Invalid(faults);
        var taken = patch.Name is not null && await store.Projects.AnyAsync(p => p.OrganizationId == project.OrganizationId && p.Name == project.Name && p.Id != project.Id, cancellationToken);
        return taken ? CreateProject.NameTaken(project.Name) : null;
    }

    /// <summary>The bounds of the project file.</summary>
    private static List<Fault> Check(Project project)
    {
        List<Fault?> faults =
        [
            Texts.CheckName(project.Name, "/name"),
            AtMost("/description", project.Description),
            AtMost("/instructions", project.Instructions),
            Between("/overlap/min", project.OverlapMin, 1, 100),
            Between("/overlap/max", project.OverlapMax, project.OverlapMin, 100),
            Between("/overlap/confidence", project.OverlapConfidence, 0, 1),
            Between("/gold/rate", project.GoldRate, 0, 0.5),
            Between("/gold/rotate_after", project.GoldRotateAfter, 0, 1_000_000),
            Between("/training/tasks", project.TrainingTasks, 0, 1_000),
            Between("/evaluation/tasks", project.EvaluationTasks, 0, 1_000),
            Between("/lease_minutes", project.LeaseMinutes, 1, 1440),
            Between("/audit/share", project.AuditShare, 0, 1),
            Between("/audit/twice", project.AuditTwice, 0, 1),
        ];
        return [.. faults.OfType<Fault>()];
    }

    private static Fault? AtMost(string pointer, string text) => text.Length <= TextMax ? null : new(pointer, $"at most {TextMax} characters", $"{text.Length}");

    private static Fault? Between(string pointer, double value, double least, double most) =>
        value >= least && value <= most ? null : new(pointer, $"a number from {least} to {most}", value.ToString());
}
