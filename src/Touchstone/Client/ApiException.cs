using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Touchstone.Client;

/// <summary>The server refused a request.</summary>
internal sealed class ApiException(HttpStatusCode status, string message, JsonNode? problem) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>The RFC 9457 problem, where the server sent one.</summary>
    public JsonNode? Problem { get; } = problem;

    /// <summary>The single faults of a refused document: JSON pointer, what was expected, what was found.</summary>
    public IEnumerable<string> Details() =>
        Problem is JsonObject problem && problem["errors"] is JsonArray errors
            ? errors.Select(e => $"{e?["pointer"]}: expected {e?["expected"]}, found {e?["found"]}")
            : [];

    public static async Task<ApiException> ReadAsync(HttpMethod method, string path, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        JsonNode? problem = null;
        if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true)
        {
            try
            {
                problem = JsonNode.Parse(text);
            }
            catch (JsonException failure)
            {
                return new ApiException(response.StatusCode, $"{method} {path} was refused with {(int)response.StatusCode} and a body that is not JSON: {failure.Message}", null);
            }
        }

        var title = TextOf(problem, "title") ?? response.ReasonPhrase;
        var detail = TextOf(problem, "detail");
        return new ApiException(response.StatusCode, detail is null ? $"{method} {path}: {(int)response.StatusCode} {title}" : $"{title}: {detail}", problem);
    }

    /// <summary>The stable word of the problem, such as <c>truncated</c>.</summary>
    public string Code => TextOf(Problem, "code") ?? "refused";

    /// <summary>What was wrong, without the status in words.</summary>
    public string Detail => TextOf(Problem, "detail") ?? Message;

    private static string? TextOf(JsonNode? problem, string name) => problem is JsonObject o && o[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
