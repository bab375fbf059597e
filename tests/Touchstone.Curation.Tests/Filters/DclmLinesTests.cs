using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Filters;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Tests.Filters;

public sealed class DclmLinesTests
{
    private static readonly DclmLines AnyLoss = new(new DclmLinesParameters { RemovedWordsMaximum = null });

    private readonly WorkingText _text = new();

    /// <summary>After the tables in dclm's <c>tests/baselines/mappers/modifiers/test_modifiers.py</c>; two lines of plain words stay around the one in question.</summary>
    [Theory]
    [InlineData("THIS IS LOUD", null)]
    [InlineData("HALF half", "HALF half")]
    [InlineData("12345", null)]
    [InlineData("²②", null)]
    [InlineData("12345 a b", "12345 a b")]
    [InlineData("3 likes", null)]
    [InlineData("  1.2K Comments!", null)]
    [InlineData("10,000 views today", "10,000 views today")]
    [InlineData("Single", null)]
    [InlineData("", "")]
    [InlineData("Two words", "Two words")]
    [InlineData("You have 3 items in cart now", "You have 3 now")]
    [InlineData("items in cart items in cart", null)]
    [InlineData("More on the matter Read more...", "More on the matter")]
    [InlineData("Sign-in to go on", "to go on")]
    [InlineData("Read more...", null)]
    [InlineData("this line has more than ten words in all so read more...", "this line has more than ten words in all so read more...")]
    public void A_line_stays_goes_or_loses_a_phrase(string line, string? expected)
    {
        var text = $"first plain line\n{line}\nlast plain line";
        var verdict = Judge(AnyLoss, text);
        Assert.Null(verdict.Reason);
        Assert.Equal(expected is null ? "first plain line\nlast plain line" : $"first plain line\n{expected}\nlast plain line", verdict.Text ?? text);
    }

    [Fact]
    public void A_text_that_loses_more_than_a_twentieth_of_its_words_is_dropped()
    {
        var kept = string.Join('\n', Enumerable.Repeat("ten plain words stand here in a line of text", 4));
        Assert.Null(Judge(new DclmLines(), $"{kept}\nTHE END").Reason);
        Assert.Equal("dclm_removed_words_ratio", Judge(new DclmLines(), $"{kept}\nTHE VERY END").Reason);
        Assert.Equal("dclm_no_lines_left", Judge(new DclmLines(), "ALL LOUD").Reason);
    }

    [Fact]
    public void The_rules_agree_with_regular_expressions_and_lists_of_strings()
    {
        var texts = Gen.Elements("A", "b", "Ⅷ", "7", "²", " ", " ", "\n", "\n", "3 likes", "1.5k views", "items in cart", "read more...", "Read more", "Sign-in", "word word", "\t", "!", "\U0001F130")
            .ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(texts, text =>
        {
            var verdict = Judge(AnyLoss, text);
            var plain = Plain(text);
            Assert.Equal(plain.Length == 0 ? "dclm_no_lines_left" : null, verdict.Reason);
            if (plain.Length > 0) Assert.Equal(plain, verdict.Text ?? text);
        }));
    }

    private static string Plain(string text)
    {
        string[] Lines() => text.Split('\n');
        double Share(string line, Func<string, bool> is_) => line.EnumerateRunes().Count(rune => is_(rune.ToString())) / (double)line.EnumerateRunes().Count();
        int Words(string line) => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Length;
        text = string.Join('\n', Lines().Where(line => line.Length == 0 || Share(line, c => c is "Ⅷ" or "\U0001F130" || Regex.IsMatch(c, @"\p{Lu}")) <= 0.5)).Trim();
        text = string.Join('\n', Lines().Where(line => line.Length == 0 || Share(line, c => Regex.IsMatch(c, "[0-9²]")) <= 0.999999)).Trim();
        text = string.Join('\n', Lines().Where(line => !Regex.IsMatch(line, @"^[^\p{L}\p{N}_]*\d(?:,|\.|\d)*(?:K|k|M|m|B|b)?\s+(?:likes|views)[^\p{L}\p{N}_]*\z"))).Trim();
        text = string.Join('\n', Lines().Where(line => line.Length == 0 || Words(line) >= 2));
        foreach (var pattern in (string[])[@"\s?(?:items in cart)", @"\s?(?:read more(?>[\uD800-\uDBFF][\uDC00-\uDFFF]|.){3})\z", @"^(?:sign-in)\s?"])
        {
            var edited = Lines().Select(line => (Line: line, Edited: Words(line) <= 10 ? Regex.Replace(line, pattern, "", RegexOptions.IgnoreCase) : line));
            text = string.Join('\n', edited.Where(pair => Words(pair.Line) > 10 || pair.Line.Length == 0 || pair.Edited.Trim().Length > 0).Select(pair => pair.Edited));
        }

        return text;
    }

    private Verdict Judge(DclmLines step, string text)
    {
        _text.Begin(text);
        var document = new Document { Id = "1", Text = text };
        var verdict = step.Judge(document, _text);
        List<RuleValue> values = [];
        step.Explain(document, _text, values);
        Assert.Equal(verdict.Reason, values.Find(value => value.Falls)?.Rule);
        return verdict;
    }
}
