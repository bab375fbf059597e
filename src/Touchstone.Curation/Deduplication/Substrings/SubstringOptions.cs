using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Deduplication.Substrings;

/// <summary>Which repeated substrings are cut.</summary>
public sealed record SubstringOptions
{
    /// <summary>Bytes of UTF-8 that a substring must have to count. The published recipe has 100, about 50 tokens of GPT-2.</summary>
    [ParameterRange(1)]
    public int BytesMin { get; init; } = 100;

    /// <summary>Cuts the first occurrence too, as the published recipe does; else the first one in the order of shards and documents stays.</summary>
    public bool RemoveAll { get; init; }

    /// <summary>Words that an edited document must have left; null for no such rule. datatrove has 50.</summary>
    public int? WordsMin { get; init; } = 50;
}
