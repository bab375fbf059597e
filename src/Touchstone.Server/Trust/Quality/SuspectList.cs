using Microsoft.EntityFrameworkCore;
using System.Text.Json;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality.Consensus;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Quality;

/// <summary>The suspects of a project, least trusted first.</summary>
/// <param name="Suspects">In order.</param>
internal sealed record SuspectList(IReadOnlyList<SuspectBody> Suspects);

/// <summary>Reads accepted tasks and ranks their labels. What a reviewer decided is not among them: a person has looked.</summary>
internal sealed class SuspectReader(OntologyCache ontologies)
{
    /// <summary>Accepted tasks looked at, those with the least confidence.</summary>
    private const int TasksMax = 3_000;

    /// <summary>The same where shapes are asked for, which cost more.</summary>
    private const int TasksOfShapesMax = 500;

    private const int SuspectsMax = 2_000;
    private const int ChunkSize = 500;

    public async Task<SuspectList> ReadAsync(StoreContext store, ProjectId id, CancellationToken cancellationToken)
    {
        var project = await store.Projects.AsNoTracking().SingleAsync(p => p.Id == id, cancellationToken);
        var newest = await ontologies.GetAsync(id, project.OntologyVersion, cancellationToken);
        var max = newest.Questions.Any(q => q is ShapesQuestion) ? TasksOfShapesMax : TasksMax;
        var tasks = await store.Tasks.Where(t => t.ProjectId == id && t.Purpose == TaskPurpose.Label && t.State == TaskState.Done && t.Confidence != null
                && !store.Reviews.Any(r => r.TaskId == t.Id && (r.Decision == ReviewDecision.Accept || r.Decision == ReviewDecision.Edit)))
            .OrderBy(t => t.Confidence).ThenBy(t => t.Id).Take(max).Select(t => new { t.Id, t.ExternalId }).ToListAsync(cancellationToken);
        var names = tasks.ToDictionary(t => t.Id, t => t.ExternalId);
        var table = ReliabilityBook.Of(await store.Reliabilities.AsNoTracking().Where(r => r.ProjectId == id).ToListAsync(cancellationToken)).Table;
        var accepted = new List<AcceptedTask>(tasks.Count);
        foreach (var chunk in tasks.Select(t => t.Id).Chunk(ChunkSize))
        {
            var consensus = await store.Consensus.AsNoTracking().Where(c => chunk.Contains(c.TaskId)).ToDictionaryAsync(c => c.TaskId, cancellationToken);
            foreach (var task in await TaskFactsReader.ReadAsync(store, chunk, cancellationToken))
            {
                if (!consensus.TryGetValue(task.Id, out var row)) continue;
                var ontology = await ontologies.GetAsync(id, task.OntologyVersion, cancellationToken);
                var opinions = task.Responses.ConvertAll(r => TaskEstimator.OpinionOf(ontology, r));
                using var document = JsonDocument.Parse(row.Answers);
                accepted.Add(new AcceptedTask(
                    task, names[task.Id], ontology, opinions, AnswerSet.Parse(ontology, document.RootElement), ConsensusDetail.Parse(row.Detail), TaskConsensus.Estimate(ontology, task.Input, opinions, table)));
            }
        }

        return new SuspectList([.. SuspectFinder.Find(accepted, table)
            .OrderBy(s => s.Suspect.Score).ThenBy(s => s.Grade).ThenBy(s => s.Suspect.Task.Value, UuidOrder.Instance).ThenBy(s => s.Suspect.Question, StringComparer.Ordinal)
            .ThenBy(s => s.Suspect.Shape, StringComparer.Ordinal).Take(SuspectsMax).Select(s => s.Suspect)]);
    }
}
