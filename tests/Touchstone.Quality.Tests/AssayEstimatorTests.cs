using Touchstone.Quality.Assays;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

public sealed class AssayEstimatorTests
{
    [Fact]
    public void When_every_image_was_audited_the_interval_is_the_figure()
    {
        var release = GradedRelease.Simulate(new SeededRandom(1), 20, 0.9, 0);
        var assay = AssayAssert.Measured(AssayEstimator.Estimate(release, 20));
        Assert.All(assay.Figures, f =>
        {
            Assert.Equal(f.Estimate, f.Lower);
            Assert.Equal(f.Estimate, f.Upper);
            Assert.Equal(AssayMethod.Census, f.Method);
        });
        Assert.DoesNotContain(assay.NotKnown, c => c.Code == "images_not_sampled");
        var right = release.Sum(i => i.TruePositives);
        Assert.Equal(Math.Round(right / (double)release.Sum(i => i.TruePositives + i.FalsePositives), 6), assay.Find(FigureName.Precision)!.Estimate);
        Assert.Equal(Math.Round(right / (double)release.Sum(i => i.Objects), 6), assay.Find(FigureName.Accuracy)!.Estimate);
    }

    [Fact]
    public void Sixty_and_ninety_nine_per_cent_are_told_apart()
    {
        foreach (var seed in Enumerable.Range(0, 20))
        {
            AssayFigure Of(double accuracy) => AssayAssert.Measured(AssayEstimator.Estimate(
                GradedRelease.Simulate(new SeededRandom(seed), 30, accuracy, 0), 60)).Find(FigureName.Accuracy)!;
            var (poor, good) = (Of(0.6), Of(0.99));
            Assert.True(poor.Upper + 0.1 < good.Lower, $"seed {seed}: {poor.Upper} against {good.Lower}");
        }
    }

    [Theory]
    [InlineData(0.8, 100, 0.05)]
    [InlineData(0.9, 200, 0.05)]
    [InlineData(0.99, 200, 0.05)]
    [InlineData(0.9, 60, 0.05)]
    public void Three_hundred_audited_shapes_give_a_half_width_of_at_most_five_points(double accuracy, int population, double atMost)
    {
        var widths = Enumerable.Range(0, 100).Select(seed =>
        {
            List<GradedImage> sample = [];
            foreach (var image in GradedRelease.Simulate(new SeededRandom(seed), 60, accuracy, 0))
            {
                if (sample.Sum(i => i.Objects) >= 300) break;
                sample.Add(image);
            }

            var figure = AssayAssert.Measured(AssayEstimator.Estimate(sample, population)).Find(FigureName.Accuracy)!;
            return (figure.Upper - figure.Lower) / 2;
        }).ToArray();
        Assert.True(widths.Average() <= atMost, $"mean {widths.Average():F4}");
        Assert.True(Quantiles.Of(widths, 0.9) <= atMost * 1.15, $"nine in ten below {Quantiles.Of(widths, 0.9):F4}");
    }

    [Fact]
    public void A_sample_without_an_error_does_not_claim_perfection()
    {
        GradedImage[] images = [.. Enumerable.Range(0, 10).Select(i => new GradedImage { ImageId = $"{i}", TruePositives = 5, IouSum = 4.5 })];
        var assay = AssayAssert.Measured(AssayEstimator.Estimate(images, 100));
        var figure = assay.Find(FigureName.Accuracy)!;
        Assert.Equal(1, figure.Estimate);
        Assert.Equal(1, figure.Upper);
        Assert.InRange(figure.Lower, 0.85, 0.96);
        Assert.Contains(assay.NotKnown, c => c.Code == "few_errors");
        Assert.Null(assay.Find(FigureName.ChoiceAccuracy));
    }

