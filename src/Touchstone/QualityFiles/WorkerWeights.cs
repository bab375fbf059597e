using Touchstone.Files.Tables;

namespace Touchstone.QualityFiles;

/// <summary>How much each worker's vote counts, by a person's word.</summary>
internal static class WorkerWeights
{
    /// <summary>Reads CSV or NDJSON with the columns worker and weight.</summary>
    /// <param name="path">The file.</param>
    /// <param name="workers">Workers with votes; each must have a weight.</param>
    /// <returns>The weight of each worker.</returns>
    /// <exception cref="TableFormatException">A weight is negative or no number, or a worker stands there twice or not at all.</exception>
    public static double[] Read(string path, string[] workers)
    {
        using var stream = InputFile.Open(path);
        using var table = TableReader.Open(stream, InputFile.NameOf(path));
        var columns = table.Require("worker", "weight");
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        while (table.Read())
        {
            table.Filled(columns[0]);
            var worker = table.String(columns[0]);
            if (!weights.TryAdd(worker, table.Number(columns[1], least: 0))) throw table.Fault(columns[0], $"expected every worker once, found {TableReader.Shown(worker)} a second time");
        }

        return Array.ConvertAll(workers, w => weights.TryGetValue(w, out var weight) ? weight : throw new TableFormatException(table.Name, 0, 0, $"expected a weight for every worker with votes, found none for {TableReader.Shown(w)}"));
    }
}
