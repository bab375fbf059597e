using Touchstone.Curation.Documents;

namespace Touchstone.Curation.Steps;

/// <summary>
/// A step that looks at one document at a time: a filter, an edit, a mark. A step is made once from its parameters and then judges on many threads, each with a
/// <see cref="WorkingText"/> of its own; it keeps no state of its own between documents, so that what it decides depends on the document alone.
/// </summary>
public abstract class DocumentStep
{
    /// <summary>Name of the rules with the implementation that they follow, such as <c>gopher_quality@datatrove-0.10</c>: it stands in manifests and beside reasons.</summary>
    public abstract string Id { get; }

    /// <summary>Judges a document.</summary>
    /// <param name="document">What is judged; a step may add <see cref="Document.Findings"/> and changes nothing else.</param>
    /// <param name="text">The document's current text with its words and sentences, taken apart once for all steps that ask.</param>
    public abstract Verdict Judge(Document document, WorkingText text);

    /// <summary>Measures every rule of the step upon a document, also behind one that already drops it. Slow: for people who ask why.</summary>
    /// <param name="document">What is looked at.</param>
    /// <param name="text">The document's current text.</param>
    /// <param name="values">Takes one value for each rule, in the order in which the rules are asked.</param>
    public virtual void Explain(Document document, WorkingText text, ICollection<RuleValue> values)
    {
    }
}
