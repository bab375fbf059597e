using System.Globalization;
using System.Text;
using Touchstone.Curation.Reports;

namespace Touchstone.Curation.Report;

/// <summary>How long documents are: bars of what was read, and within them of what was kept.</summary>
internal static class LengthHistogram
{
    private const double BarWidth = 26, Height = 150, Gap = 4, Foot = 34;

    public static string Svg(CurationReport report)
    {
        var (read, kept) = (report.ReadWords, report.KeptWords);
        var (first, last) = (0, read.Count - 1);
        while (first < last && read[first] == 0 && kept[first] == 0) first++;
        while (last > first && read[last] == 0 && kept[last] == 0) last--;
        var most = Math.Max(1, Math.Max(read.Max(), kept.Max()));
        var svg = new StringBuilder();
        for (var bin = first; bin <= last; bin++)
        {
            var x = (bin - first) * (BarWidth + Gap);
            Bar(svg, x, read[bin], most, "read");
            Bar(svg, x, kept[bin], most, "flow");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + BarWidth / 2}\" y=\"{Height + 14}\" text-anchor=\"middle\" class=\"n\">{Begin(bin)}</text>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{Height + 30}\" class=\"n\">words, from</text>");
        return string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Math.Max(460, (last - first + 1) * (BarWidth + Gap))} {Height + Foot}\" role=\"img\" aria-label=\"Documents by number of words, read and kept\">{svg}</svg>");
    }

    private static void Bar(StringBuilder svg, double x, long count, long most, string kind)
    {
        if (count == 0) return;
        var height = Math.Max(1, Height * count / most);
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{Height - height:0.#}\" width=\"{BarWidth}\" height=\"{height:0.#}\" class=\"{kind}\"><title>{count:N0} documents</title></rect>");
    }

    private static string Begin(int bin) => bin switch
    {
        0 => "0",
        < 11 => (1L << (bin - 1)).ToString(CultureInfo.InvariantCulture),
        < 21 => (1L << (bin - 11)).ToString(CultureInfo.InvariantCulture) + "k",
        _ => (1L << (bin - 21)).ToString(CultureInfo.InvariantCulture) + "M",
    };
}
