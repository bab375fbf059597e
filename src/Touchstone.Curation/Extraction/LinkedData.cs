using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Touchstone.Curation.Extraction;

/// <summary>What a page says of its article as linked data (JSON-LD with the words of schema.org).</summary>
internal sealed partial class LinkedData
{
    private const int MaxScripts = 20;
    private const int MaxCharacters = 1 << 20;

    public string? Headline { get; private set; }

    public string? Published { get; private set; }

    /// <summary>The text of the article, its paragraphs as lines.</summary>
    public string? Body { get; private set; }

    public static LinkedData Of(IDocument document)
    {
        var found = new LinkedData();
        var looked = 0;
        foreach (var script in document.Scripts)
        {
            if (!string.Equals(script.Type, "application/ld+json", StringComparison.OrdinalIgnoreCase)) continue;
            if (++looked > MaxScripts) break;
            if (script.Text.Length <= MaxCharacters) found.Read(script.Text);
        }

        return found;
    }

    private void Read(string json)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 });
            var open = new Stack<JsonElement>();
            open.Push(parsed.RootElement);
            while (open.TryPop(out var element))
            {
                if (element.ValueKind == JsonValueKind.Array)
                {
                    foreach (var item in element.EnumerateArray()) open.Push(item);
                }
                else if (element.ValueKind == JsonValueKind.Object)
                {
                    Take(element);
                    if (element.TryGetProperty("@graph", out var graph)) open.Push(graph);
                    if (element.TryGetProperty("mainEntity", out var entity)) open.Push(entity);
                }
            }
        }
        catch (JsonException)
        {
            // Many pages write it by hand and wrongly; the page's own elements say the same.
        }
    }

    private void Take(JsonElement element)
    {
        Headline ??= Text(element, "headline");
        Published ??= Text(element, "datePublished") ?? Text(element, "dateCreated");
        if (Text(element, "articleBody") is { } body && body.Length > (Body?.Length ?? 0)) Body = Plain(body);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    // Some write markup or character references into it.
    private static string Plain(string body)
    {
        var marked = Breaks().Replace(body, "\n");
        if (marked.AsSpan().ContainsAny('<', '&')) marked = new HtmlParser().ParseDocument(marked).Body?.TextContent ?? "";
        return Blank().Replace(marked, "\n").Trim();
    }

    [GeneratedRegex("</p>|<br */?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Breaks();

    [GeneratedRegex(@"[ \t\r]*\n[ \t\r]*")]
    private static partial Regex Blank();
}
