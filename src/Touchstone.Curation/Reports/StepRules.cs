using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Runs;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Reports;

/// <summary>Asks the steps of a finished run, made again from its manifest, what their rules measure on a document that they dropped.</summary>
internal sealed class StepRules(RunManifest manifest)
{
    private readonly Dictionary<string, DocumentStep?> _steps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _notes = new(StringComparer.Ordinal);
    private readonly WorkingText _text = new();

    /// <summary>Why a step could not be asked; null where it could, or nobody wanted to.</summary>
    public string? NoteOf(string id) => _notes.GetValueOrDefault(id);

    /// <summary>The example of a document, with the values that decided on it.</summary>
    public ReportExample Explain(SampledDocument sample) => new(
        ReportLimits.Clip(sample.Document.Id), sample.Drop.Step is null, sample.Drop.Step, sample.Drop.Reason, sample.Drop.File is { } file ? ReportLimits.Clip(file) : null, sample.Drop.Line,
        sample.Size.Characters, sample.Size.Words, sample.Text, sample.IsCut, sample.Drop.Step is null || !sample.IsWhole ? [] : Rules(sample));

    private IReadOnlyList<ReportRule> Rules(SampledDocument sample)
    {
        if (StepOf(sample.Drop.Step!) is not { } step) return [];
        var values = new List<RuleValue>();
        _text.Begin(sample.Document.Text);
        step.Explain(sample.Document, _text, values);
        return [.. values.OrderBy(v => v.Rule == sample.Drop.Reason ? 0 : v.Falls ? 1 : 2).Take(ReportLimits.RulesMax).Select(v => new ReportRule(
            ReportLimits.Clip(v.Rule), Finite(v.Value), v.Comparison, Finite(v.Threshold), v.Falls, v.Falls ? Shown(v.Spans, sample.Text.Length) : []))];
    }

    private DocumentStep? StepOf(string id)
    {
        if (_steps.TryGetValue(id, out var known)) return known;
        return _steps[id] = manifest.Steps.FirstOrDefault(s => s.Id == id) is { Found: null } step ? Make(step) : null;
    }

    private DocumentStep? Make(ManifestStep step)
    {
        try
        {
            return StepRegistry.Make(step.Step, step.Parameters).Step;
        }
        catch (PipelineException refused)
        {
            _notes[step.Id] = ReportLimits.Clip($"Values of its rules are not shown, because the step cannot be made again: {refused.Message}");
            return null;
        }
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>The parts of spans that lie in the text that is shown.</summary>
    private static IReadOnlyList<ReportSpan> Shown(IReadOnlyList<TextRange> spans, int length) =>
        [.. spans.Where(s => s.Start < length).Take(ReportLimits.SpansMax).Select(s => new ReportSpan(s.Start, Math.Min(s.Length, length - s.Start)))];
}
