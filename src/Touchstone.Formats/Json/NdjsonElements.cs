using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Files.Lines;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Json;

/// <summary>Values of a file with one a line.</summary>
internal static class NdjsonElements
{
    /// <summary>Every line that is JSON, with its number; the others are told.</summary>
    public static async IAsyncEnumerable<(long Number, JsonElement Line)> ReadAsync(
        DatasetSource source, string file, int lineMaxBytes, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken, int depthMax = JsonElements.DepthMax)
    {
        await using var stream = source.OpenRead(file);
        await foreach (var line in NdjsonReader.ReadAsync(stream, lineMaxBytes, cancellationToken))
        {
            if (Parse(line, file, lineMaxBytes, faults, depthMax) is { } value) yield return (line.Number, value);
        }
    }

    /// <summary>One line as JSON; null where it is none, which is told.</summary>
    public static JsonElement? Parse(NdjsonLine line, string file, int lineMaxBytes, FaultLog faults, int depthMax = JsonElements.DepthMax)
    {
        if (line.IsTooLong)
        {
            faults.Add(file, $"line {line.Number}", $"the line is longer than {lineMaxBytes} bytes.");
            return null;
        }

        try
        {
            if (JsonText.IsUnicode(line.Bytes.Span)) return JsonElement.Parse(line.Bytes.Span, new JsonDocumentOptions { MaxDepth = depthMax });
            faults.Add(file, $"line {line.Number}", "a text in it is not Unicode.");
        }
        catch (JsonException fault)
        {
            faults.Add(file, $"line {line.Number}", $"this is no JSON ({fault.Message.Split(" LineNumber")[0].TrimEnd('.')}), at byte {fault.BytePositionInLine + 1}.");
        }

        return null;
    }
}
