using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Quality;
using Touchstone.Quality.Assays;
using Touchstone.Quality.Consensus;
using Touchstone.Quality.Reliabilities;
using Touchstone.Server.Trust.Audits;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Trust.Releases.Format;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Releases;

/// <summary>An audit as a release needs it.</summary>
/// <param name="Chain">The audits that drew its sample, first to last: one, but for a sample that grew.</param>
/// <param name="Design">How it was drawn.</param>
/// <param name="Population">Ids of the tasks that it was drawn from, ascending.</param>
/// <param name="AuditTaskOf">The task under which each drawn one is judged.</param>
internal sealed record DrawnAudit(IReadOnlyList<Audit> Chain, AuditDesign Design, Guid[] Population, IReadOnlyDictionary<Guid, LabelTaskId> AuditTaskOf)
{
    public Audit Audit => Chain[^1];

    /// <summary>When the population was fixed: labels are graded as they stood then.</summary>
    public DateTimeOffset DrawnAt => Chain[0].CreatedAt;

    public int PartCount => Design.Strata?.Count ?? 1;

    /// <summary>Part that a task lies in; -1 for a task that the sample could not draw.</summary>
    public int PartOf(Guid task) => Design.IndexOf(Population, task);

    public static async Task<DrawnAudit> ReadAsync(StoreContext store, Audit audit, CancellationToken cancellationToken)
    {
        var chain = await AuditChain.ReadAsync(store, audit, cancellationToken);
        var batches = chain.Select(a => AuditBatch.Of(a.Id)).ToArray();
        var tasks = await store.Tasks.AsNoTracking().Where(t => t.ProjectId == audit.ProjectId && t.Purpose == TaskPurpose.Audit && batches.Contains(t.BatchId))
            .Select(t => new { t.Id, t.AuditOf }).ToListAsync(cancellationToken);
        return new DrawnAudit(chain, AuditDesign.Of(audit.Strata), PackedIds.Unpack(audit.PopulationIds), tasks.ToDictionary(t => t.AuditOf!.Value.Value, t => t.Id));
    }
}

/// <summary>What was said of one drawn task.</summary>
/// <param name="First">The first judgement: the one that counts.</param>
/// <param name="Second">A second one by somebody else, who did not see the first; null where there is none.</param>
internal readonly record struct Judgements(Response First, Response? Second);

/// <summary>Reads what was judged: audits and gold.</summary>
internal sealed class EvidenceSource(StoreContext store, OntologyCache ontologies, Pseudonyms pseudonyms, ProjectId project)
{
    private const int ChunkSize = 400;

    /// <summary>The latest audit of which anything was judged; null where there is none.</summary>
    public async Task<DrawnAudit?> LatestAuditAsync(CancellationToken cancellationToken)
    {
        foreach (var audit in await store.Audits.AsNoTracking().Where(a => a.ProjectId == project).OrderByDescending(a => a.Id).ToListAsync(cancellationToken))
        {
            var batch = AuditBatch.Of(audit.Id);
            if (await store.Tasks.AnyAsync(t => t.ProjectId == project && t.Purpose == TaskPurpose.Audit && t.BatchId == batch && t.ResponseCount > 0, cancellationToken))
                return await DrawnAudit.ReadAsync(store, audit, cancellationToken);
        }

        return null;
    }

    /// <summary>Audits that were drawn before, with what was judged of them until now.</summary>
    public async Task<List<EarlierAudit>> EarlierAsync(DrawnAudit audit, CancellationToken cancellationToken)
    {
        var earlier = new List<EarlierAudit>();
        var id = audit.Audit.Id;
        var own = audit.Chain.Select(a => a.Id).ToHashSet();
        foreach (var one in await store.Audits.AsNoTracking().Where(a => a.ProjectId == project).OrderBy(a => a.Id).Select(a => new { a.Id, a.CreatedAt, a.Size }).ToListAsync(cancellationToken))
        {
            if (one.Id == id) break;
            if (own.Contains(one.Id)) continue;
            var batch = AuditBatch.Of(one.Id);
            var judged = await store.Tasks.CountAsync(t => t.ProjectId == project && t.Purpose == TaskPurpose.Audit && t.BatchId == batch && t.ResponseCount > 0, cancellationToken);
            earlier.Add(new EarlierAudit(one.Id.Value, one.CreatedAt, one.Size, judged));
        }

        return earlier;
    }

