using System.Globalization;
using System.Text;
using Touchstone.Curation.Reports;
using Touchstone.Terminal;

namespace Touchstone.Curation.Report;

/// <summary>Clusters of near-duplicates: how large they are, and some of them side by side.</summary>
internal static class ClusterPart
{
    private const int OpenAtFirst = 3;
    private const double Width = 460, LabelWidth = 64, RowHeight = 20;

    public static void Write(StringBuilder page, CurationReport report)
    {
        if (report.Clusters.Count == 0) return;
        page.Append("<h2 id=\"clusters\">Near-duplicates</h2>");
        foreach (var step in report.Clusters) Step(page, step);
    }

    private static void Step(StringBuilder page, ReportClusters step)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h3>{MarkedText.Escape(step.Step)}</h3><p>{Figures.Count(step.ClusterCount, "cluster")} of {Figures.Count(step.DocumentCount, "document")}{(step.Keep.Length > 0 ? $"; of each {Stays(step.Keep)} stays" : "")}.</p>");
        if (step.Note is { } note) page.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{MarkedText.Escape(note)}</p>");
        if (step.Sizes.Count > 0) page.Append(Sizes(step));
        if (step.Shown.Count == 0) return;
        page.Append("<p class=\"soft\">At the left the document that stays, at the right one that goes. <del>Marked left</del>: what the right one lacks. <ins>Marked right</ins>: what only it has.</p>");
        for (var c = 0; c < step.Shown.Count; c++) Cluster(page, step, step.Shown[c], isOpen: c < OpenAtFirst);
    }

    private static void Cluster(StringBuilder page, ReportClusters step, ReportCluster cluster, bool isOpen)
    {
        var first = cluster.Members[0];
        page.Append(CultureInfo.InvariantCulture, $"<details{(isOpen ? " open" : "")}><summary><b>{Figures.Count(cluster.Size, "document")}</b> <span class=\"soft\">{(cluster.IsLargest ? "one of the largest" : "drawn by a hash")}; {MarkedText.Escape(first.Id)} {(first.IsKept ? $"stays, {Why(step.Keep, first)}" : "is shown first")}</span></summary>");
        foreach (var member in cluster.Members.Skip(1))
        {
            page.Append("<div class=\"pair\">");
            Card(page, first, MarkedText.Html(first.Text ?? "", member.Lacking, "del"));
            Card(page, member, MarkedText.Html(member.Text ?? "", member.Extra, "ins"));
            page.Append("</div>");
        }

        if (cluster.Size > cluster.Members.Count) page.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{Figures.Count(cluster.Size - cluster.Members.Count)} more are not shown.</p>");
        page.Append("</details>");
    }

    private static void Card(StringBuilder page, ReportMember member, string html)
    {
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"doc\"><p><span class=\"tag\">{(member.IsKept ? "stays" : "goes")}</span> {MarkedText.Escape(member.Id)}, {Figures.Count(member.Words, "word")}, {Figures.Count(member.Characters, "character")}{Score(member)}</p>");
        if (member.Text is null) page.Append("<p>The run did not write its text, or wrote it beyond the part that was looked through.</p></div>");
        else page.Append(CultureInfo.InvariantCulture, $"<pre tabindex=\"0\">{html}{(member.IsCut ? "<span class=\"soft\"> [goes on]</span>" : "")}</pre></div>");
    }

    private static string Sizes(ReportClusters step)
    {
        var (svg, most) = (new StringBuilder(), Math.Max(1, step.Sizes.Max(s => s.Clusters)));
        for (var i = 0; i < step.Sizes.Count; i++)
        {
            var (size, y) = (step.Sizes[i], i * RowHeight);
            var length = Math.Max(1, (Width - LabelWidth - 90) * size.Clusters / most);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelWidth - 8}\" y=\"{y + 14}\" text-anchor=\"end\">{(size.From == size.To ? Figures.Count(size.From) : $"{size.From}\u2013{size.To}")}</text><rect x=\"{LabelWidth}\" y=\"{y + 4}\" width=\"{length:0.#}\" height=\"12\" class=\"flow\"/><text x=\"{LabelWidth + length + 6:0.#}\" y=\"{y + 14}\" class=\"n\">{size.Clusters:N0}</text>");
        }

        return string.Create(CultureInfo.InvariantCulture, $"<p class=\"soft\">Clusters by number of documents</p><svg viewBox=\"0 0 {Width} {step.Sizes.Count * RowHeight + 4}\" role=\"img\" aria-label=\"Clusters by number of documents\">{svg}</svg>");
    }

    private static string Stays(string keep) => keep switch
    {
        "longest" => "the longest document",
        "first" => "the first document",
        "highest_score" => "the document with the highest score",
        "all" => "every document",
        _ => "the root of the union-find tree",
    };

    private static string Why(string keep, ReportMember member) => keep switch
    {
        "longest" => $"the longest with {Figures.Count(member.Characters, "character")}",
        "first" => "the first of the corpus",
        "highest_score" => $"the highest score{Score(member)}",
        "all" => "as all others do",
        _ => "the root of the union-find tree",
    };

    private static string Score(ReportMember member) => member.Score is { } score ? string.Create(CultureInfo.InvariantCulture, $", score {score:0.####}") : "";
}
