using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Server.Host;
using Touchstone.Store;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Trust.Audits;

/// <summary>One audit and how far it is.</summary>
internal static class GetAudit
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/audits/{auditId}", Handle).WithName("GetAudit").RequireManager();

    public static async Task<Results<Ok<AuditBody>, ProblemHttpResult>> Handle(
        AuditId auditId, CurrentContributor contributor, StoreContext store, CancellationToken cancellationToken)
    {
        var rows = await ListAudits.Read(store, store.AuditsVisibleTo(contributor).Where(a => a.Id == auditId), 1, cancellationToken);
        return rows is [var audit] ? TypedResults.Ok(audit) : Problems.NotFound("There is no such audit.");
    }
}
