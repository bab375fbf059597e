using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Writing;
using Touchstone.Files.Storage;

namespace Touchstone.Curation.Runs;

/// <summary>
/// A run's folder: <c>plan.json</c>, the outputs, <c>faults.jsonl</c>, <c>manifest.json</c> when all is done, and <c>work</c> until then. Every attempt at a shard writes files of its
/// own; the marker of a finished shard is made by a link that fails where there is one already, so that exactly one attempt counts, however late another one still writes.
/// </summary>
/// <remarks>
/// It may be shared by several machines. What decides are only files that are made in one step and seen whole: creating a file that must not be there, hard links and renames, which are
/// atomic over NFS too. Locks are not trusted beyond one machine.
/// </remarks>
internal sealed class RunFolder
{
    private const int HeldOnLinux = 11, HeldOnMacOs = 35, HeldOnWindows = unchecked((int)0x80070020);
    private const string DoneEnding = ".done.json", MeasuredEnding = ".measured.json";

    /// <summary>Name of the list of what could not be read.</summary>
    public const string FaultsName = "faults.jsonl";

    /// <summary>Name of the folder of clusters of near-duplicates.</summary>
    public const string ClustersName = "clusters";

    /// <summary>What the names of plans begin with that a process wrote and could not make the run's before it was killed.</summary>
    public const string PlanDraft = "plan.json-";

