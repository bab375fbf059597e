using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Server.Host;
using Touchstone.Store.Ids;
using Touchstone.Store.Queue;

namespace Touchstone.Server.Work;

/// <summary>Saves work under a lease. Who saves names the version that the work is based on, so that one window never writes over another.</summary>
internal static class PutDraft
{
    /// <summary>The most bytes of a draft's body as JSON.</summary>
    public const int BodyBytesMax = 4 << 20;

    public sealed record Request(int BaseVersion, JsonElement Body);

    public sealed record Saved(int Version, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/leases/{token}/draft", Handle).WithName("PutDraft");

    public static async Task<Results<Ok<Saved>, ProblemHttpResult>> Handle(
        LeaseToken token, Request request, CurrentContributor contributor, IWorkQueue queue, CancellationToken cancellationToken)
    {
        if (request.BaseVersion < 0) return Problems.Invalid("/base_version", "the version that the work is based on; 0 for the first", $"{request.BaseVersion}");
        if (request.Body.ValueKind != JsonValueKind.Object) return Problems.Invalid("/body", "an object: the answers so far, and what else the tool keeps", "another value");
        var body = request.Body.GetRawText();
        if (!IsText(request.Body, body)) return Problems.Invalid("/body", "text in Unicode", "an escape of half a character");
        if (body.Length > BodyBytesMax) return Problems.TooLarge($"A draft has at most {BodyBytesMax} bytes.");
        return await queue.SaveDraftAsync(contributor.AsWorker(), token, body, request.BaseVersion, cancellationToken) switch
        {
            DraftResult.Saved saved => TypedResults.Ok(new Saved(saved.Version, saved.ExpiresAt)),
            DraftResult.Conflict conflict => Problems.Of(
                StatusCodes.Status409Conflict,
                "newer_draft",
                $"A draft of version {conflict.Newer.Version} was saved meanwhile, perhaps in another window; it is kept. Merge, then save with its version as base_version.",
                new() { ["draft"] = DraftBody.Of(conflict.Newer) }),
            DraftResult.Refused refused => QueueRefusals.Of(refused.Reason),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>An escape of half a character is read without complaint and could never be sent out again.</summary>
    private static bool IsText(JsonElement body, string raw)
    {
        if (!raw.Contains("\\ud", StringComparison.OrdinalIgnoreCase)) return true;
        try
        {
            using var nowhere = new Utf8JsonWriter(Stream.Null);
            body.WriteTo(nowhere);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
