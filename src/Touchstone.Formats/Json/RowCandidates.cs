using System.Runtime.CompilerServices;
using System.Text.Json;
using Touchstone.Formats.Exchange;

namespace Touchstone.Formats.Json;

/// <summary>Which files of a source a format reads: every file that may hold rows is either read or told.</summary>
internal static class RowCandidates
{
    /// <summary>How many rows of a file are looked at before it counts as another format's: a damaged row, or a header, does not take the rest with it.</summary>
    private const int RowsLookedAt = 64;

    /// <summary>The files of a source in its order: the one that was named, or all that hold rows of the format. A file of a folder without any row of it is told.</summary>
    /// <param name="source">The folder or file.</param>
    /// <param name="formatName">The format's name, for messages.</param>
    /// <param name="certaintyOf">How surely a row is of the format; 0 where it is not.</param>
    /// <param name="faults">Takes the files that are left out.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<string> FilesAsync(
        DatasetSource source, string formatName, Func<JsonElement, double> certaintyOf, FaultLog faults, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in source.Files)
        {
            if (source.IsFile) yield return file;
            else if (RowFiles.MayBe(file) && await HasRowAsync(source, file, formatName, certaintyOf, faults, cancellationToken)) yield return file;
        }
    }

    /// <summary>Files that may hold rows and whose beginning cannot be read, in the folders of those that were recognised: they belong to the same data set, as a cut shard does.</summary>
    public static IEnumerable<string> Beside(IReadOnlyList<string> found, IEnumerable<string> unreadable)
    {
        var folders = found.Select(FolderOf).ToHashSet(StringComparer.Ordinal);
        return unreadable.Where(f => folders.Contains(FolderOf(f)));
    }

    private static string FolderOf(string file) => file[..(file.LastIndexOf('/') + 1)];

    private static async Task<bool> HasRowAsync(DatasetSource source, string file, string formatName, Func<JsonElement, double> certaintyOf, FaultLog faults, CancellationToken cancellationToken)
    {
        if (RowFiles.First(source, file) is { } first && certaintyOf(first) > 0) return true;
        var (looked, broken) = (0, new FaultLog());
        await foreach (var row in RowFiles.ReadAsync(source, file, broken, cancellationToken, RowFiles.OwnDepthMax))
        {
            if (certaintyOf(row.Value) > 0) return true;
            if (++looked == RowsLookedAt) break;
        }

        if (broken.Count > 0) faults.Add(file, broken.Kept[0].Place, broken.Kept[0].Message + (looked == 0 ? "" : $" None of its {looked} other rows looked at is one as {formatName} has them; the file is left out."));
        else if (looked > 0) faults.Add(file, "", $"a row as {formatName} has them was expected; none of its first {looked} rows is one; the file is left out.");
        return false;
    }
}
