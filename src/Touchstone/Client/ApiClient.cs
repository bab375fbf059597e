using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Files.Storage;
using Touchstone.Terminal;

namespace Touchstone.Client;

/// <summary>The HTTP API as the command line uses it: JSON in and out, problems turned into messages for people.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    public ApiClient(Uri server, string? key)
    {
        _http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), MaxConnectionsPerServer = 64 }, disposeHandler: true)
        {
            BaseAddress = new Uri(server.AbsoluteUri.TrimEnd('/') + "/api/v1/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (key is not null) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Task<JsonNode?> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<JsonNode?> PostAsync(string path, JsonNode? body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), cancellationToken);

    public Task<JsonNode?> PutAsync(string path, JsonNode? body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, path, body is null ? null : JsonContent.Create(body), cancellationToken);

    /// <summary>Sends a request and reads its JSON; an empty answer is null.</summary>
    /// <exception cref="ApiException">The server refused it; the exception carries the problem.</exception>
    public async Task<JsonNode?> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(method, path, content, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NoContent || response.Content.Headers.ContentLength == 0) return null;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken);
        }
        catch (JsonException failure)
        {
            throw new CommandException($"{_http.BaseAddress} answered {method} {path} with something that is not JSON ({response.Content.Headers.ContentType}): is a Touchstone server there?", inner: failure);
        }
    }

    /// <summary>Reads a whole body as bytes.</summary>
    public async Task<byte[]> BytesAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(HttpMethod.Get, path, null, cancellationToken);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>Streams a body into a file, which is on the disk when this returns.</summary>
    public async Task DownloadAsync(string path, string file, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(HttpMethod.Get, path, null, cancellationToken);
        await DurableFile.WriteAsync(file, target => response.Content.CopyToAsync(target, cancellationToken), cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> OpenAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path.TrimStart('/')) { Content = content };
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)   // a server that ends while it is connected to gives the second, bare
        {
            throw new CommandException($"No answer from {_http.BaseAddress}: {failure.InnerException?.Message ?? failure.Message}", inner: failure);
        }

        if (response.IsSuccessStatusCode) return response;
        using (response)
            throw await ApiException.ReadAsync(method, path, response, cancellationToken);
    }
}
