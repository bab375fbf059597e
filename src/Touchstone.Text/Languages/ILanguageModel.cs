namespace Touchstone.Text.Languages;

/// <summary>A model that gives the probability of each of its languages for a text.</summary>
public interface ILanguageModel
{
    /// <summary>Codes of its languages, in order.</summary>
    IReadOnlyList<string> Languages { get; }

    /// <summary>The probability of every language.</summary>
    /// <param name="text">The text.</param>
    /// <param name="probabilities">One for each of <see cref="Languages"/>, from 0 to 1.</param>
    /// <returns>False where nothing can be told of the text; the probabilities are 0 then.</returns>
    /// <exception cref="ArgumentException">There are not as many places as languages.</exception>
    bool TryScore(ReadOnlySpan<char> text, Span<float> probabilities);
}
