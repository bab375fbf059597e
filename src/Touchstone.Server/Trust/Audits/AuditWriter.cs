using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Trust.Audits;

/// <summary>An audit that was drawn and is to be written.</summary>
/// <param name="Population">Ids that it was drawn from, ascending.</param>
/// <param name="Size">Tasks of the whole sample.</param>
/// <param name="Added">Those to be put into the queue: the whole sample, or what it grew by.</param>
/// <param name="JudgedTwice">Of the added, those that two auditors judge.</param>
/// <param name="Twice">Tasks of the whole sample that two auditors judge.</param>
/// <param name="Seed">What drew it.</param>
/// <param name="Design">How it was drawn.</param>
internal sealed record AuditDraft(Guid[] Population, int Size, Guid[] Added, IReadOnlySet<Guid> JudgedTwice, int Twice, long Seed, AuditDesign Design);

/// <summary>Puts the tasks of an audit into the queue, with everything that tells of it.</summary>
internal static class AuditWriter
{
    private const int ChunkSize = 500;

    public static async Task<Audit> WriteAsync(StoreContext store, Project project, AuditDraft draft, ContributorId by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var audit = new Audit
        {
            Id = AuditId.New(now),
            OrganizationId = project.OrganizationId,
            CompartmentId = project.CompartmentId,
            ProjectId = project.Id,
            Population = draft.Population.Length,
            PopulationIds = PackedIds.Pack(draft.Population),
            Size = draft.Size,
            Seed = draft.Seed,
            Strata = draft.Design.ToJson(),
            Twice = draft.Twice,
            CreatedBy = by,
            CreatedAt = now,
        };
        store.Audits.Add(audit);
        store.Batches.Add(BatchOf(audit, draft.Added.Length));
        foreach (var chunk in draft.Added.Chunk(ChunkSize)) await EnqueueAsync(store, audit, chunk, draft.JudgedTwice, cancellationToken);
        store.Outbox.Add(Row(audit, OutboxKind.TasksImported, AuditBatch.Of(audit.Id).Value, draft.Added.Length));
        store.Outbox.Add(Row(audit, OutboxKind.AuditDrawn, audit.Id.Value, draft.Added.Length));
        return audit;
    }

    private static Batch BatchOf(Audit audit, int imported) => new()
    {
        Id = AuditBatch.Of(audit.Id),
        OrganizationId = audit.OrganizationId,
        CompartmentId = audit.CompartmentId,
        ProjectId = audit.ProjectId,
        Name = $"Audit of {audit.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm}",
        CreatedBy = audit.CreatedBy,
        CreatedAt = audit.CreatedAt,
        Imported = imported,
    };

    private static async Task EnqueueAsync(StoreContext store, Audit audit, Guid[] ids, IReadOnlySet<Guid> judgedTwice, CancellationToken cancellationToken)
    {
        var keys = ids.Select(LabelTaskId.From).ToArray();
        var originals = await store.Tasks.AsNoTracking().Where(t => keys.Contains(t.Id)).OrderBy(t => t.Id).ToListAsync(cancellationToken);
        var tasks = originals.ConvertAll(original => new LabelTask
        {
            Id = LabelTaskId.New(audit.CreatedAt),
            OrganizationId = original.OrganizationId,
            CompartmentId = original.CompartmentId,
            ProjectId = original.ProjectId,
            BatchId = AuditBatch.Of(audit.Id),
            AssetId = original.AssetId,
            Inputs = original.Inputs,
            Prelabel = original.Prelabel,
            OntologyVersion = original.OntologyVersion,
            Purpose = TaskPurpose.Audit,
            Priority = original.Priority,
            Overlap = judgedTwice.Contains(original.Id.Value) ? 2 : 1,
            AuditOf = original.Id,
            CreatedAt = audit.CreatedAt,
        });
        await QueueChanges.EnqueueAsync(store, tasks, cancellationToken);
        store.Tasks.AddRange(tasks);
        await store.SaveChangesAsync(cancellationToken);
    }

    private static OutboxRow Row(Audit audit, OutboxKind kind, Guid subject, int count) => new()
    {
        Kind = kind,
        OrganizationId = audit.OrganizationId,
        ProjectId = audit.ProjectId,
        ContributorId = audit.CreatedBy,
        SubjectId = subject,
        Purpose = TaskPurpose.Audit,
        Count = count,
        At = audit.CreatedAt,
    };
}

/// <summary>The batch that holds an audit's tasks bears the audit's id.</summary>
internal static class AuditBatch
{
    public static BatchId Of(AuditId audit) => BatchId.From(audit.Value);
}
