using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Filters;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Tests.Filters;

public sealed class C4BadWordsTests
{
    private readonly WorkingText _text = new();

    [Theory]
    [InlineData("A gosh!", true)]
    [InlineData("GOSH", true)]
    [InlineData("goshawk", false)]
    [InlineData("_gosh_", false)]
    [InlineData("gosh darn it", true)]
    [InlineData("gosh2 and darning", false)]
    [InlineData("what-the-heck", true)]
    [InlineData("the sm word is allowed", false)]
    public void Words_count_between_characters_that_are_in_no_word(string text, bool drops)
    {
        var step = new C4BadWords(new C4BadWordsParameters { Words = ["gosh", "darn it", "the-heck", "sm", " ", ""] });
        Assert.Equal(drops ? "document_removed_with_badwords" : null, Judge(step, text).Reason);
        Assert.Equal("c4_bad_words@datatrove-0.10", step.Id);
    }

    [Fact]
    public void Without_whole_words_a_part_is_enough()
    {
        var step = new C4BadWords(new C4BadWordsParameters { Words = ["gosh"], WholeWords = false });
        Assert.True(Judge(step, "goshawk").IsDropped);
    }

    [Fact]
    public void An_empty_list_is_refused() => Assert.Throws<ArgumentException>(() => new C4BadWords(new C4BadWordsParameters { Words = ["", " ", "sm"] }));

    [Fact]
    public void The_search_finds_what_the_regular_expression_finds()
    {
        string[] words = ["ab", "abc", "b c", "c-", "é", "aba"];
        var step = new C4BadWords(new C4BadWordsParameters { Words = words });
        var plain = new Regex($@"(?:[^\p{{L}}\p{{Nd}}\p{{Nl}}\p{{No}}_]|^)({string.Join('|', words.Select(Regex.Escape))})(?:[^\p{{L}}\p{{Nd}}\p{{Nl}}\p{{No}}_]|\z)");
        var texts = Gen.Elements("a", "b", "c", "A", "é", "É", " ", "-", "_", "1", "²", "\n").ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary();
        Prop.ForAll(texts, text => Assert.Equal(plain.IsMatch(text.ToLowerInvariant()), Judge(step, text).IsDropped)).QuickCheckThrowOnFailure();
    }

    private Verdict Judge(C4BadWords step, string text)
    {
        _text.Begin(text);
        var document = new Document { Id = "1", Text = text };
        var verdict = step.Judge(document, _text);
        List<RuleValue> values = [];
        step.Explain(document, _text, values);
        Assert.Equal(verdict.IsDropped, Assert.Single(values).Falls);
        return verdict;
    }
}
