using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Trust.Audits;

/// <summary>Draws a simple random sample of the done tasks and puts them into the queue again, to be judged by reviewers who had no part in them.</summary>
internal static class DrawAudit
{
    /// <summary>Tasks of one audit at most: half-widths of intervals shrink with its square root, and beyond this they are below 1 %.</summary>
    public const int SizeMax = 20_000;

    /// <param name="Size">Tasks to draw; or give <paramref name="Share"/>.</param>
    /// <param name="Share">Share of the done tasks to draw, in (0, 1]; the project's own without either.</param>
    /// <remarks>Nobody who asks for an audit has a say in what it draws.</remarks>
    public sealed record Request(int? Size = null, double? Share = null);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/projects/{projectId}/audits", Handle).WithName("DrawAudit").Idempotent().RequireManager();

    public static async Task<Results<Created<AuditBody>, ProblemHttpResult>> Handle(
        ProjectId projectId, Request request, CurrentContributor contributor, StoreContext store, StoreDatabase database, ServerOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (request is { Size: not null, Share: not null }) return Problems.Invalid("/share", "nothing beside a size", $"{request.Share}");
        if (request.Size is < 1 or > SizeMax) return Problems.Invalid("/size", $"1 to {SizeMax} tasks", $"{request.Size}");
        if (request.Share is <= 0 or > 1 || request.Share is double.NaN) return Problems.Invalid("/share", "a share in (0, 1]", $"{request.Share}");
        var project = await store.ProjectsVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(p => p.Id == projectId, cancellationToken);
        if (project is null) return Problems.NotFound("There is no such project.");

        if (await Derivation.IsReplayingAsync(store, cancellationToken)) return Problems.Conflict(Derivation.Replaying, "deriving");
        var done = await store.Tasks.Where(t => t.ProjectId == projectId && t.State == TaskState.Done && t.Purpose == TaskPurpose.Label).Select(t => t.Id).ToListAsync(cancellationToken);
        if (done.Count == 0) return Problems.Conflict("No task is done yet, so there is nothing to draw from.", "nothing_done");
        var size = Math.Min(request.Size ?? (int)Math.Min(SizeMax, Math.Ceiling(done.Count * (request.Share ?? project.AuditShare))), done.Count);
        if (size == 0) return Problems.Invalid("/size", "a size or a share: the project's own audit share is 0", "neither");

        var earlier = await store.Audits.CountAsync(a => a.ProjectId == projectId, cancellationToken);
        var seed = options.Seed is { } given ? given + earlier : BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) & long.MaxValue;
        var population = done.Select(id => id.Value).ToArray();
        Array.Sort(population, SimpleRandomSample.Order);
        var sample = SimpleRandomSample.Draw(population, size, seed);
        var audit = await database.WriteAsync((context, token) => WriteAsync(context, project, population, sample, seed, contributor.Id, clock.Now(), token), cancellationToken);
        return TypedResults.Created($"{TouchstoneServer.ApiPrefix}/audits/{audit.Id}", AuditBody.Of(audit, 0));
    }

    private static async Task<Audit> WriteAsync(
        StoreContext store, Project project, Guid[] population, Guid[] sample, long seed, ContributorId by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var audit = new Audit
        {
            Id = AuditId.New(now),
            OrganizationId = project.OrganizationId,
            CompartmentId = project.CompartmentId,
            ProjectId = project.Id,
            Population = population.Length,
            PopulationIds = Pack(population),
            Size = sample.Length,
            Seed = seed,
            CreatedBy = by,
            CreatedAt = now,
        };
        store.Audits.Add(audit);
        store.Batches.Add(BatchOf(audit));
        foreach (var chunk in sample.Chunk(500)) await EnqueueAsync(store, audit, chunk, cancellationToken);
        store.Outbox.Add(Row(audit, OutboxKind.TasksImported, AuditBatch.Of(audit.Id).Value, sample.Length));
        store.Outbox.Add(Row(audit, OutboxKind.AuditDrawn, audit.Id.Value, sample.Length));
        return audit;
    }

    private static Batch BatchOf(Audit audit) => new()
    {
        Id = AuditBatch.Of(audit.Id),
        OrganizationId = audit.OrganizationId,
        CompartmentId = audit.CompartmentId,
        ProjectId = audit.ProjectId,
        Name = $"Audit of {audit.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm}",
        CreatedBy = audit.CreatedBy,
        CreatedAt = audit.CreatedAt,
        Imported = audit.Size,
    };

    private static async Task EnqueueAsync(StoreContext store, Audit audit, Guid[] ids, CancellationToken cancellationToken)
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
            OntologyVersion = original.OntologyVersion,
            Purpose = TaskPurpose.Audit,
            Priority = original.Priority,
            Overlap = 1,
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

    private static byte[] Pack(Guid[] ids)
    {
        var bytes = new byte[16 * ids.Length];
        for (var i = 0; i < ids.Length; i++) ids[i].TryWriteBytes(bytes.AsSpan(16 * i), bigEndian: true, out _);
        return bytes;
    }
}

/// <summary>The batch that holds an audit's tasks bears the audit's id.</summary>
internal static class AuditBatch
{
    public static BatchId Of(AuditId audit) => BatchId.From(audit.Value);
}
