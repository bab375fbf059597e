using Touchstone.Curation.Pipelines;

namespace Touchstone.Curation.Runs;

/// <summary>A run that one process leads: its places are looked at, its plan is written or found again, and its folder is held.</summary>
internal sealed class BegunRun : IDisposable
{
    private readonly IDisposable _held;

    private BegunRun(IDisposable held, RunPlan plan, RunManifest? finished) => (_held, Plan, Finished) = (held, plan, finished);

    /// <summary>The plan that counts.</summary>
    public RunPlan Plan { get; }

    /// <summary>The manifest of a run that was finished before; null where there is something to do.</summary>
    public RunManifest? Finished { get; }

    /// <summary>Begins a run, or takes one up again.</summary>
    /// <exception cref="InvalidDataException">The folder holds another run, or an output would replace files that the run did not make.</exception>
    /// <exception cref="IOException">Another process holds the run, or its files cannot be written.</exception>
    public static async Task<BegunRun> BeginAsync(Pipeline pipeline, RunFolder folder, RunOptions options, CancellationToken cancellationToken)
    {
        pipeline.Sink.Blocks.Check();
        pipeline.Dropped?.Blocks.Check();
        var places = new OutputPlaces(folder, pipeline);
        places.Check();
        var planned = RunPlan.Of(pipeline, options.ShardBytes);
        var held = folder.Hold();
        try
        {
            var plan = await folder.AdoptAsync(planned, cancellationToken);
            if (folder.IsFinished) return new(held, plan, folder.LoadFinished());
            places.Claim();
            return new(held, plan, null);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose() => _held.Dispose();
}
