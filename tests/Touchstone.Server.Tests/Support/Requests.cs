using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstone.Server.Tests.Support;

/// <summary>An answer with its JSON, if it has one.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonNode? Json, HttpResponseHeaders Headers, string Text)
{
    public JsonNode this[string member] => Json?[member] ?? throw new InvalidOperationException($"{(int)Status} without \"{member}\": {Text}");

    public string Id => this["id"].GetValue<string>();

    public string? Code => Json?["code"]?.GetValue<string>();

    public string? ETag => Headers.ETag?.Tag;

    public Answer Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"expected {(int)status}, found {(int)Status}: {Text}");
        return this;
    }

    public Answer Ok() => Expect(HttpStatusCode.OK);

    public Answer Created() => Expect(HttpStatusCode.Created);

    public Answer NoContent() => Expect(HttpStatusCode.NoContent);
}

/// <summary>Somebody who sends requests: paths are below /api/v1 unless they begin with a slash.</summary>
internal sealed class Caller(HttpClient http) : IDisposable
{
    public HttpClient Http => http;

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, Requests.Content(body), headers);

    public Task<Answer> PutAsync(string path, object? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, Requests.Content(body), headers);

    public Task<Answer> PatchAsync(string path, object? body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Patch, path, Requests.Content(body), headers);

    public Task<Answer> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Delete, path, null, headers);

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : Requests.Api + path) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new(response.StatusCode, isJson && text.Length > 0 ? JsonNode.Parse(text) : null, response.Headers, text);
    }

    public void Dispose() => http.Dispose();
}

internal static class Requests
{
    public const string Api = "/api/v1/";

    public static HttpContent? Content(object? body) => body switch
    {
        null => null,
        HttpContent content => content,
        string json => new StringContent(json, Encoding.UTF8, "application/json"),
        _ => new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
    };

    public static HttpContent Bytes(byte[] bytes) => new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };

    public static HttpContent Lines(string lines) => new StringContent(lines, Encoding.UTF8, "application/x-ndjson");

    public static HttpContent Yaml(string yaml) => new StringContent(yaml, Encoding.UTF8, "application/yaml");
}
