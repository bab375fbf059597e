using Touchstone.Files.Tables;

namespace Touchstone.QualityFiles;

/// <summary>Tasks whose label is known: gold, or a truth to compare with.</summary>
/// <param name="Name">Name of the file, for messages.</param>
/// <param name="ByTask">Label of each task, in the order of the file.</param>
internal sealed record KnownLabels(string Name, IReadOnlyDictionary<string, string> ByTask)
{
    /// <summary>Reads CSV or NDJSON with the columns task and label (or another name for what is known).</summary>
    /// <exception cref="TableFormatException">The table is broken, empty, or says two different things of one task.</exception>
    public static KnownLabels Read(string path, string column = "label")
    {
        using var stream = InputFile.Open(path);
        using var table = TableReader.Open(stream, InputFile.NameOf(path));
        var columns = table.Require("task", column);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        while (table.Read())
        {
            table.Filled(columns[0]);
            table.Filled(columns[1]);
            var (task, label) = (table.String(columns[0]), table.String(columns[1]));
            if (!known.TryAdd(task, label) && known[task] != label)
                throw table.Fault(columns[1], $"expected one {column} for each task, found {TableReader.Shown(label)} for {TableReader.Shown(task)}, which was {TableReader.Shown(known[task])} before");
        }

        if (known.Count == 0) throw new TableFormatException(table.Name, 0, 0, $"expected tasks with a known {column} after the header line, found none");
        return new KnownLabels(table.Name, known);
    }

    public static KnownLabels? ReadIfGiven(string? path, string column = "label") => path is null ? null : Read(path, column);
}
