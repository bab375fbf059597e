using Touchstone.Curation.Decontamination;
using Touchstone.Curation.Writing;
using Touchstone.Files.Storage;

namespace Touchstone.Curation.Runs;

/// <summary>The end of a run: every shard's outputs are in their places, faults are listed in one file, and the manifest says what was done. Doing it twice gives the same.</summary>
internal sealed class RunFinish(RunWork work, RunOutputs outputs)
{
    private readonly Tally _tally = Tally.Of(work.Pipeline.Steps.Count);
    private readonly List<OutputFile> _kept = [], _dropped = [], _fates = [];
    private readonly List<string> _faults = [];

    /// <summary>Publishes what is not in its place yet, and writes the manifest.</summary>
    /// <param name="usage">Measures this process; what all took is in the manifest.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="IOException">A shard is not done.</exception>
    public async Task<RunManifest> WriteAsync(UsageMeter usage, CancellationToken cancellationToken)
    {
        foreach (var stage in work.Stages)
            for (var shard = 0; shard < work.Plan.Shards.Count; shard++) Collect(stage, shard);
        outputs.DeleteLeftovers();
        var faults = await WriteFaultsAsync(cancellationToken);
        var (took, sessions) = await usage.TotalAsync();
        var manifest = Manifest(took, sessions, faults);
        work.Options.OnStep?.Invoke("before_manifest");
        var first = await work.Folder.FinishAsync(manifest, cancellationToken);
        work.Options.OnStep?.Invoke("manifest");
        return first;
    }

    private void Collect(RunStage stage, int shard)
    {
        var marker = work.Folder.ExpectMarker(stage, shard);
        outputs.Publish(stage, shard, marker);
        _tally.Add(marker.Tally);
        var published = outputs.Published(stage, shard, marker);
        _kept.AddRange(published.Kept);
        _dropped.AddRange(published.Dropped);
        _fates.AddRange(published.Fates);
        _faults.AddRange(published.Faults.Select(f => Path.Combine(work.Folder.Work, f.Name)));
    }

    /// <returns>The list as the manifest describes it; null where there is no fault.</returns>
    private async Task<OutputFile?> WriteFaultsAsync(CancellationToken cancellationToken)
    {
        if (_faults.Count == 0) return null;
        await DurableFile.WriteAsync(work.Folder.FaultsFile, async stream =>
        {
            foreach (var file in _faults)
            {
                await using var part = File.OpenRead(file);
                await part.CopyToAsync(stream, cancellationToken);
            }
        }, cancellationToken);
        var file = work.Folder.FaultsFile;
        return new(RunFolder.FaultsName, new FileInfo(file).Length, await FileDigest.OfFileAsync(file, cancellationToken), _tally.Faults.Values.Sum());
    }

    private RunManifest Manifest(RunUsage usage, int sessions, OutputFile? faults) => new()
    {
        Program = $"touchstone {typeof(RunFinish).Assembly.GetName().Version?.ToString(3)}",
        Pipeline = work.Plan.Pipeline,
        Inputs = work.Plan.Inputs,
        ReadBytes = _tally.Bytes,
        Read = _tally.Read,
        Faults = _tally.Faults,
        Steps = [.. Steps()],
        Kept = _tally.Kept,
        Counted = _tally.Counted,
        ReadWords = _tally.ReadWords,
        KeptWords = _tally.KeptWords,
        Outputs = _kept,
        DroppedOutputs = _dropped,
        Fates = _fates,
        Clusters = [.. Enumerable.Range(0, work.Pipeline.Steps.Count).Where(s => File.Exists(Path.Combine(work.Folder.Path, RunClusters.FileName(s)))).Select(s => RunClusters.Describe(work.Folder.Path, s))],
        FaultList = faults,
        FinishedAt = work.Options.Clock.GetUtcNow(),
        TextMember = work.Pipeline.Source.Options.TextName,
        IdMember = work.Pipeline.Source.Options.IdName,
        Usage = usage,
        Sessions = sessions,
        Workers = work.Options.Workers,
    };

    private IEnumerable<ManifestStep> Steps()
    {
        var stage = 0;
        foreach (var (step, tally) in work.Pipeline.Steps.Zip(_tally.Steps))
        {
            var found = step.Barrier is null ? null
                : work.Folder.FoundBehind(stage++) ?? throw new IOException($"{work.Folder.Path}: the duplicates before {step.Name} are not found yet, or the run was finished by another process.");
            yield return new(step.Name, step.Id, step.Parameters, tally, found, (step.Step as DecontaminateStep)?.Benchmarks);
        }
    }
}
