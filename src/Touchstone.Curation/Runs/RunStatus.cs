namespace Touchstone.Curation.Runs;

/// <summary>How far a step of a run is.</summary>
/// <param name="Step">The step.</param>
/// <param name="Parts">Parts that it has: shards, or one.</param>
/// <param name="Missing">Numbers of the parts that are not done, in order.</param>
public sealed record RunStepStatus(RunStep Step, int Parts, IReadOnlyList<int> Missing)
{
    /// <summary>Whether all parts are done.</summary>
    public bool IsDone => Missing.Count == 0;
}

/// <summary>How far a run is, as the markers in its folder tell it: they are the one truth, whoever works on it and wherever.</summary>
/// <param name="IsFinished">Whether the manifest is there.</param>
/// <param name="Steps">The run's steps, in order.</param>
/// <param name="Progress">How far the step at hand is.</param>
public sealed record RunStatus(bool IsFinished, IReadOnlyList<RunStepStatus> Steps, RunProgress Progress)
{
    /// <summary>The first step that is not done; null where all are.</summary>
    public RunStepStatus? Current => Steps.FirstOrDefault(s => !s.IsDone);
}

/// <summary>Looks at a run's folder again and again; what it has seen of a finished shard it does not read twice.</summary>
public sealed class RunObserver
{
    private readonly RunFolder _folder;
    private readonly RunPlan _plan;
    private readonly IReadOnlyList<int> _stageBegins;
    private readonly IReadOnlyList<RunStep> _steps;
    private readonly Dictionary<(int Stage, int Shard), (long Spill, long Entered, long Left)> _seen = [];

    /// <summary>Opens the folder of a run, finished or not.</summary>
    /// <exception cref="FileNotFoundException">There is no plan in it.</exception>
    public RunObserver(string folder)
    {
        _folder = new RunFolder(folder);
        if (!File.Exists(_folder.PlanFile)) throw new FileNotFoundException($"{folder}: there is no plan.json; name the folder of a run.");
        _plan = RunFolder.Read<RunPlan>(_folder.PlanFile);
        _stageBegins = _plan.StageBegins;
        _steps = RunStep.Of(_stageBegins.Count);
    }

    /// <summary>Shards of the run.</summary>
    public int Shards => _plan.Shards.Count;

    /// <summary>The run's steps, in order.</summary>
    public IReadOnlyList<RunStep> Steps => _steps;

    /// <summary>Makes the next look see what other machines wrote, as far as the folder can be written to.</summary>
    public void Refresh() => _folder.Refresh();

    /// <summary>Looks.</summary>
    public RunStatus Look()
    {
        try
        {
            return LookOnce();
        }
        catch (IOException) when (_folder.IsFinished)
        {
            return LookOnce();                  // markers were taken away between two looks at one
        }
    }

    private RunStatus LookOnce()
    {
        IReadOnlyList<RunStepStatus> steps = [.. _steps.Select(s => new RunStepStatus(s, s.IsSharded ? Shards : 1, [.. Missing(s)]))];
        var progress = ProgressOf(steps.First(s => !s.IsDone));
        // Asked last, for markers are taken away behind the manifest.
        return _folder.IsFinished ? new(true, [.. steps.Select(s => s with { Missing = [] })], default) : new(false, steps, progress);
    }

    /// <summary>A number that grows with whatever is made safe in a step's missing parts, also before one of them is done.</summary>
    public long SafeWork(RunStepStatus step) => step.Step.Kind != RunStepKind.Judge ? 0 : step.Missing.Sum(shard => _folder.SafeBatches(step.Step.Stage, shard));

    private IEnumerable<int> Missing(RunStep step)
    {
        if (!step.IsSharded) return step.Kind == RunStepKind.Find && _folder.FoundBehind(step.Stage) is not null ? [] : [0];
        var done = step.Kind == RunStepKind.Judge ? _folder.Judged(step.Stage) : _folder.Measured(step.Stage);
        return Enumerable.Range(0, Shards).Where(shard => !done.Contains(shard));
    }

    private RunProgress ProgressOf(RunStepStatus status)
    {
        var step = status.Step;
        if (!step.IsSharded) return new(step.Kind == RunStepKind.Find ? "Finding duplicates" : "Finishing", 0, 1, 0, 0);
        var missing = status.Missing.ToHashSet();
        var reads = step.Kind == RunStepKind.Judge ? step.Stage : step.Stage + 1;
        var (done, total, entered, left) = (0L, 0L, 0L, 0L);
        for (var shard = 0; shard < Shards; shard++)
        {
            var bytes = InputBytes(reads, shard);
            total += bytes;
            if (missing.Contains(shard)) continue;
            done += bytes;
            if (step.Kind != RunStepKind.Judge) continue;
            entered += See(step.Stage, shard).Entered;
            left += See(step.Stage, shard).Left;
        }

        return new(step.Kind == RunStepKind.Judge ? StageProgress.NameOf(step.Stage) : "Measuring", done, total, entered, left);
    }

    private long InputBytes(int stage, int shard) => stage == 0 ? _plan.Shards[shard].Sum(p => p.End - p.Start) : See(stage - 1, shard).Spill;

    private (long Spill, long Entered, long Left) See(int stage, int shard)
    {
        if (_seen.TryGetValue((stage, shard), out var known)) return known;
        if (_folder.MarkerOf(stage, shard) is not { } marker) return default;
        return _seen[(stage, shard)] = (marker.Outputs.Spill.Sum(f => f.Bytes), marker.Tally.EnteredAt(stage, _stageBegins[stage]), marker.Documents);
    }
}
