using System.Globalization;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Writing;
using Touchstone.Files.Storage;

namespace Touchstone.Curation.Runs;

/// <summary>
/// Puts what finished shards wrote where it belongs. Files get there by a link, or whole by a rename where the sink is on another disk, and never replace one: several processes may do
/// it at once, and one that comes late changes nothing.
/// </summary>
internal sealed class RunOutputs(RunFolder folder, Pipeline pipeline)
{
    private const int OtherDisk = 18;
    private const string PartEnding = ".part";

    /// <summary>Where kept documents go.</summary>
    public string Kept { get; } = Path.Combine(folder.Path, pipeline.Sink.Path);

    /// <summary>Where dropped documents go; null where they are only counted.</summary>
    public string? Dropped { get; } = pipeline.Dropped is { } sink ? Path.Combine(folder.Path, sink.Path) : null;

    /// <summary>Moves what a finished shard wrote to where it belongs. Does nothing for files that are there already.</summary>
    /// <exception cref="InvalidDataException">A file is there already and is not as it was written.</exception>
    /// <exception cref="WorkDamagedException">A file is gone.</exception>
    public void Publish(RunStage stage, int shard, ShardMarker marker)
    {
        Publish(stage, marker.Outputs.Kept, Kept, shard, "");
        if (Dropped is not null) Publish(stage, marker.Outputs.Dropped, Dropped, shard, StageMark(stage));
        Publish(stage, marker.Outputs.Fates, folder.Fates, shard, StageMark(stage));
    }

    /// <summary>Published files by their names below the run's folder.</summary>
    public ShardOutputs<IEnumerable<OutputFile>> Published(RunStage stage, int shard, ShardMarker marker) => new(
        Named(marker.Outputs.Kept, Kept, shard, ""),
        Dropped is null ? [] : Named(marker.Outputs.Dropped, Dropped, shard, StageMark(stage)),
        marker.Outputs.Faults,
        Named(marker.Outputs.Fates, folder.Fates, shard, StageMark(stage)),
        []);

    /// <summary>Takes away copies that a killed process left beside their places.</summary>
    public void DeleteLeftovers()
    {
        foreach (var place in (string?[])[Kept, Dropped, folder.Fates])
            if (Directory.Exists(place))
                foreach (var part in Directory.EnumerateFiles(place, "*" + PartEnding)) File.Delete(part);
    }

    private IEnumerable<OutputFile> Named(IReadOnlyList<OutputFile> files, string place, int shard, string mark) =>
        files.Select((f, n) => f with { Name = Path.GetRelativePath(folder.Path, Path.Combine(place, PublishedName(f, shard, n, mark))).Replace('\\', '/') });

    private void Publish(RunStage stage, IReadOnlyList<OutputFile> files, string place, int shard, string mark)
    {
        if (files.Count > 0) Directory.CreateDirectory(place);
        for (var n = 0; n < files.Count; n++) Publish(stage, shard, files[n], Path.Combine(place, PublishedName(files[n], shard, n, mark)));
    }

    private void Publish(RunStage stage, int shard, OutputFile file, string to)
    {
        var from = Path.Combine(folder.Work, file.Name);
        if (!IsWhole(file, to))
        {
            if (!File.Exists(from)) throw new WorkDamagedException($"{to}: a finished shard's file is gone. {folder.RemedyOf(0, stage.Index, shard)}", 0, stage.Index, shard);
            try
            {
                Put(from, to);
            }
            catch (IOException) when (IsWhole(file, to))
            {
                // Another process that finishes the run put the same file there and took this one away meanwhile.
                return;
            }
        }

        File.Delete(from);
    }

    private static bool IsWhole(OutputFile file, string to)
    {
        var there = new FileInfo(to);
        if (!there.Exists) return false;
        return there.Length == file.Bytes ? true : throw new InvalidDataException($"{to} has {there.Length} bytes; a finished shard wrote {file.Bytes}. Take it away and run again.");
    }

    private static void Put(string from, string to)
    {
        try
        {
            HardLink.TryCreate(from, to);
        }
        catch (IOException other) when (other.HResult == OtherDisk)
        {
            Copy(from, to);
        }
    }

    private static void Copy(string from, string to)
    {
        var beside = $"{to}.{Guid.NewGuid():N}{PartEnding}";
        try
        {
            File.Copy(from, beside);
            using (var copy = new FileStream(beside, FileMode.Open, FileAccess.ReadWrite)) copy.Flush(flushToDisk: true);
            File.Move(beside, to, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    private static string StageMark(RunStage stage) => stage.Index == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"stage{stage.Index + 1}-");

    private static string PublishedName(OutputFile file, int shard, int number, string mark)
    {
        var name = Path.GetFileName(file.Name);
        return string.Create(CultureInfo.InvariantCulture, $"{mark}{shard:00000}-{number:000}{name[name.IndexOf('.', StringComparison.Ordinal)..]}");
    }
}
