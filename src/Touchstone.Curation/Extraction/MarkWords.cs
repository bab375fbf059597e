using System.Buffers;

namespace Touchstone.Curation.Extraction;

/// <summary>Words in classes and ids that tell what the makers of pages use an element for.</summary>
/// <remarks>
/// From mozilla/readability (<c>Readability.js</c>, Apache-2.0: unlikely candidates, perhaps candidates, positive, negative, share) and adbar/trafilatura (<c>xpaths.py</c>,
/// Apache-2.0: overall discards). They are looked for anywhere in the words, in any case.
/// </remarks>
internal static class MarkWords
{
    private static readonly SearchValues<string> s_unlikely = Words(
        "-ad-", "ai2html", "banner", "breadcrumb", "combx", "comment", "community", "cover-wrap", "disqus", "extra", "footer", "gdpr", "header", "legends", "menu", "related", "remark",
        "replies", "rss", "shoutbox", "sidebar", "skyscraper", "social", "sponsor", "supplemental", "ad-break", "agegate", "pagination", "pager", "popup", "yom-remote", "newsletter",
        "cookie", "consent", "outbrain", "taboola", "subnav", "navbar", "navigation", "menubar", "complementary", "alertdialog");

    private static readonly SearchValues<string> s_perhaps = Words("and", "article", "body", "column", "content", "main", "mathjax", "shadow");

    private static readonly SearchValues<string> s_positive = Words("article", "body", "content", "entry", "main", "page", "post", "text", "blog", "story");

    private static readonly SearchValues<string> s_negative = Words(
        "-ad-", "hidden", "banner", "combx", "comment", "com-", "contact", "footer", "gdpr", "masthead", "media", "meta", "outbrain", "promo", "related", "scroll", "share", "shoutbox",
        "sidebar", "skyscraper", "sponsor", "shopping", "tags", "widget");

    // Within what was found to be the main text: these parts are never of it.
    private static readonly SearchValues<string> s_debris = Words(
        "share", "sharing", "social", "newsletter", "related", "taglist", "tag-list", "post-tags", "tags-links", "breadcrumb", "byline", "author-bio", "authorbox", "author-box", "outbrain", "taboola",
        "subscribe", "most-popular", "side-stories", "recommended", "read-more", "readmore", "post-nav", "pagination", "jp-post-flair", "disqus", "comment", "cookie", "paywall", "promo", "advert",
        "noprint", "no-print", "entry-meta", "post-meta", "timestamp", "signup", "sign-up", "print-only");

    private static readonly SearchValues<string> s_byline = Words("byline", "author", "dateline", "writtenby", "p-author");

    public static bool AreUnlikely(string marks) => marks.Length > 0 && Contains(marks, s_unlikely) && !Contains(marks, s_perhaps);

    public static bool AreDebris(string marks) => marks.Length > 0 && Contains(marks, s_debris);

    public static bool AreByline(string marks) => marks.Length > 0 && Contains(marks, s_byline);

    /// <summary>25 for words of main texts, -25 for words of other parts, 0 for both or none.</summary>
    public static int Weight(string marks) => marks.Length == 0 ? 0 : (Contains(marks, s_positive) ? 25 : 0) - (Contains(marks, s_negative) ? 25 : 0);

    private static bool Contains(string marks, SearchValues<string> words) => marks.AsSpan().ContainsAny(words);

    private static SearchValues<string> Words(params ReadOnlySpan<string> words) => SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);
}
