using System.Text;
using Touchstone.Files.Lines;
using Touchstone.Files.Tables;
using Touchstone.Quality.Tracking;

namespace Touchstone.QualityFiles;

/// <summary>Boxes of tracks in the text form of MOTChallenge.</summary>
internal static class TrackFile
{
    /// <summary>Reads every line; blank ones are passed over.</summary>
    /// <exception cref="TableFormatException">A line is no box, or a track stands twice in a frame.</exception>
    public static IReadOnlyList<MotRow> Read(string path)
    {
        using var stream = InputFile.Open(path);
        var name = InputFile.NameOf(path);
        List<MotRow> rows = [];
        var seen = new Dictionary<(int Frame, long Track), long>();
        foreach (var line in NdjsonReader.Read(stream))
        {
            if (line.IsTooLong) throw new TableFormatException(name, line.Number, 0, "expected a box of a track, found a line of more than 16 MiB");
            if (!MotRow.TryParse(Encoding.UTF8.GetString(line.Bytes.Span), out var row, out var error))
                throw new TableFormatException(name, line.Number, 0, $"expected frame, id, x, y, width, height and perhaps a confidence; {error!.TrimEnd('.')}");
            if (!seen.TryAdd((row.Frame, row.Track), line.Number))
                throw new TableFormatException(name, line.Number, 0, $"expected every track once in a frame, found track {row.Track} in frame {row.Frame} again (the first is on line {seen[(row.Frame, row.Track)]})");
            rows.Add(row);
        }

        return rows;
    }
}
