using Touchstone.Curation.Pipelines;
using Touchstone.Files.Storage;

namespace Touchstone.Curation.Runs;

/// <summary>Where a run writes to, and whether it may: a run never replaces or takes away what it did not make, nor mixes its files with those of another one.</summary>
internal sealed class OutputPlaces
{
    private const string ClaimName = ".touchstone-run";
    private static readonly StringComparison Names = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
    private readonly RunFolder _folder;
    private readonly Pipeline _pipeline;
    private readonly List<(string What, string Path, string Ending)> _outputs = [];

    /// <summary>Looks at nothing but paths.</summary>
    public OutputPlaces(RunFolder folder, Pipeline pipeline)
    {
        (_folder, _pipeline) = (folder, pipeline);
        var outputs = new RunOutputs(folder, pipeline);
        _outputs.Add(("sink", Full(outputs.Kept), pipeline.Sink.Ending));
        if (outputs.Dropped is { } dropped) _outputs.Add(("dropped", Full(dropped), pipeline.Dropped!.Ending));
    }

    /// <summary>Refuses what would destroy files, before the run writes anything.</summary>
    /// <exception cref="InvalidDataException">Names the output, what is wrong with its place, and what to do.</exception>
    public void Check()
    {
        foreach (var (what, path, _) in _outputs) CheckPlace(what, path);
        if (_outputs is [var sink, var dropped] && (IsWithin(dropped.Path, sink.Path) || IsWithin(sink.Path, dropped.Path)))
            throw new InvalidDataException($"dropped: expected a folder apart from the sink's, found {dropped.Path} beside {sink.Path}.");
        CheckSource();
        if (!File.Exists(_folder.PlanFile)) CheckEmpty();
    }

    /// <summary>Marks output folders outside the run's folder as this run's.</summary>
    /// <exception cref="InvalidDataException">Another run writes there, or the folder has files that no run made.</exception>
    public void Claim()
    {
        foreach (var (what, path, _) in _outputs)
        {
            if (IsWithin(path, _folder.Path)) continue;
            Directory.CreateDirectory(path);
            if (ClaimedBy(path) is null) WriteClaim(what, path);
            if (ClaimedBy(path) is var owner && !IsThis(owner)) throw Taken(what, path, owner);
        }
    }

    private void CheckPlace(string what, string path)
    {
        if (IsWithin(_folder.Path, path)) throw new InvalidDataException($"{what}: {path} is the run's folder or holds it; name a folder of its own, such as {(what == "sink" ? "out/" : "dropped/")}.");
        if (!IsWithin(path, _folder.Path)) return;
        var first = Path.GetRelativePath(LinkedPath.Real(_folder.Path), LinkedPath.Real(path)).Split(Path.DirectorySeparatorChar)[0];
        if (first.StartsWith("deduplication", Names) || Reserved.Any(r => first.Equals(r, Names)))
            throw new InvalidDataException($"{what}: {path}: the run keeps \"{first}\" of its folder for itself; name another folder, such as {(what == "sink" ? "out/" : "dropped/")}.");
    }

    private void CheckSource()
    {
        IEnumerable<(string What, string File)> written =
        [
            .. _outputs.Select(o => (o.What, Path.Combine(o.Path, "00000-000" + o.Ending))),
            .. _outputs.Select(o => (o.What, Path.Combine(o.Path, "stage2-00000-000" + o.Ending))),
            ("the run's folder", Path.Combine(_folder.Fates, "00000-000.jsonl.gz")),
            ("the run's folder", Path.Combine(_folder.Path, RunClusters.FileName(0))),
            ("the run's folder", _folder.FaultsFile),
        ];
        foreach (var (what, file) in written)
            if ((_pipeline.Source.Reads(file) ?? _pipeline.Source.Reads(LinkedPath.Real(file))) is { } pattern)
                throw new InvalidDataException($"{what}: the source's {pattern} would read {Path.GetDirectoryName(file)}, which the run writes. Name a narrower pattern, or put what is written elsewhere.");
    }

    /// <summary>A run that has no plan yet has made nothing of what is there.</summary>
    private void CheckEmpty()
    {
        foreach (var (what, path, _) in _outputs)
        {
            if (ClaimedBy(path) is { } owner && !IsThis(owner)) throw Taken(what, path, owner);
            if (HasFiles(path, ClaimName)) throw new InvalidDataException($"{what}: {path} has files that this run did not make; name an empty folder, or take them away.");
        }

        if (HasFiles(_folder.Work, "lock", RunFolder.PlanDraft, "." + RunFolder.PlanDraft)) throw NotOurs(_folder.Work);
        if (HasFiles(_folder.Fates)) throw NotOurs(_folder.Fates);
        if (HasFiles(_folder.Clusters)) throw NotOurs(_folder.Clusters);
        foreach (var file in (string[])[_folder.ManifestFile, _folder.FaultsFile])
            if (File.Exists(file)) throw NotOurs(file);
    }

    private static InvalidDataException NotOurs(string path) => new($"{path} is there but no plan.json, so this run did not make it; name another folder with --out, or take it away.");

    private static InvalidDataException Taken(string what, string path, string? owner) => new(
        owner is null ? $"{what}: {path} has files that this run did not make; name an empty folder, or take them away." : $"{what}: {path} belongs to the run in {owner}; name another folder.");

    private void WriteClaim(string what, string path)
    {
        if (HasFiles(path, ClaimName)) throw Taken(what, path, null);
        var own = Path.Combine(path, $"{ClaimName}-{Guid.NewGuid():N}");
        File.WriteAllText(own, _folder.Path + "\n");
        try
        {
            File.Move(own, Path.Combine(path, ClaimName), overwrite: false);
        }
        catch (IOException) when (File.Exists(Path.Combine(path, ClaimName)))
        {
            File.Delete(own);
        }
    }

    private static string? ClaimedBy(string path) => File.Exists(Path.Combine(path, ClaimName)) ? File.ReadAllText(Path.Combine(path, ClaimName)).Trim() : null;

    private bool IsThis(string? owner) => !string.IsNullOrEmpty(owner) && LinkedPath.Real(owner).Equals(LinkedPath.Real(_folder.Path), Names);

    private static bool HasFiles(string path, params string[] but) =>
        File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any(e => !but.Any(b => Path.GetFileName(e).StartsWith(b, StringComparison.Ordinal))));

    private static string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static bool IsWithin(string path, string folder)
    {
        var (inner, outer) = (LinkedPath.Real(path), LinkedPath.Real(folder));
        return inner.Equals(outer, Names) || inner.StartsWith(Path.EndsInDirectorySeparator(outer) ? outer : outer + Path.DirectorySeparatorChar, Names);
    }

    private static readonly string[] Reserved = ["work", "work.over", "slurm", "fates", RunFolder.ClustersName, "plan.json", "manifest.json", "faults.jsonl"];
}
