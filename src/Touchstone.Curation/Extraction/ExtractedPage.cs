namespace Touchstone.Curation.Extraction;

/// <summary>What a page of HTML holds.</summary>
/// <param name="Text">The main text: one line for each paragraph, heading, list item (after a hyphen and a blank) and table row (cells parted by bars), blank lines between blocks.</param>
/// <param name="Title">What the page is called; null where it does not say.</param>
/// <param name="Language">The language that the page says it is in, as in BCP 47 (<c>en</c>, <c>pt-BR</c>); null where it does not say.</param>
/// <param name="Date">The day the page says it was published; null where it does not say.</param>
/// <param name="Links">The links of the main text in their order.</param>
public sealed record ExtractedPage(string Text, string? Title, string? Language, DateOnly? Date, IReadOnlyList<PageLink> Links)
{
    /// <summary>Why there is no text: <c>extraction_empty</c>, <c>extraction_timeout</c> or <c>extraction_too_large</c>; null where there is one.</summary>
    public string? Failure { get; init; }
}

/// <summary>A link of a main text.</summary>
/// <param name="Address">Where it leads: absolute where the page's own address is known, else as the page writes it.</param>
/// <param name="Text">The words that it stands on.</param>
public sealed record PageLink(string Address, string Text);
