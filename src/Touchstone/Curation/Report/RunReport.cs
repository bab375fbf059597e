using System.Globalization;
using System.Net;
using System.Text;
using Touchstone.Commands.Curate;
using Touchstone.Curation.Pipelines;
using Touchstone.Curation.Runs;
using Touchstone.Terminal;

namespace Touchstone.Curation.Report;

/// <summary>A finished run on one page of HTML that needs nothing beside it: no script, no font, no network.</summary>
internal static class RunReport
{
    private const string Style = """
        :root{--ink:#1d2430;--soft:#5b6675;--paper:#fff;--line:#dde2e9;--flow:#3867b7;--read:#c4d2ea;--mark:#ffe08a;color-scheme:light dark}
        @media(prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#9aa6b5;--paper:#14181f;--line:#2c3440;--flow:#6d9be8;--read:#2d4267;--mark:#6b5410}}
        *{box-sizing:border-box}body{margin:0 auto;max-width:1360px;padding:20px;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
        h1{font-size:24px;margin:0 0 4px;overflow-wrap:anywhere}h2{font-size:18px;margin:36px 0 10px;border-top:1px solid var(--line);padding-top:16px}h3{font-size:15px;margin:20px 0 6px;overflow-wrap:anywhere}
        .soft{color:var(--soft)}.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:24px}
        .facts{display:flex;flex-wrap:wrap;gap:8px 28px;margin:14px 0}.facts b{display:block;font-size:20px}
        svg{width:100%;max-width:640px;height:auto;display:block}svg text{font:12px system-ui,sans-serif;fill:var(--ink)}svg .b{font-weight:600}svg .n{fill:var(--soft)}
        .flow{fill:var(--flow)}.read{fill:var(--read)}.r0{fill:#c9665b}.r1{fill:#cf8f3a}.r2{fill:#9a8a2e}.r3{fill:#5c9a68}.r4{fill:#8467a9}.r5{fill:#4f93a3}
        .scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:4px 12px 4px 0;border-bottom:1px solid var(--line);vertical-align:top}.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.wide{min-width:420px}
        .docs{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:12px}
        .doc{border:1px solid var(--line);border-radius:6px;padding:8px 10px;min-width:0}.doc p{margin:0 0 4px;font-size:12px;color:var(--soft);overflow-wrap:anywhere}
        .doc pre{margin:0;max-height:240px;overflow:auto;white-space:pre-wrap;overflow-wrap:anywhere;font:12.5px/1.45 ui-monospace,monospace}
        .tag{display:inline-block;padding:0 6px;border-radius:3px;background:var(--read);color:var(--ink)}mark{background:var(--mark);color:inherit}details{margin:6px 0}summary{cursor:pointer}
        """;

    public static string Html(string folder, RunManifest manifest, RunSamples samples)
    {
        var page = new StringBuilder();
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>{Text(name)}</title><style>{Style}</style></head><body>");
        Head(page, name, manifest);
        page.Append("<h2>Where documents went</h2><div class=\"two\">");
        page.Append("<div>").Append(SankeyDiagram.Svg(manifest, "documents", a => a.Documents)).Append("</div><div>").Append(SankeyDiagram.Svg(manifest, "words", a => a.Words)).Append("</div></div>");
        page.Append("<h2>How long documents are</h2><p class=\"soft\">Pale: read. Dark: kept. Words are runs of characters that are no white space.</p>").Append(LengthHistogram.Svg(manifest));
        Steps(page, manifest);
        Clusters(page, samples);
        page.Append("<h2>Kept documents</h2>");
        Documents(page, samples.Kept);
        Dropped(page, manifest, samples);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Head(StringBuilder page, string name, RunManifest manifest)
    {
        var usage = manifest.Usage;
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Text(name)}</h1><div class=\"soft\">{Text(manifest.Program)}, pipeline {manifest.Pipeline[..12]}</div><div class=\"facts\">");
        Fact("read", Figures.Count(manifest.Read.Documents, "document"));
        Fact("kept", $"{Figures.Count(manifest.Kept.Documents)} ({CurateOptions.Share(manifest.Kept.Documents, manifest.Read.Documents)})");
        Fact("words kept", $"{Figures.Count(manifest.Kept.Words)} ({CurateOptions.Share(manifest.Kept.Words, manifest.Read.Words)})");
        Fact("source", Sizes.Show(manifest.ReadBytes));
        Fact("faults", Figures.Count(manifest.Faults.Values.Sum()));
        Fact("time", string.Create(CultureInfo.InvariantCulture, $"{usage.WallSeconds:N1} s"));
        Fact("core-seconds", usage.CoreSeconds.ToString("N1", CultureInfo.InvariantCulture));
        if (usage.Joules is { } joules) Fact("energy", string.Create(CultureInfo.InvariantCulture, $"{joules:N0} J"));
        page.Append("</div>");
        if (manifest.Faults.Count > 0) page.Append(CultureInfo.InvariantCulture, $"<p>What could not be read: {Text(string.Join(", ", manifest.Faults.Select(f => $"{f.Key} {Figures.Count(f.Value)}")))}. faults.jsonl lists each with its place.</p>");

