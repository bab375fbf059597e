using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality;
using Touchstone.Quality.Reliabilities;
using Touchstone.Store.Entities;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>Grades the responses in force to a task: by the answers that a reviewer accepted, where there are any, and otherwise by the other responses.</summary>
internal static class TaskGrader
{
    public static IReadOnlyList<ResponseGrade> Grade(Ontology ontology, TaskRecord task, IReadOnlyList<Opinion> opinions, ReliabilityBook reliabilities)
    {
        if (task.Review is { Decision: ReviewDecision.Accept or ReviewDecision.Edit, Answers: { } accepted }) return ByKnown(ontology, task.Responses, opinions, accepted, GradeBasis.Review, task.OrganizationId, task.ProjectId);
        var grades = ResponseGrading.ByOthers(ontology, task.Input, opinions, reliabilities.Table);
        if (grades.Count == 0) return [];
        var byId = task.Responses.ToDictionary(r => r.Id.ToString(), StringComparer.Ordinal);
        return [.. grades.Select(g => Of(byId[g.ResponseId], g, GradeBasis.Others, task.OrganizationId, task.ProjectId))];
    }

    /// <summary>Grades by answers that are known to be right.</summary>
    public static IReadOnlyList<ResponseGrade> ByKnown(
        Ontology ontology, IReadOnlyList<ResponseRecord> responses, IReadOnlyList<Opinion> opinions, string known, GradeBasis basis, Store.Ids.OrganizationId organization, Store.Ids.ProjectId project)
    {
        using var document = JsonDocument.Parse(known);
        var right = AnswerSet.Parse(ontology, document.RootElement);
        var grades = new List<ResponseGrade>(responses.Count);
        for (var i = 0; i < responses.Count; i++)
            if (ResponseGrading.ByKnown(ontology, opinions[i], right) is { } grade) grades.Add(Of(responses[i], grade, basis, organization, project));
        return grades;
    }

    private static ResponseGrade Of(ResponseRecord response, GradedResponse grade, GradeBasis basis, Store.Ids.OrganizationId organization, Store.Ids.ProjectId project) => new()
    {
        ResponseId = response.Id,
        OrganizationId = organization,
        ProjectId = project,
        TaskId = response.TaskId,
        ContributorId = response.ContributorId,
        Basis = basis,
        Right = grade.Right,
        Choices = grade.Choices,
        SubmittedAt = response.SubmittedAt,
    };
}
