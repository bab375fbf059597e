using Touchstone.Curation.Documents;
using Touchstone.Curation.Languages;
using Touchstone.Curation.Steps;
using Touchstone.Text.Languages;

namespace Touchstone.Curation.Tests.Languages;

public sealed class LanguageStepTests
{
    private static (Verdict Verdict, Document Document) Judge(LanguageOptions options, string content)
    {
        var text = new WorkingText();
        text.Begin(content);
        var document = new Document { Id = "1", Text = content };
        return (new LanguageStep(options).Judge(document, text), document);
    }

    [Fact]
    public void Languages_to_keep_stay_and_others_fall_with_what_was_found()
    {
        var (kept, english) = Judge(new() { Keep = ["en"] }, "All human beings are born free and equal in dignity and rights.");
        Assert.Equal(Verdict.Kept, kept);
        Assert.Equal("en", english.Findings!["language"]);
        Assert.InRange((double)english.Findings["language_score"], 0.65, 1);

        var (dropped, german) = Judge(new() { Keep = ["en"] }, "Alle Menschen sind frei und gleich an Würde und Rechten geboren.");
        Assert.Equal("language", dropped.Reason);
        Assert.Equal("de", german.Findings!["language"]);
        Assert.Equal(Verdict.Kept, Judge(new() { Keep = ["en", "de"] }, german.Text).Verdict);
        Assert.Equal(Verdict.Kept, Judge(new(), german.Text).Verdict);
    }

    [Fact]
    public void A_text_without_letters_is_of_no_language()
    {
        var (verdict, document) = Judge(new(), "1 + 1 = 2 \ud800");
        Assert.Equal("language", verdict.Reason);
        Assert.Equal(("und", 0.0), (document.Findings!["language"], (double)document.Findings["language_score"]));
    }

    [Fact]
    public void The_threshold_is_strict_and_explained()
    {
        var fixedModel = new Fixed();
        Assert.True(Judge(new() { Keep = ["xx"], Model = fixedModel, Threshold = 0.75 }, "a").Verdict.IsDropped);
        Assert.False(Judge(new() { Keep = ["xx"], Model = fixedModel, Threshold = 0.7499 }, "a").Verdict.IsDropped);
        Assert.False(Judge(new() { Keep = ["yy"], Model = fixedModel, Threshold = 0.2 }, "a").Verdict.IsDropped);

        var (values, text) = (new List<RuleValue>(), new WorkingText());
        text.Begin("a");
        new LanguageStep(new() { Keep = ["xx"], Model = fixedModel, Threshold = 0.75 }).Explain(new Document { Id = "1", Text = "a" }, text, values);
        Assert.True(Assert.Single(values).Falls);
    }

    [Fact]
    public void A_language_that_the_model_does_not_know_is_refused_by_name()
    {
        var refusal = Assert.Throws<ArgumentException>(() => new LanguageStep(new() { Keep = ["english"] }));
        Assert.Contains("«english»", refusal.Message, StringComparison.Ordinal);
    }

    private sealed class Fixed : ILanguageModel
    {
        public IReadOnlyList<string> Languages { get; } = ["xx", "yy"];

        public bool TryScore(ReadOnlySpan<char> text, Span<float> probabilities)
        {
            (probabilities[0], probabilities[1]) = (0.75f, 0.25f);
            return true;
        }
    }
}
