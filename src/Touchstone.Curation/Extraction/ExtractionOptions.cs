using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Extraction;

/// <summary>Bounds of extraction, and what a page is known by.</summary>
public sealed record ExtractionOptions
{
    /// <summary>The most time for one page. A page that needs more is dropped as <c>extraction_timeout</c>: the other limits stop nearly every such page before, and those depend on the page alone.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest page, in UTF-16 units; a longer one is dropped as <c>extraction_too_large</c>.</summary>
    [ParameterRange(1)]
    public int MaxCharacters { get; init; } = 16 << 20;

    /// <summary>The most elements and texts of a page; a page with more is dropped as <c>extraction_too_large</c>.</summary>
    [ParameterRange(1)]
    public int MaxNodes { get; init; } = 500_000;

    /// <summary>The deepest nesting of elements. Deeper ones become neighbours instead of children, as in browsers (512 in Chromium).</summary>
    [ParameterRange(1)]
    public int MaxDepth { get; init; } = 512;

    /// <summary>The fewest code points of a main text; a page with less is dropped as <c>extraction_empty</c>.</summary>
    public int MinCharacters { get; init; } = 1;

    /// <summary>Address of the page, for a date in its path and for links; null where it is unknown.</summary>
    public Uri? Address { get; init; }

    /// <summary>What tells the time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
