using System.Globalization;
using System.Text;
using Touchstone.Curation.Reports;
using Touchstone.Curation.Steps;
using Touchstone.Terminal;

namespace Touchstone.Curation.Report;

/// <summary>Documents to look at: some that were kept, and some for each reason with the value and the threshold that decided.</summary>
internal static class ExamplePart
{
    private const int RulesShown = 3;

    public static void Write(StringBuilder page, CurationReport report)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2 id=\"examples\">Examples</h2><p class=\"soft\">Up to {report.Clipping.ExamplesPerReason} of each kind, drawn by a hash of their names; of each text the first {Figures.Count(report.Clipping.TextLength)} characters.</p>");
        page.Append(CultureInfo.InvariantCulture, $"<details open><summary><b>kept</b> <span class=\"soft\">{Figures.Count(report.Kept.Documents, "document")}</span></summary>");
        Documents(page, report.Examples.Where(e => e.IsKept));
        page.Append("</details>");
        var groups = report.Examples.Where(e => !e.IsKept).ToLookup(e => (e.Step, e.Reason));
        foreach (var step in report.Steps)
        {
            foreach (var (reason, amount) in step.Dropped)
            {
                page.Append(CultureInfo.InvariantCulture, $"<details><summary><b>{MarkedText.Escape(reason)}</b> <span class=\"soft\">{MarkedText.Escape(step.Id)}, {Figures.Count(amount.Documents, "document")}</span></summary>");
                if (step.Note is { } note) page.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{MarkedText.Escape(note)}</p>");
                Documents(page, groups[(step.Id, reason)]);
                page.Append("</details>");
            }
        }
    }

    private static void Documents(StringBuilder page, IEnumerable<ReportExample> examples)
    {
        var any = false;
        page.Append("<div class=\"docs\">");
        foreach (var example in examples)
        {
            any = true;
            Card(page, example);
        }

        page.Append(any ? "</div>" : "</div><p class=\"soft\">None at hand.</p>");
    }

    private static void Card(StringBuilder page, ReportExample example)
    {
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"doc\"><p>{MarkedText.Escape(example.Id)}, {Figures.Count(example.Words, "word")}{Place(example)}</p>");
        foreach (var rule in example.Rules.Where(r => r.Falls).Take(RulesShown))
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"why\">{MarkedText.Escape(rule.Rule)} {Number(rule.Value)}, falls {(rule.Comparison == RuleComparison.Above ? "above" : "below")} {Number(rule.Threshold)}</p>");
        page.Append(CultureInfo.InvariantCulture, $"<pre tabindex=\"0\">{MarkedText.Html(example.Text, [.. example.Rules.SelectMany(r => r.Spans)])}{(example.IsCut ? "<span class=\"soft\"> [goes on]</span>" : "")}</pre></div>");
    }

    private static string Place(ReportExample example) => example.File is not { } file ? "" : $", {MarkedText.Escape(Path.GetFileName(file))}{(example.Line is { } line ? $" line {Figures.Count(line)}" : "")}";

    private static string Number(double? value) => value is { } number ? number.ToString("0.####", CultureInfo.InvariantCulture) : "none";
}
