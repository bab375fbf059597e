using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using static System.FormattableString;

namespace Touchstone.Tests.Storm;

/// <summary>A contributor who takes and submits as fast as they can and tries again, on any server, whatever happens to the one asked.</summary>
internal sealed class StormClient(Cluster cluster, string key, string project, Acknowledgements heard) : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(20);
    private readonly HttpClient _http = new() { Timeout = RequestTimeout, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
    private int _number;

    public long Refused { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        string? lease = null;
        while (!stop.IsCancellationRequested)
        {
            lease ??= await TakeAsync(stop);
            if (lease is null) continue;
            lease = await SubmitAsync(lease, stop);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<string?> TakeAsync(CancellationToken stop)
    {
        var answer = await SendAsync(HttpMethod.Post, $"projects/{project}/work/next", null, stop);
        return answer?["lease"]?["token"]?.GetValue<string>();
    }

    /// <summary>Repeats the same submit until some server answers it; then the lease that came with the answer.</summary>
    private async Task<string?> SubmitAsync(string token, CancellationToken stop)
    {
        var number = ++_number;
        var body = Invariant($"{{\"answers\":{{\"objects\":[{{\"id\":\"s1\",\"class\":\"car\",\"box\":{{\"x\":{number % 90},\"y\":5,\"width\":20,\"height\":10}},\"attributes\":{{}}}}]}},\"active_milliseconds\":{number}}}");
        while (!stop.IsCancellationRequested)
        {
            var answer = await SendAsync(HttpMethod.Put, $"leases/{token}/response?next=true", body, stop);
            if (answer is null) continue;
            if (answer["submitted_at"]?.GetValue<string>() is not { } submittedAt)
            {
                Refused++;
                return null;
            }

            heard.Add(token, submittedAt);
            return answer["next"]?["lease"]?["token"]?.GetValue<string>();
        }

        return null;
    }

    /// <summary>Null when no answer came: the server was killed, or the time was up.</summary>
    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, string? body, CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(cluster.Next(), "/api/v1/" + path));
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await _http.SendAsync(request, stop);
            if (response.StatusCode is HttpStatusCode.NoContent) return new JsonObject();
            if ((int)response.StatusCode >= 500) return null;
            return JsonNode.Parse(await response.Content.ReadAsStringAsync(stop));
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException or IOException or OperationCanceledException)
        {
            return null;   // exactly what the storm is about: the caller asks again (a bare SocketException comes where the server dies between connecting and the first byte)
        }
    }
}
