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
        Problem?["errors"] is JsonArray errors
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

        var title = problem?["title"]?.GetValue<string>() ?? response.ReasonPhrase;
        var detail = problem?["detail"]?.GetValue<string>();
        return new ApiException(response.StatusCode, detail is null ? $"{method} {path}: {(int)response.StatusCode} {title}" : $"{title}: {detail}", problem);
    }
}
