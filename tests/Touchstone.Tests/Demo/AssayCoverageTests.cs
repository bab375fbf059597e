using System.Globalization;
using Touchstone.Demo.Crowd;
using Touchstone.Demo.Scenes;
using Touchstone.Demo.Simulation;
using Touchstone.Quality.Assays;

namespace Touchstone.Tests.Demo;

/// <summary>The demo's project over many seeds: its assay must say what is true as often as it claims to.</summary>
public sealed class AssayCoverageTests(ITestOutputHelper output)
{
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("TOUCHSTONE_COVERAGE_SEEDS") ?? "150", CultureInfo.InvariantCulture);

    private static readonly SimulatedProject Demo = new(
        Images: 80, Audited: 40, GoldImages: 8, CrowdPresets.Contributors, CrowdPresets.Reviewer, new Persona("auditor", "exact", ErrorModel.None));

    [Fact]
    public void The_interval_holds_the_truth_about_as_often_as_it_claims()
    {
        var inside = new Dictionary<string, int>(StringComparer.Ordinal);
        var sums = new Dictionary<string, (double Estimate, double Width)>(StringComparer.Ordinal);
        var gate = new Lock();
        Parallel.For(0, Seeds, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            var outcome = DemoSimulation.Run(seed, Demo, DemoOntology.Project.Ontology);
            lock (gate)
            {
                foreach (var figure in outcome.Measured.Figures)
                {
                    var truth = outcome.True.Find(figure.Name)!.Estimate;
                    var sum = sums.GetValueOrDefault(figure.Name);
                    sums[figure.Name] = (sum.Estimate + truth, sum.Width + (figure.Upper - figure.Lower) / 2);
                    inside[figure.Name] = inside.GetValueOrDefault(figure.Name) + (truth >= figure.Lower && truth <= figure.Upper ? 1 : 0);
                }
            }
        });
        foreach (var (name, count) in inside) output.WriteLine($"{name}: {count / (double)Seeds:P1} of {Seeds} seeds; mean truth {sums[name].Estimate / Seeds:P2}, mean half-width {sums[name].Width / Seeds:P2}");

        // A short run guards against gross faults: with 150 seeds the share itself is known to about 2 points either side. The long run says more.
        foreach (var name in (string[])[FigureName.Accuracy, FigureName.Precision, FigureName.Recall])
            Assert.InRange(inside[name] / (double)Seeds, 0.86, 1);
    }

    [Fact]
    public void With_300_audited_shapes_the_half_width_is_at_most_5_points()
    {
        var outcome = DemoSimulation.Run(1, Demo with { Images = 200, Audited = 50 }, DemoOntology.Project.Ontology);
        Assert.True(outcome.AuditedShapes >= 300, $"{outcome.AuditedShapes} shapes");
        var figure = outcome.Measured.Find(FigureName.Accuracy)!;
        Assert.InRange((figure.Upper - figure.Lower) / 2, 0, 0.05);
    }

    [Fact]
    public void Crowds_of_60_and_of_99_per_cent_get_clearly_different_assays()
    {
        var poor = DemoSimulation.Run(2, Demo with { Crowd = CrowdPresets.OfAccuracy(0.60), Reviewer = new Persona("poor reviewer", "no better", ErrorModel.ForAccuracy(0.60)) }, DemoOntology.Project.Ontology);
        var good = DemoSimulation.Run(2, Demo with { Crowd = CrowdPresets.OfAccuracy(0.99) }, DemoOntology.Project.Ontology);
        var (low, high) = (poor.Measured.Find(FigureName.Accuracy)!, good.Measured.Find(FigureName.Accuracy)!);
        output.WriteLine($"60 %: {low.Lower:P1}-{low.Upper:P1}; 99 %: {high.Lower:P1}-{high.Upper:P1}");
        Assert.True(low.Upper < high.Lower, $"{low} and {high} overlap");
    }
}
