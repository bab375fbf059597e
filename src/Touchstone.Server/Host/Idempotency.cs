using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Touchstone.Store;
using Touchstone.Store.Entities;
using Touchstone.Store.Ids;

namespace Touchstone.Server.Host;

/// <summary>Marks a creating POST that may be sent again under the same Idempotency-Key and then gives the first answer again.</summary>
internal sealed class IdempotentMetadata;

internal static class IdempotentRoutes
{
    /// <summary>Not for routes whose answer holds a secret: answers are kept for a day.</summary>
    public static T Idempotent<T>(this T routes) where T : IEndpointConventionBuilder => routes.WithMetadata(new IdempotentMetadata());
}

/// <summary>
/// Runs a request that carries an Idempotency-Key once. The key is claimed before and the answer kept after; when the server dies in
/// between, a repeat is told that the outcome is unknown, and nothing is done twice.
/// </summary>
internal static class Idempotency
{
    public const string Header = "Idempotency-Key";
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private const int KeyLengthMax = 200;

    public static Task Guard(HttpContext context, RequestDelegate next)
    {
        var key = context.Request.Headers[Header].ToString();
        return key.Length == 0 || context.GetEndpoint()?.Metadata.GetMetadata<IdempotentMetadata>() is null || CurrentContributor.Of(context) is not { } contributor
            ? next(context)
            : RunOnceAsync(context, next, contributor, key);
    }

    private static async Task RunOnceAsync(HttpContext context, RequestDelegate next, CurrentContributor contributor, string key)
    {
        if (key.Length > KeyLengthMax)
        {
            await Problems.Malformed($"An {Header} has at most {KeyLengthMax} characters; this one has {key.Length}.").ExecuteAsync(context);
            return;
        }

        var digest = await DigestAsync(context.Request);
        var database = context.RequestServices.GetRequiredService<StoreDatabase>();
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        if (await ClaimAsync(database, contributor.Id, key, digest, clock.Now()) is { } earlier) await RepeatAsync(context, earlier, digest);
        else await RunAsync(context, next, database, contributor.Id, key);
    }

    private static async Task<byte[]> DigestAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is > 0 and var got) hash.AppendData(buffer.AsSpan(0, got));
        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }

    /// <summary>Null when the key is now ours; otherwise who had it before.</summary>
    private static async Task<IdempotencyRecord?> ClaimAsync(StoreDatabase database, ContributorId contributor, string key, byte[] digest, DateTimeOffset now)
    {
        var oldest = now - Kept;
        try
        {
            return await database.WriteAsync(
                async (store, cancellationToken) =>
                {
                    var records = store.IdempotencyRecords.Where(r => r.ContributorId == contributor && r.Key == key);
                    await records.Where(r => r.CreatedAt < oldest).ExecuteDeleteAsync(cancellationToken);
                    if (await records.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } earlier) return earlier;
                    store.IdempotencyRecords.Add(new IdempotencyRecord { ContributorId = contributor, Key = key, RequestDigest = digest, CreatedAt = now });
                    return null;
                },
                CancellationToken.None);
        }
        catch (DbUpdateException)
        {
            // On PostgreSQL two may claim at once: the primary key let the other one through.
            await using var store = database.CreateContext();
            var earlier = await store.IdempotencyRecords.AsNoTracking().SingleOrDefaultAsync(r => r.ContributorId == contributor && r.Key == key);
            if (earlier is null) throw;
            return earlier;
        }
    }

    private static Task RepeatAsync(HttpContext context, IdempotencyRecord earlier, byte[] digest)
    {
        if (!earlier.RequestDigest.AsSpan().SequenceEqual(digest))
            return Problems.Unprocessable("idempotency_key_reused", $"This {Header} was used for another request; a new request needs a new key.").ExecuteAsync(context);
        if (earlier.StatusCode is not { } status)
        {
            return Problems.Conflict(
                $"A request with this {Header} began at {earlier.CreatedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)} and has not ended. Wait for it; if that server died, look whether it took effect, then use a new key.",
                "still_running").ExecuteAsync(context);
        }

        context.Response.StatusCode = status;
        context.Response.Headers["Idempotent-Replayed"] = "true";
        if (string.IsNullOrEmpty(earlier.Body)) return Task.CompletedTask;
        context.Response.ContentType = status < 400 ? "application/json; charset=utf-8" : "application/problem+json";
        return context.Response.WriteAsync(earlier.Body, context.RequestAborted);
    }

    private static async Task RunAsync(HttpContext context, RequestDelegate next, StoreDatabase database, ContributorId contributor, string key)
    {
        var body = context.Response.Body;
        using var kept = new MemoryStream();
        context.Response.Body = kept;
        try
        {
            await next(context);
        }
        catch
        {
            await EndAsync(database, contributor, key, StatusCodes.Status500InternalServerError, "");
            throw;
        }
        finally
        {
            context.Response.Body = body;
        }

        await EndAsync(database, contributor, key, context.Response.StatusCode, Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length));
        kept.Position = 0;
        await kept.CopyToAsync(body, context.RequestAborted);
    }

    /// <summary>Keeps the answer; a failure of the server's is forgotten instead, since nothing was committed and it may be tried again.</summary>
    private static Task<int> EndAsync(StoreDatabase database, ContributorId contributor, string key, int status, string body) => database.WriteAsync(
        (store, cancellationToken) =>
        {
            var record = store.IdempotencyRecords.Where(r => r.ContributorId == contributor && r.Key == key);
            return status >= StatusCodes.Status500InternalServerError
                ? record.ExecuteDeleteAsync(cancellationToken)
                : record.ExecuteUpdateAsync(r => r.SetProperty(x => x.StatusCode, status).SetProperty(x => x.Body, body), cancellationToken);
        },
        CancellationToken.None);
}
