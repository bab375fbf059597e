using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Touchstone.Files.Png;
using Touchstone.Tests.Processes;

namespace Touchstone.Tests.Storm;

/// <summary>A project on a real server, prepared for contributors who submit boxes.</summary>
internal sealed class Site(string project, string asset, string[] keys)
{
    private const string ProjectYaml = """
        name: storm
        ontology:
          questions:
            - id: objects
              kind: shapes
              title: Objects
              classes:
                - {id: car, title: Car, geometries: [box]}
        overlap: {min: 3, max: 3, confidence: 0.5}
        gold: {rate: 0}
        review: {when: never}
        """;

    public string Project { get; } = project;

    public string Asset { get; } = asset;

    public string[] Keys { get; } = keys;

    /// <summary>Makes an owner and gives their key.</summary>
    public static async Task<string> FoundAsync(string[] place)
    {
        var (exit, _, error) = await TouchstoneProcess.RunAsync(["admin", "user", "create", "Storm", "--role", "owner", .. place]);
        Assert.True(exit == 0, error);
        var (_, key, _) = await TouchstoneProcess.RunAsync(["admin", "key", "create", .. place]);
        return key.Trim();
    }

    public static async Task<Site> PrepareAsync(Uri server, string ownerKey, int tasks, int contributors)
    {
        using var http = Client(server, ownerKey);
        var project = (await PostAsync(http, "projects", new StringContent(ProjectYaml, Encoding.UTF8, "application/yaml")))["id"]!.GetValue<string>();
        var picture = PngWriter.ToBytes(PngImage.Grey(120, 60, new byte[120 * 60]));
        var asset = (await PostAsync(http, "assets?file_name=storm.png", new ByteArrayContent(picture)))["id"]!.GetValue<string>();
        var lines = string.Concat(Enumerable.Range(0, tasks).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"external_id\":\"t{i}\",\"asset\":\"{asset}\"}}\n")));
        await PostAsync(http, $"projects/{project}/tasks", new StringContent(lines, Encoding.UTF8, "application/x-ndjson"));
        var keys = new string[contributors];
        for (var i = 0; i < contributors; i++)
        {
            var body = new StringContent($$"""{"display_name":"contributor {{i}}"}""", Encoding.UTF8, "application/json");
            keys[i] = (await PostAsync(http, "contributors/simulated", body))["key"]!.GetValue<string>();
        }

        return new Site(project, asset, keys);
    }

    public static HttpClient Client(Uri server, string key) =>
        new() { BaseAddress = new Uri(server, "/api/v1/"), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };

    /// <summary>Takes a lease and submits it once.</summary>
    /// <returns>The status and, where it was accepted, the lease's token.</returns>
    public async Task<(HttpStatusCode Status, string? Token)> SubmitOneAsync(Uri server, string key)
    {
        using var http = Client(server, key);
        using var next = await http.PostAsync($"projects/{Project}/work/next", null);
        if (!next.IsSuccessStatusCode) return (next.StatusCode, null);
        var token = JsonNode.Parse(await next.Content.ReadAsStringAsync())!["lease"]!["token"]!.GetValue<string>();
        var body = "{\"answers\":{\"objects\":[{\"id\":\"s1\",\"class\":\"car\",\"box\":{\"x\":1,\"y\":5,\"width\":20,\"height\":10}}]},\"active_milliseconds\":1}";
        using var response = await http.PutAsync($"leases/{token}/response", new StringContent(body, Encoding.UTF8, "application/json"));
        return (response.StatusCode, response.IsSuccessStatusCode ? token : null);
    }

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, HttpContent content)
    {
        using var response = await http.PostAsync(path, content);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"POST {path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
