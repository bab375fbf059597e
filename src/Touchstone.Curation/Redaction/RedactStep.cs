using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Redaction;

/// <summary>
/// Puts placeholders in the place of what must not stay in a text, and counts them among the document's findings as <c>redacted_email</c> and so on, for the manifest to
/// add up. Drops nothing.
/// </summary>
public sealed class RedactStep(RedactionOptions options) : DocumentStep
{
    private readonly Redactor _redactor = options.Types.Count > 0 ? new(options) : throw new ArgumentException("expected at least one type to redact, such as email, found none", nameof(options));

    /// <inheritdoc/>
    public override string Id => "redact@touchstone-1";

    /// <inheritdoc/>
    public override Verdict Judge(Document document, WorkingText text)
    {
        var spans = _redactor.Find(text.Text);
        if (spans.Count == 0) return Verdict.Kept;

        var findings = document.Findings ??= [];
        foreach (var span in spans)
        {
            var name = "redacted_" + span.Type;
            findings[name] = findings.TryGetValue(name, out var count) ? (int)count + 1 : 1;
        }

        return Verdict.Edited(_redactor.Replace(text.Text, spans));
    }

    /// <inheritdoc/>
    public override void Explain(Document document, WorkingText text, ICollection<RuleValue> values)
    {
        foreach (var type in _redactor.Find(text.Text).GroupBy(s => s.Type).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            TextRange[] spans = [.. type.Select(s => new TextRange(s.Start, s.Length))];
            values.Add(new("redacted_" + type.Key, spans.Length, RuleComparison.Above, double.PositiveInfinity, spans));
        }
    }
}
