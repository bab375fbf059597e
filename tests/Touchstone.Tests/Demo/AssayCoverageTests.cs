using System.Globalization;
using Touchstone.Demo.Crowd;
using Touchstone.Demo.Run;
using Touchstone.Demo.Scenes;
using Touchstone.Demo.Simulation;
using Touchstone.Quality.Assays;
using Touchstone.Statistics;

namespace Touchstone.Tests.Demo;

/// <summary>The demo's project over many seeds: its assay must say what is true as often as it claims to.</summary>
public sealed class AssayCoverageTests(ITestOutputHelper output)
{
    private const int ShortRun = 100, LongRun = 1_000;

    /// <summary>Seeds; <c>TOUCHSTONE_COVERAGE_SEEDS=1000</c> is the long run.</summary>
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("TOUCHSTONE_COVERAGE_SEEDS") ?? $"{ShortRun}", CultureInfo.InvariantCulture);

    private static readonly SimulatedProject Demo = new(
        Images: DemoOptions.DefaultImages, Audited: (int)(DemoOptions.DefaultImages * DemoOptions.AuditShare), GoldImages: DemoOptions.DefaultImages / 10,
        CrowdPresets.Contributors, CrowdPresets.Reviewer, CrowdPresets.Auditor);

    /// <summary>Figures of many units. Choices are one for each image and nearly all right, so that theirs comes in few, large steps.</summary>
    private static readonly string[] FigureNames = [FigureName.Accuracy, FigureName.Precision, FigureName.Recall, FigureName.MeanIou, FigureName.AttributeAccuracy];

    [Fact]
    public void The_interval_holds_the_truth_as_often_as_it_claims()
    {
        var coverage = CoverageRun.Of(Demo, Seeds);
        foreach (var figure in coverage.Values.OrderBy(f => f.Name, StringComparer.Ordinal)) output.WriteLine($"{figure}");

        // Each release's own audit. Of a thousand seeds an interval of 95 % misses this range once in 300 runs. Of a hundred, the share itself is only known to four points: what
        // an honest interval would fall below once in a thousand runs is refused.
        var least = Seeds >= LongRun ? 0.93 : FewestHeld(Seeds, 0.95, risk: 1e-3) / (double)Seeds;
        var most = Seeds >= LongRun ? 0.97 : 1;
        foreach (var name in FigureNames) Assert.InRange((double)coverage[name].Held / coverage[name].Seeds, least, most);

        // Twenty audits of each release say more: their share has a standard error below one point already in the short run.
        foreach (var name in FigureNames)
        {
            Assert.InRange(coverage[name].ErrorOfAudits, 0, 0.01);
            Assert.InRange(coverage[name].HeldOfAudits, 0.93, 0.97);
        }

        // Where one of eighty is wrong, an interval that never holds the truth too seldom holds it nearly always.
        Assert.InRange(coverage[FigureName.ChoiceAccuracy].HeldOfAudits, 0.95, 1);
    }

    /// <summary>Of an honest 95 % the number of hits that fewer than <paramref name="risk"/> of all runs fall below.</summary>
    private static int FewestHeld(int trials, double probability, double risk)
    {
        var held = 0;
        while (1 - Beta.Cumulative(probability, held + 1, trials - held) <= risk) held++; // P(X <= held)
        return held;
    }

    /// <param name="crowd">Who labels; what is released is better than the crowd.</param>
    /// <param name="accuracy">The accuracy of what they release.</param>
    /// <param name="always">Whether every sample must do, or nine of ten and their mean.</param>
    [Theory]
    [InlineData("demo", 0.97, true)]
    [InlineData("0.87", 0.91, false)]
    public void With_300_audited_shapes_the_half_width_is_at_most_five_points(string crowd, double accuracy, bool always)
    {
        const int Releases = 4, Samples = 25;
        var halfWidths = new List<double>();
        for (var seed = 1; seed <= Releases; seed++)
        {
            var outcome = DemoSimulation.Run(seed, ProjectOf(crowd) with { Images = 200 }, DemoOntology.Project.Ontology);
            Assert.Equal(accuracy, outcome.True.Find(FigureName.Accuracy)!.Estimate, 0.015);
            for (var sample = 0; sample < Samples; sample++)
            {
                var figure = ((AssayOutcome.Measured)AssayEstimator.Estimate(UntilShapes(outcome.Release, 300, new SeededRandom(seed).Fork(sample)), outcome.Release.Count)).Assay.Find(FigureName.Accuracy)!;
                Assert.InRange(figure.SampleUnits, 300, 315);
                halfWidths.Add((figure.Upper - figure.Lower) / 2);
            }
        }

        output.WriteLine(FormattableString.Invariant($"{crowd}: mean {halfWidths.Average():F4}, nine of ten up to {Quantiles.Of([.. halfWidths], 0.9):F4}, all up to {halfWidths.Max():F4}"));
        Assert.InRange(halfWidths.Average(), 0, 0.05);
        Assert.InRange(always ? halfWidths.Max() : Quantiles.Of([.. halfWidths], 0.9), 0, 0.05);
    }

    /// <summary>Images at random until they hold so many things.</summary>
    private static List<GradedImage> UntilShapes(IReadOnlyList<GradedImage> release, int shapes, SeededRandom random)
    {
        var images = release.ToArray();
        random.Shuffle(images.AsSpan());
        var audited = new List<GradedImage>();
        for (var i = 0; audited.Sum(g => g.Objects) < shapes; i++) audited.Add(images[i]);
        return audited;
    }

    [Fact]
    public void Crowds_of_60_and_of_99_per_cent_get_clearly_different_assays()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            AssayFigure Of(string crowd) => DemoSimulation.Run(seed, ProjectOf(crowd), DemoOntology.Project.Ontology).Measured.Find(FigureName.Accuracy)!;
            var (low, high) = (Of("0.60"), Of("0.99"));
            output.WriteLine(FormattableString.Invariant($"seed {seed}: 60 %: {low.Lower:P1}-{low.Upper:P1}; 99 %: {high.Lower:P1}-{high.Upper:P1}"));
            Assert.True(low.Upper + 0.1 < high.Lower, $"{low} and {high} are less than ten points apart");
        }
    }

    /// <summary>The demo's people, or people and a reviewer of one stated accuracy.</summary>
    private static SimulatedProject ProjectOf(string crowd)
    {
        if (crowd == "demo") return Demo;
        var accuracy = double.Parse(crowd, CultureInfo.InvariantCulture);
        return Demo with { Crowd = CrowdPresets.OfAccuracy(accuracy), Reviewer = new Persona("reviewer", "no better than the others", ErrorModel.ForAccuracy(accuracy)) };
    }
}
