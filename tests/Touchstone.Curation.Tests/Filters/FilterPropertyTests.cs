using FsCheck;
using FsCheck.Fluent;
using Touchstone.Curation.Documents;
using Touchstone.Curation.Filters;
using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Tests.Filters;

public sealed class FilterPropertyTests
{
    private static readonly string[] Words =
        ["the", "of", "and", "to", "with", "house", "Über", "naïve", "e\u0301tude", "漢字", "\U0001F600", "\uD83D", "can't", "1.5km", "...", "…", "-", "•", "#", "[1]", "[edit]", "[citation needed]", "{",
            "lorem", "ipsum", "javascript", "privacy", "policy", "use", "coo\u212Aies", "javascr\u0130pt", "LOREM", "\U00010A56"];

    private static readonly string[] Ends = [".", ".", "?", "!", "\"", "...", " ", "\n", "\n", "\n\n", "\n\n\n", "\r\n", "\r", "\v", "\u0085", "\u2028", "\u001C", "\t", "\u00A0", "  ", ",", "。"];

    private static readonly Gen<string> Piece =
        from words in Gen.Elements(Words).ListOf(4)
        from end in Gen.Elements(Ends)
        from times in Gen.Frequency((20, Gen.Constant(1)), (1, Gen.Choose(2, 30)))
        select string.Concat(Enumerable.Repeat(string.Join(' ', words) + end, times));

    private static readonly Arbitrary<string> Texts =
        Gen.Sized(size => Gen.Choose(1, 1 + size)).SelectMany(count => Piece.ListOf(count)).Select(pieces => string.Concat(pieces)).Where(text => text.Length > 0).ToArbitrary();

    private static readonly DocumentStep[] Steps =
        [new GopherRepetition(), new GopherQuality(), new C4Quality(), new C4Quality(C4QualityParameters.FineWeb), new FineWebQuality(), new FineWebQuality(FineWebQualityParameters.Paper), new C4Paragraphs()];

    private readonly WorkingText _text = new();

    [Fact]
    public void The_plain_rules_and_the_fast_ones_decide_alike() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Texts, text =>
    {
        Assert.Equal(PlainFilters.GopherRepetition(text), Judge(new GopherRepetition(), text).Reason);
        Assert.Equal(PlainFilters.GopherQuality(text), Judge(new GopherQuality(), text).Reason);
        Assert.Equal(PlainFilters.FineWeb(text), Judge(new FineWebQuality(), text).Reason);
        foreach (var parameters in (C4QualityParameters[])[new(), C4QualityParameters.FineWeb])
        {
            var (reason, edited) = PlainFilters.C4(text, parameters.RequireTerminalPunctuation);
            var verdict = Judge(new C4Quality(parameters), text);
            Assert.Equal(reason, verdict.Reason);
            if (reason is null) Assert.Equal(edited, verdict.Text ?? text);
        }
    }));

    [Fact]
    public void The_first_rule_that_falls_in_an_explanation_is_the_judges_reason() => Prop.ForAll(Texts, text =>
    {
        foreach (var step in Steps)
        {
            var reason = Judge(step, text).Reason;
            List<RuleValue> values = [];
            _text.Begin(text);
            step.Explain(Document(text), _text, values);
            Assert.Equal(reason, values.Find(value => value.Falls)?.Rule);
            Assert.All(values.SelectMany(value => value.Spans), span => Assert.True(span.Start >= 0 && span.Length >= 0 && span.Start + span.Length <= text.Length));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_rule_that_is_off_drops_nothing() => Prop.ForAll(Texts, text =>
    {
        var repetition = new GopherRepetitionParameters
        {
            RepeatedParagraphsMaximum = null,
            RepeatedParagraphCharactersMaximum = null,
            RepeatedLinesMaximum = null,
            RepeatedLineCharactersMaximum = null,
            TopNGrams = [],
            RepeatedNGrams = [],
        };
        var quality = new GopherQualityParameters
        {
            WordsMinimum = null,
            WordsMaximum = null,
            MeanWordLengthMinimum = null,
            MeanWordLengthMaximum = null,
            SymbolsPerWordMaximum = null,
            BulletLinesMaximum = null,
            EllipsisLinesMaximum = null,
            WordsWithLetterMinimum = null,
            StopWordsMinimum = null,
        };
        Assert.Null(Judge(new GopherRepetition(repetition), text).Reason);
        Assert.Null(Judge(new GopherQuality(quality), text).Reason);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_empty_text_is_judged_without_a_fault()
    {
        foreach (var step in Steps) Judge(step, "");
        Assert.Equal("empty", Judge(new FineWebQuality(), "").Reason);
    }

    private Verdict Judge(DocumentStep step, string text)
    {
        _text.Begin(text);
        return step.Judge(Document(text), _text);
    }

    private static Document Document(string text) => new() { Id = "1", Text = text };
}
