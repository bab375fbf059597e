using System.Text;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation;

/// <summary>What a step makes of a document.</summary>
/// <param name="Name">The step's name in the pipeline.</param>
/// <param name="Id">Name of its rules.</param>
/// <param name="Text">The text that it saw.</param>
/// <param name="Outcome">Kept, dropped with the reason, or edited.</param>
/// <param name="Values">What its rules measured.</param>
internal sealed record StepExplanation(string Name, string Id, string Text, string Outcome, IReadOnlyList<RuleValue> Values);

/// <summary>A document's way through all steps of a pipeline, also behind the one that drops it.</summary>
internal sealed class DocumentExplanation
{
    private const char Begin = '\u27e6', End = '\u27e7';
    private readonly List<StepExplanation> _steps = [];

    private DocumentExplanation(Document document) => Document = document;

    public Document Document { get; }

    public IReadOnlyList<StepExplanation> Steps => _steps;

    /// <summary>The step that drops the document; null where none does.</summary>
    public PipelineStep? DroppedBy { get; private set; }

    /// <summary>The reason that it gives.</summary>
    public string? Reason { get; private set; }

    public static DocumentExplanation Of(Pipeline pipeline, Document document)
    {
        var explanation = new DocumentExplanation(document);
        var text = new WorkingText();
        foreach (var step in pipeline.Steps)
        {
            if (step.Step is not { } judge)
            {
                explanation._steps.Add(new(step.Name, step.Id, document.Text, "looks at all documents together; not asked here", []));
                continue;
            }

            var values = new List<RuleValue>();
            text.Begin(document.Text);
            judge.Explain(document, text, values);
            text.Begin(document.Text);
            var verdict = judge.Judge(document, text);
            explanation._steps.Add(new(step.Name, step.Id, document.Text, Outcome(verdict, document.Text), values));
            if (verdict.IsDropped && explanation.DroppedBy is null) (explanation.DroppedBy, explanation.Reason) = (step, verdict.Reason);
            if (verdict.Text is { } edited) document.Text = edited;
        }

        return explanation;
    }

    /// <summary>The text that the first step with findings in it saw, with marks around them; null where no rule that drops points into the text.</summary>
    public string? Marked()
    {
        if (_steps.Find(s => s.Values.Any(v => v.Falls && v.Spans.Count > 0)) is not { } step) return null;
        var (covered, marked) = (new bool[step.Text.Length + 1], new StringBuilder(step.Text.Length + 64));
        foreach (var span in step.Values.Where(v => v.Falls).SelectMany(v => v.Spans)) covered.AsSpan(span.Start, span.Length).Fill(true);
        for (var i = 0; i <= step.Text.Length; i++)
        {
            var wasCovered = i > 0 && covered[i - 1];
            if (covered[i] && !wasCovered) marked.Append(Begin);
            if (!covered[i] && wasCovered) marked.Append(End);
            if (i < step.Text.Length) marked.Append(step.Text[i]);
        }

        return marked.ToString();
    }

    private static string Outcome(Verdict verdict, string text) =>
        verdict.IsDropped ? $"drops it: {verdict.Reason}" : verdict.Text is { } edited ? $"keeps it with another text, {text.Length - edited.Length} characters shorter" : "keeps it";
}
