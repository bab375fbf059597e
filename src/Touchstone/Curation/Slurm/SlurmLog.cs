namespace Touchstone.Curation.Slurm;

/// <summary>What a job's log says of its end.</summary>
internal static class SlurmLog
{
    private const int LineCharactersMax = 400;

    /// <summary>The line that tells best why the job ended: what the program or the runtime complains of last, else the last line.</summary>
    public static string Complaint(string file)
    {
        var (complaint, last, isNext) = ("", "", false);
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } line)
        {
            if (line.Trim() is not { Length: > 0 } said) continue;
            last = said;
            if (isNext || IsComplaint(said)) complaint = said;
            isNext = said.Contains("this should not have happened", StringComparison.Ordinal);     // the exception stands on the next line
        }

        var best = complaint.Length > 0 ? complaint : last;
        return best.Length <= LineCharactersMax ? best : best[..LineCharactersMax] + "...";
    }

    private static bool IsComplaint(string line) =>
        line.StartsWith("touchstone curate work:", StringComparison.Ordinal) || line.StartsWith("Unhandled exception", StringComparison.Ordinal) || line.StartsWith("slurmstepd: error:", StringComparison.Ordinal);
}
