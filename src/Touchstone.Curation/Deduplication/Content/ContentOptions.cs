namespace Touchstone.Curation.Deduplication.Content;

/// <summary>What an exact deduplication compares and whom it keeps.</summary>
public sealed record ContentOptions
{
    /// <summary>The whole text as it is.</summary>
    public static ContentOptions Text { get; } = new();

    /// <summary>The address that the record carries, as it is. Documents without one are not compared.</summary>
    public static ContentOptions Url { get; } = new() { Member = "url" };

    /// <summary>Name of the finding, or else of the record's member, that is compared instead of the text; null for the text.</summary>
    public string? Member { get; init; }

    /// <summary>Compares texts in the form that near-duplicates are compared in: lower case, without punctuation, numbers all the same.</summary>
    public bool Simplified { get; init; }

    /// <summary>Name of the finding, or else of the number in the record, that says who stays: the highest, from 1 to 65535; null gives all 1, so that the first one stays.</summary>
    public string? Priority { get; init; }
}
