using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;

namespace Touchstone.Server.Host;

/// <summary>An entity's version as ETag and If-Match: who changes something names the state that they saw.</summary>
internal static class VersionTag
{
    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    public static void SetVersion(this HttpResponse response, int version) => response.Headers.ETag = Of(version);

    /// <summary>Null when the request names this version (or <c>*</c>); otherwise the refusal.</summary>
    public static ProblemHttpResult? Refuse(HttpRequest request, int version)
    {
        var header = request.Headers.IfMatch;
        if (StringValues.IsNullOrEmpty(header))
            return Problems.PreconditionRequired("Send the ETag that you read as If-Match, so that nobody's change is written over; \"If-Match: *\" takes that on itself.");
        var current = Of(version);
        foreach (var value in header)
            foreach (var tag in value!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                if (tag == "*" || tag == current) return null;
        return Changed();
    }

    /// <summary>Also the answer when the version changed between reading and writing.</summary>
    public static ProblemHttpResult Changed() => Problems.PreconditionFailed("It was changed meanwhile. Read it again, look at what changed, and send your change with the new ETag.");
}
