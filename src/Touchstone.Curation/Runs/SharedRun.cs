using System.Text;
using Touchstone.Curation.Pipelines;
using Touchstone.Files.Storage;

namespace Touchstone.Curation.Runs;

/// <summary>
/// A run whose parts are done by processes on any number of machines that share its folder. One of them leads: it plans and gives out parts. The others do what they are told and leave
/// markers. Whoever is killed, comes late or does what another one did already changes nothing of what comes out: attempts write files of their own, and the first marker counts.
/// </summary>
public static class SharedRun
{
    /// <summary>How long a process waits for what another machine wrote: network file systems show it after a while (NFS by default within 60 s).</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    /// <summary>Plans a run, or takes it up again, and holds it for this process.</summary>
    /// <param name="pipeline">The recipe.</param>
    /// <param name="yaml">Its text, which other processes read.</param>
    /// <param name="folder">The run's folder; made if missing.</param>
    /// <param name="options">The size of shards is taken of them.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The manifest where the run was finished before, else null; and what holds the run until it is disposed of.</returns>
    /// <exception cref="InvalidDataException">The folder holds another run, or an output would replace files that the run did not make.</exception>
    /// <exception cref="IOException">Another process leads the run.</exception>
    public static async Task<(RunManifest? Finished, IDisposable Held)> BeginAsync(Pipeline pipeline, string yaml, string folder, RunOptions options, CancellationToken cancellationToken = default)
    {
        var place = new RunFolder(folder);
        var begun = await BegunRun.BeginAsync(pipeline, place, options, cancellationToken);
        try
        {
            if (begun.Finished is null) await DurableFile.WriteAsync(place.PipelineFile, Encoding.UTF8.GetBytes(yaml), cancellationToken);
            else place.Clean();
            return (begun.Finished, begun);
        }
        catch
        {
            begun.Dispose();
            throw;
        }
    }

    /// <summary>Does a part of a step: the shards whose number leaves a remainder, those that are done already left out.</summary>
    /// <param name="folder">Folder of a run that was begun to be shared.</param>
    /// <param name="name">Name of the step.</param>
    /// <param name="part">The remainder, from 0.</param>
    /// <param name="parts">What shards' numbers are divided by, from 1.</param>
    /// <param name="options">How this machine is used.</param>
    /// <param name="patience">How long to wait for what steps before it should have left.</param>
    /// <param name="cancellationToken">Ends the work in order; it can go on later.</param>
    /// <returns>What was done, in a sentence.</returns>
    /// <exception cref="ArgumentException">There is no such step, or it has no parts.</exception>
    /// <exception cref="InvalidDataException">The pipeline or an input is not what was planned, or a step before this one is not done.</exception>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    /// <exception cref="IOException">A disk failed, or a file is gone or may not be written.</exception>
    public static async Task<string> WorkAsync(string folder, string name, int part, int parts, RunOptions options, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        var place = new RunFolder(folder);
        if (place.IsFinished) return $"{place.Path}: the run is finished; nothing was done.";
        try
        {
            var task = SharedTask.Open(place, name, part, parts, options, patience);
            await task.RunAsync(cancellationToken);
            return task.Done;
        }
        catch (IOException full) when (full is not StorageFullException && StorageFullException.Tells(full))
        {
            throw new StorageFullException(place.Path, full);
        }
        catch (Exception) when (place.IsFinished)
        {
            // The run went on without this process, which came late: what it worked on is gone, and not needed.
            return $"{place.Path}: the run was finished by other processes meanwhile.";
        }
    }
}