    /// <summary>What auditors said, by the task that was judged.</summary>
    public static async Task<Dictionary<Guid, Judgements>> AuditResponsesAsync(StoreContext store, DrawnAudit audit, CancellationToken cancellationToken)
    {
        var judged = audit.AuditTaskOf.ToDictionary(t => t.Value, t => t.Key);
        var found = new Dictionary<Guid, Judgements>();
        foreach (var chunk in judged.Keys.Chunk(ChunkSize))
        {
            foreach (var response in await store.Responses.AsNoTracking().Where(r => chunk.Contains(r.TaskId)).OrderBy(r => r.Id).ToListAsync(cancellationToken))
            {
                var task = judged[response.TaskId];
                if (!found.TryGetValue(task, out var before)) found.Add(task, new Judgements(response, null));
                else if (before.Second is null && before.First.ContributorId != response.ContributorId) found[task] = before with { Second = response };
            }
        }

        return found;
    }

    /// <summary>Proposals that stood before those who judged, of the tasks that have one.</summary>
    public static async Task<Dictionary<LabelTaskId, string>> PrelabelsAsync(StoreContext store, IEnumerable<LabelTaskId> tasks, CancellationToken cancellationToken)
    {
        var found = new Dictionary<LabelTaskId, string>();
        foreach (var chunk in tasks.Chunk(ChunkSize))
            foreach (var row in await store.Tasks.Where(t => chunk.Contains(t.Id) && t.Prelabel != null).Select(t => new { t.Id, t.Prelabel }).ToListAsync(cancellationToken)) found.Add(row.Id, row.Prelabel!);
        return found;
    }

    /// <summary>One judged task with its grading.</summary>
    public (AuditEvidence Evidence, AuditedImage Graded) Judge(Ontology ontology, Guid task, int part, AnswerSet released, AnswerSet? asDrawn, LabelTaskId auditTask, in Judgements judgements)
    {
        // Graded from what is written, so that who reads it grades the same numbers.
        var first = judgements.First;
        var written = JsonElement.Parse(LabelSource.Read(ontology, first.Answers).ToJson());
        var reference = AnswerSet.Parse(ontology, written);
        var grader = pseudonyms.Of(first.ContributorId);
        SecondEvidence? second = null;
        SecondJudgement? between = null;
        if (judgements.Second is { } other)
        {
            second = new SecondEvidence
            {
                Response = other.Id.Value,
                Grader = pseudonyms.Of(other.ContributorId),
                Simulated = other.Simulated,
                Answers = JsonElement.Parse(LabelSource.Read(ontology, other.Answers).ToJson()),
            };
            between = new SecondJudgement(second.Grader, Grading.Grade(ontology, task.ToString(), AnswerSet.Parse(ontology, second.Answers), reference));
        }

        var evidence = new AuditEvidence
        {
            Task = task,
            AuditTask = auditTask.Value,
            Response = first.Id.Value,
            Grader = grader,
            Simulated = first.Simulated,
            Answers = written,
            Graded = asDrawn is null ? null : JsonElement.Parse(asDrawn.ToJson()),
            Second = second,
        };
        return (evidence, new AuditedImage(Grading.Grade(ontology, task.ToString(), asDrawn ?? released, reference), part, grader, between));
    }

    /// <summary>The label as it stood at a time, where a review has changed it since; null where it is the same.</summary>
    public static async Task<AnswerSet?> AsDrawnAsync(StoreContext store, LabelTaskId task, Ontology ontology, AnswerSet released, DateTimeOffset drawnAt, CancellationToken cancellationToken)
    {
        var before = await store.Reviews.Where(r => r.TaskId == task && r.DecidedAt <= drawnAt && r.Answers != null).OrderByDescending(r => r.Id).Select(r => r.Answers).FirstOrDefaultAsync(cancellationToken);
        if (before is null)
        {
            // Done by consensus when it was drawn: the first review after that kept what it changed.
            var basis = await store.Reviews.Where(r => r.TaskId == task && r.DecidedAt > drawnAt).OrderBy(r => r.Id).Select(r => r.Basis).FirstOrDefaultAsync(cancellationToken);
            before = basis is null ? null : ReviewBasis.Parse(basis).Answers.GetRawText();
        }

        if (before is null) return null;
        var answers = LabelSource.Read(ontology, before);
        return answers.ToJson().AsSpan().SequenceEqual(released.ToJson()) ? null : answers;
    }

