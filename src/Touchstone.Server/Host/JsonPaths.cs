using System.Text;
using System.Text.Json;

namespace Touchstone.Server.Host;

/// <summary>System.Text.Json's paths and messages, as ours.</summary>
internal static class JsonPaths
{
    /// <summary><c>$.shapes[0]['a.b']</c> as the JSON pointer <c>/shapes/0/a.b</c>; the whole document is "(document)".</summary>
    public static string ToPointer(string? path)
    {
        if (path is null or "$" || !path.StartsWith('$')) return "(document)";
        var pointer = new StringBuilder(path.Length);
        for (var i = 1; i < path.Length;)
        {
            var (start, end) = path[i] switch
            {
                '[' when path.AsSpan(i).StartsWith("['") => (i + 2, Math.Max(i + 2, path.IndexOf("']", i + 2, StringComparison.Ordinal))),
                '[' => (i + 1, Math.Max(i + 1, path.IndexOf(']', i + 1))),
                _ => (i + 1, path.AsSpan(i + 1).IndexOfAny('.', '[') is >= 0 and var next ? i + 1 + next : path.Length),
            };
            pointer.Append('/').Append(path[start..end].Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
            i = path[i] == '.' ? end : end + (path.AsSpan(i).StartsWith("['") ? 2 : 1);
        }

        return pointer.ToString();
    }

    /// <summary>The message without the type names and positions that it ends with.</summary>
    public static string Reason(JsonException exception)
    {
        var message = exception.Message;
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        if (end > 0) message = message[..end];
        if (message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal)) return "there is no such member here.";
        if (message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)) return "the value is of another type than expected here.";
        if (message.Contains("was missing required properties", StringComparison.Ordinal))
            return "a required member is missing:" + message[(message.LastIndexOf(':') + 1)..];
        return message;
    }
}
