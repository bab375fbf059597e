using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Filters;

/// <summary>A filter that is a list of rules, asked one after the other: the first that falls drops the document, and all are measured for whoever asks why.</summary>
public abstract class RuleFilter : DocumentStep
{
    /// <inheritdoc/>
    public sealed override Verdict Judge(Document document, WorkingText text)
    {
        var log = new RuleLog(null);
        Run(text, ref log);
        return log.Verdict;
    }

    /// <inheritdoc/>
    public sealed override void Explain(Document document, WorkingText text, ICollection<RuleValue> values)
    {
        var log = new RuleLog(values);
        Run(text, ref log);
    }

    /// <summary>Asks the rules until the log says to stop.</summary>
    private protected abstract void Run(WorkingText text, ref RuleLog log);
}
