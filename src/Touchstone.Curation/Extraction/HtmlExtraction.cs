using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Touchstone.Curation.Extraction;

/// <summary>Takes the main text out of a page of HTML, with what the page says of itself.</summary>
/// <remarks>
/// The document is AngleSharp's (HTML Living Standard); the choice of the text is our own in the line of readability and trafilatura, whose rules and words are named where they are
/// used. Three passes from strict to lax are tried until one finds enough. No page runs longer than <see cref="ExtractionOptions.TimeLimit"/>, nests deeper than
/// <see cref="ExtractionOptions.MaxDepth"/> or has more nodes than <see cref="ExtractionOptions.MaxNodes"/>; nothing here calls itself.
/// </remarks>
public static class HtmlExtraction
{
    private const int EnoughCharacters = 250; // trafilatura's min_extracted_size

    private static readonly PassRules[] s_passes = [PassRules.All, PassRules.Weights | PassRules.Clean, PassRules.Clean, PassRules.None];

    /// <summary>Takes out the main text. Never throws for what a page holds: see <see cref="ExtractedPage.Failure"/>.</summary>
    /// <param name="html">The page, already decoded.</param>
    /// <param name="options">Limits, and the page's address; null is their defaults.</param>
    public static ExtractedPage Extract(string html, ExtractionOptions? options = null)
    {
        options ??= new();
        if (html.Length > options.MaxCharacters) return Failed("extraction_too_large");
        try
        {
            return Extract(html, options, new PageDeadline(options));
        }
        catch (PageLimitException limit)
        {
            return Failed(limit.Message);
        }
    }

    private static ExtractedPage Failed(string reason) => new("", null, null, null, []) { Failure = reason };

    private static ExtractedPage Extract(string html, ExtractionOptions options, PageDeadline deadline)
    {
        using var document = Parse(NestingGuard.Flatten(html, options.MaxDepth), deadline);
        var linked = LinkedData.Of(document);
        var title = PageMetadata.Title(document, linked);
        var (text, links) = document.Body is { } body ? MainText(PageTree.Flatten(body, deadline), title, options, deadline) : ("", []);
        if (linked.Body is { } article && CodePoints(article) > EnoughCharacters && CodePoints(text) < CodePoints(article) / 2) (text, links) = (article, []);

        var failure = CodePoints(text) < options.MinCharacters ? "extraction_empty" : null;
        return new(failure is null ? text : "", title, PageMetadata.Language(document), PageMetadata.Date(document, linked, options.Address), failure is null ? links : [])
        {
            Failure = failure,
        };
    }

    private static IHtmlDocument Parse(string html, PageDeadline deadline) =>
        new HtmlParser(new HtmlParserOptions { OnCreated = (_, _) => deadline.Count() }).ParseDocument(html);

    private static (string Text, IReadOnlyList<PageLink> Links) MainText(List<PageNode> nodes, string? title, ExtractionOptions options, PageDeadline deadline)
    {
        var (best, links) = ("", (IReadOnlyList<PageLink>)[]);
        foreach (var rules in s_passes)
        {
            deadline.Check();
            var pass = new PagePass(nodes, rules, deadline);
            var chosen = MainContent.Choose(pass);
            if (chosen.Count == 0) continue;
            ContentCleaning.Clean(pass, chosen, title);
            var text = PageText.Write(pass, chosen);
            if (text.Length > best.Length) (best, links) = (text, Links(pass, chosen, options.Address));
            if (CodePoints(best) >= EnoughCharacters) break;
        }

        return (best, links);
    }

    private static List<PageLink> Links(PagePass pass, List<int> chosen, Uri? address)
    {
        var links = new List<PageLink>();
        foreach (var root in chosen)
        {
            for (var i = root; i < pass.Nodes[root].End; i++)
            {
                if (pass.IsOut(i) || pass.Nodes[i].Address is not { Length: > 0 } target || target.StartsWith('#') || target.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)) continue;
                links.Add(new(address is not null && Uri.TryCreate(address, target, out var absolute) ? absolute.AbsoluteUri : target, PageText.Line(pass, i)));
            }
        }

        return links;
    }

    private static int CodePoints(string text)
    {
        var low = 0;
        foreach (var unit in text)
            if (char.IsLowSurrogate(unit)) low++;
        return text.Length - low;
    }
}
