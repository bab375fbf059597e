using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Touchstone.Annotations.Answers;

namespace Touchstone.Server.Host;

/// <summary>
/// Every refusal, as RFC 9457 problem details: a status, a stable <c>code</c> in snake_case for programs, and a sentence for people
/// that says what was wrong and what to do.
/// </summary>
internal static class Problems
{
    /// <summary>The same answer for what is missing and for what belongs to somebody else.</summary>
    public static ProblemHttpResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, "not_found", detail);

    public static ProblemHttpResult Unauthorized(string detail, string code = "unauthorized") => Of(StatusCodes.Status401Unauthorized, code, detail);

    public static ProblemHttpResult Forbidden(string detail, string code = "forbidden") => Of(StatusCodes.Status403Forbidden, code, detail);

    public static ProblemHttpResult Conflict(string detail, string code = "conflict") => Of(StatusCodes.Status409Conflict, code, detail);

    public static ProblemHttpResult Gone(string detail) => Of(StatusCodes.Status410Gone, "gone", detail);

    /// <summary>The request cannot be read at all.</summary>
    public static ProblemHttpResult Malformed(string detail, string code = "malformed") => Of(StatusCodes.Status400BadRequest, code, detail);

    /// <summary>The request can be read and is wrong: each fault names its JSON pointer, what was expected and what was found.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyList<Fault> faults) => Of(
        StatusCodes.Status422UnprocessableEntity,
        "invalid",
        faults.Count == 1 ? "One thing in the request is wrong." : $"{faults.Count.ToString(CultureInfo.InvariantCulture)} things in the request are wrong.",
        new() { ["errors"] = faults.Select(f => new Error(f.Pointer, f.Expected, f.Found, f.Line, f.Column)).ToArray() });

    public static ProblemHttpResult Invalid(string pointer, string expected, string found) => Invalid([new Fault(pointer, expected, found)]);

    /// <summary>Well-formed, but refused for what it holds; <paramref name="code"/> is the stable reason.</summary>
    public static ProblemHttpResult Unprocessable(string code, string detail) => Of(StatusCodes.Status422UnprocessableEntity, code, detail);

    public static ProblemHttpResult TooLarge(string detail) => Of(StatusCodes.Status413PayloadTooLarge, "too_large", detail);

    public static ProblemHttpResult UnsupportedMediaType(string code, string detail) => Of(StatusCodes.Status415UnsupportedMediaType, code, detail);

    public static ProblemHttpResult PreconditionFailed(string detail) => Of(StatusCodes.Status412PreconditionFailed, "changed_meanwhile", detail);

    public static ProblemHttpResult PreconditionRequired(string detail) => Of(StatusCodes.Status428PreconditionRequired, "if_match_required", detail);

    public static ProblemHttpResult TooManyRequests(string detail) => Of(StatusCodes.Status429TooManyRequests, "too_many_requests", detail);

    public static ProblemHttpResult Unavailable(string detail) => Of(StatusCodes.Status503ServiceUnavailable, "unavailable", detail);

    public static ProblemHttpResult StorageFull() => Of(
        StatusCodes.Status507InsufficientStorage,
        "storage_full",
        "The server's disk is full and nothing of this request was kept. Free space on the volume of the data folder or the database, then send it again; nothing needs to be repaired.");

    /// <summary>Nothing of the inside is told; the log has it under the trace id.</summary>
    public static ProblemHttpResult Unexpected() => Of(
        StatusCodes.Status500InternalServerError, "unexpected", "Something failed inside the server. Its log has the cause under this trace id.");

    public static ProblemHttpResult Of(int status, string code, string detail, Dictionary<string, object?>? more = null)
    {
        var extensions = more ?? [];
        extensions["code"] = code;
        return TypedResults.Problem(detail, statusCode: status, extensions: extensions);
    }

    /// <summary>One fault on the wire.</summary>
    internal sealed record Error(
        string Pointer,
        string Expected,
        string Found,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Line,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Column);
}
