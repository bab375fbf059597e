using Touchstone.Files.Tables;

namespace Touchstone.Formats.Votes;

/// <summary>Several votes of one worker on one task: found in time linear in the votes, and dealt with as was asked.</summary>
internal static class Repeats
{
    /// <param name="log">All votes of the file.</param>
    /// <param name="policy">What becomes of repeats.</param>
    /// <param name="lines">Line of each vote where repeats are refused, else empty.</param>
    public static VoteLog Apply(VoteLog log, DuplicatePolicy policy, int[] lines)
    {
        var isLeftOut = new bool[log.Count];
        var count = 0;
        var (earliestSecond, itsFirst) = (int.MaxValue, 0);
        var last = new int[log.Workers.Length];   // the worker's latest vote, of whatever task
        last.AsSpan().Fill(-1);
        foreach (var v in ByTask(log))
        {
            var before = last[log.WorkerOf[v]];
            last[log.WorkerOf[v]] = v;
            if (before < 0 || log.TaskOf[before] != log.TaskOf[v]) continue;
            count++;
            if (v < earliestSecond) (earliestSecond, itsFirst) = (v, before);
            if (policy == DuplicatePolicy.First) (isLeftOut[v], last[log.WorkerOf[v]]) = (true, before);
            if (policy == DuplicatePolicy.Last) isLeftOut[before] = true;
        }

        if (count > 0 && policy == DuplicatePolicy.Error)
            throw new TableFormatException(
                log.Name,
                lines[earliestSecond],
                0,
                $"expected one vote of each worker on each task, found a second one of {TableReader.Shown(log.Workers[log.WorkerOf[itsFirst]])} on {TableReader.Shown(log.Tasks[log.TaskOf[itsFirst]])} (the first is on line {lines[itsFirst]}); {count} such in the file");
        if (count == 0 || policy == DuplicatePolicy.Keep) return log with { Duplicates = count };
        return log with { TaskOf = Kept(log.TaskOf, isLeftOut), WorkerOf = Kept(log.WorkerOf, isLeftOut), LabelOf = Kept(log.LabelOf, isLeftOut), Duplicates = count };
    }

    /// <summary>Votes task by task, those of a task in the order of the file.</summary>
    private static int[] ByTask(VoteLog log)
    {
        var place = new int[log.Tasks.Length + 1];
        foreach (var task in log.TaskOf) place[task + 1]++;
        for (var t = 0; t < log.Tasks.Length; t++) place[t + 1] += place[t];
        var votes = new int[log.Count];
        for (var v = 0; v < votes.Length; v++) votes[place[log.TaskOf[v]]++] = v;
        return votes;
    }

    private static int[] Kept(int[] values, bool[] isLeftOut)
    {
        var kept = new List<int>(values.Length);
        for (var v = 0; v < values.Length; v++)
            if (!isLeftOut[v]) kept.Add(values[v]);
        return [.. kept];
    }
}
