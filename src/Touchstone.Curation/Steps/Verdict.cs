namespace Touchstone.Curation.Steps;

/// <summary>What a step decided on a document.</summary>
public readonly record struct Verdict
{
    /// <summary>The reason of documents whose text a step edited until nothing was left.</summary>
    public const string NothingLeft = "nothing_left";

    private Verdict(string? reason, string? text)
    {
        Reason = reason;
        Text = text;
    }

    /// <summary>The document stays as it is.</summary>
    public static Verdict Kept => default;

    /// <summary>Stable snake_case name of the rule that the document falls by; null where it stays.</summary>
    public string? Reason { get; }

    /// <summary>The text that takes the place of the document's; null where it stays as it was.</summary>
    public string? Text { get; }

    /// <summary>True where the document leaves the corpus.</summary>
    public bool IsDropped => Reason is not null;

    /// <summary>The document leaves the corpus.</summary>
    /// <param name="reason">Stable snake_case name of the rule.</param>
    public static Verdict Dropped(string reason) => new(reason, null);

    /// <summary>The document stays with another text, or leaves by <see cref="NothingLeft"/> where that is empty.</summary>
    public static Verdict Edited(string text) => text.Length == 0 ? Dropped(NothingLeft) : new(null, text);
}
