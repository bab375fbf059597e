using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Touchstone.Curation.Extraction;

/// <summary>Title, language and date as a page states them.</summary>
internal static partial class PageMetadata
{
    // What pages in use name the day of publication, best first (adbar/htmldate, DATE_ATTRIBUTES, Apache-2.0).
    private static readonly string[] s_dateNames =
    [
        "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "dcterms.created",
        "publishdate", "publish_date", "pubdate", "publication_date", "date_published", "parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date", "created", "bt:pubdate",
    ];

    // Between the name of a page and that of its site.
    private static readonly string[] s_separators = [" | ", " - ", " – ", " — ", " · ", " » ", " :: "];

    public static string? Title(IDocument document, LinkedData linked)
    {
        var heading = OnlyHeading(document);
        if (Meta(document, "og:title") is { } shared) return shared;
        if (linked.Headline is { } headline) return Clean(headline);
        if (Clean(document.Title) is not { } title) return heading;
        if (heading is not null && title.StartsWith(heading, StringComparison.OrdinalIgnoreCase)) return heading;
        foreach (var separator in s_separators)
        {
            var cut = title.LastIndexOf(separator, StringComparison.Ordinal);
            if (cut > title.Length / 2) return title[..cut].Trim();
        }

        return title;
    }

    private static string? OnlyHeading(IDocument document)
    {
        var headings = document.GetElementsByTagName("h1");
        return headings.Length == 1 ? Clean(headings[0].TextContent) : null;
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : Space().Replace(text, " ").Trim();

    /// <summary>The language that the page names, with its parts in the usual letters: <c>pt-BR</c>.</summary>
    public static string? Language(IDocument document)
    {
        var named = document.DocumentElement?.GetAttribute("lang") ?? document.DocumentElement?.GetAttribute("xml:lang");
        foreach (var candidate in new[] { named, Meta(document, "content-language"), Meta(document, "og:locale"), Meta(document, "language"), document.Body?.GetAttribute("lang") })
        {
            if (candidate is null || LanguageTag().Match(candidate.Trim()) is not { Success: true } match) continue;
            var language = match.Groups["language"].Value.ToLowerInvariant();
            return match.Groups["region"] is { Success: true } region ? $"{language}-{region.Value.ToUpperInvariant()}" : language;
        }

        return null;
    }

    /// <summary>The day of publication by the page's own word: its metadata, its first time element, or a day in its address.</summary>
    public static DateOnly? Date(IDocument document, LinkedData linked, Uri? address)
    {
        foreach (var name in s_dateNames)
            if (Day(Meta(document, name)) is { } stated) return stated;
        if (Day(linked.Published) is { } published) return published;
        foreach (var time in document.GetElementsByTagName("time"))
            if (Day(time.GetAttribute("datetime")) is { } day) return day;
        var canonical = Canonical(document);
        return InPath(address?.AbsolutePath) ?? InPath(canonical);
    }

    private static string? Canonical(IDocument document)
    {
        foreach (var link in document.GetElementsByTagName("link"))
            if (string.Equals(link.GetAttribute("rel"), "canonical", StringComparison.OrdinalIgnoreCase)) return link.GetAttribute("href");
        return null;
    }

    private static DateOnly? Day(string? text)
    {
        if (text is null || FullDay().Match(text) is not { Success: true } match) return null;
        return Day(match.Groups["year"].ValueSpan, match.Groups["month"].ValueSpan, match.Groups["day"].ValueSpan);
    }

    private static DateOnly? InPath(string? path)
    {
        if (path is null || PathDay().Match(path) is not { Success: true } match) return null;
        return Day(match.Groups["year"].ValueSpan, match.Groups["month"].ValueSpan, match.Groups["day"].ValueSpan);
    }

    private static DateOnly? Day(ReadOnlySpan<char> year, ReadOnlySpan<char> month, ReadOnlySpan<char> day) =>
        DateOnly.TryParseExact($"{year}-{month}-{day}", "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1990 and < 2100 ? date : null;

    private static string? Meta(IDocument document, string name)
    {
        foreach (var meta in document.GetElementsByTagName("meta"))
        {
            var key = meta.GetAttribute("property") ?? meta.GetAttribute("name") ?? meta.GetAttribute("http-equiv") ?? meta.GetAttribute("itemprop");
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase) && Clean(meta.GetAttribute("content")) is { } content) return content;
        }

        return null;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"^(?<language>[A-Za-z]{2,3})(?:[-_](?:[A-Za-z]{4}[-_])?(?<region>[A-Za-z]{2}))?(?![A-Za-z])")]
    private static partial Regex LanguageTag();

    [GeneratedRegex(@"(?<!\d)(?<year>\d{4})[-/.]?(?<month>\d{2})[-/.]?(?<day>\d{2})")]
    private static partial Regex FullDay();

    [GeneratedRegex(@"/(?<year>(?:19|20)\d{2})[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})(?!\d)")]
    private static partial Regex PathDay();
}
