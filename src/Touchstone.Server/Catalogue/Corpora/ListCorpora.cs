using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Curation.Reports;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Corpora;

internal static class ListCorpora
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/corpora", ListAsync).RequireManager().WithName("ListCorpora").WithSummary("Reports of curation runs that were shared with the organization, the latest first.");
        routes.MapGet("/corpora/{corpusId}", GetAsync).RequireManager().WithName("GetCorpus").WithSummary("One of them with its report.");
    }

    /// <param name="Corpus">What the list says of it.</param>
    /// <param name="SharedByName">Name of who shared it.</param>
    /// <param name="Report">The report as it was sent.</param>
    public sealed record Detail(CorpusRow Corpus, string SharedByName, CurationReport Report);

    private static async Task<Ok<Page<CorpusRow>>> ListAsync(StoreContext store, CurrentContributor current, Cursor? after, PageSize? limit, CancellationToken cancellationToken)
    {
        var size = PageSize.Of(limit);
        var corpora = store.CorporaVisibleTo(current);
        if (after is { } cursor)
        {
            var last = new CorpusId(cursor.Id);
            corpora = corpora.Where(c => c.Id < last);
        }

        var rows = await corpora.OrderByDescending(c => c.Id).Take(size + 1).Select(CorpusRow.Projection).ToListAsync(cancellationToken);
        return TypedResults.Ok(Page.Of(rows, size, r => Cursor.At(r.Id.Value)));
    }

    private static async Task<Results<Ok<Detail>, ProblemHttpResult>> GetAsync(CorpusId corpusId, StoreContext store, CurrentContributor current, CancellationToken cancellationToken)
    {
        var mine = store.CorporaVisibleTo(current).Where(c => c.Id == corpusId);
        if (await mine.Select(CorpusRow.Projection).SingleOrDefaultAsync(cancellationToken) is not { } row) return CorpusRow.NoSuchCorpus();
        if (await mine.Select(c => c.Report).SingleOrDefaultAsync(cancellationToken) is not { } report) return CorpusRow.NoSuchCorpus();
        var name = await store.Contributors.Where(c => c.Id == row.SharedBy).Select(c => c.DisplayName).SingleOrDefaultAsync(cancellationToken);
        return TypedResults.Ok(new Detail(row, name ?? "", ReportJson.Parse(Encoding.UTF8.GetBytes(report))));
    }
}
