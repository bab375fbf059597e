using System.Globalization;

namespace Touchstone.Curation.Runs;

/// <summary>What is done in a step of a run.</summary>
public enum RunStepKind
{
    /// <summary>Documents go through the steps of a stage; a part of it is a shard.</summary>
    Judge,

    /// <summary>What a stage handed on is measured for the deduplication behind it; a part of it is a shard.</summary>
    Measure,

    /// <summary>Duplicates are found among all shards, by one process.</summary>
    Find,

    /// <summary>Outputs are put in their places and the manifest is written, by one process.</summary>
    Finish,
}

/// <summary>A step of a run's work, with the steps before it as its condition: parts of one step need nothing of each other and can be done anywhere at the same time.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Stage">Number of the stage, from 0: the parts of a pipeline between deduplications.</param>
public sealed record RunStep(RunStepKind Kind, int Stage)
{
    /// <summary>Its name: <c>judge-1</c>, <c>measure-1</c>, <c>find-1</c>, <c>judge-2</c> and so on, at last <c>finish</c>.</summary>
    public string Name => Kind == RunStepKind.Finish ? "finish" : string.Create(CultureInfo.InvariantCulture, $"{Kind.ToString().ToLowerInvariant()}-{Stage + 1}");

    /// <summary>Whether its parts are shards; else it is one.</summary>
    public bool IsSharded => Kind is RunStepKind.Judge or RunStepKind.Measure;

    /// <summary>All steps of a run, in order.</summary>
    /// <param name="stages">Number of its stages, from 1.</param>
    public static IReadOnlyList<RunStep> Of(int stages)
    {
        var steps = new List<RunStep>();
        for (var stage = 0; stage < stages; stage++)
        {
            steps.Add(new(RunStepKind.Judge, stage));
            if (stage == stages - 1) continue;
            steps.Add(new(RunStepKind.Measure, stage));
            steps.Add(new(RunStepKind.Find, stage));
        }

        steps.Add(new(RunStepKind.Finish, stages - 1));
        return steps;
    }
}