    public RunFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        Work = System.IO.Path.Combine(Path, "work");
    }

    public string Path { get; }

    public string Work { get; }

    public string PlanFile => System.IO.Path.Combine(Path, "plan.json");

    public string ManifestFile => System.IO.Path.Combine(Path, "manifest.json");

    public string FaultsFile => System.IO.Path.Combine(Path, FaultsName);

    public string Fates => System.IO.Path.Combine(Path, "fates");

    /// <summary>The recipe, for processes on other machines.</summary>
    public string PipelineFile => System.IO.Path.Combine(Work, "pipeline.yaml");

    public string Clusters => System.IO.Path.Combine(Path, ClustersName);

    public bool IsFinished => File.Exists(ManifestFile);

    public string DeduplicationFolder(RunStage stage) => System.IO.Path.Combine(Work, $"deduplication-{stage.Index}");

    /// <summary>
    /// Holds the folder for this process until it is disposed of, or the process ends however it ends. Spares work that would be done twice; the outcome does not depend on it, for over a
    /// network it may hold nobody off.
    /// </summary>
    /// <exception cref="IOException">Another process holds it.</exception>
    public IDisposable Hold()
    {
        Directory.CreateDirectory(Work);
        try
        {
            return new FileStream(System.IO.Path.Combine(Work, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (held.HResult is HeldOnLinux or HeldOnMacOs or HeldOnWindows)
        {
            throw new IOException($"{Path}: another process works on this run; wait for it or end it.", held);
        }
    }

    /// <summary>Writes the plan, or compares it with the one that is there.</summary>
    /// <returns>The plan that counts: the shards of a run that goes on are those that it began with.</returns>
    /// <exception cref="InvalidDataException">The folder holds another run.</exception>
    public async Task<RunPlan> AdoptAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        if (!File.Exists(PlanFile)) await WriteFirstAsync(PlanFile, plan.ToBytes(), cancellationToken);
        var before = Read<RunPlan>(PlanFile);
        if (before.DifferenceTo(plan) is { } difference) throw new InvalidDataException($"{Path} holds another run: {difference}. Name another folder with --out, or delete this one.");
        return before;
    }

    /// <summary>Writes the manifest, unless another process did so before.</summary>
    /// <returns>The one that counts.</returns>
    public async Task<RunManifest> FinishAsync(RunManifest manifest, CancellationToken cancellationToken)
    {
        if (!IsFinished) await WriteFirstAsync(ManifestFile, JsonSerializer.SerializeToUtf8Bytes(manifest, RunPlan.Json), cancellationToken);
        return RunManifest.Load(Path);
    }

    /// <summary>The manifest of a run that was finished before. Whether its files have the sizes that they had is looked at and what is in them is not, which would take as long as reading the corpus.</summary>
    /// <exception cref="InvalidDataException">A file that it wrote is gone or has another size.</exception>
    public RunManifest LoadFinished()
    {
        var manifest = RunManifest.Load(Path);
        foreach (var file in (IEnumerable<OutputFile>)[.. manifest.Outputs, .. manifest.DroppedOutputs, .. manifest.Fates, .. manifest.Clusters, .. manifest.FaultList is { } list ? [list] : Array.Empty<OutputFile>()])
        {
            var there = new FileInfo(System.IO.Path.Combine(Path, file.Name));
            if (there.Exists && there.Length == file.Bytes) continue;
            throw new InvalidDataException($"{Path}: this run is finished, but {file.Name} {(there.Exists ? $"has {there.Length} bytes; it had {file.Bytes}" : "is gone")}. Name another folder with --out, or delete this run and its outputs.");
        }

        return manifest with { FinishedBefore = manifest.FinishedAt ?? new DateTimeOffset(File.GetLastWriteTimeUtc(ManifestFile)) };
    }

    /// <summary>Begins an attempt at a shard in a folder that no other has.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="shard">Number of the shard.</param>
    /// <param name="checkpoint">The farthest that attempts before it had come to; null where there is none.</param>
    /// <returns>Number of the attempt and its folder, below the work folder.</returns>
    /// <exception cref="IOException">The work folder is gone, as behind a run that is finished.</exception>
    public (int Attempt, string Folder) BeginAttempt(RunStage stage, int shard, out ShardCheckpoint? checkpoint)
    {
        checkpoint = null;
        // The manifest is asked too: an attempt that slept may have made the work folder anew by what it wrote.
        if (IsFinished || !Directory.Exists(Work)) throw new DirectoryNotFoundException($"{Work} is gone: the run was finished by another process, or deleted.");
        var folder = ShardFolder(stage.Index, shard);
        Directory.CreateDirectory(System.IO.Path.Combine(Work, folder));
        for (var attempt = 1; ; attempt++)
        {
            var own = $"{folder}/{Name("attempt", attempt)}";
            if (CheckpointOf(own) is { } saved && saved.Batches > (checkpoint?.Batches ?? 0)) checkpoint = saved;
            if (Claim(System.IO.Path.Combine(Work, own + ".claim")))
            {
                Directory.CreateDirectory(System.IO.Path.Combine(Work, own));
                return (attempt, own);
            }
        }
    }

    public Task SaveAsync(string attemptFolder, ShardCheckpoint checkpoint, CancellationToken cancellationToken) =>
        DurableFile.WriteAsync(CheckpointFile(attemptFolder), JsonSerializer.SerializeToUtf8Bytes(checkpoint, RunPlan.Json), cancellationToken);

    /// <summary>Batches of a shard that are safe in any attempt's checkpoint.</summary>
    public long SafeBatches(int stage, int shard)
    {
        var folder = System.IO.Path.Combine(Work, ShardFolder(stage, shard));
        return Directory.Exists(folder) ? Directory.GetDirectories(folder).Max(attempt => CheckpointOf(attempt)?.Batches) ?? 0 : 0;
    }

    /// <summary>The marker of a finished shard; null where it is not finished.</summary>
    public ShardMarker? MarkerOf(RunStage stage, int shard) => MarkerOf(stage.Index, shard);

    public ShardMarker? MarkerOf(int stage, int shard) => File.Exists(MarkerFile(stage, shard)) ? Read<ShardMarker>(MarkerFile(stage, shard)) : null;

    /// <summary>The marker of a shard that must be finished.</summary>
    /// <exception cref="IOException">It is not.</exception>
    public ShardMarker ExpectMarker(RunStage stage, int shard) =>
        MarkerOf(stage, shard) ?? throw new IOException($"{MarkerFile(stage.Index, shard)} is not there: shard {shard} of stage {stage.Index + 1} is not judged, or the run was finished by another process.");

    /// <summary>Marks a shard as finished, unless another attempt did so before.</summary>
    /// <returns>The marker that counts.</returns>
    public async Task<ShardMarker> FinishAsync(RunStage stage, int shard, string attemptFolder, ShardMarker marker, CancellationToken cancellationToken)
    {
        var own = System.IO.Path.Combine(Work, attemptFolder, "done.json");
        await DurableFile.WriteAsync(own, JsonSerializer.SerializeToUtf8Bytes(marker, RunPlan.Json), cancellationToken);
        HardLink.TryCreate(own, MarkerFile(stage.Index, shard));
        return ExpectMarker(stage, shard);
    }

    /// <summary>Numbers of a stage's shards that are judged: one look at the folder, however many there are.</summary>
    public HashSet<int> Judged(int stage) => Marked(stage, DoneEnding);

    /// <summary>Numbers of a stage's shards that are measured for the deduplication behind it.</summary>
    public HashSet<int> Measured(int stage) => Marked(stage, MeasuredEnding);

    /// <summary>Whether a shard is measured for the deduplication behind its stage.</summary>
    public bool IsMeasured(RunStage stage, int shard) => File.Exists(MeasuredFile(stage, shard));

    public Task MarkMeasuredAsync(RunStage stage, int shard, CancellationToken cancellationToken) => DurableFile.WriteAsync(MeasuredFile(stage, shard), "{}\n"u8.ToArray(), cancellationToken);

    /// <summary>What the deduplication behind a stage found; null where it was not done.</summary>
    public DeduplicationSummary? FoundBehind(int stage) => File.Exists(FoundFile(stage)) ? Read<DeduplicationSummary>(FoundFile(stage)) : null;

    public Task SaveFoundAsync(RunStage stage, DeduplicationSummary found, CancellationToken cancellationToken) =>
        DurableFile.WriteAsync(FoundFile(stage.Index), JsonSerializer.SerializeToUtf8Bytes(found, RunPlan.Json), cancellationToken);

    /// <summary>Takes away what a stage handed on to the next one, which is done with it: an attempt that still reads it has lost.</summary>
    public void DropSpill(RunStage stage, int shard)
    {
        var folder = System.IO.Path.Combine(Work, ShardFolder(stage.Index, shard));
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.EnumerateFiles(folder, "spill-*", SearchOption.AllDirectories)) File.Delete(file);
    }

    /// <summary>Forgets that a shard was judged, so that it is judged anew, which gives the same.</summary>
    /// <param name="first">Number of the first stage to forget.</param>
    /// <param name="last">Number of the last one.</param>
    /// <param name="shard">Number of the shard.</param>
    public void Forget(int first, int last, int shard)
    {
        for (var s = first; s <= last; s++)
        {
            File.Delete(MarkerFile(s, shard));
            TakeAway(System.IO.Path.Combine(Work, ShardFolder(s, shard)));
        }
    }

    /// <summary>What to do where work files of a shard are damaged: <see cref="Forget"/> in words.</summary>
    public string RemedyOf(int first, int last, int shard) =>
        $"Run it again on one machine, which judges the shard anew, or delete {string.Join(" and ", Enumerable.Range(first, last - first + 1).Select(s => $"{MarkerFile(s, shard)} with the folder {Name("shard", shard)} beside it"))} and run it again.";

    /// <summary>
    /// Takes the work folder away, behind the manifest. It gets another name first, so that an attempt that is still alive somewhere meets a folder that is gone instead of writing into one
    /// that is being emptied.
    /// </summary>
    public void Clean()
    {
        var over = Work + ".over";
        TakeAway(over);
        try
        {
            if (Directory.Exists(Work)) Directory.Move(Work, over);
        }
        catch (IOException) when (!Directory.Exists(Work) || Directory.Exists(over))
        {
            // Another process that found the run finished was first.
        }

        TakeAway(over);
    }

    /// <summary>Deletes a folder, which another process may be deleting too.</summary>
    private static void TakeAway(string folder)
    {
        while (Directory.Exists(folder))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                // The other one was quicker with a part of it: what is left is looked at again.
            }
        }
    }

    public static T Read<T>(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(file), RunPlan.Json) ?? throw new InvalidDataException($"{file} is empty; delete the run's folder and run again.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{file} is not as a run writes it: {broken.Message} Name another folder with --out, or delete the run's folder and run again.", broken);
        }
    }

    /// <summary>Makes what this process knows of markers and manifest that of the file server: a network file system shows a folder anew to whoever has changed it.</summary>
    public void Refresh()
    {
        foreach (var folder in (IEnumerable<string>)[Path, .. Directory.Exists(Work) ? Directory.GetDirectories(Work, "stage-*") : []])
        {
            var own = System.IO.Path.Combine(folder, $".look-{Guid.NewGuid():N}");
            try
            {
                File.WriteAllBytes(own, []);
                File.Delete(own);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                // The run was finished and its folders taken away meanwhile, or nothing can be written: then a look shows what it showed before, only later.
            }
        }
    }

    /// <summary>Writes a file that must not be there: of several processes the first one's stays. Its name is a link, which no two can make.</summary>
    private async Task WriteFirstAsync(string file, byte[] content, CancellationToken cancellationToken)
    {
        var own = System.IO.Path.Combine(Work, $"{System.IO.Path.GetFileName(file)}-{Guid.NewGuid():N}");
        await DurableFile.WriteAsync(own, content, cancellationToken);
        HardLink.TryCreate(own, file);
        File.Delete(own);
    }

    private HashSet<int> Marked(int stage, string ending)
    {
        const string Stem = "shard-";
        var (folder, marked) = (System.IO.Path.Combine(Work, StageFolder(stage)), new HashSet<int>());
        if (!Directory.Exists(folder)) return marked;
        foreach (var file in Directory.EnumerateFiles(folder, $"{Stem}*{ending}"))
            marked.Add(int.Parse(System.IO.Path.GetFileName(file.AsSpan())[Stem.Length..^ending.Length], NumberStyles.None, CultureInfo.InvariantCulture));
        return marked;
    }

    private ShardCheckpoint? CheckpointOf(string attemptFolder) => File.Exists(CheckpointFile(attemptFolder)) ? Read<ShardCheckpoint>(CheckpointFile(attemptFolder)) : null;

    private string CheckpointFile(string attemptFolder) => System.IO.Path.Combine(Work, attemptFolder, "checkpoint.json");

    private string MarkerFile(int stage, int shard) => System.IO.Path.Combine(Work, ShardFolder(stage, shard) + DoneEnding);

    private string MeasuredFile(RunStage stage, int shard) => System.IO.Path.Combine(Work, ShardFolder(stage.Index, shard) + MeasuredEnding);

    private string FoundFile(int stage) => System.IO.Path.Combine(Work, StageFolder(stage), "found.json");

    private static string ShardFolder(int stage, int shard) => $"{StageFolder(stage)}/{Name("shard", shard)}";

    private static string StageFolder(int stage) => string.Create(CultureInfo.InvariantCulture, $"stage-{stage}");

    private static string Name(string what, int number) => string.Create(CultureInfo.InvariantCulture, $"{what}-{number:00000}");

    /// <summary>Creates a file that must not be there: only one process of all machines can.</summary>
    private static bool Claim(string file)
    {
        FileStream claim;
        try
        {
            claim = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
        }
        catch (IOException) when (File.Exists(file))
        {
            return false;
        }

        // A full disk may take the name and not the words: that is a failure, and not another one's claim.
        using (claim) claim.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName} {Environment.ProcessId}")));
        return true;
    }
}
