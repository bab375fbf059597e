using System.Linq.Expressions;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Projects;

/// <summary>A project as everybody who may see it sees it.</summary>
/// <param name="Progress">Its figures, for managers; null for others.</param>
internal sealed record ProjectRow(
    ProjectId Id, string Name, string Description, string InputKind, int OntologyVersion, ProjectState State, bool Synthetic, DateTimeOffset CreatedAt, Progress? Progress)
{
    public static readonly Expression<Func<Project, ProjectRow>> Projection =
        p => new ProjectRow(p.Id, p.Name, p.Description, p.InputKind, p.OntologyVersion, p.State, p.Synthetic, p.CreatedAt, null);
}

/// <summary>One project.</summary>
/// <param name="Instructions">Markdown for contributors.</param>
/// <param name="Settings">How its work is done; null for those below manager, whom it could tell about gold.</param>
internal sealed record ProjectView(
    ProjectId Id,
    string Name,
    string Description,
    string Instructions,
    string InputKind,
    int OntologyVersion,
    ProjectState State,
    bool Synthetic,
    DateTimeOffset CreatedAt,
    int Version,
    ProjectSettings? Settings)
{
    public static ProjectView Of(Project project, bool withSettings) => new(
        project.Id,
        project.Name,
        project.Description,
        project.Instructions,
        project.InputKind,
        project.OntologyVersion,
        project.State,
        project.Synthetic,
        project.CreatedAt,
        project.Version,
        withSettings ? ProjectSettings.Of(project) : null);
}

/// <summary>How a project's work is done, named as in the project file.</summary>
internal sealed record ProjectSettings(
    CompartmentId? CompartmentId, OverlapSettings Overlap, GoldSettings Gold, int LeaseMinutes, ReviewSettings Review, AuditSettings Audit)
{
    public static ProjectSettings Of(Project project) => new(
        project.CompartmentId == Store.Ids.CompartmentId.None ? null : project.CompartmentId,
        new(project.OverlapMin, project.OverlapMax, project.OverlapConfidence),
        new(project.GoldRate),
        project.LeaseMinutes,
        new(project.Review),
        new(project.AuditShare));
}

internal sealed record OverlapSettings(int Min, int Max, double Confidence);

internal sealed record GoldSettings(double Rate);

internal sealed record ReviewSettings(ReviewPolicy When);

internal sealed record AuditSettings(double Share);
