using System.Buffers;
using System.Text;

namespace Touchstone.Curation.Extraction;

/// <summary>
/// Takes out the tags of elements nested deeper than a limit before a page is parsed. A parser of HTML looks through all open elements at nearly every tag, so that a page of a
/// hundred thousand nested elements costs the square of it; browsers bound the depth for the same reason.
/// </summary>
internal static class NestingGuard
{
    // Elements without content, and those whose end tag may be left out: they close one another and do not nest by being left open.
    private static readonly HashSet<string> s_unnested = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "frame", "keygen", "basefont", "bgsound",
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "option", "optgroup", "rp", "rt", "html", "head", "body",
    };

    // Elements whose content is text up to their end tag.
    private static readonly string[] s_raw = ["script", "style", "textarea", "title", "xmp"];

    private static readonly SearchValues<char> s_nameEnds = SearchValues.Create(" \t\r\n\f/>");

    /// <summary>The page with at most the given depth of open elements; the same object where it had no more.</summary>
    public static string Flatten(string html, int maxDepth)
    {
        StringBuilder? edited = null;
        var (depth, skipped, copied) = (0, 0, 0);
        var names = s_unnested.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = html.IndexOf('<'); i >= 0; i = Next(html, i))
        {
            var isEnd = i + 1 < html.Length && html[i + 1] == '/';
            var name = Name(html.AsSpan(isEnd ? i + 2 : i + 1));
            if (name.Length == 0)
            {
                i = AfterMarkup(html, i);
                continue;
            }

            var end = TagEnd(html, i);
            if (!isEnd && IsRaw(name))
            {
                i = AfterRaw(html, end, name);
                continue;
            }

            if (!names.Contains(name) && (isEnd || html[end - 2] != '/'))
            {
                var goes = isEnd ? skipped > 0 : depth >= maxDepth;
                if (isEnd && goes) skipped--;
                else if (isEnd) depth = Math.Max(0, depth - 1);
                else if (goes) skipped++;
                else depth++;
                if (goes)
                {
                    (edited ??= new(html.Length)).Append(html, copied, i - copied);
                    copied = end;
                }
            }

            i = end - 1;
        }

        return edited is null ? html : edited.Append(html, copied, html.Length - copied).ToString();
    }

    private static int Next(string html, int i) => i + 1 >= html.Length ? -1 : html.IndexOf('<', i + 1);

    private static ReadOnlySpan<char> Name(ReadOnlySpan<char> tag)
    {
        if (tag.Length == 0 || !char.IsAsciiLetter(tag[0])) return [];
        var end = tag.IndexOfAny(s_nameEnds);
        return end < 0 ? tag : tag[..end];
    }

    // Behind a comment or declaration, on its last sign.
    private static int AfterMarkup(string html, int start)
    {
        if (!html.AsSpan(start).StartsWith("<!--")) return start;
        var end = html.IndexOf("-->", start + 4, StringComparison.Ordinal);
        return end < 0 ? html.Length - 1 : end + 2; // a comment that nothing ends takes the rest of the page
    }

    // Behind the tag; signs of greater-than within quotation marks do not end it.
    private static int TagEnd(string html, int start)
    {
        var i = start + 1;
        while (i < html.Length)
        {
            var next = html.AsSpan(i).IndexOfAny('>', '"', '\'');
            if (next < 0) return html.Length;
            i += next;
            if (html[i] == '>') return i + 1;
            var quote = html[i - 1] is '=' or ' ' ? html.IndexOf(html[i], i + 1) : i;
            if (quote < 0) return html.IndexOf('>', i) is >= 0 and var plain ? plain + 1 : html.Length;
            i = quote + 1;
        }

        return html.Length;
    }

    private static bool IsRaw(ReadOnlySpan<char> name)
    {
        foreach (var raw in s_raw)
            if (name.Equals(raw, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static int AfterRaw(string html, int from, ReadOnlySpan<char> name)
    {
        for (var i = from; i < html.Length; i += 2)
        {
            var next = html.AsSpan(i).IndexOf("</");
            if (next < 0) break;
            i += next;
            if (html.AsSpan(i + 2).StartsWith(name, StringComparison.OrdinalIgnoreCase)) return i + 1;
        }

        return html.Length - 1;
    }
}
