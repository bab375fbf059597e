using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Deduplication.Sentences;

/// <summary>What a sentence deduplication compares and what must be left of a document.</summary>
public sealed record SentenceOptions
{
    /// <summary>Sentences or lines that must follow each other in the same way elsewhere to be cut.</summary>
    [ParameterRange(1)]
    public int Sentences { get; init; } = 3;

    /// <summary>Compares lines instead of sentences.</summary>
    public bool Lines { get; init; }

    /// <summary>Words that an edited document must have left; null for no such rule.</summary>
    public int? WordsMin { get; init; } = 50;

    /// <summary>Sentences that an edited document must have left; null for no such rule.</summary>
    public int? SentencesMin { get; init; } = 3;
}
