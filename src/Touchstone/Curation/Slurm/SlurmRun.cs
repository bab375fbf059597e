using System.Globalization;
using Touchstone.Curation.Runs;
using Touchstone.Files.Storage;
using Touchstone.Terminal;

namespace Touchstone.Curation.Slurm;

/// <summary>
/// Gives the parts of a run out to a Slurm cluster. The step at hand and those behind it are submitted as a chain of jobs, each of which waits for the one before; what is done is known
/// from the markers in the run's folder alone. Tasks that are gone from the queue without all their markers are submitted again.
/// </summary>
/// <param name="observer">Looks at the markers.</param>
/// <param name="places">Where the run is.</param>
/// <param name="settings">What jobs ask for.</param>
/// <param name="tell">Told what is submitted, a line each.</param>
internal sealed class SlurmRun(RunObserver observer, SlurmPlaces places, SlurmSettings settings, Action<string> tell)
{
    /// <summary>Submissions of a step's tasks, one after another, that may make nothing safe before the run gives up.</summary>
    private const int FruitlessMax = 3;

    private const int ShownMax = 5;
    private static readonly TimeSpan PollMin = TimeSpan.FromSeconds(1), PollMax = TimeSpan.FromSeconds(15);
    private readonly HashSet<long> _jobs = [];
    private (RunStep Step, long Work)? _last;
    private int _fruitless;

    /// <summary>How all jobs of the run that wait or run are cancelled, as a command; empty where there are none.</summary>
    public string Cancellation => _jobs.Count == 0 ? "" : "scancel " + string.Join(' ', _jobs.Order());

    /// <summary>Names of the jobs of all steps.</summary>
    private IEnumerable<string> JobNames => observer.Steps.Select(places.JobName);

