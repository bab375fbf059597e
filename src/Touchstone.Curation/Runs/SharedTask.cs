using System.Globalization;
using System.Text;
using Touchstone.Curation.Pipelines;

namespace Touchstone.Curation.Runs;

/// <summary>One process' part of a step of a run that is shared.</summary>
internal sealed class SharedTask
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);
    private readonly RunFolder _folder;
    private readonly Pipeline _pipeline;
    private readonly RunPlan _plan;
    private readonly RunStep _step;
    private readonly RunOptions _options;
    private readonly TimeSpan _patience;
    private readonly List<int> _shards;

    private SharedTask(RunFolder folder, Pipeline pipeline, RunPlan plan, RunStep step, List<int> shards, RunOptions options, TimeSpan patience) =>
        (_folder, _pipeline, _plan, _step, _shards, _options, _patience) = (folder, pipeline, plan, step, shards, options, patience);

    /// <summary>What was done, in a sentence.</summary>
    public string Done { get; private set; } = "";

    /// <summary>Reads what was planned.</summary>
    public static SharedTask Open(RunFolder folder, string name, int part, int parts, RunOptions options, TimeSpan patience)
    {
        if (!File.Exists(folder.PlanFile)) throw new FileNotFoundException($"{folder.Path}: there is no plan.json; name the folder of a run.");
        if (!File.Exists(folder.PipelineFile)) throw new FileNotFoundException($"{folder.PipelineFile} is gone: the run was not begun to be shared. Begin it with touchstone curate run PIPELINE --on slurm.");
        var plan = RunFolder.Read<RunPlan>(folder.PlanFile);
        var pipeline = Pipeline.Parse(folder.PipelineFile, File.ReadAllText(folder.PipelineFile, Encoding.UTF8));
        if (plan.Version != RunPlan.CurrentVersion) throw new InvalidDataException($"{folder.PlanFile} was made by another version of the program (layout {plan.Version}, this one writes {RunPlan.CurrentVersion}).");
        if (plan.Pipeline != pipeline.Digest()) throw new InvalidDataException($"{folder.PipelineFile} is not the pipeline that was planned, or a list, model or benchmark that it names has changed.");
        var steps = RunStep.Of(RunStage.Of(pipeline).Count);
        var step = steps.FirstOrDefault(s => s.Name == name) ?? throw new ArgumentException($"There is no step {name}; the run has {string.Join(", ", steps.Select(s => s.Name))}.");
        if (!step.IsSharded && parts > 1) throw new ArgumentException($"The step {name} has no parts; one process does it.");
        if (part < 0 || part >= parts) throw new ArgumentException($"Part {part} is not from 0 to {parts - 1}.");
        return new(folder, pipeline, plan, step, [.. Enumerable.Range(0, plan.Shards.Count).Where(s => !step.IsSharded || s % parts == part)], options, patience);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await ExpectBeforeAsync(cancellationToken);
        await using var usage = new UsageMeter(_folder.Work);
        using var work = new RunWork(_pipeline, _folder, _plan, _options);
        var stage = work.Stages[_step.Stage];
        switch (_step.Kind)
        {
            case RunStepKind.Judge:
                await JudgeAsync(work, stage, cancellationToken);
                break;
            case RunStepKind.Measure:
                await work.MeasureAsync(stage, _shards, cancellationToken);
                Done = Told(_shards.Count, "measured");
                break;
            case RunStepKind.Find:
                await FindAsync(work, stage, cancellationToken);
                break;
            default:
                await new RunFinish(work, new RunOutputs(_folder, _pipeline)).WriteAsync(usage, cancellationToken);
                _folder.Clean();
                Done = $"{_folder.ManifestFile}: the run is finished.";
                break;
        }

        if (usage.Unsaved > 0) Done += string.Create(CultureInfo.InvariantCulture, $" What it took could not be written down {usage.Unsaved} times.");
    }

    private async Task JudgeAsync(RunWork work, RunStage stage, CancellationToken cancellationToken)
    {
        var before = _folder.Judged(stage.Index);
        var left = _shards.Where(s => !before.Contains(s)).ToList();
        if (stage.Index == 0)
            foreach (var shard in left)
                if (_plan.DifferenceOf(shard) is { } difference) throw new InvalidDataException($"{_folder.Path}: {difference}. Name another folder with --out, or delete this run.");
        await work.JudgeAsync(stage, left, static (_, _) => { }, cancellationToken);
        Done = Told(left.Count, "judged") + (left.Count < _shards.Count ? $", {_shards.Count - left.Count} were done before" : "");
    }

    /// <summary>What the stage before handed on has no reader any more that could win, for all shards behind it are judged.</summary>
    private async Task FindAsync(RunWork work, RunStage stage, CancellationToken cancellationToken)
    {
        // A job that Slurm began twice may come when all is found: it leaves alone what the steps behind it read.
        if (_folder.FoundBehind(stage.Index) is null) await work.FindAsync(stage, cancellationToken);
        if (stage.Index > 0)
            foreach (var shard in _shards) _folder.DropSpill(work.Stages[stage.Index - 1], shard);
        Done = $"{_step.Name}: duplicates among {Count(_shards.Count)} are found";
    }

    private string Told(int shards, string what) => $"{_step.Name}: {Count(shards)} {what}";

    private static string Count(int shards) => string.Create(CultureInfo.InvariantCulture, $"{shards} {(shards == 1 ? "shard" : "shards")}");

    private async Task ExpectBeforeAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; Missing() is { } missing; waited += Glance)
        {
            if (waited >= _patience) throw new InvalidDataException($"{_step.Name}: {missing}; touchstone curate run of the same pipeline with --on slurm goes on with what is left.");
            await Task.Delay(Glance, cancellationToken);
        }
    }

    /// <summary>What should have been done before this step; null where all is there.</summary>
    private string? Missing() => _step.Kind switch
    {
        RunStepKind.Judge => _step.Stage > 0 && _folder.FoundBehind(_step.Stage - 1) is null ? $"find-{_step.Stage} is not done" : null,
        RunStepKind.Measure => Missing("judged", _folder.Judged(_step.Stage)),
        RunStepKind.Find => Missing("judged", _folder.Judged(_step.Stage)) ?? Missing("measured", _folder.Measured(_step.Stage)),
        _ => Missing("judged", _folder.Judged(_step.Stage)),
    };

    private string? Missing(string what, HashSet<int> done)
    {
        var missing = _shards.FindAll(s => !done.Contains(s));
        return missing.Count == 0 ? null : $"{Count(missing.Count)}, first {missing[0]}, of stage {_step.Stage + 1} not {what} yet";
    }
}
