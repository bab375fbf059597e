namespace Touchstone.Curation.Decontamination;

/// <summary>How much of a benchmark a corpus is searched for. A question that was not searched for may stand in the corpus.</summary>
/// <param name="Task">Name of the benchmark's task.</param>
/// <param name="Searched">Questions, each counted once for every answer, with a run of tokens that is searched for.</param>
/// <param name="TooShort">Those that are too short to have one.</param>
public sealed record BenchmarkCount(string Task, long Searched, long TooShort);
