using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Consensus;

/// <summary>Grades responses to gold tasks by the known answers. A task that is gold no more, or teaches now, has none.</summary>
/// <remarks>It goes by the known answers that are there, as <see cref="TaskFactsReader"/> does: where they were changed later, the row that tells of it grades again.</remarks>
internal static class GoldGrader
{
    private const int ChunkSize = 500;

    public static async Task PlanAsync(
        StoreContext store, OntologyCache ontologies, ProjectPlan plan, IReadOnlyCollection<LabelTaskId> tasks, Action<Exception, LabelTaskId> failed, CancellationToken cancellationToken)
    {
        foreach (var ids in tasks.Chunk(ChunkSize))
        {
            var known = await store.Tasks.Where(t => ids.Contains(t.Id) && t.Purpose == TaskPurpose.Gold)
                .Join(store.Gold, t => t.Id, g => g.TaskId, (t, g) => new { t.Id, t.OntologyVersion, g.Answers }).ToDictionaryAsync(t => t.Id, cancellationToken);
            var responses = (await store.Responses.Where(r => ids.Contains(r.TaskId))
                .Select(r => new ResponseRecord(r.Id, r.TaskId, r.ContributorId, r.OntologyVersion, r.Answers, r.Supersedes, r.Simulated, r.SubmittedAt)).ToListAsync(cancellationToken)).ToLookup(r => r.TaskId);
            var stored = (await TaskFactsReader.GradesAsync(store, ids, cancellationToken)).ToLookup(g => g.Task, g => g.Grade);
            foreach (var id in ids)
            {
                IReadOnlyList<ResponseGrade> grades = [];
                try
                {
                    if (known.TryGetValue(id, out var gold)) grades = await GradeAsync(ontologies, plan, gold.OntologyVersion, gold.Answers, [.. responses[id]], cancellationToken);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    failed(failure, id);
                }

                if (grades.Count > 0 || stored[id].Any()) plan.GoldGrades[id] = new GradeChange([.. stored[id]], grades);
            }
        }
    }

    private static async ValueTask<IReadOnlyList<ResponseGrade>> GradeAsync(
        OntologyCache ontologies, ProjectPlan plan, int version, string answers, List<ResponseRecord> responses, CancellationToken cancellationToken)
    {
        var ontology = await ontologies.GetAsync(plan.ProjectId, version, cancellationToken);
        List<ResponseRecord> inForce = [.. TaskFactsReader.InForce(responses)];
        return TaskGrader.ByKnown(ontology, inForce, inForce.ConvertAll(r => TaskEstimator.OpinionOf(ontology, r)), answers, GradeBasis.Gold, plan.OrganizationId, plan.ProjectId);
    }
}
