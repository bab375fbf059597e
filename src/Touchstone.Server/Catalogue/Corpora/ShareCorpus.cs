using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Annotations.Answers;
using Touchstone.Curation.Reports;
using Touchstone.Server.Host;
using Touchstone.Server.People;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Corpora;

internal static class ShareCorpus
{
    /// <summary>Reports that an organization keeps: of the largest ones 6 GB.</summary>
    public const int ReportsMax = 500;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/corpora", HandleAsync).RequireManager().WithMetadata(new BodyLimit(ReportLimits.BytesMax)).WithName("ShareCorpus")
            .WithSummary("Keeps the report of a curation run for the organization, as \"touchstone curate inspect --json\" prints it. The same report is kept once: sent again, it gives the first one.");

    /// <param name="Id">Its id.</param>
    /// <param name="Name">What it is called.</param>
    /// <param name="Digest">SHA-256 of the report.</param>
    /// <param name="Repeated">Whether the same report was there before.</param>
    public sealed record Shared(CorpusId Id, string Name, string Digest, bool Repeated);

    private static async Task<Results<Created<Shared>, Ok<Shared>, ProblemHttpResult>> HandleAsync(
        CurationReport report, StoreDatabase database, CurrentContributor current, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (Texts.CheckName(report.Name, "/name") is { } fault) return Problems.Invalid([fault]);
        if (ReportCheck.Of(report) is { Count: > 0 } flaws) return Problems.Invalid([.. flaws.Select(f => new Fault(f.Pointer, f.Expected, f.Found))]);
        var json = ReportJson.ToBytes(report);
        var corpus = Make(report, json, current, clock.Now());
        try
        {
            var (id, repeated) = await database.WriteAsync((store, cancel) => AddAsync(store, corpus, current, cancel), cancellationToken);
            if (id is not { } kept) return Problems.Conflict($"Your organization keeps {ReportsMax} reports, which is as many as it may. Delete one that is not needed any more.", "too_many");
            var shared = new Shared(kept, corpus.Name, corpus.Digest, repeated);
            return repeated ? TypedResults.Ok(shared) : TypedResults.Created($"{TouchstoneServer.ApiPrefix}/corpora/{kept}", shared);
        }
        catch (DbUpdateException failure) when (Unique.IsViolated(failure))
        {
            // Two sent the same report at once; the unique key let the other one through.
            await using var store = database.CreateContext();
            var first = await store.CorporaVisibleTo(current).Where(c => c.Digest == corpus.Digest).Select(c => c.Id).SingleAsync(cancellationToken);
            return TypedResults.Ok(new Shared(first, corpus.Name, corpus.Digest, Repeated: true));
        }
    }

    private static Corpus Make(CurationReport report, byte[] json, CurrentContributor current, DateTimeOffset now) => new()
    {
        Id = CorpusId.New(now),
        OrganizationId = current.OrganizationId,
        Name = report.Name.Trim(),
        Digest = Convert.ToHexStringLower(SHA256.HashData(json)),
        FinishedAt = report.FinishedAt,
        ReadDocuments = report.Read.Documents,
        KeptDocuments = report.Kept.Documents,
        ReadWords = report.Read.Words,
        KeptWords = report.Kept.Words,
        Report = Encoding.UTF8.GetString(json),
        SharedBy = current.Id,
        CreatedAt = now,
    };

    /// <returns>The report's id, null where there is no room for it, and whether it was there before.</returns>
    private static async Task<(CorpusId? Id, bool Repeated)> AddAsync(StoreContext store, Corpus corpus, CurrentContributor current, CancellationToken cancellationToken)
    {
        var before = await store.CorporaVisibleTo(current).Where(c => c.Digest == corpus.Digest).Select(c => (CorpusId?)c.Id).SingleOrDefaultAsync(cancellationToken);
        if (before is { } id) return (id, true);
        if (await store.CorporaVisibleTo(current).CountAsync(cancellationToken) >= ReportsMax) return (null, false);
        store.Add(corpus);
        return (corpus.Id, false);
    }
}
