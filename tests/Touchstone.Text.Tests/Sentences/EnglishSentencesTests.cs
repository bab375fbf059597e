using Touchstone.Text.Sentences;
using Touchstone.Text.Words;

namespace Touchstone.Text.Tests.Sentences;

public sealed class EnglishSentencesTests
{
    /// <summary>Pieces as spaCy's sentencizer and datatrove's cutting give them; the bar parts them.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("   ", "   ")]
    [InlineData("One. Two", "One.| Two")]
    [InlineData("Hello.  World", "Hello.|  World")]
    [InlineData("Hello.\n", "Hello.|\n")]
    [InlineData("Hello. ", "Hello. ")]
    [InlineData("\"Why?\" she asked. (Yes.) No", "\"Why?\"| she asked. (|Yes.)| No")]
    [InlineData("Wait... what?! Ok", "Wait... what?!| Ok")]
    [InlineData("今日は。 明日", "今日は。| 明日")]
    public void Text_is_cut_behind_terminal_marks(string text, string expected)
    {
        WordList words = new();
        new EnglishTokenizer().Split(text, words);
        List<int> ends = [];
        EnglishSentences.Ends(text, words, ends);
        Assert.Equal(expected.Split('|'), ends.Select((end, i) => text[(i == 0 ? 0 : ends[i - 1])..end]));
        Assert.Equal(ends.Count, EnglishSentences.Count(text, words));
    }

    [Fact]
    public void A_line_counts_for_itself()
    {
        const string text = "One. Two.\nThree. Four. Five\nSix";
        WordList words = new();
        new EnglishTokenizer().Split(text, words);
        var second = text.IndexOf("Three", StringComparison.Ordinal);
        Assert.Equal(3, EnglishSentences.CountPart(text, words, 4, 5, second, "Three. Four. Five".Length));
    }
}