        void Fact(string what, string value) => page.Append(CultureInfo.InvariantCulture, $"<div><b>{Text(value)}</b><span class=\"soft\">{what}</span></div>");
    }

    private static void Steps(StringBuilder page, RunManifest manifest)
    {
        page.Append("<h2>Steps</h2><div class=\"scroll\"><table><tr><th>Step</th><th class=\"num\">Entered</th><th class=\"num\">Dropped</th><th class=\"num\">Changed</th><th class=\"num\">Words cut</th><th>Parameters</th></tr>");
        foreach (var step in manifest.Steps)
        {
            var dropped = step.Tally.Dropped.Values.Sum(a => a.Documents);
            var parameters = string.Join(", ", step.Parameters.Where(p => p.Value is not null).Select(p => $"{p.Key}: {p.Value!.ToJsonString()}"));
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(step.Id)}</td><td class=\"num\">{step.Tally.Entered.Documents:N0}</td><td class=\"num\">{dropped:N0}</td><td class=\"num\">{step.Tally.Edited:N0}</td><td class=\"num\">{step.Tally.WordsCut:N0}</td><td class=\"soft wide\">{Text(parameters)}</td></tr>");
        }

        page.Append("</table></div>");
        if (manifest.Counted.Count > 0) page.Append(CultureInfo.InvariantCulture, $"<p>Counted in kept documents: {Text(string.Join(", ", manifest.Counted.Select(c => $"{c.Key} {Figures.Count(c.Value)}")))}.</p>");
    }

    private static void Clusters(StringBuilder page, RunSamples samples)
    {
        var clusters = samples.NearDuplicates.ToList();
        if (clusters.Count == 0) return;
        page.Append("<h2>Near-duplicates</h2><p class=\"soft\">Words that the document at the left of its cluster does not have are marked.</p>");
        foreach (var cluster in clusters)
        {
            var words = cluster[0].Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
            page.Append("<h3>").Append(cluster[0].IsKept ? "A cluster" : "A cluster whose kept document a later step dropped").Append("</h3><div class=\"docs\">");
            foreach (var document in cluster) Card(page, document, ReferenceEquals(document, cluster[0]) ? Text(document.Text) : Marked(document.Text, words), document.IsKept ? "kept" : "dropped");
            page.Append("</div>");
        }
    }

    private static void Dropped(StringBuilder page, RunManifest manifest, RunSamples samples)
    {
        page.Append("<h2>Dropped documents</h2>");
        if (manifest.DroppedOutputs.Count == 0)
        {
            page.Append("<p class=\"soft\">None were written aside. With a line such as <code>dropped: { jsonl: dropped/ }</code> in the pipeline some of each reason stand here.</p>");
            return;
        }

        if (samples.IsPart) page.Append("<p class=\"soft\">The run is large: examples are from its first part.</p>");
        foreach (var step in manifest.Steps)
        {
            foreach (var (reason, amount) in step.Tally.Dropped.OrderByDescending(d => d.Value.Documents))
            {
                page.Append(CultureInfo.InvariantCulture, $"<details><summary><b>{Text(reason)}</b> <span class=\"soft\">{Text(step.Id)}, {Figures.Count(amount.Documents, "document")}</span></summary>");
                Documents(page, samples.Dropped(step.Id, reason));
                page.Append("</details>");
            }
        }
    }

    private static void Documents(StringBuilder page, IEnumerable<SampledDocument> documents)
    {
        page.Append("<div class=\"docs\">");
        foreach (var document in documents) Card(page, document, Text(document.Text), null);
        page.Append("</div>");
    }

    private static void Card(StringBuilder page, SampledDocument document, string html, string? tag) => page.Append(CultureInfo.InvariantCulture,
        $"<div class=\"doc\"><p>{(tag is null ? "" : $"<span class=\"tag\">{tag}</span> ")}{Text(document.Id)}</p><pre tabindex=\"0\">{html}{(document.IsCut ? "<span class=\"soft\"> [goes on]</span>" : "")}</pre></div>");

    /// <summary>A text with its words that another one does not have between marks.</summary>
    private static string Marked(string text, HashSet<string> known)
    {
        var html = new StringBuilder(text.Length + 64);
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            var isSpace = char.IsWhiteSpace(text[at]);
            while (at < text.Length && char.IsWhiteSpace(text[at]) == isSpace) at++;
            var piece = text[start..at];
            html.Append(isSpace || known.Contains(piece) ? Text(piece) : $"<mark>{Text(piece)}</mark>");
        }

        return html.ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text.Replace('\0', '\uFFFD'));
}
