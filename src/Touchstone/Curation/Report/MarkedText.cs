using System.Net;
using System.Text;
using Touchstone.Curation.Reports;

namespace Touchstone.Curation.Report;

/// <summary>Texts of documents as HTML.</summary>
internal static class MarkedText
{
    /// <summary>A text that says nothing to the browser.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text.Replace('\0', '\uFFFD'));

    /// <summary>A text with some of its ranges between marks.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ranges">What is marked, in any order; ranges may overlap.</param>
    /// <param name="element">The element of a mark: <c>mark</c>, <c>ins</c> or <c>del</c>.</param>
    public static string Html(string text, IReadOnlyList<ReportSpan> ranges, string element = "mark")
    {
        var (html, at) = (new StringBuilder(text.Length + 64), 0);
        foreach (var range in ranges.OrderBy(r => r.Start))
        {
            var (start, end) = (Math.Max(range.Start, at), Math.Min(range.Start + range.Length, text.Length));
            if (end <= start) continue;
            html.Append(Escape(text[at..start])).Append('<').Append(element).Append('>').Append(Escape(text[start..end])).Append("</").Append(element).Append('>');
            at = end;
        }

        return html.Append(Escape(text[at..])).ToString();
    }
}
