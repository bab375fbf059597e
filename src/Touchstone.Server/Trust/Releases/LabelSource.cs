using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Annotations.Selectors;
using Touchstone.Files.Storage;
using Touchstone.Formats.Labels;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Trust.Releases.Format;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Review = Touchstone.Store.Entities.Review;
using ReviewDecision = Touchstone.Formats.Labels.ReviewDecision;

namespace Touchstone.Server.Trust.Releases;

/// <summary>A label on its way into a release.</summary>
/// <param name="Record">Its line.</param>
/// <param name="Ontology">What it was answered under.</param>
/// <param name="Answers">Its answers, typed.</param>
/// <param name="Lineage">Every response to its task, by id.</param>
/// <param name="Asset">What was looked at.</param>
/// <param name="DecidedAt">When the review in force was decided; null for a consensus.</param>
internal sealed record ReleasedLabel(
    LabelRecord Record, Ontology Ontology, AnswerSet Answers, IReadOnlyList<LineageLine> Lineage, Asset Asset, DateTimeOffset? DecidedAt);

/// <summary>Reads the done tasks of a project in the order of their ids, a few hundred at a time.</summary>
internal sealed class LabelSource(StoreContext store, OntologyCache ontologies, Pseudonyms pseudonyms, ProjectId project, bool copyImages)
{
    private const int ChunkSize = 400;

