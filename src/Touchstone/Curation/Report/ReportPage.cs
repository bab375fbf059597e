using System.Globalization;
using System.Text;
using Touchstone.Commands.Curate;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Reports;
using Touchstone.Terminal;

namespace Touchstone.Curation.Report;

/// <summary>A finished run on one page of HTML that needs nothing beside it: no script, no font, no network.</summary>
internal static class ReportPage
{
    private const string Style = """
        :root{--ink:#1b2126;--soft:#566270;--paper:#fff;--line:#dde2e7;--flow:#3d6ba8;--read:#c8d5e6;--mark:#f6dd8e;--add:#cdeade;--cut:#f6d3cc;--warn:#8a4b00;color-scheme:light dark}
        @media(prefers-color-scheme:dark){:root{--ink:#e6eaee;--soft:#9ba7b4;--paper:#14181b;--line:#2d353d;--flow:#6d9be0;--read:#2d4260;--mark:#6b5410;--add:#1d4a3a;--cut:#5c2d25;--warn:#e8b04d}}
        *{box-sizing:border-box}body{margin:0 auto;max-width:1360px;padding:24px 20px 64px;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
        h1{font-size:24px;margin:0 0 4px;overflow-wrap:anywhere}h2{font-size:18px;margin:36px 0 10px;border-top:1px solid var(--line);padding-top:16px}h3{font-size:15px;margin:20px 0 6px;overflow-wrap:anywhere}
        nav{margin:12px 0 0;display:flex;flex-wrap:wrap;gap:4px 16px}a{color:inherit}
        .soft{color:var(--soft)}.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:24px}
        .facts{display:flex;flex-wrap:wrap;gap:8px 28px;margin:14px 0}.facts b{display:block;font-size:20px;font-variant-numeric:tabular-nums}
        .note{border-left:3px solid var(--warn);padding:2px 0 2px 12px;margin:12px 0;overflow-wrap:anywhere}.note ul{margin:4px 0;padding-left:18px}
        svg{width:100%;max-width:640px;height:auto;display:block}svg text{font:12px system-ui,sans-serif;fill:var(--ink)}svg .b{font-weight:600}svg .n{fill:var(--soft)}
        .flow{fill:var(--flow)}.read{fill:var(--read)}.r0{fill:#c9665b}.r1{fill:#cf8f3a}.r2{fill:#9a8a2e}.r3{fill:#5c9a68}.r4{fill:#8467a9}.r5{fill:#4f93a3}
        .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:14px}th,td{text-align:left;padding:4px 12px 4px 0;border-bottom:1px solid var(--line);vertical-align:top}th{font-weight:600}
        .num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.wide{min-width:420px}.mono{font:12.5px/1.45 ui-monospace,monospace;overflow-wrap:anywhere}
        .docs{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));gap:12px;margin:8px 0}.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,380px),1fr));gap:12px;margin:8px 0}
        .doc{border:1px solid var(--line);border-radius:6px;padding:8px 10px;min-width:0}.doc p{margin:0 0 4px;font-size:12px;color:var(--soft);overflow-wrap:anywhere}.doc p.why{color:var(--ink);font-variant-numeric:tabular-nums}
        .doc pre{margin:0;max-height:260px;overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere;font:12.5px/1.45 ui-monospace,monospace}
        .tag{display:inline-block;padding:0 6px;border-radius:3px;background:var(--read);color:var(--ink)}mark,ins,del{color:var(--ink);text-decoration:none}mark{background:var(--mark)}ins{background:var(--add)}del{background:var(--cut)}details{margin:6px 0}summary{cursor:pointer}
        """;

