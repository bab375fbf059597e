using Touchstone.Annotations.Geometry;

namespace Touchstone.Quality.Reliabilities;

/// <summary>How far each contributor's edges scatter, relative to the size of the thing: measured against the mean of the others' edges, or against gold.</summary>
/// <remarks>
/// A residual's variance is the contributor's own plus that of what it is measured against; the latter follows from the others' noise as believed so
/// far, so a few rounds settle it. Upright bounds stand for every kind of geometry.
/// </remarks>
internal static class LocalisationFit
{
    private const int Rounds = 20;
    private const double Shrinkage = 4;
    private const double LeastNoise = 0.002;

    public static (double[] Noise, double Crowd) Fit(IReadOnlyList<Candidate> candidates, ReadOnlySpan<double> there, int contributorCount)
    {
        List<Candidate> usable = [];
        for (var c = 0; c < candidates.Count; c++)
            if (there[c] >= 0.5 && (candidates[c].Known is not null ? candidates[c].Marks.Count > 0 : candidates[c].Marks.Count > 1)) usable.Add(candidates[c]);

        var prior = Square(MarkingReliability.Prior.LocalisationNoise);
        var crowd = prior;
        var variances = new double[contributorCount];
        Array.Fill(variances, prior);
        for (var round = 0; round < Rounds; round++)
        {
            var (sums, counts) = (new double[contributorCount], new double[contributorCount]);
            foreach (var candidate in usable) AddResiduals(candidate, variances, sums, counts);
            crowd = Math.Max(Square(LeastNoise), (sums.Sum() + Shrinkage * prior) / (counts.Sum() + Shrinkage));
            for (var w = 0; w < contributorCount; w++)
                variances[w] = Math.Max(Square(LeastNoise), (sums[w] + Shrinkage * crowd) / (counts[w] + Shrinkage));
        }

        return (Array.ConvertAll(variances, Math.Sqrt), Math.Sqrt(crowd));
    }

    private static void AddResiduals(Candidate candidate, double[] variances, double[] sums, double[] counts)
    {
        foreach (var mark in candidate.Marks)
        {
            var (reference, variance) = candidate.Known is { } known ? (Edges(known.Geometry.Bounds), 0.0) : MeanOfOthers(candidate, mark, variances);
            var bounds = mark.Shape.Geometry.Bounds;
            var size = Math.Max(1e-9, (bounds.Width + bounds.Height) / 2);
            var edges = Edges(bounds);
            double squares = 0;
            for (var e = 0; e < edges.Length; e++) squares += Square((edges[e] - reference[e]) / size);
            // One box that took in a neighbour must not speak for all the rest.
            sums[mark.Contributor] += Math.Clamp(squares / edges.Length - variance, 0, 0.25);
            counts[mark.Contributor]++;
        }
    }

    private static (double[] Edges, double Variance) MeanOfOthers(Candidate candidate, Mark own, double[] variances)
    {
        var mean = new double[4];
        double total = 0;
        foreach (var mark in candidate.Marks)
        {
            if (ReferenceEquals(mark.Shape, own.Shape)) continue;
            var weight = 1 / variances[mark.Contributor];
            var edges = Edges(mark.Shape.Geometry.Bounds);
            for (var e = 0; e < mean.Length; e++) mean[e] += weight * edges[e];
            total += weight;
        }

        for (var e = 0; e < mean.Length; e++) mean[e] /= total;
        return (mean, 1 / total);
    }

    private static double[] Edges(Box box) => [box.X, box.Y, box.Right, box.Bottom];

    private static double Square(double value) => value * value;
}