    public async IAsyncEnumerable<ReleasedLabel> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LabelTaskId? after = null;
        while (true)
        {
            var query = store.Tasks.AsNoTracking().Where(t => t.ProjectId == project && t.State == TaskState.Done && t.Purpose == TaskPurpose.Label);
            if (after is { } last) query = query.Where(t => t.Id > last);
            var tasks = await query.OrderBy(t => t.Id).Take(ChunkSize).ToListAsync(cancellationToken);
            foreach (var label in await ReadChunkAsync(tasks, cancellationToken)) yield return label;
            if (tasks.Count < ChunkSize) yield break;
            after = tasks[^1].Id;
        }
    }

    /// <summary>The done ones among some tasks.</summary>
    public async Task<List<ReleasedLabel>> ReadAsync(IEnumerable<LabelTaskId> ids, CancellationToken cancellationToken)
    {
        var labels = new List<ReleasedLabel>();
        foreach (var chunk in ids.Chunk(ChunkSize))
        {
            var tasks = await store.Tasks.AsNoTracking().Where(t => chunk.Contains(t.Id) && t.State == TaskState.Done).OrderBy(t => t.Id).ToListAsync(cancellationToken);
            labels.AddRange(await ReadChunkAsync(tasks, cancellationToken));
        }

        return labels;
    }

    private async Task<List<ReleasedLabel>> ReadChunkAsync(List<LabelTask> tasks, CancellationToken cancellationToken)
    {
        var ids = tasks.ConvertAll(t => t.Id);
        var assetIds = tasks.Where(t => t.AssetId is not null).Select(t => t.AssetId!.Value).Distinct().ToList();
        var assets = await store.Assets.AsNoTracking().Where(a => assetIds.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancellationToken);
        var consensus = await store.Consensus.AsNoTracking().Where(c => ids.Contains(c.TaskId)).ToDictionaryAsync(c => c.TaskId, cancellationToken);
        var reviews = (await store.Reviews.AsNoTracking().Where(r => ids.Contains(r.TaskId)).OrderBy(r => r.Id).ToListAsync(cancellationToken)).ToLookup(r => r.TaskId);
        var responses = (await store.Responses.AsNoTracking().Where(r => ids.Contains(r.TaskId)).OrderBy(r => r.Id).ToListAsync(cancellationToken)).ToLookup(r => r.TaskId);
        var labels = new List<ReleasedLabel>(tasks.Count);
        foreach (var task in tasks)
        {
            // Pictures are the one kind of input so far; a task without one cannot be in a release of pictures.
            if (task.AssetId is not { } asset) continue;
            var ontology = await ontologies.GetAsync(project, task.OntologyVersion, cancellationToken);
            labels.Add(Make(task, ontology, assets[asset], consensus.GetValueOrDefault(task.Id), reviews[task.Id].LastOrDefault(), [.. responses[task.Id]]));
        }

        return labels;
    }

    private ReleasedLabel Make(
        LabelTask task, Ontology ontology, Asset asset, Store.Entities.Consensus? consensus, Review? review, IReadOnlyList<Response> responses)
    {
        var decided = review is { Decision: Store.Entities.ReviewDecision.Accept or Store.Entities.ReviewDecision.Edit } ? review : null;
        var json = decided?.Answers ?? consensus?.Answers ?? throw new InvalidOperationException($"Task {task.Id} is done and has neither consensus nor review.");
        var canonical = JsonElement.Parse(Read(ontology, json).ToJson());
        var answers = AnswerSet.Parse(ontology, canonical);
        var faults = AnswerChecker.Check(ontology, canonical, InputExtent.Image(asset.WidthPx, asset.HeightPx));
        if (faults.Count > 0) throw new InvalidOperationException($"Task {task.Id} is done and its answers are not valid: {faults[0]}");

        var lineage = responses.Select(r => LineageOf(ontology, r, pseudonyms, task.Prelabel)).ToList();
        var superseded = responses.Where(r => r.Supersedes is not null).Select(r => r.Supersedes!.Value).ToHashSet();
        var inForce = responses.Where(r => !superseded.Contains(r.Id)).ToList();
        var originOf = responses.Zip(lineage).ToDictionary(l => l.First.Id, l => l.Second.WorkOf);
        var isSimulated = inForce.Exists(r => r.Simulated) || decided is { Simulated: true };
        var record = new LabelRecord(
            task.Id.ToString(),
            ImageOf(asset),
            isSimulated ? LabelOrigin.Simulated : inForce.Exists(r => originOf[r.Id] == LabelOrigin.Model) ? LabelOrigin.Model : LabelOrigin.Human,
            canonical,
            decided is null
                ? ConfidenceOf(ontology, answers, consensus!.Answers, ConsensusDetail.Parse(consensus.Detail))
                : ConfidenceOf(ontology, answers, BasisOf(decided)?.Answers.GetRawText(), BasisOf(decided)?.Detail),
            new LabelLineage(ontology.Digest, [.. inForce.Select(r => new LabelResponse(r.Id.ToString(), pseudonyms.Of(r.ContributorId), originOf[r.Id]))]),
            task.ExternalId,
            decided is null ? null : new LabelReview(
                decided.Id.ToString(), decided.Decision == Store.Entities.ReviewDecision.Edit ? ReviewDecision.Edited : ReviewDecision.Accepted, pseudonyms.Of(decided.ReviewerId)));
        return new ReleasedLabel(record, ontology, answers, lineage, asset, decided?.DecidedAt);
    }

    private LabelledAsset ImageOf(Asset asset) => new(
        asset.Sha256,
        copyImages ? ReleaseFiles.Image(asset.Sha256, asset.MediaType) : asset.FileName ?? asset.Sha256,
        asset.WidthPx,
        asset.HeightPx,
        asset.Orientation,
        asset.Synthetic);

    private static ReviewBasis? BasisOf(Review review) => review.Basis is { } basis ? ReviewBasis.Parse(basis) : null;

    /// <summary>How sure each answer is. What a reviewer answered otherwise keeps its lineage where it goes back to something, and has no estimate.</summary>
    private static List<AnswerConfidence> ConfidenceOf(Ontology ontology, AnswerSet answers, string? consensus, ConsensusDetail? detail)
    {
        var fused = consensus is null ? null : Read(ontology, consensus);
        var confidence = new List<AnswerConfidence>();
        foreach (var question in ontology.Questions)
        {
            if (!answers.ByQuestion.TryGetValue(question.Id, out var answer)) continue;
            var before = fused?.ByQuestion.GetValueOrDefault(question.Id);
            var isSame = before is not null && Json(question, before) == Json(question, answer);
            var sure = isSame ? detail?.Questions.GetValueOrDefault(question.Id)?.Confidence : null;
            confidence.Add(new AnswerConfidence(question.Id, sure, answer is ShapesAnswer shapes ? ShapesOf(question.Id, shapes, before as ShapesAnswer, detail) : null));
        }

        return confidence;
    }

    private static List<ShapeConfidence> ShapesOf(string question, ShapesAnswer answer, ShapesAnswer? fused, ConsensusDetail? detail) => [.. answer.Shapes.Select(shape =>
    {
        var origin = detail?.Objects.FirstOrDefault(o => o.Question == question && o.Shape == shape.Id);
        var isSame = fused?.Shapes.FirstOrDefault(s => s.Id == shape.Id) is { } before && before.Class == shape.Class && before.Geometry.Equals(shape.Geometry);
        return new ShapeConfidence(
            shape.Id,
            origin is null ? [] : [.. origin.Support.OrderBy(s => s.Response, StringComparer.Ordinal).ThenBy(s => s.Shape, StringComparer.Ordinal).Select(s => new ShapeSupport(s.Response, s.Shape))],
            isSame ? origin?.Confidence : null);
    })];

    private static string Json(Question question, Answer answer) => AnswerJson.ToElement(question, answer).GetRawText();

    internal static AnswerSet Read(Ontology ontology, string json)
    {
        using var document = JsonDocument.Parse(json);
        return AnswerSet.Parse(ontology, document.RootElement);
    }

    internal static LineageLine LineageOf(Ontology ontology, Response response, Pseudonyms pseudonyms, string? prelabel) => new()
    {
        Response = response.Id.Value,
        Task = response.TaskId.Value,
        Contributor = pseudonyms.Of(response.ContributorId),
        Digest = FileDigest.Of(Encoding.UTF8.GetBytes(response.Answers)),
        Simulated = response.Simulated,
        Supersedes = response.Supersedes?.Value,
        Shapes = Read(ontology, response.Answers).ByQuestion.Where(a => a.Value is ShapesAnswer).OrderBy(a => a.Key, StringComparer.Ordinal)
            .ToDictionary(a => a.Key, a => (IReadOnlyList<string>)[.. ((ShapesAnswer)a.Value).Shapes.Select(s => s.Id)]),
        Prelabel = prelabel is null ? null : PrelabelOf(ontology, response, Prelabel.Parse(prelabel)),
    };

    /// <summary>The same of a response whose answers the evidence encloses in canonical form: the line names that form's digest too.</summary>
    internal static LineageLine EnclosedLineageOf(Ontology ontology, Response response, Pseudonyms pseudonyms, string? prelabel) =>
        LineageOf(ontology, response, pseudonyms, prelabel) with { CanonicalDigest = CanonicalAnswers.DigestOf(Read(ontology, response.Answers)) };

    /// <summary>Whoever answered here had the proposal before them. Of what was answered elsewhere, and came in with it, nobody knows but by a shape that is the same.</summary>
    private static LineagePrelabel? PrelabelOf(Ontology ontology, Response response, Prelabel prelabel)
    {
        var use = PrelabelUse.Of(ontology, AnswerSet.Parse(ontology, prelabel.Answers), Read(ontology, response.Answers));
        return response.SubmittedAt < prelabel.At && use.ShapesKept == 0 ? null : new(prelabel.Origin, prelabel.ByModel, use.Shapes, use.ShapesKept, use.Answers, use.AnswersKept);
    }
}
