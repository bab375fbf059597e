using Touchstone.Curation.Steps;

namespace Touchstone.Curation.Tests;

public sealed class VerdictTests
{
    [Fact]
    public void A_document_stays_unless_a_reason_is_given()
    {
        Assert.False(Verdict.Kept.IsDropped);
        Assert.False(Verdict.Edited("shorter").IsDropped);
        Assert.True(Verdict.Dropped("gopher_short_doc").IsDropped);
    }

    [Fact]
    public void A_text_of_which_nothing_is_left_leaves_the_corpus_wherever_it_is_asked()
    {
        Assert.Equal("nothing_left", Verdict.Edited("").Reason);
        Assert.Null(Verdict.Edited("").Text);
    }

    [Fact]
    public void A_rule_falls_strictly_beyond_its_threshold_and_never_by_what_could_not_be_measured()
    {
        Assert.False(new RuleValue("dup_line_frac", 0.3, RuleComparison.Above, 0.3, []).Falls);
        Assert.True(new RuleValue("gopher_short_doc", 49, RuleComparison.Below, 50, []).Falls);
        Assert.False(new RuleValue("top_2_gram", double.NaN, RuleComparison.Above, 0.2, []).Falls);
    }
}
