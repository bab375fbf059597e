using Touchstone.Formats.Votes;
using Touchstone.Quality.Categorical;
using Touchstone.Terminal;

namespace Touchstone.QualityFiles;

/// <summary>Votes as the statistics take them, and the names behind their numbers.</summary>
/// <param name="Log">As the file has them.</param>
/// <param name="Votes">The same, by number.</param>
internal sealed record VoteTable(VoteLog Log, Votes Votes)
{
    private const int LabelsMax = 4096;

    /// <summary>Reads a file of categorical votes.</summary>
    /// <param name="path">The file, or "-".</param>
    /// <param name="duplicates">What becomes of several votes of one worker on one task.</param>
    /// <param name="known">Labels that are possible too, though nobody may have given them.</param>
    public static VoteTable Read(string path, DuplicatePolicy duplicates, params KnownLabels?[] known)
    {
        using var stream = InputFile.Open(path);
        var log = VoteLogReader.Read(stream, InputFile.NameOf(path), duplicates);
        return Of(log.WithLabels(known.OfType<KnownLabels>().SelectMany(k => k.ByTask.Values)));
    }

    /// <summary>The same votes with labels of one value taken for one, where all are numbers.</summary>
    public VoteTable ByValue() => Log.ByValue() is var log && ReferenceEquals(log, Log) ? this : Of(log);

    /// <summary>All labels, those among them that only <see cref="KnownLabels"/> name.</summary>
    public string[] Labels => Log.Labels;

    /// <summary>The same votes with the labels in another order.</summary>
    public VoteTable InOrder(string[] labels) => Of(Log.InOrder(labels));

    /// <summary>Known class of each task, -1 where it is not known.</summary>
    public int[] ClassesOf(KnownLabels known)
    {
        var place = Labels.Index().ToDictionary(l => l.Item, l => l.Index, StringComparer.Ordinal);
        return Array.ConvertAll(Log.Tasks, task => known.ByTask.TryGetValue(task, out var label) ? place[label] : -1);
    }

    private static VoteTable Of(VoteLog log)
    {
        if (log.Labels.Length > LabelsMax)
            throw new CommandException($"{log.Name}: found {Figures.Count(log.Labels.Length)} different labels, more than {Figures.Count(LabelsMax)}; these look like texts or measurements, not like classes.");
        if ((long)log.Tasks.Length * log.Labels.Length > Array.MaxLength)
            throw new CommandException($"{log.Name}: {Figures.Count(log.Tasks.Length)} tasks with {Figures.Count(log.Labels.Length)} labels do not fit into memory.");
        return new VoteTable(log, new Votes(log.TaskOf, log.WorkerOf, log.LabelOf, log.Tasks.Length, log.Workers.Length, log.Labels.Length));
    }
}
