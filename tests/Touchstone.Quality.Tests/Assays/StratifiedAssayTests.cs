using Touchstone.Quality.Assays;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests.Assays;

public sealed class StratifiedAssayTests
{
    [Fact]
    public void One_stratum_of_a_large_release_has_Wilsons_interval_and_Clopper_and_Pearsons_bound()
    {
        foreach (var (correct, audited) in new[] { (150, 150), (147, 150), (90, 150), (0, 20) })
        {
            var result = StratifiedAssay.Estimate([new AuditedStratum("all", 100_000_000, audited, correct)]);
            var wilson = ProportionInterval.Wilson(correct, audited);
            Assert.Equal(wilson.Lower, result.Lower, 1e-5);
            Assert.Equal(wilson.Upper, result.Upper, 1e-5);
            Assert.Equal(correct / (double)audited, result.Accuracy, 1e-12);
            Assert.Equal(ProportionInterval.ClopperPearson(correct, audited, 0.9).Lower, result.LowerBound, 1e-5);
        }
    }

    [Fact]
    public void Each_audited_item_counts_as_many_as_it_was_drawn_from()
    {
        var result = StratifiedAssay.Estimate([new AuditedStratum("sure", 900, 30, 30), new AuditedStratum("doubtful", 100, 50, 25)]);
        Assert.Equal(0.95, result.Accuracy, 1e-12);
        Assert.True(result.Lower < 0.95 && result.Upper > 0.95 && result.Upper < 1);
    }

    [Fact]
    public void What_is_known_or_wholly_audited_is_certain()
    {
        var census = StratifiedAssay.Estimate([new AuditedStratum("all", 40, 40, 38)], new KnownItems(10, 10));
        Assert.Equal(0.96, census.Lower, 1e-6);
        Assert.Equal(0.96, census.Upper, 1e-6);
        var gold = StratifiedAssay.Estimate([], new KnownItems(10, 9));
        Assert.Equal((0.9, 0.9, 0.9), (gold.Lower, gold.Accuracy, gold.Upper));
    }

    [Fact]
    public void A_part_that_nobody_audited_may_be_all_right_or_all_wrong()
    {
        var result = StratifiedAssay.Estimate([new AuditedStratum("seen", 900, 300, 297), new AuditedStratum("unseen", 100, 0, 0)]);
        Assert.True(result.Lower < 0.9);
        Assert.Contains(result.Caveats, c => c.Code == "strata_not_audited");
    }

    [Fact]
    public void Auditors_who_disagree_widen_the_interval()
    {
        var trusted = StratifiedAssay.Estimate([new AuditedStratum("all", 10_000, 400, 360)]);
        var agreeing = StratifiedAssay.Estimate([new AuditedStratum("all", 10_000, 400, 360, new SecondAudits(90, 0, 0, 10))]);
        var wrong = StratifiedAssay.Estimate([new AuditedStratum("all", 10_000, 400, 360, new SecondAudits(85, 4, 3, 8))]);
        Assert.Equal(0.9, agreeing.Accuracy, 1e-9);
        Assert.True(wrong.Auditors.Errors > 0.03 && wrong.Upper - wrong.Lower > agreeing.Upper - agreeing.Lower);
        Assert.True(wrong.Upper - wrong.Lower > 1.2 * (trusted.Upper - trusted.Lower));
        Assert.InRange(wrong.IfAuditorsOnlyMiss, 0, wrong.CalledCorrect);
        Assert.InRange(wrong.IfAuditorsOnlyAccuse, wrong.CalledCorrect, 1);
        Assert.Contains(StratifiedAssay.Estimate([new AuditedStratum("all", 100, 10, 10)]).Caveats, c => c.Code == "auditor_error");
    }

    [Fact]
    public void Counts_that_contradict_each_other_are_refused()
    {
        Assert.Throws<ArgumentException>(() => StratifiedAssay.Estimate([]));
        Assert.Throws<ArgumentException>(() => StratifiedAssay.Estimate([new AuditedStratum("a", 10, 11, 3)]));
        Assert.Throws<ArgumentException>(() => StratifiedAssay.Estimate([new AuditedStratum("a", 10, 5, 6)]));
        Assert.Throws<ArgumentException>(() => StratifiedAssay.Estimate([new AuditedStratum("a", 10, 5, 3, new SecondAudits(4, 0, 0, 0))]));
    }

    /// <summary>Sizes that any textbook gives for "98 % with 95 %".</summary>
    [Theory]
    [InlineData(0, 149)]
    [InlineData(1, 236)]
    [InlineData(2, 313)]
    public void The_audit_for_98_percent_with_95_percent_has_the_known_sizes(int errors, int sample) => Assert.Equal(sample, AuditSize.Allowing(0.98, 0.95, errors)!.Sample);

    [Fact]
    public void A_small_release_needs_a_smaller_audit_and_a_better_one_too()
    {
        Assert.True(AuditSize.Allowing(0.98, 0.95, 0, 500)!.Sample < 149);
        Assert.Equal(19, AuditSize.Allowing(0.98, 0.95, 0, 20)!.Sample); // one error of twenty breaks the promise: 19 looked at would miss it once in twenty times
        Assert.True(AuditSize.For(0.98, 0.95, 0.999)!.Sample < AuditSize.For(0.98, 0.95, 0.99)!.Sample);
        Assert.True(AuditSize.For(0.98, 0.95, 0.99)!.Power >= 0.9);
        Assert.Null(AuditSize.For(0.98, 0.95, 0.98));
    }

    [Fact]
    public void An_audit_is_shared_out_whole_and_drawn_again_from_its_seed()
    {
        var random = new SeededRandom(3);
        var labels = Enumerable.Range(0, 3_000).Select(_ => random.NextInt(3)).ToArray();
        var confidences = labels.Select(_ => 1 - 0.3 * Math.Pow(random.NextDouble(), 3)).ToArray();
        var strata = AuditStrata.By(labels, confidences, 3);
        var sizes = strata.Allocate(300);
        Assert.Equal(300, sizes.Sum());
        Assert.Equal(3_000, strata.Members.Sum(m => m.Length));
        var drawn = strata.Draw(sizes, 8);
        for (var h = 0; h < drawn.Length; h++)
        {
            Assert.All(drawn[h], i => Assert.Equal(h, strata.StratumOf[i]));
            Assert.Equal(drawn[h], strata.Draw(strata.Allocate(600), 8)[h][..sizes[h]]);
        }

        Assert.Equal(3_000, strata.Allocate(5_000).Sum());
    }
}
