using System.Globalization;
using System.Text;
using System.Text.Json;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Writing;
using Touchstone.Files.Storage;

namespace Touchstone.Curation.Runs;

/// <summary>
/// A run's folder: <c>plan.json</c>, the outputs, <c>faults.jsonl</c>, <c>manifest.json</c> when all is done, and <c>work</c> until then. Every attempt at a shard writes files of its
/// own; the marker of a finished shard is made by a link that fails where there is one already, so that exactly one attempt counts, however late another one still writes.
/// </summary>
internal sealed class RunFolder
{
    private readonly Pipeline _pipeline;

    /// <summary>Name of the folder of clusters of near-duplicates.</summary>
    public const string ClustersName = "clusters";

    public RunFolder(string path, Pipeline pipeline)
    {
        (Path, _pipeline) = (System.IO.Path.GetFullPath(path), pipeline);
        Work = System.IO.Path.Combine(Path, "work");
    }

    public string Path { get; }

    public string Work { get; }

    public string PlanFile => System.IO.Path.Combine(Path, "plan.json");

    public string ManifestFile => System.IO.Path.Combine(Path, "manifest.json");

    public string FaultsFile => System.IO.Path.Combine(Path, "faults.jsonl");

    public string Fates => System.IO.Path.Combine(Path, "fates");

    public string Clusters => System.IO.Path.Combine(Path, ClustersName);

    public string Kept => System.IO.Path.Combine(Path, _pipeline.Sink.Path);

    public string? Dropped => _pipeline.Dropped is { } sink ? System.IO.Path.Combine(Path, sink.Path) : null;

    public string DeduplicationFolder(RunStage stage) => System.IO.Path.Combine(Work, $"deduplication-{stage.Index}");

