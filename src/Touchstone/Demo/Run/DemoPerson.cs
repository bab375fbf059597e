using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Touchstone.Client;

namespace Touchstone.Demo.Run;

/// <summary>
/// A simulated person at work: they ask for a task as people do, look at its picture's bytes, and answer what their error model makes of what
/// is in it. What they know of a task is what the API shows, and the picture that they recognise.
/// </summary>
/// <param name="api">The API under their own key.</param>
/// <param name="project">The project.</param>
/// <param name="answer">What they say of the picture with this SHA-256 (lower-case hex).</param>
internal sealed class DemoPerson(ApiClient api, string project, Func<string, JsonNode> answer)
{
    private const int ActiveMilliseconds = 40_000;

    /// <summary>Works until the queue has nothing for them.</summary>
    /// <returns>Responses given.</returns>
    public async Task<int> WorkAsync(CancellationToken cancellationToken)
    {
        var given = 0;
        var next = await api.PostAsync($"projects/{project}/work/next", null, cancellationToken);
        while (next?["lease"] is JsonObject lease)
        {
            var body = new JsonObject { ["answers"] = answer(await LookAsync(lease, cancellationToken)), ["active_milliseconds"] = ActiveMilliseconds };
            var receipt = await api.PutAsync($"leases/{lease["token"]}/response?next=true", body, cancellationToken);
            next = receipt?["next"];
            given++;
        }

        return given;
    }

    /// <summary>Decides what is in review until nothing is left: each is looked at and answered as they see it.</summary>
    /// <returns>Tasks decided.</returns>
    public async Task<int> ReviewAsync(CancellationToken cancellationToken)
    {
        var decided = 0;
        while (await api.PostAsync($"projects/{project}/reviews/next", null, cancellationToken) is { } next && next["lease"] is JsonObject lease)
        {
            var answers = answer(await LookAsync(lease, cancellationToken));
            await api.PutAsync($"reviews/{lease["token"]}", new JsonObject { ["decision"] = "edit", ["answers"] = answers }, cancellationToken);
            decided++;
        }

        return decided;
    }

    private async Task<string> LookAsync(JsonObject lease, CancellationToken cancellationToken)
    {
        const string Prefix = "/api/v1/";
        var url = lease["inputs"]![0]!["url"]!.GetValue<string>();
        var picture = await api.BytesAsync(url.StartsWith(Prefix, StringComparison.Ordinal) ? url[Prefix.Length..] : url, cancellationToken);
        return Convert.ToHexStringLower(SHA256.HashData(picture));
    }
}
