using Touchstone.Quality.Assays;
using Touchstone.Statistics;

namespace Touchstone.Quality.Tests;

/// <summary>
/// Whether the interval keeps its promise: over many releases, each with its true figures known, how often the interval from a random sample holds
/// the true figure of the whole release.
/// </summary>
public sealed class AssayCoverageTests(ITestOutputHelper output)
{
    private const int Seeds = 1_000;
    private static readonly string[] Names = [FigureName.Accuracy, FigureName.Precision, FigureName.Recall, FigureName.MeanIou, FigureName.ChoiceAccuracy];

    public static TheoryData<int, int, double> Crowds()
    {
        var data = new TheoryData<int, int, double>();
        foreach (var (population, sample) in new[] { (60, 30), (400, 100) })
            foreach (var accuracy in new[] { 0.6, 0.8, 0.9, 0.95, 0.99 }) data.Add(population, sample, accuracy);
        return data;
    }

    [Theory]
    [MemberData(nameof(Crowds))]
    public void The_interval_holds_the_true_figure_as_often_as_it_promises(int population, int sample, double accuracy)
    {
        var outcome = Run(population, sample, accuracy, clustering: 0);
        foreach (var name in Names)
        {
            // At 99 % a release of 60 images has one to four errors, and choices about one: what the sample can show comes in few steps, and an
            // honest interval then holds the truth more often than promised. It must never hold it less often.
            var most = accuracy < 0.98 ? 0.97 : population > 60 ? 0.98 : 0.999;
            Assert.InRange(outcome[name].Coverage, 0.93, most);
        }
    }

    [Theory]
    [InlineData(60, 30, 0.8)]
    [InlineData(60, 30, 0.95)]
    [InlineData(400, 100, 0.9)]
    [InlineData(400, 100, 0.95)]
    public void Errors_that_come_together_in_images_widen_the_interval_enough(int population, int sample, double accuracy)
    {
        var together = Run(population, sample, accuracy, clustering: 0.15);
        var apart = Run(population, sample, accuracy, clustering: 0, seeds: 100);
        foreach (var name in Names) Assert.InRange(together[name].Coverage, 0.92, 0.98);
        Assert.True(together[FigureName.Accuracy].HalfWidth > 1.1 * apart[FigureName.Accuracy].HalfWidth);
    }

    private Dictionary<string, (double Coverage, double HalfWidth)> Run(int population, int sample, double accuracy, double clustering, int seeds = Seeds)
    {
        var held = new int[Names.Length];
        var (below, above) = (new int[Names.Length], new int[Names.Length]);
        var widths = new double[Names.Length];
        for (var seed = 0; seed < seeds; seed++)
        {
            var random = new SeededRandom(seed).Fork($"{population}/{sample}/{accuracy}/{clustering}");
            var release = GradedRelease.Simulate(random, population, accuracy, clustering);
            var drawn = random.Sample(population, sample).Select(i => release[i]).ToArray();
            var assay = AssayAssert.Measured(AssayEstimator.Estimate(drawn, population));
            var truth = Truth(release);
            for (var f = 0; f < Names.Length; f++)
            {
                var (figure, actual) = (assay.Find(Names[f])!, truth[f]);
                if (actual < figure.Lower) below[f]++;
                else if (actual > figure.Upper) above[f]++;
                else held[f]++;
                widths[f] += (figure.Upper - figure.Lower) / 2 / seeds;
            }
        }

        for (var f = 0; f < Names.Length; f++)
            output.WriteLine($"{population}/{sample} accuracy {accuracy} clustering {clustering} {Names[f],-16} held {100.0 * held[f] / seeds:F1} % (true below {100.0 * below[f] / seeds:F1}, above {100.0 * above[f] / seeds:F1}), half-width {widths[f]:F4}");
        return Names.Select((name, f) => (name, f)).ToDictionary(x => x.name, x => ((double)held[x.f] / seeds, widths[x.f]));
    }

    /// <summary>The true figures of the whole release in the order of the names, by plain counting.</summary>
    private static double[] Truth(GradedImage[] release)
    {
        double right = release.Sum(i => i.TruePositives);
        double[] figures =
        [
            right / release.Sum(i => i.TruePositives + i.FalsePositives + i.FalseNegatives - i.WrongClass),
            right / release.Sum(i => i.TruePositives + i.FalsePositives),
            right / release.Sum(i => i.TruePositives + i.FalseNegatives),
            release.Sum(i => i.IouSum) / right,
            release.Sum(i => i.ChoicesCorrect) / (double)release.Sum(i => i.ChoicesAsked),
        ];
        return Array.ConvertAll(figures, f => Rounding.ToDigest(f));
    }
}
