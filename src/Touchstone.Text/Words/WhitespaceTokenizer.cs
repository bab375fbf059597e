using Touchstone.Text.Unicode;

namespace Touchstone.Text.Words;

/// <summary>Splits text at white space, as Python's <c>str.split()</c> does; what many filters mean by words. Belongs to one thread.</summary>
public sealed class WhitespaceTokenizer
{
    /// <summary>The words met so far, by their numbers.</summary>
    public Lexicon Lexicon { get; } = new();

    /// <summary>Splits a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">Takes the words; what it held is forgotten. Numbers that other lists hold lose their meaning when <see cref="Lexicon.Generation"/> changed.</param>
    public void Split(ReadOnlySpan<char> text, WordList words)
    {
        if (Lexicon.IsFull) Lexicon.Clear();
        words.Clear();
        for (var index = 0; ;)
        {
            while (index < text.Length && PythonCharacters.IsSpace(text[index])) index++;
            if (index >= text.Length) return;
            var (start, hash) = (index, Lexicon.HashSeed);
            do
            {
                hash = Lexicon.HashStep(hash, text[index]);
                index++;
            }
            while (index < text.Length && !PythonCharacters.IsSpace(text[index]));
            words.Add(start, index - start, Lexicon.Number(text[start..index], hash));
        }
    }
}
