using Touchstone.Quality.Assays;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests.Assays;

/// <summary>Assays of samples that were drawn part by part, and of auditors who err.</summary>
public sealed class AuditSampleTests
{
    [Fact]
    public void One_part_judged_once_by_each_path_gives_the_same_figures()
    {
        for (var run = 0; run < 50; run++)
        {
            var world = SimulatedRelease.Draw(new SeededRandom(run), images: 300, accuracy: 0.85);
            var sample = world.Simple(60, auditorErrors: 0, twice: 0);
            var simple = Measured(sample);

            // A second part of which nothing was drawn and in which nothing is: the general path, with the same content.
            var general = Measured(sample with { Parts = [.. sample.Parts, new AuditPart("empty", 0)] });
            foreach (var figure in simple.Figures)
            {
                var other = general.Find(figure.Name)!;
                Assert.Equal(figure.Estimate, other.Estimate, 2e-6);
                Assert.Equal(figure.Lower, other.Lower, 2e-6);
                Assert.Equal(figure.Upper, other.Upper, 2e-6);
                Assert.Equal(figure.DesignEffect, other.DesignEffect, 2e-6);
            }
        }
    }

    [Fact]
    public void Neither_the_order_of_images_nor_the_machine_changes_anything()
    {
        var world = SimulatedRelease.Draw(new SeededRandom(3), images: 400, accuracy: 0.9);
        var sample = world.Stratified(80, auditorErrors: 0.02, twice: 20);
        var reversed = sample with { Images = [.. sample.Images.Reverse()] };
        var (first, second) = (Measured(sample), Measured(reversed));
        Assert.Equal(first.Figures, second.Figures);
        Assert.Equal(first.Auditors, second.Auditors);
        Assert.Equal(first.NotKnown, second.NotKnown);
    }

