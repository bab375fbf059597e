using Touchstone.Curation.Writing;

namespace Touchstone.Curation.Runs;

/// <summary>What a shard writes, each a sequence of files.</summary>
internal sealed record ShardOutputs<T>(T Kept, T Dropped, T Faults, T Fates, T Spill);

/// <summary>Where a shard's work is safe: a new attempt goes on from here.</summary>
/// <param name="Batches">Batches of the source that are done.</param>
/// <param name="Documents">Documents that went on to the next stage or the sink.</param>
/// <param name="Tally">What was counted in them.</param>
/// <param name="Outputs">How far each output is written.</param>
internal sealed record ShardCheckpoint(long Batches, long Documents, Tally Tally, ShardOutputs<PartState> Outputs);

/// <summary>The one marker of a shard that is done: whichever attempt made it first is the one whose files count.</summary>
/// <param name="Attempt">Number of the attempt.</param>
/// <param name="Documents">Documents that went on to the next stage or the sink.</param>
/// <param name="Tally">What was counted.</param>
/// <param name="Outputs">The files, with names below the run's work folder.</param>
internal sealed record ShardMarker(int Attempt, long Documents, Tally Tally, ShardOutputs<IReadOnlyList<OutputFile>> Outputs);
