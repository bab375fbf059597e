namespace Touchstone.Curation.Documents;

/// <summary>One text of a corpus with all that travels with it.</summary>
public sealed class Document
{
    /// <summary>Name of the document in its corpus: the record's own id, or one made from file and place where it has none.</summary>
    public required string Id { get; init; }

    /// <summary>The text. Lengths in rules are counted in Unicode code points, never in UTF-16 units.</summary>
    public required string Text { get; set; }

    /// <summary>
    /// The whole record as it was read, one JSON object in UTF-8. A writer copies it member by member and puts the text in its place anew, so that
    /// whatever else a source says of a document (address, licence, mark of synthetic text) is carried as it was. Empty for sources without records.
    /// </summary>
    public ReadOnlyMemory<byte> Record { get; init; }

    /// <summary>Where it was read.</summary>
    public DocumentPlace Place { get; init; }

    /// <summary>Where the text's value lies in <see cref="Record"/>, quotes and all; empty for sources without records.</summary>
    internal Range RecordText { get; init; }

    /// <summary>The text as the record has it, for telling whether a step put another one in its place; null for sources without records.</summary>
    internal string? TextAsRead { get; init; }

    /// <summary>What steps found out of it, such as its language and score; written beside the record's own members.</summary>
    public SortedDictionary<string, object>? Findings { get; set; }
}