    /// <summary>Gold with the consensus of those who met it, each fold by reliabilities that know nothing of it.</summary>
    /// <param name="overlap">Responses of each gold task that make its consensus: as many as ordinary tasks have, since more would flatter them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<List<(GoldEvidence Evidence, GradedImage Graded, IReadOnlyList<LineageLine> Lineage)>> GoldAsync(int overlap, CancellationToken cancellationToken)
    {
        var found = new List<(GoldEvidence, GradedImage, IReadOnlyList<LineageLine>)>();
        if (await FitInput.ReadAsync(store, ontologies, project, null, FitSchedule.ResponsesMax, cancellationToken) is not { Known.Count: > 0 } input) return found;
        var known = input.Known.ToDictionary(k => k.TaskId, k => k.Answers, StringComparer.Ordinal);
        var sizes = await SizesAsync(known.Keys, cancellationToken);
        var originals = await OriginalsAsync(known.Keys, cancellationToken);
        var gold = input.Tasks.Where(t => known.ContainsKey(t.TaskId)).OrderBy(t => t.TaskId, StringComparer.Ordinal).ToList();
        foreach (var fold in gold.GroupBy(t => GoldGrading.FoldOf(t.TaskId)).OrderBy(g => g.Key))
        {
            // What was reviewed teaches as it does in the course of work. Of gold that was made of a reviewed task that one is held out too: it says the same.
            var heldOut = fold.Select(t => t.TaskId).Concat(fold.Select(t => originals.GetValueOrDefault(t.TaskId)).OfType<string>()).ToHashSet(StringComparer.Ordinal);
            var table = ReliabilityFit.Fit(input.Ontology, input.Tasks, input.Taught, FitSchedule.Options, isHeldOut: heldOut.Contains).Table;
            foreach (var task in fold) found.Add(await GradeAsync(task, known[task.TaskId], table, overlap, sizes[task.TaskId], cancellationToken));
        }

        found.Sort((a, b) => UuidOrder.Instance.Compare(a.Item1.Task, b.Item1.Task));
        return found;
    }

    /// <summary>The reviewed tasks that gold was made of, by the gold's id.</summary>
    private async Task<Dictionary<string, string>> OriginalsAsync(IEnumerable<string> gold, CancellationToken cancellationToken)
    {
        var originals = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var chunk in gold.Select(t => LabelTaskId.Parse(t, null)).Chunk(ChunkSize))
        {
            foreach (var row in await store.Tasks.Where(t => chunk.Contains(t.Id) && t.AuditOf != null).Select(t => new { t.Id, t.AuditOf }).ToListAsync(cancellationToken))
                originals.Add(row.Id.ToString(), row.AuditOf!.Value.ToString());
        }

        return originals;
    }

    private async Task<(GoldEvidence, GradedImage, IReadOnlyList<LineageLine>)> GradeAsync(
        TaskOpinions task, AnswerSet known, ReliabilityTable table, int overlap, GoldSize size, CancellationToken cancellationToken)
    {
        var ontology = known.Ontology;
        var opinions = task.Opinions.OrderBy(o => o.ResponseId, StringComparer.Ordinal).Take(overlap).ToList();
        var consensus = TaskConsensus.Estimate(ontology, task.Input, opinions, table).Answers;
        var ids = opinions.ConvertAll(o => ResponseId.Parse(o.ResponseId, null));
        var responses = await store.Responses.AsNoTracking().Where(r => ids.Contains(r.Id)).OrderBy(r => r.Id).ToListAsync(cancellationToken);
        var evidence = new GoldEvidence
        {
            Task = Guid.Parse(task.TaskId),
            OntologyVersion = size.OntologyVersion,
            Width = size.WidthPx,
            Height = size.HeightPx,
            Answers = JsonElement.Parse(known.ToJson()),
            Consensus = JsonElement.Parse(consensus.ToJson()),
            Responses = [.. responses.Select(r => r.Id.Value)],
        };

        // Graded from what is written, so that who reads it grades the same numbers.
        var graded = Grading.Grade(ontology, task.TaskId, AnswerSet.Parse(ontology, evidence.Consensus), AnswerSet.Parse(ontology, evidence.Answers));
        return (evidence, graded, responses.ConvertAll(r => LabelSource.LineageOf(ontology, r, pseudonyms, size.Prelabel)));
    }

    private readonly record struct GoldSize(int OntologyVersion, int WidthPx, int HeightPx, string? Prelabel);

    private async Task<Dictionary<string, GoldSize>> SizesAsync(IEnumerable<string> tasks, CancellationToken cancellationToken)
    {
        var sizes = new Dictionary<string, GoldSize>(StringComparer.Ordinal);
        foreach (var chunk in tasks.Select(t => LabelTaskId.Parse(t, null)).Chunk(ChunkSize))
        {
            var rows = await store.Tasks.Where(t => chunk.Contains(t.Id))
                .Select(t => new { t.Id, t.OntologyVersion, t.Prelabel, Asset = store.Assets.Where(a => a.Id == t.AssetId).Select(a => new { a.WidthPx, a.HeightPx }).FirstOrDefault() }).ToListAsync(cancellationToken);
            foreach (var row in rows) sizes.Add(row.Id.ToString(), new GoldSize(row.OntologyVersion, row.Asset?.WidthPx ?? 0, row.Asset?.HeightPx ?? 0, row.Prelabel));
        }

        return sizes;
    }
}
