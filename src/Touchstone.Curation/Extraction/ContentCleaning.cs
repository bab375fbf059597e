namespace Touchstone.Curation.Extraction;

/// <summary>Takes out of the chosen elements what stands among the main text without being of it: lists of links, boxes to share and subscribe, small tables for layout.</summary>
/// <remarks>mozilla/readability (<c>_prepArticle</c>, <c>_cleanConditionally</c>, Apache-2.0).</remarks>
internal static class ContentCleaning
{
    private const int MaxDebrisLength = 500;     // a longer element with such a class holds more than its name says
    private const int ManyCommas = 10;
    private const int ListItemsAllowed = 100;
    private const double LinksAllowed = 0.2;
    private const double LinksAllowedInContent = 0.5;
    private const int ShortText = 25;

    public static void Clean(PagePass pass, List<int> chosen, string? title)
    {
        foreach (var root in chosen)
        {
            for (var i = root; i < pass.Nodes[root].End; i++)
            {
                var node = pass.Nodes[i];
                if (pass.IsOut(i) || node.IsText) continue;
                if (i != root && (IsDebris(pass, i, node) || IsTitle(pass, i, node, title))) pass.Remove(i);
            }
        }

        pass.Measure();
        if (!pass.Has(PassRules.Clean)) return;
        // From the inside out: what is left of an element without its own debris is judged.
        foreach (var root in chosen)
        {
            for (var i = pass.Nodes[root].End - 1; i > root; i--)
            {
                if (pass.IsOut(i) || pass.Nodes[i].IsText) continue;
                pass.Deadline.Check();
                if (IsClutter(pass, i, pass.Nodes[i])) pass.Remove(i);
            }
        }

        pass.Measure();
    }

    private static bool IsDebris(PagePass pass, int i, PageNode node)
    {
        if (node.Is(TagTraits.Aside)) return true;
        if (node.Name is "body" or "main" or "article" || pass.Length(i) >= MaxDebrisLength) return false;
        return MarkWords.AreDebris(node.Marks) || (pass.Has(PassRules.Unlikely) && MarkWords.AreByline(node.Marks));
    }

    private static bool IsTitle(PagePass pass, int i, PageNode node, string? title)
    {
        if (node.Name == "h1") return true;
        return title is not null && node.Is(TagTraits.Heading) && title.StartsWith(PageText.Line(pass, i), StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsClutter(PagePass pass, int i, PageNode node)
    {
        var isList = node.Is(TagTraits.List);
        if (!isList && node.Name is not ("div" or "section" or "form" or "fieldset" or "table" or "header")) return false;
        if (node.Name == "table" && IsData(pass, i)) return false;
        if (pass.Weight(i) < 0) return true;
        if (pass.Commas(i) >= ManyCommas) return false;

        var held = Held(pass, i);
        isList |= held.ListLength > 0.9 * pass.Length(i);
        var links = pass.LinkDensity(i);
        if (!isList && held.Items > held.Paragraphs + ListItemsAllowed) return true;
        if (!isList && pass.Length(i) < ShortText && held.HeadingLength < 0.9 * pass.Length(i)) return true;
        return pass.Weight(i) < 25 ? !isList && links > LinksAllowed || links > LinksAllowedInContent : links > LinksAllowedInContent;
    }

    private static (int Paragraphs, int Items, int ListLength, int HeadingLength) Held(PagePass pass, int node)
    {
        var (paragraphs, items, lists, headings) = (0, 0, 0, 0);
        for (var i = node + 1; i < pass.Nodes[node].End; i++)
        {
            if (pass.IsOut(i)) continue;
            var child = pass.Nodes[i];
            if (child.Name == "p") paragraphs++;
            else if (child.Name == "li") items++;
            else if (child.Is(TagTraits.Heading)) headings += pass.Length(i);
            else if (child.Name is "ul" or "ol" && !pass.Nodes[child.Parent].Is(TagTraits.List) && pass.Nodes[child.Parent].Name != "li") lists += pass.Length(i);
        }

        return (paragraphs, items, lists, headings);
    }

    // A table of data has a caption, a head, or header cells; one for layout holds other blocks in few cells (mozilla/readability, _markDataTables).
    private static bool IsData(PagePass pass, int table)
    {
        var (rows, cells) = (0, 0);
        for (var i = table + 1; i < pass.Nodes[table].End; i++)
        {
            switch (pass.Nodes[i].Name)
            {
                case "table": return false;
                case "caption" or "thead" or "tfoot" or "th" or "col" or "colgroup": return true;
                case "tr": rows++; break;
                case "td": cells++; break;
            }
        }

        return rows > 1 && cells / rows > 1 && (rows >= 10 || cells / rows > 4 || cells > 10);
    }
}
