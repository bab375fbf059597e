using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Touchstone.Testing;
using Touchstone.Tests.Storm;

namespace Touchstone.Tests.Cli;

/// <summary>Text that a database, a header or a path may choke on, in every place where text comes in: taken or refused, never a fault of the server's.</summary>
public sealed class HostileTextTests
{
    private static readonly string[] Texts =
    [
        "a\0b", "\ud800", "\udc00x", "\ufffe\uffff", "\u202eevil", "e\u0301 \u00e9", "../../etc/passwd", "'; DROP TABLE tasks; --", "%00%n%s", "\r\nX-Injected: yes", "{{7*7}}<script>alert(1)</script>",
        "🚗" + new string('\u0301', 300), new string('x', 20_000), "\u001b[31m", "null", "",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task No_text_makes_the_server_stumble(DatabaseKind kind)
    {
        await using var shop = await Shop.OpenAsync(kind);
        using var owner = Site.Client(shop.Address, shop.Remote[^1]);
        var faults = new List<string>();
        var project = await ProjectAsync(owner);
        foreach (var text in Texts)
        {
            var json = Quoted(text);
            await PostAsync("projects", $"{{\"name\":{json},\"description\":{json},\"instructions\":{json},\"ontology\":{{\"questions\":[{{\"id\":\"q\",\"kind\":\"text\",\"title\":{json}}}]}}}}");
            await PostAsync("contributors/simulated", $"{{\"display_name\":{json}}}");
            await PostAsync("invitations", $"{{\"display_name\":{json},\"email\":{json},\"role\":\"contributor\"}}");
            await PostAsync("keys", $"{{\"name\":{json}}}");
            await PostAsync("compartments", $"{{\"name\":{json}}}");
            await PostAsync("session", $"{{\"email\":{json},\"password\":{json}}}");
            await PostAsync("session/link", $"{{\"secret\":{json}}}");
            await PostAsync($"projects/{project}/releases", $"{{\"accept_unassayed\":true,\"licence\":{json}}}");
            await PostAsync($"projects/{project}/audits", $"{{\"share\":{json}}}");
            await SendAsync(HttpMethod.Patch, $"projects/{project}", $"{{\"name\":{json},\"description\":{json},\"instructions\":{json}}}");
            await SendAsync(HttpMethod.Post, $"projects/{project}/tasks", $"{{\"external_id\":{json},\"asset\":{json}}}\n{{\"sha256\":{json}}}\n{{\"file\":{json}}}\n", "application/x-ndjson");
            var query = Escaped(text[..Math.Min(text.Length, 300)]);
            await SendAsync(HttpMethod.Post, $"projects/{project}/tasks?name={query}", "{}\n", "application/x-ndjson");
            foreach (var path in new[] { $"projects?name={query}", $"projects?after={query}", $"assets?sha256={query}", $"projects/{project}/tasks?external_id_prefix={query}", $"projects/{project}/tasks?state={query}", $"projects/{query}", $"leases/{query}", $"ontology_packs/{query}", $"jobs?after={query}" })
                await SendAsync(HttpMethod.Get, path, null);
            await UploadAsync(query);
            await WorkAsync(json);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));

        Task PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

        async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body, string type = "application/json", HttpClient? by = null)
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, type);
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            request.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.NewGuid().ToString());
            var response = await (by ?? owner).SendAsync(request, Cancellation);
            if ((int)response.StatusCode >= 500) faults.Add($"{method} {path[..Math.Min(80, path.Length)]} with {body?[..Math.Min(60, body.Length)]}: {(int)response.StatusCode}");
            if (response.Headers.Contains("X-Injected")) faults.Add($"{method} {path}: a header was put in");
            return response;
        }

        async Task UploadAsync(string name)
        {
            using var content = new ByteArrayContent(Pictures.Png(9, 9)) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
            using var sent = await owner.PostAsync($"assets?file_name={name}", content, Cancellation);
            Assert.InRange((int)sent.StatusCode, 200, 499);
            if (!sent.IsSuccessStatusCode) return;
            var id = JsonNode.Parse(await sent.Content.ReadAsStringAsync(Cancellation))!["id"]!;
            using var bytes = await SendAsync(HttpMethod.Get, $"assets/{id}/content", null);
            Assert.Equal(HttpStatusCode.OK, bytes.StatusCode);
        }

        async Task WorkAsync(string json)
        {
            using var worker = Site.Client(shop.Address, await HireAsync(owner));
            using var next = await SendAsync(HttpMethod.Post, $"projects/{project}/work/next", null, by: worker);
            if (JsonNode.Parse(await next.Content.ReadAsStringAsync(Cancellation))!["lease"] is not { } lease) throw new InvalidOperationException("There is no work left.");
            var token = lease["token"]!;
            await SendAsync(HttpMethod.Put, $"leases/{token}/draft", $"{{\"body\":{{\"q\":{json}}},\"base_version\":0}}", by: worker);
            await SendAsync(HttpMethod.Put, $"leases/{token}/draft", $"{{\"answers\":{{\"q\":{json}}},\"base_version\":0}}", by: worker);
            await SendAsync(HttpMethod.Get, $"leases/{token}/draft", null, by: worker);
            await SendAsync(HttpMethod.Put, $"leases/{token}/response", $"{{\"answers\":{{\"q\":{json}}},\"active_milliseconds\":1}}", by: worker);
            await SendAsync(HttpMethod.Put, $"leases/{token}/response", $"{{\"answers\":{{{json}:1}},\"active_milliseconds\":1}}", by: worker);
            await SendAsync(HttpMethod.Post, $"leases/{token}/skip", $"{{\"reason\":{json}}}", by: worker);
        }
    }

    private static async Task<string> ProjectAsync(HttpClient owner)
    {
        using var yaml = new StringContent("name: Texts\nontology: {questions: [{id: q, kind: text, title: Q}]}\noverlap: {min: 100, max: 100, confidence: 0.5}\n", Encoding.UTF8, "application/yaml");
        using var made = await owner.PostAsync("projects", yaml, Cancellation);
        var project = JsonNode.Parse(await made.Content.ReadAsStringAsync(Cancellation))!["id"]!.GetValue<string>();
        using var uploaded = await owner.PostAsync($"assets?project={project}", new ByteArrayContent(Pictures.Png(8, 8)), Cancellation);
        var asset = JsonNode.Parse(await uploaded.Content.ReadAsStringAsync(Cancellation))!["id"];
        using var lines = new StringContent($"{{\"asset\":\"{asset}\"}}\n", Encoding.UTF8, "application/x-ndjson");
        using var imported = await owner.PostAsync($"projects/{project}/tasks", lines, Cancellation);
        Assert.True(imported.IsSuccessStatusCode, await imported.Content.ReadAsStringAsync(Cancellation));
        return project;
    }

    private static async Task<string> HireAsync(HttpClient owner)
    {
        using var hired = await owner.PostAsync("contributors/simulated", new StringContent("{\"display_name\":\"w\"}", Encoding.UTF8, "application/json"), Cancellation);
        return JsonNode.Parse(await hired.Content.ReadAsStringAsync(Cancellation))!["key"]!.GetValue<string>();
    }

    /// <summary>As JSON, with halves of characters as the escapes that a program could send.</summary>
    private static string Quoted(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var c in text) json.Append(char.IsSurrogate(c) || c < ' ' || c is '"' or '\\' ? $"\\u{(int)c:x4}" : JsonEncodedText.Encode(c.ToString()).ToString());
        return json.Append('"').ToString();
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var b in new UTF8Encoding(false).GetBytes(text)) escaped.Append($"%{b:x2}");
        return escaped.ToString();
    }
}
