using Touchstone.Files.Arrow;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Argoverse;

/// <summary>A row of a Feather file, with the columns that were asked for.</summary>
internal readonly ref struct FeatherRow(ReadOnlySpan<ArrowColumn?> columns, int row)
{
    private readonly ReadOnlySpan<ArrowColumn?> _columns = columns;

    public long? Whole(int column) => _columns[column]?.Whole(row);

    /// <summary>A finite number; null where there is none.</summary>
    public double? Number(int column) => _columns[column]?.Number(row) is { } value && double.IsFinite(value) ? value : null;

    public string? Text(int column) => _columns[column]?.Text(row);
}

/// <summary>Feather files, row by row, with what is wrong in them told.</summary>
internal static class FeatherTable
{
    /// <summary>Takes a row.</summary>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public delegate string? Taker(FeatherRow row);

    /// <summary>Gives all rows of a file to <paramref name="take"/>. A file that cannot be read, or lacks a column, is told and gives none; a row that cannot is told alone.</summary>
    /// <param name="source">The data set.</param>
    /// <param name="file">The file.</param>
    /// <param name="needed">Columns that it must have; rows have them in this order.</param>
    /// <param name="others">Columns that it may have; they follow.</param>
    /// <param name="faults">Where faults go.</param>
    /// <param name="take">Takes each row.</param>
    /// <returns>Whether the file could be read.</returns>
    public static bool Read(DatasetSource source, string file, ReadOnlySpan<string> needed, ReadOnlySpan<string> others, FaultLog faults, Taker take)
    {
        IReadOnlyList<ArrowBatch> batches;
        try
        {
            using var stream = source.OpenRead(file);
            batches = ArrowReader.Read(stream, file);
        }
        catch (ArrowFormatException fault)
        {
            faults.Add(file, fault.Offset is { } offset ? $"byte {offset}" : "", fault.Fault);
            return false;
        }
        catch (DllNotFoundException fault)
        {
            throw new FileFormatFaultException($"{file}: {fault.Message}", fault);
        }

        var first = 0L;
        foreach (var batch in batches)
        {
            var columns = new ArrowColumn?[needed.Length + others.Length];
            for (var i = 0; i < columns.Length; i++)
            {
                var name = i < needed.Length ? needed[i] : others[i - needed.Length];
                columns[i] = batch.Find(name);
                if (columns[i] is not null || i >= needed.Length) continue;
                faults.Add(file, "", $"the column \"{name}\" was expected; there are {string.Join(", ", batch.Columns.Select(c => $"\"{c.Name}\""))}.");
                return false;
            }

            for (var row = 0; row < batch.Count; row++)
            {
                string? wrong;
                try
                {
                    wrong = take(new FeatherRow(columns, row));
                }
                catch (ArrowFormatException fault)
                {
                    wrong = fault.Fault;
                }

                if (wrong is not null) faults.Add(file, $"row {first + row}", wrong);
            }

            first += batch.Count;
        }

        return true;
    }
}
