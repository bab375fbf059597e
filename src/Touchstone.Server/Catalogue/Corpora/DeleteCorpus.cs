using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Catalogue.Corpora;

internal static class DeleteCorpus
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/corpora/{corpusId}", HandleAsync).RequireManager().WithName("DeleteCorpus").WithSummary("Takes a shared report away, with the examples in it. The run and its corpus, which lie elsewhere, stay.");

    private static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(CorpusId corpusId, StoreDatabase database, CurrentContributor current, CancellationToken cancellationToken)
    {
        var removed = await database.WriteAsync((store, cancel) => store.CorporaVisibleTo(current).Where(c => c.Id == corpusId).ExecuteDeleteAsync(cancel), cancellationToken);
        return removed == 1 ? TypedResults.NoContent() : CorpusRow.NoSuchCorpus();
    }
}
