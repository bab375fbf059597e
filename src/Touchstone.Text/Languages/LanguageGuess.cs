namespace Touchstone.Text.Languages;

/// <summary>What language a text is in.</summary>
/// <param name="Language">Code as in ISO 639, of two letters where there are two; <c>und</c> where the text has no letters of a known script.</param>
/// <param name="Probability">How sure that is, from 0 to 1; 0 for <c>und</c>.</param>
public readonly record struct LanguageGuess(string Language, double Probability)
{
    /// <summary>No language could be told.</summary>
    public static LanguageGuess Undetermined => new("und", 0);
}