    [Fact]
    public void A_mean_without_spread_is_bounded_by_how_much_was_looked_at()
    {
        AssayFigure Of(int images, int release, double iou = 1) => AssayAssert.Measured(AssayEstimator.Estimate(
            [.. Enumerable.Range(0, images).Select(i => new GradedImage { ImageId = $"{i:000}", TruePositives = 1, IouSum = iou })], release)).Find(FigureName.MeanIou)!;

        var six = Of(6, 200);
        Assert.Equal((1.0, 1.0, 1 - 0.5 * (1 - Math.Pow(0.025, 1 / 6.0))), (six.Estimate, six.Upper, six.Lower), (a, b) => a.Item1 == b.Item1 && a.Item2 == b.Item2 && Math.Abs(a.Item3 - b.Item3) < 1e-6);
        Assert.Equal("audit_jackknife_no_spread", six.Method);
        Assert.InRange(Of(100, 2000).Lower, 0.98, 0.985);
        Assert.Equal(0.95, Of(9, 10).Lower, 6);   // one of ten was not looked at, and may be at 0.5
        Assert.Equal((1.0, 1.0, "audit_census"), (Of(6, 6).Lower, Of(6, 6).Upper, Of(6, 6).Method));
        Assert.Equal(0.9 + 0.1 * (1 - Math.Pow(0.025, 1 / 6.0)), Of(6, 200, 0.9).Upper, 6);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.2)]
    [InlineData(0.45)]
    [InlineData(0.6)]
    public void A_mean_without_spread_misses_the_truth_in_no_more_than_the_share_promised(double poor)
    {
        const int Seeds = 2_000, Images = 400, Audited = 6;
        var truth = 1 - poor / 2;
        var missed = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new SeededRandom(seed);
            int[] all = [.. Enumerable.Range(0, Images)];
            for (var i = 0; i < Audited; i++)
            {
                var at = i + (int)(random.NextDouble() * (Images - i));
                (all[i], all[at]) = (all[at], all[i]);
            }

            GradedImage[] drawn = [.. all.Take(Audited).Select(i => new GradedImage { ImageId = $"{i}", TruePositives = 1, IouSum = i < poor * Images ? 0.5 : 1 })];
            var figure = AssayAssert.Measured(AssayEstimator.Estimate(drawn, Images)).Find(FigureName.MeanIou)!;
            if (figure.Method == "audit_jackknife_no_spread" && (truth < figure.Lower || truth > figure.Upper)) missed++;
        }

        // Four standard errors above 2.5 % at each end.
        Assert.InRange(missed / (double)Seeds, 0, 0.05 + 4 * Math.Sqrt(0.05 * 0.95 / Seeds));
    }

    [Fact]
    public void One_image_says_nothing_of_how_images_differ()
    {
        var assay = AssayAssert.Measured(AssayEstimator.Estimate([new GradedImage { ImageId = "a", TruePositives = 8, FalsePositives = 1, IouSum = 7 }], 50));
        Assert.Equal((0.0, 1.0), (assay.Find(FigureName.Precision)!.Lower, assay.Find(FigureName.Precision)!.Upper));
        Assert.Equal((0.5, 1.0), (assay.Find(FigureName.MeanIou)!.Lower, assay.Find(FigureName.MeanIou)!.Upper));
        Assert.Contains(assay.NotKnown, c => c.Code == "few_images");
    }

    [Fact]
    public void The_order_of_images_changes_no_bit()
    {
        var images = GradedRelease.Simulate(new SeededRandom(5), 40, 0.9, 0.1);
        var shuffled = images.ToArray();
        new SeededRandom(6).Shuffle(shuffled.AsSpan());
        Assert.Equal(
            AssayAssert.Measured(AssayEstimator.Estimate(images, 90)).Figures,
            AssayAssert.Measured(AssayEstimator.Estimate(shuffled, 90)).Figures);
    }

    [Fact]
    public void Where_nothing_was_measured_it_refuses_with_the_reason()
    {
        Assert.Equal("nothing_audited", Assert.IsType<AssayOutcome.Refused>(AssayEstimator.Estimate([], 10)).Code);
        Assert.Equal("nothing_to_grade", Assert.IsType<AssayOutcome.Refused>(AssayEstimator.Estimate([new GradedImage { ImageId = "a" }], 10)).Code);
    }

    [Fact]
    public void Gold_stands_apart_and_never_enters_the_representative_figures()
    {
        var images = GradedRelease.Simulate(new SeededRandom(7), 30, 0.95, 0);
        var gold = GradedRelease.Simulate(new SeededRandom(8), 15, 0.6, 0);
        var without = AssayAssert.Measured(AssayEstimator.Estimate(images, 60));
        var with = AssayAssert.Measured(AssayEstimator.Estimate(images, 60, gold: gold));
        Assert.Equal(without.Figures, with.Figures);
        Assert.NotEmpty(with.GoldFigures);
        Assert.Contains(with.NotKnown, c => c.Code == "gold_is_chosen");

        var only = AssayAssert.Measured(AssayEstimator.Estimate([], 60, gold: gold));
        Assert.Empty(only.Figures);
        Assert.All(only.GoldFigures, f => Assert.StartsWith("gold_", f.Method, StringComparison.Ordinal));
        Assert.Contains(only.NotKnown, c => c.Code == "gold_only");
        Assert.DoesNotContain(only.NotKnown, c => c.Code == "auditor_error");   // nobody audited
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var images = GradedRelease.Simulate(new SeededRandom(7), 3, 0.95, 0);
        Assert.Throws<ArgumentException>(() => AssayEstimator.Estimate(images, 2));
        Assert.Throws<ArgumentException>(() => AssayEstimator.Estimate([images[0], images[0]], 10));
    }
}
