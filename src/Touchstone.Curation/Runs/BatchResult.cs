using Touchstone.Curation.Writing;

namespace Touchstone.Curation.Runs;

/// <summary>What a worker made of a batch, ready to be appended.</summary>
internal sealed class BatchResult
{
    public required Tally Tally { get; init; }

    /// <summary>Documents that go on.</summary>
    public int Documents { get; init; }

    public ReadOnlyMemory<byte> Kept { get; init; }

    public ParquetDocument[] KeptRows { get; init; } = [];

    public ReadOnlyMemory<byte> Dropped { get; init; }

    public int DroppedDocuments { get; init; }

    public ReadOnlyMemory<byte> Faults { get; init; }

    public int FaultCount { get; init; }

    public ReadOnlyMemory<byte> Fates { get; init; }

    public int FateCount { get; init; }

    public Memory<byte> Spill { get; init; }

    public int SpillContentBytes { get; init; }
}