    [Fact]
    public void A_part_of_which_nothing_was_judged_is_told()
    {
        var world = SimulatedRelease.Draw(new SeededRandom(3), images: 400, accuracy: 0.9);
        var sample = world.Simple(40, 0, 0);
        var assay = Measured(sample with { Parts = [.. sample.Parts, new AuditPart("night", 30)] });
        Assert.Contains(assay.NotKnown, c => c.Code == "strata_not_judged" && c.Message.Contains("night", StringComparison.Ordinal) && c.Message.Contains("30", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_nobody_judged_twice_auditors_are_taken_at_their_word_and_else_not()
    {
        var world = SimulatedRelease.Draw(new SeededRandom(5), images: 400, accuracy: 0.9);
        var once = Measured(world.Stratified(80, 0.02, twice: 0));
        Assert.Empty(once.Auditors);
        Assert.Contains(once.NotKnown, c => c.Code == "auditor_error");
        var twice = Measured(world.Stratified(80, 0.02, twice: 30));
        Assert.NotEmpty(twice.Auditors);
        Assert.DoesNotContain(twice.NotKnown, c => c.Code == "auditor_error");
        Assert.All(twice.Auditors, a => Assert.True(a.Low <= a.Error && a.Error <= a.High && a.Differing <= a.JudgedTwice));
    }

    [Fact]
    public void A_wrong_auditor_makes_the_interval_wider_and_it_still_holds_the_truth()
    {
        var (held, heldByWord, wider, runs) = (0, 0, 0, 200);
        for (var run = 0; run < runs; run++)
        {
            var world = SimulatedRelease.Draw(new SeededRandom(run).Fork("wrong"), images: 600, accuracy: 0.95);
            var exact = Measured(world.Stratified(150, 0, twice: 50)).Find(FigureName.Accuracy)!;
            var erring = Measured(world.Stratified(150, 0.08, twice: 50));
            var (figure, auditor) = (erring.Find(FigureName.Accuracy)!, erring.Auditors.Single(a => a.Figure == FigureName.Accuracy));
            var truth = world.Truth(FigureName.Accuracy);
            if (figure.Lower <= truth && truth <= figure.Upper) held++;
            if (auditor.WidenedBy > 0 && figure.Upper - figure.Lower > exact.Upper - exact.Lower) wider++;
            if (Measured(world.Stratified(150, 0.08, twice: 0)).Find(FigureName.Accuracy) is { } word && word.Lower <= truth && truth <= word.Upper) heldByWord++;
        }

        Assert.True(held >= 0.93 * runs, $"held in {held} of {runs}");
        Assert.True(wider >= 0.95 * runs, $"wider in {wider} of {runs}");
        Assert.True(heldByWord < 0.2 * runs, $"an erring auditor taken at their word held the truth in {heldByWord} of {runs}");
    }

    [Fact]
    public void The_interval_holds_the_truth_also_where_taking_errors_out_leads_to_the_limit()
    {
        var held = 0;
        for (var run = 0; run < 100; run++)
        {
            var world = SimulatedRelease.Draw(new SeededRandom(run).Fork("limit"), images: 200, accuracy: 0.999);
            var assay = Measured(world.Stratified(40, 0.06, twice: 40));

            // Where all is judged twice, the errors found explain nearly all that was called wrong: the interval may then be no wider than without them, never less.
            Assert.All(assay.Auditors, a => Assert.True(a.WidenedBy >= 0, $"seed {run}: {a}"));
            var (figure, truth) = (assay.Find(FigureName.Accuracy)!, world.Truth(FigureName.Accuracy));
            if (figure.Lower <= truth + 1e-6 && truth - 1e-6 <= figure.Upper) held++;
        }

        Assert.True(held >= 88, $"held in {held} of 100");
    }

    [Fact]
    public void One_of_two_auditors_who_errs_alone_widens_the_interval_by_how_unevenly_they_judged()
    {
        GradedImage right = new() { ImageId = "a", ChoicesAsked = 1, ChoicesCorrect = 1 }, wrong = right with { ChoicesCorrect = 0 };
        AuditedImage[] images =
        [
            .. Enumerable.Range(0, 40).Select(i => new AuditedImage(right with { ImageId = $"{i:000}" }, 0, i < 32 ? "ann" : "bob",
                i % 4 == 0 ? new SecondJudgement(i < 32 ? "bob" : "ann", (i == 8 ? wrong : right) with { ImageId = $"{i:000}" }) : null)),
        ];
        var balance = GraderBalance.Of(images);
        var chance = Math.Sqrt(0.25 / 40);        // what judging by turns at random comes to
        Assert.Equal(0.4 + 2 * chance, balance.Least, 1e-9);   // 8 of 40 first judgements, half of the pairs
        Assert.Equal(1.6 - 2 * chance, balance.Most, 1e-9);
        Assert.Equal(0, GraderBalance.Unchecked(images));
        Assert.Equal(1, GraderBalance.Unchecked([.. images, new AuditedImage(right, 0, "cid")]));
    }

    /// <summary>Figures as the version before made them: a release stays verifiable by the rules of its time.</summary>
    [Fact]
    public void What_was_published_by_earlier_rules_comes_out_the_same_by_them()
    {
        var sample = SimulatedRelease.Draw(new SeededRandom(3), images: 400, accuracy: 0.9).Stratified(80, auditorErrors: 0.02, twice: 20);
        var assay = Assert.IsType<AssayOutcome.Measured>(AssayEstimator.Estimate(sample, new AssayOptions(Revision: AssayRevision.First))).Assay;
        AssayFigure[] published =
        [
            new("accuracy", 0.900081, 0.869651, 0.933375, 80, 526, 1.038319, "audit_strata_jackknife_score_auditors_measured"),
            new("precision", 0.900081, 0.868238, 0.970701, 80, 526, 1.038319, "audit_strata_jackknife_score_auditors_measured"),
            new("recall", 0.900081, 0.868238, 0.970701, 80, 526, 1.038319, "audit_strata_jackknife_score_auditors_measured"),
            new("mean_iou", 0.9, 0.9, 0.9, 80, 428, 1, "audit_strata_jackknife_t"),
            new("choice_accuracy", 0.95734, 0.863756, 1, 80, 80, 1.035418, "audit_strata_jackknife_score_auditors_measured"),
        ];
        Assert.Equal(published, assay.Figures);
        Assert.Equal(AssayRevision.First, AssayMethod.RevisionOf(published));
        Assert.Equal(AssayRevision.Current, AssayMethod.RevisionOf(Measured(sample).Figures));
        Assert.Equal(AssayRevision.First, AssayMethod.RevisionOf([published[0] with { Method = AssayMethod.StratifiedScoreEndless }]));
        Assert.Equal(AssayRevision.First, AssayMethod.RevisionOf([published[0] with { Method = AssayMethod.Census + AssayMethod.AuditorsMeasuredApart }]));
        Assert.Equal(AssayRevision.First, AssayMethod.RevisionOf([published[3] with { Method = AssayMethod.GoldStudentT }]));
        Assert.Equal(AssayRevision.Current, AssayMethod.RevisionOf([published[0] with { Method = AssayMethod.Score }, published[0] with { Method = AssayMethod.StratifiedStudentT }]));
    }

    [Fact]
    public void What_contradicts_itself_is_refused()
    {
        var image = new GradedImage { ImageId = "a", ChoicesAsked = 1 };
        Assert.Throws<ArgumentException>(() => AssayEstimator.Estimate(new AuditSample([new(image, 1)], [new("all", 5)])));
        Assert.Throws<ArgumentException>(() => AssayEstimator.Estimate(new AuditSample([new(image), new(image)], [new("all", 5)])));
        Assert.Throws<ArgumentException>(() => AssayEstimator.Estimate(new AuditSample([new(image), new(image with { ImageId = "b" })], [new("all", 1), new("more", 9)])));
    }

    private static Assay Measured(AuditSample sample) => Assert.IsType<AssayOutcome.Measured>(AssayEstimator.Estimate(sample)).Assay;
}
