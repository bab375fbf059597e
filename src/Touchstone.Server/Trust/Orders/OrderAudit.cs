using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Answers;
using Touchstone.Quality.Assays;
using Touchstone.Server.Trust.Audits;
using Touchstone.Server.Trust.Releases;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Orders;

/// <summary>What the audits of an order say so far.</summary>
/// <param name="Drawn">The growing sample; null before the first look.</param>
/// <param name="Stratum">Tasks that can be drawn, judged and right throughout; null before anything was judged.</param>
/// <param name="IsJudged">Whether every drawn task has a judgement.</param>
/// <param name="IsWhole">Whether every second judgement is there too.</param>
internal sealed record OrderAudit(DrawnAudit? Drawn, AuditedStratum? Stratum, bool IsJudged, bool IsWhole)
{
    public int Looks => Drawn?.Chain.Count ?? 0;

    public static async Task<OrderAudit> ReadAsync(StoreContext store, OntologyCache ontologies, BoundOrder order, CancellationToken cancellationToken)
    {
        var audits = await store.Audits.AsNoTracking().Where(a => a.ProjectId == order.ProjectId && a.Strata != null && a.CreatedAt >= order.CreatedAt).OrderByDescending(a => a.Id).ToListAsync(cancellationToken);
        if (audits.Find(a => AuditDesign.Of(a.Strata).Order == order.Id.Value) is not { } last) return new OrderAudit(null, null, false, false);
        var drawn = await DrawnAudit.ReadAsync(store, last, cancellationToken);
        var withdrawn = (await store.Tasks.Where(t => t.ProjectId == order.ProjectId && t.Purpose == TaskPurpose.Label && t.State == TaskState.Withdrawn).Select(t => t.Id).ToListAsync(cancellationToken))
            .Select(t => t.Value).ToHashSet();
        var judgements = await EvidenceSource.AuditResponsesAsync(store, drawn, cancellationToken);
        var wanted = await WantedAsync(store, drawn, withdrawn, cancellationToken);
        var stratum = await GradeAsync(store, ontologies, order, drawn, judgements, withdrawn, cancellationToken);
        return new OrderAudit(
            drawn, stratum.Audited == 0 ? null : stratum, wanted.Keys.All(judgements.ContainsKey), wanted.All(w => judgements.TryGetValue(w.Key, out var j) && (w.Value < 2 || j.Second is not null)));
    }

    private static async Task<Dictionary<Guid, int>> WantedAsync(StoreContext store, DrawnAudit drawn, HashSet<Guid> withdrawn, CancellationToken cancellationToken)
    {
        var batches = drawn.Chain.Select(a => AuditBatch.Of(a.Id)).ToArray();
        var project = drawn.Audit.ProjectId;
        return (await store.Tasks.Where(t => t.ProjectId == project && t.Purpose == TaskPurpose.Audit && t.State != TaskState.Withdrawn && batches.Contains(t.BatchId)).Select(t => new { t.AuditOf, t.Overlap }).ToListAsync(cancellationToken))
            .Where(t => !withdrawn.Contains(t.AuditOf!.Value.Value)).ToDictionary(t => t.AuditOf!.Value.Value, t => t.Overlap);
    }

    private static async Task<AuditedStratum> GradeAsync(
        StoreContext store, OntologyCache ontologies, BoundOrder order, DrawnAudit drawn, Dictionary<Guid, Judgements> judgements, HashSet<Guid> withdrawn, CancellationToken cancellationToken)
    {
        var (audited, correct, seconds) = (0, 0, default(SecondAudits));
        var labels = new LabelSource(store, ontologies, new Pseudonyms(), order.ProjectId, copyImages: false);
        var graded = new HashSet<Guid>();
        foreach (var label in await labels.ReadAsync(judgements.Keys.Select(LabelTaskId.From), cancellationToken))
        {
            var task = Guid.Parse(label.Record.Task);
            var asDrawn = label.DecidedAt > drawn.DrawnAt ? await EvidenceSource.AsDrawnAsync(store, LabelTaskId.From(task), label.Ontology, label.Answers, drawn.DrawnAt, cancellationToken) : null;
            var judged = judgements[task];
            var first = IsRight(label, asDrawn, judged.First);
            graded.Add(task);
            audited++;
            if (first) correct++;
            if (judged.Second is { } second) seconds = Count(seconds, first, IsRight(label, asDrawn, second));
        }

        // What was reopened since is not right as it was drawn.
        audited += judgements.Keys.Count(t => !graded.Contains(t) && !withdrawn.Contains(t));
        return new AuditedStratum("all", drawn.Population.Count(t => !withdrawn.Contains(t)), audited, correct, seconds);
    }

    private static bool IsRight(ReleasedLabel label, AnswerSet? asDrawn, Response judgement)
    {
        var g = Grading.Grade(label.Ontology, label.Record.Task, asDrawn ?? label.Answers, LabelSource.Read(label.Ontology, judgement.Answers));
        return g.FalsePositives == 0 && g.FalseNegatives == 0 && g.ChoicesCorrect == g.ChoicesAsked && g.AttributesCorrect == g.AttributesAsked;
    }

    private static SecondAudits Count(SecondAudits counts, bool first, bool second) => (first, second) switch
    {
        (true, true) => counts with { BothCorrect = counts.BothCorrect + 1 },
        (true, false) => counts with { OnlyFirstCorrect = counts.OnlyFirstCorrect + 1 },
        (false, true) => counts with { OnlySecondCorrect = counts.OnlySecondCorrect + 1 },
        _ => counts with { BothWrong = counts.BothWrong + 1 },
    };
}
