namespace Touchstone.Curation.Extraction;

/// <summary>An element or a text of a page, in the order of the page.</summary>
internal sealed class PageNode
{
    /// <summary>Name of an element in small letters; empty for a text.</summary>
    public required string Name { get; init; }

    public TagTraits Traits { get; init; }

    /// <summary>The text; empty for an element.</summary>
    public string Text { get; init; } = "";

    /// <summary>Class, id and role of an element, one blank between.</summary>
    public string Marks { get; init; } = "";

    /// <summary>Where a link leads; null for all but links.</summary>
    public string? Address { get; init; }

    /// <summary>True where the page hides the element.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Index of the element around it; -1 for the first.</summary>
    public int Parent { get; init; }

    /// <summary>Index behind the last node within it.</summary>
    public int End { get; set; }

    public bool IsText => Name.Length == 0;

    public bool Is(TagTraits trait) => (Traits & trait) != 0;
}
