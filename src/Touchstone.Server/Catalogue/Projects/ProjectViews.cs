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
    CompartmentId? CompartmentId, OverlapSettings Overlap, GoldSettings Gold, TrainingSettings Training, EvaluationSettings Evaluation, int LeaseMinutes, ReviewSettings Review, AuditSettings Audit)
{
    public static ProjectSettings Of(Project project) => new(
        project.CompartmentId == Store.Ids.CompartmentId.None ? null : project.CompartmentId,
        new(project.OverlapMin, project.OverlapMax, project.OverlapConfidence),
        new(project.GoldRate, project.GoldRotateAfter),
        new(project.TrainingTasks),
        new(project.EvaluationTasks),
        project.LeaseMinutes,
        new(project.Review),
        new(project.AuditShare, project.AuditTwice));
}

internal sealed record OverlapSettings(int Min, int Max, double Confidence);

/// <param name="Rate">Share of leases whose answer is known.</param>
/// <param name="RotateAfter">Answers after which a gold task is retired; 0 is never.</param>
internal sealed record GoldSettings(double Rate, int RotateAfter);

/// <param name="Tasks">Training tasks that a newcomer does before ordinary work.</param>
internal sealed record TrainingSettings(int Tasks);

/// <param name="Tasks">Gold tasks that a newcomer is evaluated by, unmarked.</param>
internal sealed record EvaluationSettings(int Tasks);

internal sealed record ReviewSettings(ReviewPolicy When);

/// <param name="Share">Share of done tasks that an audit draws by default.</param>
/// <param name="Twice">Share of them that two people judge.</param>
internal sealed record AuditSettings(double Share, double Twice);
