namespace Touchstone.Text.Words;

/// <summary>Which splitter serves which language.</summary>
public static class WordSplitters
{
    /// <summary>A splitter for one thread: spaCy's rules for English, word boundaries of Unicode for every other language.</summary>
    /// <param name="language">Language code such as <c>en</c>, <c>eng</c> or <c>de-AT</c>.</param>
    public static IWordSplitter For(string language) => language.Split('-', '_')[0].ToLowerInvariant() is "en" or "eng" ? new EnglishTokenizer() : new UnicodeTokenizer();
}
