using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Pipelines;

namespace Touchstone.Curation.Runs;

/// <summary>A part of a pipeline that documents stream through without waiting for each other.</summary>
/// <param name="Index">From 0.</param>
/// <param name="First">First of the pipeline's steps that it does; a deduplication there is one whose decisions are carried out.</param>
/// <param name="End">End of the pipeline's steps that it does.</param>
/// <param name="Before">The deduplication that was done before it; null for the first stage.</param>
/// <param name="After">The deduplication that waits for all its documents; null for the last stage.</param>
internal sealed record RunStage(int Index, int First, int End, CorpusDeduplication? Before, CorpusDeduplication? After)
{
    public bool IsLast => After is null;

    public static IReadOnlyList<RunStage> Of(Pipeline pipeline)
    {
        var stages = new List<RunStage>();
        var (first, before) = (0, (CorpusDeduplication?)null);
        for (var s = 0; s < pipeline.Steps.Count; s++)
        {
            if (pipeline.Steps[s].Barrier is not { } barrier) continue;
            stages.Add(new(stages.Count, first, s, before, barrier));
            (first, before) = (s, barrier);
        }

        stages.Add(new(stages.Count, first, pipeline.Steps.Count, before, null));
        return stages;
    }
}
