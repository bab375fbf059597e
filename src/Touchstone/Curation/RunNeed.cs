using Touchstone.Curation.Deduplication;
using Touchstone.Curation.Deduplication.MinHash;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Reading;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Writing;

namespace Touchstone.Curation;

/// <summary>What a run takes at most, as far as that can be told beforehand.</summary>
/// <param name="Stages">Parts of the pipeline between deduplications.</param>
/// <param name="IsCompressed">Whether files of the source are compressed.</param>
/// <param name="ContentBytes">Bytes of the source, decompressed: the first shard's ratio holds for all.</param>
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

    /// <summary>What deduplications other than MinHash keep of a document's content, at most: hashes of sentences or of windows, sorted once.</summary>
    private const double HashShare = 0.8;

    /// <summary>Records are written as they come and once more in their order.</summary>
    private const int Sorted = 2;

    /// <summary>A line of the document's fate, and what stands around its text where one stage hands it to the next.</summary>
    private const int DocumentBytes = 150;

    public static RunNeed Of(Pipeline pipeline, RunPlan plan, string folder, long memoryBytes)
    {
        var (ratio, perDocument) = Sample(pipeline, plan);
        var content = (long)(plan.Bytes * ratio);
        var documents = content / perDocument;
        var barriers = pipeline.Steps.Select(s => s.Barrier).OfType<CorpusDeduplication>().ToList();
        var handedOn = content * CompressedShare + documents * DocumentBytes;
        var work = (long)(handedOn * Math.Min(2, barriers.Count) + barriers.Sum(b => RecordBytes(b, content, documents)));
        var written = content * (pipeline.Sink.Compression == LinesCompression.None ? 1 : CompressedShare) * (pipeline.Dropped is null ? 1 : 1.1) + documents * DocumentBytes;
        return new(barriers.Count + 1, ratio > 1.001, content, memoryBytes + ProgramBytes, work, work + (long)written, FreeBelow(folder));
    }

    /// <summary>What a deduplication keeps beside the documents.</summary>
    private static double RecordBytes(CorpusDeduplication barrier, long content, double documents)
    {
        if (barrier is not MinHashDeduplication { Options.Parameters: var signature }) return content * HashShare;
        var record = signature.Rows * signature.ValueBits / 8 + sizeof(uint);
        return documents * signature.Buckets * record * Sorted;
    }

    /// <summary>How many bytes a byte of the first shard gives, and how many of them are one document: as much of it is read as takes no time.</summary>
    private static (double Ratio, double BytesADocument) Sample(Pipeline pipeline, RunPlan plan)
    {
        if (plan.Shards.Count == 0) return (1, 1);
        using var reader = pipeline.Source.Open(plan.Shards[0]);
        long bytes = 0;
        var (documents, faults) = (new List<Document>(), new List<ReadFault>());
        while (bytes < SampleBytes && reader.Next() is { } batch)
        {
            bytes += batch.Bytes;
            using (batch) batch.Decode(documents, faults);
        }

        return (Math.Max(1, bytes / (double)Math.Max(1, reader.Position)), Math.Max(1, bytes / (double)Math.Max(1, documents.Count)));
    }

    private static long FreeBelow(string folder)
    {
        var there = Path.GetFullPath(folder);
        while (!Directory.Exists(there)) there = Path.GetDirectoryName(there)!;
        return new DriveInfo(there).AvailableFreeSpace;
    }
}
