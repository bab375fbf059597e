namespace Touchstone.Curation.Runs;

/// <summary>How a run uses the machine. Nothing of it changes what comes out.</summary>
public sealed record RunOptions
{
    /// <summary>Threads that judge documents; reading and writing go beside them.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Bytes that batches under way, sorting and clustering may take. What the runtime and the steps' own tables need comes on top: some 150 MB.</summary>
    public long MemoryBytes { get; init; } = 2L << 30;

    /// <summary>Batches of the source after which a shard's work is made safe: what a killed run does again is less. 64 batches are 64 MiB of text.</summary>
    public int BlockBatches { get; init; } = 64;

    /// <summary>About how many bytes on the disk a shard has.</summary>
    public long ShardBytes { get; init; } = Reading.Source.ShardBytes;

    /// <summary>Tells when the run is finished.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Told how far the run is, a few times a second.</summary>
    public Action<RunProgress>? Progress { get; init; }

    /// <summary>Called between the steps of writing, with their names; what it throws ends the run there, as a crash would. For tests.</summary>
    internal Action<string>? OnStep { get; init; }
}

/// <summary>How far a run is.</summary>
/// <param name="Stage">What is done, in a word or two.</param>
/// <param name="DoneBytes">Bytes of this stage's input that are done.</param>
/// <param name="TotalBytes">Bytes of this stage's input.</param>
/// <param name="Documents">Documents that came to the stage so far.</param>
/// <param name="Kept">Documents that left it.</param>
public readonly record struct RunProgress(string Stage, long DoneBytes, long TotalBytes, long Documents, long Kept);
