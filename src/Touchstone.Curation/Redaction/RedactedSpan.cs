namespace Touchstone.Curation.Redaction;

/// <summary>A part of a text that names a person or opens a door, and must not stay.</summary>
/// <param name="Start">First UTF-16 unit.</param>
/// <param name="Length">Number of UTF-16 units.</param>
/// <param name="Type">One of <see cref="RedactionTypes"/>.</param>
public readonly record struct RedactedSpan(int Start, int Length, string Type)
{
    /// <summary>First UTF-16 unit behind it.</summary>
    public int End => Start + Length;
}
