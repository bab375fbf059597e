namespace Touchstone.Formats.Texts;

/// <summary>Names of questions about a whole text where formats have a place for answers and no name for the question.</summary>
internal static class TextAnswers
{
    /// <summary>The categories of a text, or the texts that answer it: doccano's <c>label</c>, spaCy's <c>cats</c>.</summary>
    public const string Label = "label";
}