    /// <summary>Holds the folder for this process until it is disposed of, or the process ends however it ends.</summary>
    /// <exception cref="IOException">Another process holds it.</exception>
    public IDisposable Hold()
    {
        Directory.CreateDirectory(Work);
        try
        {
            return new FileStream(System.IO.Path.Combine(Work, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (File.Exists(System.IO.Path.Combine(Work, "lock")))
        {
            throw new IOException($"{Path}: another process works on this run; wait for it or end it.", held);
        }
    }

    /// <summary>Writes the plan, or compares it with the one that is there.</summary>
    /// <exception cref="InvalidDataException">The folder holds another run.</exception>
    public async Task AdoptAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        if (!File.Exists(PlanFile))
        {
            await DurableFile.WriteAsync(PlanFile, plan.ToBytes(), cancellationToken);
            return;
        }

        var before = Read<RunPlan>(PlanFile);
        if (before.DifferenceTo(plan) is { } difference) throw new InvalidDataException($"{Path} holds another run: {difference}. Name another folder with --out, or delete this one.");
    }

    /// <summary>The manifest of a run that was finished before.</summary>
    /// <exception cref="InvalidDataException">A file that it wrote is gone or has another size.</exception>
    public RunManifest LoadFinished()
    {
        var manifest = RunManifest.Load(Path);
        foreach (var file in (IEnumerable<OutputFile>)[.. manifest.Outputs, .. manifest.DroppedOutputs, .. manifest.Fates, .. manifest.Clusters])
        {
            var there = new FileInfo(System.IO.Path.Combine(Path, file.Name));
            if (there.Exists && there.Length == file.Bytes) continue;
            throw new InvalidDataException($"{Path}: this run is finished, but {file.Name} {(there.Exists ? $"has {there.Length} bytes; it had {file.Bytes}" : "is gone")}. Name another folder with --out, or delete this run and its outputs.");
        }

        return manifest with { FinishedBefore = File.GetLastWriteTimeUtc(ManifestFile) };
    }

    /// <summary>Begins an attempt at a shard in a folder that no other has.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="shard">Number of the shard.</param>
    /// <param name="checkpoint">Where the attempt before it had come to; null where there is none.</param>
    /// <returns>Number of the attempt and its folder, below the work folder.</returns>
    public (int Attempt, string Folder) BeginAttempt(RunStage stage, int shard, out ShardCheckpoint? checkpoint)
    {
        checkpoint = null;
        var folder = ShardFolder(stage, shard);
        Directory.CreateDirectory(System.IO.Path.Combine(Work, folder));
        for (var attempt = 1; ; attempt++)
        {
            var own = $"{folder}/{Name("attempt", attempt)}";
            var saved = System.IO.Path.Combine(Work, own, "checkpoint.json");
            if (File.Exists(saved)) checkpoint = Read<ShardCheckpoint>(saved);
            if (Claim(System.IO.Path.Combine(Work, own + ".claim")))
            {
                Directory.CreateDirectory(System.IO.Path.Combine(Work, own));
                return (attempt, own);
            }
        }
    }

    public Task SaveAsync(string attemptFolder, ShardCheckpoint checkpoint, CancellationToken cancellationToken) =>
        DurableFile.WriteAsync(System.IO.Path.Combine(Work, attemptFolder, "checkpoint.json"), JsonSerializer.SerializeToUtf8Bytes(checkpoint, RunPlan.Json), cancellationToken);

    /// <summary>The marker of a finished shard; null where it is not finished.</summary>
    public ShardMarker? MarkerOf(RunStage stage, int shard) => File.Exists(MarkerFile(stage, shard)) ? Read<ShardMarker>(MarkerFile(stage, shard)) : null;

    /// <summary>Marks a shard as finished, unless another attempt did so before.</summary>
    /// <returns>The marker that counts.</returns>
    public async Task<ShardMarker> FinishAsync(RunStage stage, int shard, string attemptFolder, ShardMarker marker, CancellationToken cancellationToken)
    {
        var own = System.IO.Path.Combine(Work, attemptFolder, "done.json");
        await DurableFile.WriteAsync(own, JsonSerializer.SerializeToUtf8Bytes(marker, RunPlan.Json), cancellationToken);
        HardLink.TryCreate(own, MarkerFile(stage, shard));
        return MarkerOf(stage, shard)!;
    }

    /// <summary>Moves what a finished shard wrote to where it belongs. Does nothing for files that are there already.</summary>
    public void Publish(RunStage stage, int shard, ShardMarker marker)
    {
        Move(marker.Outputs.Kept, Kept, shard, "");
        if (Dropped is not null) Move(marker.Outputs.Dropped, Dropped, shard, StageMark(stage));
        Move(marker.Outputs.Fates, Fates, shard, StageMark(stage));
    }

    /// <summary>Names of published files in their folder.</summary>
    public IEnumerable<OutputFile> Published(IReadOnlyList<OutputFile> files, string folder, RunStage stage, int shard, bool isKept) =>
        files.Select((f, n) => f with { Name = System.IO.Path.GetRelativePath(Path, System.IO.Path.Combine(folder, PublishedName(f, shard, n, isKept ? "" : StageMark(stage)))).Replace('\\', '/') });

    /// <summary>Takes away what a stage handed on to the next one, which is done with it.</summary>
    public void DropSpill(RunStage stage, int shard)
    {
        var folder = System.IO.Path.Combine(Work, ShardFolder(stage, shard));
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.EnumerateFiles(folder, "spill-*", SearchOption.AllDirectories)) File.Delete(file);
    }

    /// <summary>Takes the work folder away, behind the manifest.</summary>
    public void Clean()
    {
        if (Directory.Exists(Work)) Directory.Delete(Work, recursive: true);
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

    private string MarkerFile(RunStage stage, int shard) => System.IO.Path.Combine(Work, ShardFolder(stage, shard) + ".done.json");

    private static string ShardFolder(RunStage stage, int shard) => $"stage-{stage.Index}/{Name("shard", shard)}";

    private static string Name(string what, int number) => string.Create(CultureInfo.InvariantCulture, $"{what}-{number:00000}");

    private static string StageMark(RunStage stage) => stage.Index == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"stage{stage.Index + 1}-");

    private static string PublishedName(OutputFile file, int shard, int number, string mark)
    {
        var name = System.IO.Path.GetFileName(file.Name);
        return string.Create(CultureInfo.InvariantCulture, $"{mark}{shard:00000}-{number:000}{name[name.IndexOf('.', StringComparison.Ordinal)..]}");
    }

    private void Move(IReadOnlyList<OutputFile> files, string folder, int shard, string mark)
    {
        if (files.Count > 0) Directory.CreateDirectory(folder);
        for (var n = 0; n < files.Count; n++)
        {
            var (from, to) = (System.IO.Path.Combine(Work, files[n].Name), System.IO.Path.Combine(folder, PublishedName(files[n], shard, n, mark)));
            if (File.Exists(from)) MoveWhole(from, to);
            else if (File.Exists(Beside(to))) File.Move(Beside(to), to, overwrite: true);
            else if (!File.Exists(to)) throw new InvalidDataException($"{to}: a finished shard's file is gone. Delete {Path} and run again.");
        }
    }

    /// <summary>Renames; onto another disk it copies beside the place first, so that no reader sees a part.</summary>
    private static void MoveWhole(string from, string to)
    {
        File.Move(from, Beside(to), overwrite: true);
        File.Move(Beside(to), to, overwrite: true);
    }

    /// <summary>A file of this name is whole where the file that it was moved from is gone.</summary>
    private static string Beside(string to) => to + ".part";

    private static bool Claim(string file)
    {
        try
        {
            using var claim = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
            claim.Write(Encoding.UTF8.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            return true;
        }
        catch (IOException) when (File.Exists(file))
        {
            return false;
        }
    }
}
