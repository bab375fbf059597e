using System.Text.Json;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Json;

/// <summary>Files that are one JSON value and small enough to be held whole.</summary>
internal static class JsonFile
{
    private const long FileMaxBytes = 1L << 28;

    /// <summary>The value; null where the file is none, which is told.</summary>
    public static async Task<JsonElement?> ReadAsync(DatasetSource source, string file, FaultLog faults, CancellationToken cancellationToken)
    {
        await using var stream = source.OpenRead(file);
        if (stream.Length > FileMaxBytes)
        {
            faults.Add(file, "", $"the file is longer than {FileMaxBytes} bytes.");
            return null;
        }

        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        var start = bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        try
        {
            if (JsonText.IsUnicode(bytes.AsSpan(start))) return JsonElement.Parse(bytes.AsSpan(start), new JsonDocumentOptions { MaxDepth = JsonElements.DepthMax });
            faults.Add(file, "", "a text in it is not Unicode.");
        }
        catch (JsonException fault)
        {
            faults.Add(file, $"line {(fault.LineNumber ?? 0) + 1}", $"this is no JSON ({fault.Message.Split(" LineNumber")[0].TrimEnd('.')}).");
        }

        return null;
    }
}