    /// <summary>Writes a script for each step.</summary>
    public async Task WriteScriptsAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(places.Logs);
        await settings.SaveAsync(places.SettingsFile, cancellationToken);
        foreach (var step in observer.Steps)
        {
            var script = SlurmScript.Of(settings, step, TasksOf(step), places, Program());
            await DurableFile.WriteAsync(places.Script(step), System.Text.Encoding.UTF8.GetBytes(script), cancellationToken);
        }
    }

    /// <summary>Submits what is left to do and is not in the queue.</summary>
    public async Task SubmitAsync(CancellationToken cancellationToken)
    {
        var queue = await SlurmCommands.QueueAsync(JobNames, cancellationToken) ?? throw new CommandException("squeue failed: the cluster's controller does not answer; try again later.");
        Remember(queue);
        if (observer.Look().Current is not { } current) return;
        if (Lost(current, queue) is { Count: > 0 } lost) await SubmitAsync(current, lost, queue, cancellationToken);
        else await CompleteAsync(current, queue, cancellationToken);
    }

    /// <summary>Waits until the run is finished, and submits again what got lost.</summary>
    /// <param name="report">Told how far the run is, with the state of its jobs.</param>
    /// <param name="cancellationToken">Ends the watching and leaves the jobs alone.</param>
    /// <exception cref="CommandException">Tasks fail again and again.</exception>
    public async Task WatchAsync(Action<RunProgress, string> report, CancellationToken cancellationToken)
    {
        var (wait, before) = (PollMin, (IReadOnlyList<int>)[]);
        while (true)
        {
            var queue = await SlurmCommands.QueueAsync(JobNames, cancellationToken);
            var status = observer.Look();               // behind the queue, so that what a job left before it was gone from there can be seen
            if (status.Current is not { } current) return;
            if (queue is not null) Remember(queue);
            report(status.Progress, Note(queue));
            var lost = queue is null ? [] : Lost(current, queue);
            var isSure = lost.Count > 0 && lost.SequenceEqual(before);
            if (isSure) await SubmitAsync(current, lost, queue!, cancellationToken);
            else if (lost.Count > 0) observer.Refresh();
            (before, wait) = isSure ? ([], PollMin) : (lost, lost.Count > 0 || queue is null ? PollMin : wait * 1.3 < PollMax ? wait * 1.3 : PollMax);
            await Task.Delay(wait, cancellationToken);
        }
    }

    /// <summary>Tasks of a step that have something to do and are not in the queue.</summary>
    private List<int> Lost(RunStepStatus current, IReadOnlyList<SlurmTask> queue)
    {
        // Jobs of later steps run only when this one is done, whatever a network file system still shows of it.
        var later = observer.Steps.SkipWhile(s => s != current.Step).Skip(1).Select(places.JobName).ToHashSet(StringComparer.Ordinal);
        if (queue.Any(t => !t.IsWaiting && later.Contains(t.Name))) return [];
        var live = queue.Where(t => t.Name == places.JobName(current.Step)).Select(t => t.Task).ToHashSet();
        return [.. current.Missing.Select(shard => shard % TasksOf(current.Step)).Distinct().Where(t => !live.Contains(t)).Order()];
    }

    private async Task SubmitAsync(RunStepStatus current, List<int> lost, IReadOnlyList<SlurmTask> queue, CancellationToken cancellationToken)
    {
        CountFruitless(current, lost);
        var later = observer.Steps.SkipWhile(s => s != current.Step).Skip(1).ToList();
        var superseded = queue.Where(t => later.Any(s => places.JobName(s) == t.Name)).Select(t => t.Job).ToHashSet();
        await SlurmCommands.CancelAsync(superseded, cancellationToken);
        _jobs.ExceptWith(superseded);

        var alive = queue.Where(t => t.Name == places.JobName(current.Step)).Select(t => t.Job).Distinct().Select(j => Invariant($",afterany:{j}"));
        var job = await SlurmCommands.SubmitAsync(places.Script(current.Step), TasksOf(current.Step) > 1 ? SlurmScript.Ranges(lost) : null, null, cancellationToken);
        _jobs.Add(job);
        await ChainAsync(later, Invariant($"afterok:{job}") + string.Concat(alive), [Invariant($"{current.Step.Name} ({Figures.Count(lost.Count, "task")}) is job {job}")], cancellationToken);
    }

    /// <summary>Submits the end of a chain that was broken off while it was submitted: steps behind the last one that has a job.</summary>
    private async Task CompleteAsync(RunStepStatus current, IReadOnlyList<SlurmTask> queue, CancellationToken cancellationToken)
    {
        var jobs = queue.ToLookup(t => t.Name, t => t.Job, StringComparer.Ordinal);
        var chained = observer.Steps.SkipWhile(s => s != current.Step).TakeWhile(s => jobs.Contains(places.JobName(s))).ToList();
        var missing = observer.Steps.SkipWhile(s => s != current.Step).Skip(chained.Count).ToList();
        if (chained.Count == 0 || missing.Count == 0 || missing.Any(s => jobs.Contains(places.JobName(s)))) return;
        await ChainAsync(missing, "afterok:" + string.Join(':', jobs[places.JobName(chained[^1])].Distinct()), [], cancellationToken);
    }

    /// <summary>Submits steps, each of which waits for the one before.</summary>
    private async Task ChainAsync(List<RunStep> steps, string dependency, List<string> told, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            var job = await SlurmCommands.SubmitAsync(places.Script(step), null, dependency, cancellationToken);
            _jobs.Add(job);
            dependency = Invariant($"afterok:{job}");
            told.Add(Invariant($"{step.Name} {job}"));
        }

        tell($"submitted: {string.Join(", then ", told)}");
    }

    /// <summary>Gives up where the same step was submitted again and again and made nothing safe.</summary>
    private void CountFruitless(RunStepStatus current, List<int> lost)
    {
        var work = current.Parts - current.Missing.Count + observer.SafeWork(current);
        _fruitless = _last is { } last && last.Step == current.Step && last.Work == work ? _fruitless + 1 : 0;
        if (lost.Any(task => places.LastLog(current.Step, task, TasksOf(current.Step)) is not null)) tell($"{current.Step.Name}: {Figures.Count(lost.Count, "task")} ended without being done: {Failures(current.Step, lost)}");
        _last = (current.Step, work);
        if (_fruitless < FruitlessMax) return;
        throw new CommandException($"{current.Step.Name}: {Figures.Count(current.Missing.Count, current.Step.IsSharded ? "shard" : "part")} left, and {FruitlessMax} tries in a row made nothing of it safe. {Failures(current.Step, lost)} "
            + "Mend what the logs say and run the same command again; it goes on where it was.");
    }

    /// <summary>What the logs of some tasks say last.</summary>
    private string Failures(RunStep step, List<int> tasks) => string.Join(" ", tasks.Take(ShownMax).Select(task => Failure(step, task))) + (tasks.Count > ShownMax ? " ..." : "");

    private string Failure(RunStep step, int task)
    {
        if (places.LastLog(step, task, TasksOf(step)) is not { } log) return Invariant($"task {task} left no log in {places.Logs};");
        return $"{log} says \"{Printable.Text(SlurmLog.Complaint(log))}\";";
    }

    private void Remember(IReadOnlyList<SlurmTask> queue)
    {
        _jobs.Clear();
        foreach (var task in queue) _jobs.Add(task.Job);
    }

    private int TasksOf(RunStep step) => settings.TasksOf(step, observer.Shards);

    private static string Note(IReadOnlyList<SlurmTask>? queue)
    {
        if (queue is null) return "the cluster's controller does not answer";
        var waiting = queue.Count(t => t.IsWaiting);
        return Invariant($"{queue.Count - waiting} running, {waiting} waiting");
    }

    /// <summary>This program as a command: the file itself, or the runtime with the program's library.</summary>
    private static string[] Program()
    {
        var process = Environment.ProcessPath ?? throw new CommandException("The system does not tell which file this program is, so that jobs cannot name it.");
        return Path.GetFileNameWithoutExtension(process) == "dotnet" ? [process, Path.Combine(AppContext.BaseDirectory, "touchstone.dll")] : [process];
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
