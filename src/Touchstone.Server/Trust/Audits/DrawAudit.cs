using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Work;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Audits;

/// <summary>Draws a random sample of the done tasks and puts them into the queue again, to be judged by reviewers who had no part in them.</summary>
internal static class DrawAudit
{
    /// <summary>Tasks of one audit at most: half-widths of intervals shrink with its square root, and beyond this they are below 1 %.</summary>
    public const int SizeMax = 20_000;

    /// <param name="Size">Tasks to draw; or give <paramref name="Share"/>.</param>
    /// <param name="Share">Share of the done tasks to draw, in (0, 1]; the project's own without either.</param>
    /// <param name="Strata">Parts to draw from; without it <c>class_and_confidence</c> from 200 done tasks on, else <c>none</c>.</param>
    /// <param name="Twice">Share of the drawn tasks that two reviewers judge without seeing each other's answers, in [0, 1]. Without it the project's own, or 0 where fewer than two people could judge.</param>
    /// <remarks>Nobody who asks for an audit has a say in what it draws.</remarks>
    public sealed record Request(int? Size = null, double? Share = null, AuditStratification? Strata = null, double? Twice = null);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/projects/{projectId}/audits", Handle).WithName("DrawAudit").Idempotent().RequireManager();

    public static async Task<Results<Created<AuditBody>, ProblemHttpResult>> Handle(
        ProjectId projectId, Request request, CurrentContributor contributor, StoreContext store, StoreDatabase database, OntologyCache ontologies, ServerOptions options, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (Check(request) is { } fault) return fault;
        var project = await store.ProjectsVisibleTo(contributor).AsNoTracking().SingleOrDefaultAsync(p => p.Id == projectId, cancellationToken);
        if (project is null) return Problems.NotFound("There is no such project.");

        if (await Derivation.IsReplayingAsync(store, cancellationToken)) return Problems.Conflict(Derivation.Replaying, "deriving");
        var frame = await AuditFrame.ReadAsync(store, projectId, cancellationToken);
        if (frame.Population.Length == 0) return Problems.Conflict("No task is done yet, so there is nothing to draw from.", "nothing_done");
        var size = Math.Min(request.Size ?? (int)Math.Min(SizeMax, Math.Ceiling(frame.Population.Length * (request.Share ?? project.AuditShare))), frame.Population.Length);
        if (size == 0) return Problems.Invalid("/size", "a size or a share: the project's own audit share is 0", "neither");

        var auditors = await Auditors.CountAsync(store, project, cancellationToken);
        var share = request.Twice ?? (auditors < 2 ? 0 : project.AuditTwice);
        var seed = await SeedAsync(store, project, options, cancellationToken);
        var draft = await DraftAsync(store, ontologies, project, frame, request.Strata ?? frame.Default, size, share, seed, cancellationToken);
        var audit = await database.WriteAsync((context, token) => AuditWriter.WriteAsync(context, project, draft, contributor.Id, clock.Now(), token), cancellationToken);
        return TypedResults.Created($"{TouchstoneServer.ApiPrefix}/audits/{audit.Id}", AuditBody.Of(audit, draft.Design, AuditAnswers.None) with { Note = NoteOf(request, project, auditors) });
    }

    private static ProblemHttpResult? Check(Request request)
    {
        if (request is { Size: not null, Share: not null }) return Problems.Invalid("/share", "nothing beside a size", $"{request.Share}");
        if (request.Size is < 1 or > SizeMax) return Problems.Invalid("/size", $"1 to {SizeMax} tasks", $"{request.Size}");
        if (request.Share is <= 0 or > 1 || request.Share is double.NaN) return Problems.Invalid("/share", "a share in (0, 1]", $"{request.Share}");
        return request.Twice is < 0 or > 1 || request.Twice is double.NaN ? Problems.Invalid("/twice", "a share in [0, 1]", $"{request.Twice}") : null;
    }

    private static string? NoteOf(Request request, Project project, int auditors) =>
        auditors >= 2 ? null
        : request.Twice is > 0 ? $"{auditors} of those who may judge it {(auditors == 1 ? "is" : "are")} here: a second judgement comes only when somebody joins. Until then the first ones count."
        : request.Twice is null && project.AuditTwice > 0 ? "Nothing is judged twice: fewer than two people could judge it. Auditors are taken at their word."
        : null;

    /// <summary>The seed is drawn after every task of the population was done: nobody who labelled them could know which would be judged.</summary>
    internal static async Task<long> SeedAsync(StoreContext store, Project project, ServerOptions options, CancellationToken cancellationToken)
    {
        var earlier = await store.Audits.CountAsync(a => a.ProjectId == project.Id, cancellationToken);
        return options.Seed is { } given ? given + earlier : BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) & long.MaxValue;
    }

    private static async Task<AuditDraft> DraftAsync(
        StoreContext store, OntologyCache ontologies, Project project, AuditFrame frame, AuditStratification stratification, int size, double twice, long seed, CancellationToken cancellationToken)
    {
        Guid[] sample;
        var design = AuditDesign.Simple;
        if (stratification == AuditStratification.None)
        {
            sample = SimpleRandomSample.Draw(frame.Population, size, seed);
        }
        else
        {
            var strata = await frame.StrataAsync(store, ontologies, project.Id, cancellationToken);
            var sizes = strata.Allocate(size);
            design = new AuditDesign
            {
                Strata = [.. strata.Names.Select((name, h) => new AuditStratum(name, strata.Members[h].Length, sizes[h]))],
                PartOf = [.. strata.StratumOf.Select(h => (byte)h)],
            };
            sample = AuditDraw.Stratified(frame.Population, design.PartOf, sizes, seed);
        }

        var both = (int)Math.Ceiling(sample.Length * twice - 1e-9);
        var judgedTwice = AuditDraw.Twice(frame.Population, sample, [new SampleStep(sample.Length, both)], seed);
        return new AuditDraft(frame.Population, sample.Length, sample, judgedTwice, both, seed, design);
    }
}
