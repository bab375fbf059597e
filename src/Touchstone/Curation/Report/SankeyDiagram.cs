using System.Globalization;
using System.Net;
using System.Text;
using Touchstone.Curation.Reports;

namespace Touchstone.Curation.Report;

/// <summary>The stream of a corpus through its steps, from top to bottom: what each step drops leaves to the right, by reason, as wide as it is many.</summary>
internal static class SankeyDiagram
{
    private const double Width = 456, BandWidth = 110, LabelX = 138, RowHeight = 21, StepGap = 30, ThinnestShown = 1;

    /// <param name="report">The run.</param>
    /// <param name="title">What is counted, for screen readers too.</param>
    /// <param name="count">Takes the number out of an amount.</param>
    public static string Svg(CurationReport report, string title, Func<ReportAmount, long> count)
    {
        var svg = new StringBuilder();
        var all = Math.Max(1, count(report.Read));
        var (left, y) = (BandWidth, 34.0);
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"16\" class=\"b\">{Number(count(report.Read))} {title} read</text>");
        var top = 24.0;
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"0\" y=\"{top:0.#}\" width=\"{BandWidth}\" height=\"24\" class=\"flow\"/>");
        for (var s = 0; s < report.Steps.Count; s++)
        {
            var step = report.Steps[s];
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelX}\" y=\"{y + 6:0.#}\" class=\"b\">{WebUtility.HtmlEncode(step.Id)}</text>");
            y += 16;
            var row = y;
            foreach (var (reason, amount) in step.Dropped.OrderByDescending(d => count(d.Amount)).ThenBy(d => d.Reason, StringComparer.Ordinal))
            {
                var thickness = Math.Max(ThinnestShown, BandWidth * count(amount) / all);
                svg.Append(Ribbon(Math.Max(0, left - thickness), left, y - 8, row, row + thickness, s));
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelX + 4}\" y=\"{row + Math.Max(thickness / 2, 6) + 4:0.#}\">{WebUtility.HtmlEncode(reason)} <tspan class=\"n\">{Number(count(amount))}, {100.0 * count(amount) / all:0.##} %</tspan></text>");
                left = Math.Max(0, left - BandWidth * count(amount) / all);
                row += Math.Max(RowHeight, thickness + 5);
            }

            if (step.Dropped.Count == 0)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelX + 4}\" y=\"{row + 10:0.#}\" class=\"n\">drops none{(step.Edited > 0 ? $", changes {Number(step.Edited)}" : "")}</text>");
                row += RowHeight;
            }

            // What is left goes straight on; it is drawn behind the ribbons that leave it at the top of the step.
            svg.Insert(0, string.Create(CultureInfo.InvariantCulture, $"<rect x=\"0\" y=\"{top:0.#}\" width=\"{Math.Max(left, ThinnestShown):0.##}\" height=\"{row + StepGap - top:0.#}\" class=\"flow\"/>"));
            y = row + StepGap - 14;
        }

        y += 34;
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{y:0.#}\" class=\"b\">{Number(count(report.Kept))} kept, {100.0 * count(report.Kept) / all:0.##} %</text>");
        return string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {y + 10:0.#}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(title)} by step and reason\">{svg}</svg>");
    }

    private static string Ribbon(double x0, double x1, double y, double rowTop, double rowEnd, int step) => string.Create(CultureInfo.InvariantCulture,
        $"<path class=\"r{step % 6}\" d=\"M{x0:0.##} {y:0.#}Q{x0:0.##} {rowEnd:0.##} {LabelX - 4} {rowEnd:0.##}V{rowTop:0.##}Q{x1:0.##} {rowTop:0.##} {x1:0.##} {y:0.#}Z\"/>");

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
