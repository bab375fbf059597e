using FsCheck;
using FsCheck.Fluent;
using Touchstone.Text.Words;

namespace Touchstone.Text.Tests.Words;

public sealed class UnicodeTokenizerTests
{
    /// <summary>Boundaries as in UAX #29, its table of examples and Unicode's WordBreakTest.txt; the bar parts words, white space is left out.</summary>
    [Theory]
    [InlineData("The quick (“brown”) fox can’t jump 32.3 feet, right?", "The|quick|(|“|brown|”|)|fox|can’t|jump|32.3|feet|,|right|?")]
    [InlineData("can't a.b a:b 3,456.789 3a a3_x", "can't|a.b|a:b|3,456.789|3a|a3_x")]
    [InlineData("a.1 1.a 1..2 a..b", "a|.|1|1|.|a|1|.|.|2|a|.|.|b")]
    [InlineData("Straße e\u0301tude naïve\u00ADly", "Straße|e\u0301tude|naïve\u00ADly")]
    [InlineData("漢字かなカタカナ", "漢|字|か|な|カタカナ")]
    [InlineData("ไทย", "ไ|ท|ย")]
    [InlineData("한국어 세계", "한국어|세계")]
    [InlineData("צה\"ל ש' א\"", "צה\"ל|ש'|א|\"")]
    [InlineData("\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7", "\U0001F1E9\U0001F1EA|\U0001F1EB\U0001F1F7")]
    [InlineData("\U0001F469\u200D\U0001F4BB!", "\U0001F469\u200D\U0001F4BB|!")]
    [InlineData("a\r\nb\n\nc", "a|b|c")]
    [InlineData("привет, мир", "привет|,|мир")]
    [InlineData("", "")]
    public void Text_is_split_at_the_word_boundaries_of_unicode(string text, string expected) =>
        Assert.Equal(expected.Length == 0 ? [] : expected.Split('|'), Split(new UnicodeTokenizer(), text));

    [Fact]
    public void Words_and_white_space_together_are_the_text() => Prop.ForAll(
        Gen.Elements("a", "1", ".", ":", "'", "\"", "א", "カ", "漢", "\u0301", "\u200D", "\U0001F600", "\U0001F1E9", "_", " ", "\n", "\r", "\uD83D").ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary(),
        text =>
        {
            WordList words = new();
            new UnicodeTokenizer().Split(text, words);
            var end = 0;
            for (var i = 0; i < words.Count; i++)
            {
                Assert.True(string.IsNullOrWhiteSpace(text[end..words.Starts[i]]));
                end = words.Starts[i] + words.Lengths[i];
            }

            Assert.True(string.IsNullOrWhiteSpace(text[end..]));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void English_has_rules_of_its_own()
    {
        Assert.IsType<EnglishTokenizer>(WordSplitters.For("en-GB"));
        Assert.IsType<UnicodeTokenizer>(WordSplitters.For("de"));
        Assert.Equal(["don", "'", "t"], Split(WordSplitters.For("zxx"), "don \'\tt"));
    }

    private static string[] Split(IWordSplitter splitter, string text)
    {
        WordList words = new();
        splitter.Split(text, words);
        return [.. Enumerable.Range(0, words.Count).Select(i => words.Of(text, i).ToString())];
    }
}
