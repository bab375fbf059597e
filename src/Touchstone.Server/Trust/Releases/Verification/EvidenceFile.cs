using System.Text.Json;
using Touchstone.Files.Lines;
using Touchstone.Formats.Labels;
using Touchstone.Server.Host;
using Touchstone.Server.Trust.Releases.Format;

namespace Touchstone.Server.Trust.Releases.Verification;

/// <summary>Lines of NDJSON of a type that this room writes, read strictly.</summary>
internal static class StrictLines
{
    /// <summary>Lines that can be read; those that cannot, and those that are not written as they would be, are findings.</summary>
    /// <param name="root">The release's folder.</param>
    /// <param name="file">The file.</param>
    /// <param name="findings">Takes what does not hold.</param>
    /// <param name="free">Members of a line that hold free JSON.</param>
    public static IEnumerable<(long Number, T Line)> Read<T>(string root, string file, Findings findings, FreeMember[] free) where T : class
    {
        using var stream = File.OpenRead(Path.Combine(root, file));
        long bytes = 0;
        foreach (var line in NdjsonReader.Read(stream))
        {
            bytes += line.Bytes.Length + 1;
            if (Parse<T>(file, line, findings, free) is { } value) yield return (line.Number, value);
        }

        ExpectLineFeeds(stream, file, bytes, findings);
    }

    /// <summary>Tells a file that is not its lines with a line feed behind each.</summary>
    /// <param name="stream">The file, read to its end.</param>
    /// <param name="file">Its name.</param>
    /// <param name="bytes">Bytes of its lines with a line feed each.</param>
    /// <param name="findings">Takes what does not hold.</param>
    public static void ExpectLineFeeds(Stream stream, string file, long bytes, Findings findings)
    {
        if (bytes != stream.Length)
        {
            findings.Add(file, "", "canonical_form", "lines that each end with one line feed, and no empty ones", $"{stream.Length} bytes where such lines have {bytes}");
            return;
        }

        // A carriage return more and the last line feed less give the right length.
        if (bytes == 0) return;
        stream.Position = stream.Length - 1;
        if (stream.ReadByte() != '\n') findings.Add(file, "", "canonical_form", "a line feed at the end", "none");
    }

    private static T? Parse<T>(string file, NdjsonLine line, Findings findings, FreeMember[] free) where T : class
    {
        if (line.IsTooLong)
        {
            findings.Add(file, $"line {line.Number}", "schema", $"a line of at most {NdjsonReader.DefaultMaxLineBytes} bytes", "a longer one");
            return null;
        }

        try
        {
            StrictNulls.Refuse(line.Bytes.Span, free);
            var value = JsonSerializer.Deserialize<T>(line.Bytes.Span, ReleaseJson.Options);
            if (value is null) findings.Add(file, $"line {line.Number}", "schema", "an object", "null");
            else if (!ReleaseJson.Line(value).AsSpan().SequenceEqual(line.Bytes.Span)) findings.Add(file, $"line {line.Number}", "canonical_form", "members in the order and form that the format prescribes", "others");
            return value;
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            var json = fault as JsonException;
            findings.Add(file, $"line {line.Number}{(json?.Path is null ? "" : " " + JsonPaths.ToPointer(json.Path))}".TrimEnd(), "schema", "a line as docs/reference/release-format.md describes it", json is null ? fault.Message : JsonPaths.Reason(json));
            return null;
        }
    }
}

/// <summary>evidence.ndjson, in memory: it is as long as the audit, not as the release.</summary>
internal static class EvidenceFile
{
    private static readonly FreeMember[] FreeMembers = [new("answers", 1), new("graded", 1), new("consensus", 1), new("answers", 2)];

    public static List<(long Number, EvidenceLine Line)> Read(string root, Findings findings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return [.. StrictLines.Read<EvidenceLine>(root, ReleaseFiles.Evidence, findings, FreeMembers)];
    }
}
