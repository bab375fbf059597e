using System.Globalization;
using Touchstone.Quality.Assays;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests.Assays;

/// <summary>Whether the intervals of a release keep their promise, however the audit was drawn and whoever judged it.</summary>
public sealed class AuditSampleCoverageTests(ITestOutputHelper output)
{
    /// <summary>The range of the promise is asserted as it is, without room for chance: two thousand releases of fixed seeds, enough for an honest interval to stay within it.</summary>
    private static int Runs => int.TryParse(Environment.GetEnvironmentVariable("TOUCHSTONE_COVERAGE_SEEDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var runs) ? Math.Max(2_000, runs) : 2_000;

    [Theory]
    [InlineData("simple", 0.85, 120, 0, 0)]
    [InlineData("simple", 0.95, 120, 0, 0)]
    [InlineData("stratified", 0.85, 120, 0, 0)]
    [InlineData("stratified", 0.95, 120, 0, 0)]
    [InlineData("simple", 0.9, 150, 0.05, 60)]
    [InlineData("simple", 0.9, 150, 0.05, 150)]
    [InlineData("stratified", 0.9, 150, 0.05, 60)]
    [InlineData("stratified", 0.95, 200, 0.02, 60)]
    public void The_interval_holds_the_truth_as_often_as_it_promises(string design, double accuracy, int audited, double auditorErrors, int twice)
    {
        var (shapes, choices, bias) = (0, 0, 0.0);
        for (var run = 0; run < Runs; run++)
        {
            var world = SimulatedRelease.Draw(new SeededRandom(run).Fork($"{design}/{accuracy}/{auditorErrors}"), images: 600, accuracy);
            var assay = Measured(design == "simple" ? world.Simple(audited, auditorErrors, twice) : world.Stratified(audited, auditorErrors, twice));
            shapes += Holds(assay, world, FigureName.Accuracy, ref bias);
            var ignored = 0.0;
            choices += Holds(assay, world, FigureName.ChoiceAccuracy, ref ignored);
        }

        var (shapeShare, choiceShare) = (shapes / (double)Runs, choices / (double)Runs);
        output.WriteLine($"{design}, {accuracy}, {audited} audited, auditors err in {auditorErrors:P0}, {twice} twice: things {shapeShare:P1}, choices {choiceShare:P1}, bias {bias / Runs:F4}");
        Assert.InRange(shapeShare, 0.93, 0.97);

        // Choices are one an image. Of 60 judged twice by auditors who err in 2 % of them about two differ, often none: what so few can show comes in steps, of which an honest interval takes the wider one.
        Assert.InRange(choiceShare, 0.93, auditorErrors * twice is > 0 and < 2 ? 0.99 : 0.97);
        Assert.InRange(bias / Runs, -0.004, 0.004);
    }

    /// <summary>Of 600 audited ones of 1,500, the doubtful parts are seen nearly whole: only what was not seen may be called open.</summary>
    [Theory]
    [InlineData(300, 0, 0)]
    [InlineData(600, 0, 0)]
    [InlineData(300, 0.03, 120)]
    public void Stopping_by_the_posterior_biases_nothing(int audited, double auditorErrors, int twice)
    {
        var (held, bias) = (0, 0.0);
        for (var run = 0; run < Runs; run++)
        {
            var world = SimulatedRelease.Adaptive(new SeededRandom(run).Fork("adaptive"), images: 1_500, errors: 0.25, confidence: 0.97, most: 7);
            held += Holds(Measured(world.Stratified(audited, auditorErrors, twice)), world, FigureName.ChoiceAccuracy, ref bias);
        }

        output.WriteLine($"adaptive overlap, stratified, {audited} audited, auditors err in {auditorErrors:P0}, {twice} twice: {held / (double)Runs:P1}, bias {bias / Runs:F4}");
        Assert.InRange(held / (double)Runs, 0.93, 0.97);
        Assert.InRange(bias / Runs, -0.003, 0.003);
    }

    [Fact]
    public void Strata_make_the_interval_narrower_where_the_consensus_knows_what_it_does_not_know()
    {
        var (simple, stratified) = (0.0, 0.0);
        for (var run = 0; run < 100; run++)
        {
            var world = SimulatedRelease.Draw(new SeededRandom(run).Fork("width"), images: 1_500, accuracy: 0.93);
            simple += Width(Measured(world.Simple(300, 0, 0)));
            stratified += Width(Measured(world.Stratified(300, 0, 0)));
        }

        output.WriteLine($"width: simple {simple / 100:F4}, stratified {stratified / 100:F4}");
        Assert.True(stratified < 0.97 * simple, $"simple {simple / 100:F4}, stratified {stratified / 100:F4}");
    }

    private static double Width(Assay assay) => assay.Find(FigureName.Accuracy) is { } figure ? figure.Upper - figure.Lower : 1;

    private static int Holds(Assay assay, SimulatedRelease world, string name, ref double bias)
    {
        var (figure, truth) = (assay.Find(name)!, world.Truth(name));
        bias += figure.Estimate - truth;
        return figure.Lower <= truth + 1e-6 && truth - 1e-6 <= figure.Upper ? 1 : 0;
    }

    private static Assay Measured(AuditSample sample) => Assert.IsType<AssayOutcome.Measured>(AssayEstimator.Estimate(sample)).Assay;
}
