using System.Text;
using Touchstone.Server.Trust.Consensus;
using Touchstone.Server.Trust.Releases.Format;

namespace Touchstone.Server.Trust.Releases.Verification;

/// <summary>audit-population.txt: lines of one length, each with a line feed behind it.</summary>
internal static class PopulationFile
{
    private const string File = ReleaseFiles.Population;
    private const int IdLength = 36;

    /// <param name="root">The release's folder.</param>
    /// <param name="strata">How many strata there are; null for a simple random sample.</param>
    /// <param name="findings">Takes what does not hold; after a line of another form nothing more is read.</param>
    public static CheckedPopulation Read(string root, int? strata, Findings findings)
    {
        var (tasks, parts) = (new List<Guid>(), new List<byte>());
        if (strata is < 1 or > PopulationLines.StrataMax) findings.Add(ReleaseFiles.Release, "/content/assay/audit/strata", "sampling", $"1 to {PopulationLines.StrataMax} strata", $"{strata}");
        using var stream = System.IO.File.OpenRead(Path.Combine(root, File));
        var line = new byte[strata is null ? IdLength + 1 : IdLength + 3];
        for (var number = 1; stream.ReadAtLeast(line, line.Length, throwOnEndOfStream: false) is > 0 and var read; number++)
        {
            if (Parse(line.AsSpan(0, read), strata) is not { } found)
            {
                findings.Add(File, $"line {number}", "schema", (strata is null ? "the id of a task" : "the id of a task, a space and the number of its stratum") + " and a line feed", Encoding.UTF8.GetString(line.AsSpan(0, read)));
                break;
            }

            if (tasks.Count > 0 && UuidOrder.Instance.Compare(tasks[^1], found.Task) is >= 0 and var order) findings.Add(File, $"line {number}", order == 0 ? "duplicate" : "order", "ids in ascending order, each once", $"{found.Task}");
            else
            {
                tasks.Add(found.Task);
                if (strata is not null) parts.Add(found.Part);
            }
        }

        return new CheckedPopulation([.. tasks], strata is null ? null : [.. parts]);
    }

    /// <summary>A line with its line feed; null unless it stands as <see cref="PopulationLines"/> writes it.</summary>
    private static (Guid Task, byte Part)? Parse(ReadOnlySpan<byte> line, int? strata)
    {
        if (line.Length < IdLength || !Guid.TryParseExact(Encoding.ASCII.GetString(line[..IdLength]), "D", out var task)) return null;
        var part = strata is null || line.Length <= IdLength + 1 ? (byte)0 : (byte)(line[IdLength + 1] - '0');
        if (strata is not null && part >= strata) return null;
        return line.SequenceEqual(Encoding.ASCII.GetBytes(PopulationLines.Of(task, strata is null ? null : part) + "\n")) ? (task, part) : null;
    }
}

/// <summary>What an audit was drawn from, as the release states it.</summary>
/// <param name="Tasks">Ids, ascending.</param>
/// <param name="PartOf">Stratum of each; null for a simple random sample.</param>
internal sealed record CheckedPopulation(Guid[] Tasks, byte[]? PartOf)
{
    /// <summary>Stratum of a task; -1 for a task that could not be drawn.</summary>
    public int IndexOf(Guid task)
    {
        var at = Array.BinarySearch(Tasks, task, UuidOrder.Instance);
        return at < 0 ? -1 : PartOf is null ? 0 : PartOf[at];
    }
}
