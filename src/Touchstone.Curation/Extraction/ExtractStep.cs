using System.Globalization;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Extraction;

/// <summary>
/// Takes the main text out of documents whose text is a page of HTML. What the page says of itself is written among the findings as <c>title</c>, <c>html_language</c> and <c>date</c>.
/// Drops as <c>extraction_empty</c>, <c>extraction_timeout</c> and <c>extraction_too_large</c>.
/// </summary>
public sealed class ExtractStep(ExtractionOptions options) : DocumentStep
{
    /// <inheritdoc/>
    public override string Id => "extract@touchstone-1";

    /// <inheritdoc/>
    public override Verdict Judge(Document document, WorkingText text)
    {
        var page = HtmlExtraction.Extract(text.Text, options.Address is null && Address(document) is { } address ? options with { Address = address } : options);
        if (page.Failure is { } failure) return Verdict.Dropped(failure);

        var findings = document.Findings ??= [];
        if (page.Title is { } title) findings["title"] = title;
        if (page.Language is { } language) findings["html_language"] = language;
        if (page.Date is { } date) findings["date"] = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Verdict.Edited(page.Text);
    }

    // Records of web archives and most corpora name it so.
    private static Uri? Address(Document document) =>
        Uri.TryCreate(RecordMembers.Text(document, "url"), UriKind.Absolute, out var address) ? address : null;
}
