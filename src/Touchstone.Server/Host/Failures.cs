using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Touchstone.Files.Storage;

namespace Touchstone.Server.Host;

/// <summary>Turns what a handler threw into a problem that tells the caller what to do and nothing of the inside.</summary>
internal sealed partial class Failures(ILogger<Failures> log) : IExceptionHandler
{
    private const int ClientClosedRequest = 499;
    private const int NoSpaceLeft = 28, QuotaExceeded = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070), WindowsHandleDiskFull = unchecked((int)0x80070027);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException or IOException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = ClientClosedRequest;
            return true;
        }

        var problem = Of(exception);
        if (problem.StatusCode == StatusCodes.Status507InsufficientStorage) Full(log, httpContext.Request.Method, RouteOf(httpContext), exception.GetBaseException().Message);
        else if (problem.StatusCode >= StatusCodes.Status500InternalServerError) Failed(log, exception, httpContext.Request.Method, RouteOf(httpContext), problem.StatusCode);
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    private static ProblemHttpResult Of(Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problems.TooLarge("The body is larger than this route takes."),
        BadHttpRequestException { InnerException: JsonException json } => Unreadable(json),
        BadHttpRequestException bad when Binding().Match(bad.Message) is { Success: true } match => Problems.Malformed(
            $"The parameter {JsonNamingPolicy.SnakeCaseLower.ConvertName(match.Groups["name"].Value)} cannot be read from \"{match.Groups["value"].Value}\"."),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad when NoBody().IsMatch(bad.Message) => Problems.Malformed("The request has no body; this route takes one, as application/json."),
        BadHttpRequestException bad when Missing().Match(bad.Message) is { Success: true } match => Problems.Malformed(
            $"The parameter {JsonNamingPolicy.SnakeCaseLower.ConvertName(match.Groups["name"].Value)} is missing."),
        BadHttpRequestException bad => Problems.Of(bad.StatusCode, bad.StatusCode == StatusCodes.Status415UnsupportedMediaType ? "unsupported_media_type" : "malformed", WithoutTypes(bad.Message)),
        ContentTooLargeException large => Problems.TooLarge(large.Message),
        StorageFullException => Problems.StorageFull(),
        DbUpdateConcurrencyException => VersionTag.Changed(),
        _ when IsFull(exception) => Problems.StorageFull(),
        _ when IsUnstorable(exception) => Problems.Malformed("The request holds the character U+0000, which is in no text here."),
        _ => Problems.Unexpected(),
    };

    /// <summary>The framework names a parameter with its .NET type, which is nobody's business outside.</summary>
    private static string WithoutTypes(string message) => ParameterType().Replace(message, "parameter \"$1\"");

    [GeneratedRegex("parameter \"[^\" ]+ ([^\"]+)\"")]
    private static partial Regex ParameterType();

    /// <summary>Where the body stops making sense, as a JSON pointer.</summary>
    private static ProblemHttpResult Unreadable(JsonException json)
    {
        var line = json.LineNumber is { } number ? $" (line {number + 1}, byte {json.BytePositionInLine + 1})" : "";
        return Problems.Of(StatusCodes.Status400BadRequest, "malformed", $"The body cannot be read at {JsonPaths.ToPointer(json.Path)}{line}: {JsonPaths.Reason(json)}");
    }

    /// <summary>Whether a full disk is behind it.</summary>
    public static bool IsFull(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL } or PostgresException { SqlState: PostgresErrorCodes.DiskFull }) return true;
            if (cause is IOException { HResult: NoSpaceLeft or QuotaExceeded or WindowsDiskFull or WindowsHandleDiskFull }) return true;
        }

        return false;
    }

    /// <summary>PostgreSQL's word for U+0000, which SQLite takes as any other character.</summary>
    private static bool IsUnstorable(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter }
        || (exception.InnerException is { } cause && IsUnstorable(cause));

    /// <summary>The pattern and not the path: a path may hold a token.</summary>
    private static string RouteOf(HttpContext context) =>
        context.Features.Get<IExceptionHandlerFeature>()?.Endpoint is RouteEndpoint route ? route.RoutePattern.RawText ?? "" : "(no route)";

    /// <summary>The framework's words for a parameter of another form; they name our types, which are nobody's business.</summary>
    [GeneratedRegex("""^Failed to bind parameter "\S+ (?<name>\w+)" from "(?<value>.*)"\.$""", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Binding();

    [GeneratedRegex("""^(Required parameter "[^"]*" was not provided from body|Implicit body inferred for parameter "[^"]*" but no body was provided)""", RegexOptions.ExplicitCapture)]
    private static partial Regex NoBody();

    [GeneratedRegex("""^Required parameter "\S+ (?<name>\w+)" was not provided from """, RegexOptions.ExplicitCapture)]
    private static partial Regex Missing();

    [LoggerMessage(1, LogLevel.Error, "{Method} {Route} failed with {Status}")]
    private static partial void Failed(ILogger log, Exception exception, string method, string route, int status);

    [LoggerMessage(2, LogLevel.Warning, "{Method} {Route} was refused because the disk is full: {Cause}")]
    private static partial void Full(ILogger log, string method, string route, string cause);
}
