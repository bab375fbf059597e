using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Server.Host;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Work;

/// <summary>Work saved under a lease; version 0 and no body before the first save.</summary>
internal sealed record DraftBody(int Version, JsonElement? Body, DateTimeOffset? UpdatedAt)
{
    public static readonly DraftBody None = new(0, null, null);

    public static DraftBody Of(DraftView draft)
    {
        using var document = JsonDocument.Parse(draft.Body);
        return new DraftBody(draft.Version, document.RootElement.Clone(), draft.UpdatedAt);
    }
}

/// <summary>Reads the draft of a lease.</summary>
internal static class GetDraft
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/leases/{token}/draft", Handle).WithName("GetDraft");

    public static async Task<Results<Ok<DraftBody>, ProblemHttpResult>> Handle(
        LeaseToken token, CurrentContributor contributor, IWorkQueue queue, CancellationToken cancellationToken)
    {
        var worker = contributor.AsWorker();
        if (await queue.GetDraftAsync(worker, token, cancellationToken) is { } draft) return TypedResults.Ok(DraftBody.Of(draft));
        return await queue.FindAsync(worker, token, fresh: false, cancellationToken) is null ? QueueRefusals.UnknownLease() : TypedResults.Ok(DraftBody.None);
    }
}
