using System.Text;

namespace Touchstone.Curation.Reading;

/// <summary>Heads of lines "name: value", as web archives and HTTP have them.</summary>
internal static class HeaderLines
{
    /// <summary>Where the head ends and what follows begins: behind the first empty line.</summary>
    /// <returns>Bytes of the head with its empty line; -1 where there is none.</returns>
    public static int Length(ReadOnlySpan<byte> bytes)
    {
        var crlf = bytes.IndexOf("\r\n\r\n"u8);
        var within = crlf < 0 ? bytes : bytes[..crlf];
        var lf = within.IndexOf("\n\n"u8);
        return lf >= 0 ? lf + 2 : crlf >= 0 ? crlf + 4 : -1;
    }

    /// <summary>The fields behind the first line, by lower-case name; of two with one name the first. Lines that begin with white space go on with the field before them.</summary>
    public static Dictionary<string, string> Fields(ReadOnlySpan<byte> head, out string firstLine)
    {
        var lines = (System.Text.Unicode.Utf8.IsValid(head) ? Encoding.UTF8 : Encoding.Latin1).GetString(head).Split('\n');
        firstLine = lines[0].TrimEnd('\r');
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        string? last = null;
        foreach (var raw in lines.AsSpan(1))
        {
            var line = raw.TrimEnd('\r');
            if (line.Length == 0) continue;
            if (line[0] is ' ' or '\t')
            {
                if (last is not null) fields[last] += " " + line.Trim();
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            last = null;
            if (colon <= 0) continue;
            var name = line[..colon].Trim().ToLowerInvariant();
            if (fields.TryAdd(name, line[(colon + 1)..].Trim())) last = name;
        }

        return fields;
    }
}
