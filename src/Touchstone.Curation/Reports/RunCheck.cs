using System.Security.Cryptography;
using Touchstone.Curation.Reading.Objects;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Writing;
using Touchstone.Files.Storage;

namespace Touchstone.Curation.Reports;

/// <summary>Whether the files of a finished run are there as it wrote them.</summary>
public static class RunCheck
{
    /// <summary>Reads every file that the manifest names to its end and compares sizes and SHA-256 digests.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>The files that are gone or changed, in the order of the manifest; none where all is as it was written.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<MissingFile> Of(string folder, RunManifest manifest, CancellationToken cancellationToken = default)
    {
        var missing = new List<MissingFile>();
        foreach (var (kind, file) in FilesOf(manifest))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ProblemOf(Path.Combine(folder, file.Name), file) is { } problem) missing.Add(new(kind, file.Name, problem));
        }

        if (manifest.Faults.Count > 0 && manifest.FaultList is null && !File.Exists(Path.Combine(folder, RunFolder.FaultsName))) missing.Add(new(OutputKind.Faults, RunFolder.FaultsName, "is gone"));
        return missing;
    }

    /// <summary>Refuses to write to a place where a run has a file of its own or one that it read.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="file">Where somebody wants to write.</param>
    /// <exception cref="InvalidDataException">It is a file of the run, or one of its source.</exception>
    public static void RefuseFileOfRun(string folder, string file)
    {
        var manifest = RunManifest.Load(folder);
        var place = LinkedPath.Real(file);
        var own = FilesOf(manifest).Select(f => f.File.Name).Concat(["manifest.json", "plan.json", RunFolder.FaultsName]).Select(name => Path.Combine(folder, name));
        if (own.Concat(manifest.Inputs.Select(i => i.File).Where(f => !ObjectAddress.IsAddress(f))).Any(f => string.Equals(LinkedPath.Real(f), place, StringComparison.Ordinal)))
            throw new InvalidDataException($"{file} is a file of the run {folder} or of its source and would be replaced. Name another file.");
    }

    /// <summary>The files that a manifest names, with their digests.</summary>
    internal static IEnumerable<(OutputKind Kind, OutputFile File)> FilesOf(RunManifest manifest) =>
    [
        .. manifest.Outputs.Select(f => (OutputKind.Kept, f)), .. manifest.DroppedOutputs.Select(f => (OutputKind.Dropped, f)), .. manifest.Fates.Select(f => (OutputKind.Fates, f)),
        .. manifest.Clusters.Select(f => (OutputKind.Clusters, f)), .. manifest.FaultList is { } faults ? [(OutputKind.Faults, faults)] : Array.Empty<(OutputKind, OutputFile)>(),
    ];

    private static string? ProblemOf(string path, OutputFile file)
    {
        var there = new FileInfo(path);
        if (!there.Exists) return "is gone";
        if (there.Length != file.Bytes) return $"has {there.Length} bytes; the run wrote {file.Bytes}";
        using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 20, FileOptions.SequentialScan);
        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        return digest == file.Sha256 ? null : $"has another content than the run wrote: SHA-256 {digest[..12]}..., not {file.Sha256[..12]}...";
    }
}
