using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Writing;

namespace Touchstone.Curation;

/// <summary>What a run takes at most, as far as that can be told beforehand.</summary>
/// <param name="Stages">Parts of the pipeline between deduplications.</param>
/// <param name="IsCompressed">Whether files of the source are compressed.</param>
/// <param name="ContentBytes">Bytes of the source, decompressed: the first file's ratio holds for all.</param>
/// <param name="MemoryBytes">Memory: what was granted, and what the program takes beside it.</param>
/// <param name="WorkBytes">Disk that is freed at the end.</param>
/// <param name="DiskBytes">Disk in all.</param>
/// <param name="FreeBytes">What is free where the run's folder will be.</param>
internal sealed record RunNeed(int Stages, bool IsCompressed, long ContentBytes, long MemoryBytes, long WorkBytes, long DiskBytes, long FreeBytes)
{
    private const long ProgramBytes = 200L << 20;
    private const int SampleBytes = 16 << 20;

    /// <summary>English text in gzip at level 2 and in Zstandard at level 3 takes at most about so much of its size.</summary>
    private const double CompressedShare = 0.45;

    /// <summary>Signatures of MinHash with datatrove's parameters: 14 buckets of 68 bytes a document, sorted once, beside some 2.5 kB of text.</summary>
    private const double SignatureShare = 0.8;

    public static RunNeed Of(Pipeline pipeline, RunPlan plan, string folder, long memoryBytes)
    {
        var ratio = RatioOf(plan);
        var content = (long)(plan.Bytes * ratio);
        var barriers = pipeline.Steps.Count(s => s.Barrier is not null);
        var work = (long)(content * (CompressedShare + SignatureShare) * Math.Min(1, barriers) + (barriers > 1 ? content * CompressedShare : 0));
        var written = content * (pipeline.Sink.Compression == LinesCompression.None ? 1 : CompressedShare) * (pipeline.Dropped is null ? 1 : 1.1);
        return new(barriers + 1, ratio > 1.001, content, memoryBytes + ProgramBytes, work, work + (long)written, FreeBelow(folder));
    }

    /// <summary>How many bytes a byte of the first file gives: as much of it is decompressed as takes no time.</summary>
    private static double RatioOf(RunPlan plan)
    {
        if (plan.Inputs.Count == 0 || plan.Inputs[0].Bytes == 0) return 1;
        using var lines = new JsonLinesReader([SourcePart.Whole(plan.Inputs[0].File, plan.Inputs[0].Bytes, plan.Inputs[0].ETag)], ReadOptions.Default);
        long bytes = 0;
        while (bytes < SampleBytes && lines.Next() is { } batch)
        {
            bytes += batch.Bytes;
            batch.Dispose();
        }

        return Math.Max(1, bytes / (double)Math.Max(1, lines.Position));
    }

    private static long FreeBelow(string folder)
    {
        var there = Path.GetFullPath(folder);
        while (!Directory.Exists(there)) there = Path.GetDirectoryName(there)!;
        return new DriveInfo(there).AvailableFreeSpace;
    }
}
