using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Files.Lines;

namespace Touchstone.Formats.Labels;

/// <summary>One line of a labels file: the record, or why there is none.</summary>
/// <param name="Number">The line, from 1.</param>
/// <param name="Label">The record; null exactly when there is a fault.</param>
/// <param name="Fault">What is wrong with the line.</param>
public sealed record LabelLine(long Number, LabelRecord? Label, FormatFault? Fault);

/// <summary>Reads <c>labels.ndjson</c>.</summary>
public static class LabelsReader
{
    /// <summary>Reads line by line; a broken line is told and the next ones are read. Blank lines are passed over.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<LabelLine> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var line in NdjsonReader.ReadAsync(stream, cancellationToken: cancellationToken))
            yield return Read(line);
    }

    private static readonly FreeMember[] FreeMembers = [new("answers", 1)];

    private static LabelLine Read(NdjsonLine line)
    {
        FormatFault Fault(string message) => new($"line {line.Number}", null, message);
        if (line.IsTooLong) return new LabelLine(line.Number, null, Fault($"the line is longer than {NdjsonReader.DefaultMaxLineBytes} bytes"));
        try
        {
            StrictNulls.Refuse(line.Bytes.Span, FreeMembers);
            var label = JsonSerializer.Deserialize(line.Bytes.Span, LabelJson.Shared.LabelRecord);
            return label is null ? new LabelLine(line.Number, null, Fault("expected an object; found null")) : new LabelLine(line.Number, label, null);
        }
        catch (JsonException fault)
        {
            var pointer = fault.Path is null or "$" ? "" : "/" + fault.Path[2..].Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
            return new LabelLine(line.Number, null, new FormatFault($"line {line.Number}{(pointer.Length > 0 ? " " + pointer : "")}", null, fault.Message.Split(" Path: ")[0]));
        }
    }
}
