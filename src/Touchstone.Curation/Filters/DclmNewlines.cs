using System.Text.RegularExpressions;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Filters;

/// <summary>How many line feeds may follow each other.</summary>
public sealed record DclmNewlinesParameters
{
    /// <summary>Most line feeds one behind the other; longer runs are cut to so many. From 1 to 1,000.</summary>
    public int LineFeedsMaximum { get; init; } = 2;
}

/// <summary>Cuts long runs of line feeds, as DCLM-baseline does before all other rules (mlfoundations/dclm at 361714b, <c>newline_removal_modifier</c>). Drops nothing.</summary>
public sealed class DclmNewlines : DocumentStep
{
    private readonly Regex _tooMany;
    private readonly string _most;

    /// <param name="parameters">The limit.</param>
    /// <exception cref="ArgumentException">It is out of its range.</exception>
    public DclmNewlines(DclmNewlinesParameters? parameters = null)
    {
        var most = (parameters ?? new()).LineFeedsMaximum;
        if (most is < 1 or > 1000) throw new ArgumentException($"Expected 1 to 1000 line feeds, found {most}.", nameof(parameters));
        _most = new string('\n', most);
        _tooMany = new Regex($"\n{{{most + 1},}}", RegexOptions.CultureInvariant);
    }

    /// <inheritdoc/>
    public override string Id => "newlines@dclm-361714b";

    /// <inheritdoc/>
    public override Verdict Judge(Document document, WorkingText text)
    {
        var edited = _tooMany.Replace(text.Text, _most);
        return edited.Length == text.Text.Length ? Verdict.Kept : Verdict.Edited(edited);
    }

    /// <inheritdoc/>
    public override void Explain(Document document, WorkingText text, ICollection<RuleValue> values)
    {
        var runs = _tooMany.EnumerateMatches(text.Text);
        var spans = new List<TextRange>();
        foreach (var run in runs) spans.Add(new(run.Index, run.Length));
        values.Add(new("line_feed_runs_cut", spans.Count, RuleComparison.Above, double.PositiveInfinity, spans));
    }
}
