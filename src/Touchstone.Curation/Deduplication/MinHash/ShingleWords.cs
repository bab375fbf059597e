namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>The words that shingles are made of.</summary>
internal static class ShingleWords
{
    /// <summary>Appends the words of a simplified text.</summary>
    public static void Split(ReadOnlySpan<char> text, ShingleText words)
    {
        foreach (var part in text.Split(' '))
            if (part.End.Value > part.Start.Value) words.Append(text[part]);
    }
}
