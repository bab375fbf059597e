namespace Touchstone.Text.Words;

/// <summary>Splits text into words by the rules of a language or of Unicode. Belongs to one thread.</summary>
public interface IWordSplitter
{
    /// <summary>The words met so far, by their numbers.</summary>
    Lexicon Lexicon { get; }

    /// <summary>Splits a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">Takes the words; what it held is forgotten. Numbers that other lists hold lose their meaning when <see cref="Lexicon.Generation"/> changed.</param>
    void Split(ReadOnlySpan<char> text, WordList words);

    /// <summary>Splits a part of a text for itself and keeps the numbers of earlier words valid, however many there are.</summary>
    void SplitPart(ReadOnlySpan<char> text, WordList words);
}
