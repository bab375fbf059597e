using System.Collections.Concurrent;
using Touchstone.Demo.Scenes;
using Touchstone.Demo.Simulation;
using Touchstone.Quality.Assays;
using Touchstone.Statistics;

namespace Touchstone.Tests.Demo;

/// <summary>How often the intervals of one figure held what is true.</summary>
/// <param name="Name">Which figure.</param>
/// <param name="Seeds">Releases, each from a seed of its own.</param>
/// <param name="Held">Of those, the ones whose own audit's interval held the truth.</param>
/// <param name="Below">The truth lay below the interval.</param>
/// <param name="Above">The truth lay above it.</param>
/// <param name="HeldOfAudits">The share of all audits that held it, where every release is audited many times over.</param>
/// <param name="ErrorOfAudits">Standard error of that share; audits of one release are not independent, so it comes from how releases differ.</param>
/// <param name="Truth">Mean true figure.</param>
/// <param name="HalfWidth">Mean half-width.</param>
internal sealed record FigureCoverage(string Name, int Seeds, int Held, int Below, int Above, double HeldOfAudits, double ErrorOfAudits, double Truth, double HalfWidth)
{
    public override string ToString() =>
        FormattableString.Invariant($"{Name,-18} held {100.0 * Held / Seeds:F1} % of {Seeds} (true below {100.0 * Below / Seeds:F1}, above {100.0 * Above / Seeds:F1})")
        + FormattableString.Invariant($"; of all audits {100 * HeldOfAudits:F1} ± {100 * ErrorOfAudits:F1} %; true {Truth:F4}, half-width {HalfWidth:F4}");
}

/// <summary>A simulated project over many seeds. Each release is audited once as the demo does it, and again by other samples of the same size.</summary>
internal static class CoverageRun
{
    /// <summary>Audits of each release. Labelling costs far more than auditing, and thrice as many say hardly more.</summary>
    private const int Audits = 20;

    private sealed record Counted(string Name, bool Below, bool Above, double Truth, double HalfWidth, double HeldOfAudits);

    /// <summary>Seeds 1 to <paramref name="seeds"/>, on all cores.</summary>
    public static IReadOnlyDictionary<string, FigureCoverage> Of(SimulatedProject project, int seeds)
    {
        var counted = new ConcurrentBag<Counted>();
        Parallel.For(1, seeds + 1, seed =>
        {
            foreach (var figure in Count(seed, project)) counted.Add(figure);
        });
        return counted.GroupBy(c => c.Name).ToDictionary(g => g.Key, g => Summarise(g.Key, [.. g]));
    }

    private static IEnumerable<Counted> Count(int seed, SimulatedProject project)
    {
        var outcome = DemoSimulation.Run(seed, project, DemoOntology.Project.Ontology);
        var held = new Dictionary<string, int>(StringComparer.Ordinal);
        var random = new SeededRandom(seed).Fork("other audits");
        for (var audit = 0; audit < Audits; audit++)
        {
            var sample = random.Sample(outcome.Release.Count, project.Audited).Select(i => outcome.Release[i]).ToList();
            foreach (var figure in ((AssayOutcome.Measured)AssayEstimator.Estimate(sample, outcome.Release.Count)).Assay.Figures)
                held[figure.Name] = held.GetValueOrDefault(figure.Name) + (Holds(figure, outcome) ? 1 : 0);
        }

        foreach (var figure in outcome.Measured.Figures)
        {
            var truth = TrueOf(figure, outcome);
            yield return new(figure.Name, truth < figure.Lower, truth > figure.Upper, truth, (figure.Upper - figure.Lower) / 2, (double)held[figure.Name] / Audits);
        }
    }

    private static double TrueOf(AssayFigure figure, SimulatedOutcome outcome) => outcome.True.Find(figure.Name)!.Estimate;

    private static bool Holds(AssayFigure figure, SimulatedOutcome outcome) => TrueOf(figure, outcome) is var truth && truth >= figure.Lower && truth <= figure.Upper;

    private static FigureCoverage Summarise(string name, IReadOnlyList<Counted> seeds)
    {
        var (below, above) = (seeds.Count(s => s.Below), seeds.Count(s => s.Above));
        var share = seeds.Average(s => s.HeldOfAudits);
        var error = Math.Sqrt(seeds.Sum(s => (s.HeldOfAudits - share) * (s.HeldOfAudits - share)) / (seeds.Count - 1) / seeds.Count);
        return new(name, seeds.Count, seeds.Count - below - above, below, above, share, error, seeds.Average(s => s.Truth), seeds.Average(s => s.HalfWidth));
    }
}