    public static string Html(CurationReport report)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>{Text(report.Name)}</title><style>{Style}</style></head><body>");
        Head(page, report);
        Missing(page, report);
        page.Append("<h2 id=\"flow\">Where documents went</h2><div class=\"two\">");
        page.Append("<div>").Append(SankeyDiagram.Svg(report, "documents", a => a.Documents)).Append("</div><div>").Append(SankeyDiagram.Svg(report, "words", a => a.Words)).Append("</div></div>");
        page.Append("<h2 id=\"lengths\">How long documents are</h2><p class=\"soft\">Pale: read. Dark: kept. Words are runs of characters that are no white space.</p>").Append(LengthHistogram.Svg(report));
        Totals(page, report);
        Steps(page, report);
        ClusterPart.Write(page, report);
        ExamplePart.Write(page, report);
        Faults(page, report);
        Files(page, report);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Head(StringBuilder page, CurationReport report)
    {
        var usage = report.Usage;
        var finished = report.FinishedAt is { } at ? $", finished {at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC" : "";
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Text(report.Name)}</h1><div class=\"soft\">{Text(report.Program)}, pipeline {Text(report.Pipeline[..Math.Min(12, report.Pipeline.Length)])}{finished}</div><div class=\"facts\">");
        Fact("read", Figures.Count(report.Read.Documents, "document"));
        Fact("kept", $"{Figures.Count(report.Kept.Documents)} ({CurateOptions.Share(report.Kept.Documents, report.Read.Documents)})");
        Fact("words kept", $"{Figures.Count(report.Kept.Words)} ({CurateOptions.Share(report.Kept.Words, report.Read.Words)})");
        Fact("source", Sizes.Show(report.Source.Bytes));
        Fact("faults", Figures.Count(report.Faults.Total));
        Fact("time", string.Create(CultureInfo.InvariantCulture, $"{usage.WallSeconds:N1} s"));
        Fact("core-seconds", usage.CoreSeconds.ToString("N1", CultureInfo.InvariantCulture));
        if (usage.Joules is { } joules) Fact("energy", string.Create(CultureInfo.InvariantCulture, $"{joules:N0} J"));
        page.Append("</div><nav aria-label=\"On this page\"><a href=\"#flow\">Flow</a><a href=\"#lengths\">Lengths</a><a href=\"#totals\">Totals</a><a href=\"#steps\">Steps</a>");
        if (report.Clusters.Count > 0) page.Append("<a href=\"#clusters\">Near-duplicates</a>");
        page.Append("<a href=\"#examples\">Examples</a><a href=\"#faults\">Faults</a><a href=\"#files\">Files</a></nav>");

        void Fact(string what, string value) => page.Append(CultureInfo.InvariantCulture, $"<div><b>{Text(value)}</b><span class=\"soft\">{what}</span></div>");
    }

    private static void Missing(StringBuilder page, CurationReport report)
    {
        if (report.Missing.Count > 0)
        {
            page.Append("<div class=\"note\" role=\"note\"><b>Files of the run are gone or changed, so this page lacks what they held.</b><ul>");
            foreach (var file in report.Missing) page.Append(CultureInfo.InvariantCulture, $"<li>{Text(file.Name)} {Text(file.Problem)} ({Holding(file.Kind)})</li>");
            page.Append("</ul></div>");
        }

        foreach (var note in report.Clipping.Notes) page.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{Text(note)}</p>");
    }

    private static void Totals(StringBuilder page, CurationReport report)
    {
        page.Append("<h2 id=\"totals\">Totals</h2><div class=\"scroll\" tabindex=\"0\"><table><tr><th></th><th class=\"num\">Documents</th><th class=\"num\">Words</th><th class=\"num\">Characters</th><th class=\"num\">Bytes</th></tr>");
        foreach (var (what, amount) in (IEnumerable<(string, ReportAmount)>)[("Read", report.Read), ("Kept", report.Kept), ("Dropped", report.Dropped)])
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{what}</td><td class=\"num\">{amount.Documents:N0}</td><td class=\"num\">{amount.Words:N0}</td><td class=\"num\">{amount.Characters:N0}</td><td class=\"num\">{(amount.Bytes is { } bytes ? Figures.Count(bytes) : "not counted")}</td></tr>");
        page.Append(CultureInfo.InvariantCulture, $"</table></div><p class=\"soft\">Words that steps cut out of kept documents: {report.Steps.Sum(s => s.WordsCut):N0}. {Figures.Count(report.Usage.Workers, "worker")}, {Figures.Count(report.Usage.Sessions, "session")}.</p>");
        if (report.Counted.Count > 0) page.Append(CultureInfo.InvariantCulture, $"<p>Counted in kept documents: {Text(string.Join(", ", report.Counted.Select(c => $"{c.Name} {Figures.Count(c.Count)}")))}.</p>");
    }

    private static void Steps(StringBuilder page, CurationReport report)
    {
        page.Append("<h2 id=\"steps\">Steps</h2><div class=\"scroll\" tabindex=\"0\"><table><tr><th>Step</th><th class=\"num\">Entered</th><th class=\"num\">Dropped</th><th class=\"num\">Changed</th><th class=\"num\">Words cut</th><th>Parameters</th></tr>");
        foreach (var step in report.Steps)
        {
            var parameters = string.Join(", ", step.Parameters.Select(p => $"{p.Name}: {p.Value}"));
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(step.Id)}</td><td class=\"num\">{step.Entered.Documents:N0}</td><td class=\"num\">{step.Dropped.Sum(d => d.Amount.Documents):N0}</td><td class=\"num\">{step.Edited:N0}</td><td class=\"num\">{step.WordsCut:N0}</td><td class=\"soft wide\">{Text(parameters)}</td></tr>");
        }

        page.Append("</table></div>");
    }

    private static void Faults(StringBuilder page, CurationReport report)
    {
        page.Append("<h2 id=\"faults\">What could not be read</h2>");
        if (report.Faults.Total == 0)
        {
            page.Append("<p class=\"soft\">Everything could be read.</p>");
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"<p>{Text(string.Join(", ", report.Faults.Codes.Select(f => $"{f.Name} {Figures.Count(f.Count)}")))}.</p><div class=\"scroll\" tabindex=\"0\"><table><tr><th>File</th><th class=\"num\">Line</th><th class=\"num\">Offset</th><th>Code</th><th>What was expected and found</th></tr>");
        foreach (var fault in report.Faults.Shown)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"mono\">{Text(fault.File)}</td><td class=\"num\">{(fault.Line is { } line ? Figures.Count(line) : "\u2013")}</td><td class=\"num\">{fault.Offset:N0}</td><td>{Text(fault.Code)}</td><td>{Text(fault.Message)}</td></tr>");
        page.Append("</table></div>");
    }

    private static void Files(StringBuilder page, CurationReport report)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2 id=\"files\">Files</h2><details><summary>{Figures.Count(report.Source.FileCount, "file")} of the source</summary><div class=\"scroll\" tabindex=\"0\"><table><tr><th>File</th><th class=\"num\">Bytes</th><th>Digest of its size and samples</th></tr>");
        foreach (var file in report.Source.Files) page.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"mono\">{Text(file.File)}</td><td class=\"num\">{file.Bytes:N0}</td><td class=\"mono\">{Text(file.Sample)}</td></tr>");
        page.Append(CultureInfo.InvariantCulture, $"</table></div></details><details><summary>{Figures.Count(report.Outputs.Count, "file")} that the run wrote</summary><div class=\"scroll\" tabindex=\"0\"><table><tr><th>File</th><th>Holds</th><th class=\"num\">Records</th><th class=\"num\">Bytes</th><th>SHA-256</th></tr>");
        foreach (var file in report.Outputs) page.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"mono\">{Text(file.Name)}</td><td>{Holding(file.Kind)}</td><td class=\"num\">{file.Documents:N0}</td><td class=\"num\">{file.Bytes:N0}</td><td class=\"mono\">{Text(file.Sha256)}</td></tr>");
        page.Append("</table></div></details>");
    }

    private static string Holding(OutputKind kind) => kind switch
    {
        OutputKind.Kept => "kept documents",
        OutputKind.Dropped => "dropped documents",
        OutputKind.Fates => "fates of documents",
        OutputKind.Clusters => "clusters",
        _ => "faults",
    };

    private static string Text(string text) => MarkedText.Escape(text);
}
