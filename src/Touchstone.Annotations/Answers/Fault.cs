namespace Touchstone.Annotations.Answers;

/// <summary>One thing that is wrong with a document: where, what was expected, what was found.</summary>
/// <param name="Pointer">RFC 6901 pointer into the document; the empty string is the whole of it.</param>
/// <param name="Expected">What would have been right, as a noun phrase.</param>
/// <param name="Found">What stands there, cut short where it is long.</param>
public sealed record Fault(string Pointer, string Expected, string Found)
{
    /// <summary>Line from 1, where the document is text in YAML; otherwise null.</summary>
    public int? Line { get; init; }

    /// <summary>Column from 1, where the document is text in YAML; otherwise null.</summary>
    public int? Column { get; init; }

    /// <summary>One line for people, such as <c>12:5 /ontology/questions/0/id: expected an id; found 7</c>.</summary>
    public override string ToString()
    {
        var place = Line is null ? "" : $"{Line}:{Column} ";
        return $"{place}{(Pointer.Length == 0 ? "(document)" : Pointer)}: expected {Expected}; found {Found}";
    }
}
