using System.Text.Json;
using System.Threading.Channels;

namespace Touchstone.Server.Host;

/// <summary>
/// Writes server-sent events until the page goes away or the server stops. A comment now and then keeps proxies from cutting the line and tells a dead page
/// from a quiet one; the framework's own result has no comments.
/// </summary>
internal sealed class EventStream<T>(string name, ChannelReader<T> events, IDisposable subscription) : IResult
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var ends = subscription;
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await response.WriteAsync(": watching\n\n", httpContext.RequestAborted);
            await response.Body.FlushAsync(httpContext.RequestAborted);
            while (await NextAsync(httpContext.RequestAborted) is { } text)
            {
                await response.WriteAsync(text, httpContext.RequestAborted);
                await response.Body.FlushAsync(httpContext.RequestAborted);
            }
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The page was closed: that is how such a stream ends.
        }
    }

    /// <summary>The next event, a comment when there was none for a while, null at the end.</summary>
    private async Task<string?> NextAsync(CancellationToken cancellationToken)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        quiet.CancelAfter(Heartbeat);
        try
        {
            return await events.WaitToReadAsync(quiet.Token) && events.TryRead(out var value)
                ? $"event: {name}\ndata: {JsonSerializer.Serialize(value, WireJson.Options)}\n\n"
                : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ": still here\n\n";
        }
    }
}
