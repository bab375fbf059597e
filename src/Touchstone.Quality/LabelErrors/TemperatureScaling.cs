using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Quality.LabelErrors;

/// <summary>Makes a model's probabilities as sure as its hits allow: softmax(log p / T) with T chosen so that the votes are best predicted.</summary>
/// <remarks>C. Guo and others, On calibration of modern neural networks, ICML 2017; the search grid of cleanlab 2.9 (0.1 to 8, then four steps to either side of the best).</remarks>
public static class TemperatureScaling
{
    private const double Least = 1e-30;
    private const int FineSteps = 4;
    private static readonly double[] Coarse = [0.1, 0.2, 0.5, 0.8, 1, 2, 3, 5, 8];

    /// <summary>The temperature of least mean cross-entropy between an item's votes and its scaled probabilities; 1 without votes or with one class.</summary>
    /// <exception cref="ArgumentException">The probabilities are of other items or classes than the votes.</exception>
    public static double Fit(Votes votes, ClassProbabilities probabilities)
    {
        MajorityLabels.CheckShape(votes, probabilities);
        return Fit(new SingleVotes(votes), probabilities);
    }

    /// <summary>Scaled probabilities; below temperature 1 they are surer, above it less sure.</summary>
    /// <param name="probabilities">Probabilities; zeros are taken as 1e-30.</param>
    /// <param name="temperature">Greater than 0.</param>
    public static ClassProbabilities Scale(ClassProbabilities probabilities, double temperature)
    {
        if (!(temperature > 0)) throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature is greater than 0.");
        var scaled = new double[probabilities.Values.Length];
        for (var i = 0; i < probabilities.ItemCount; i++)
            ScaleRow(probabilities.Row(i), temperature, scaled.AsSpan(i * probabilities.LabelCount, probabilities.LabelCount));
        return new ClassProbabilities(scaled, probabilities.LabelCount);
    }

    internal static double Fit(SingleVotes votes, ClassProbabilities probabilities)
    {
        if (votes.VotedItems == 0 || votes.LabelCount == 1) return 1;
        var best = Best(Coarse, votes, probabilities);
        List<double> fine = [];
        if (best > 0) fine.AddRange(Enumerable.Range(0, FineSteps).Select(s => Between(Coarse[best - 1], Coarse[best], s)));
        if (best < Coarse.Length - 1) fine.AddRange(Enumerable.Range(0, FineSteps + 1).Select(s => Between(Coarse[best], Coarse[best + 1], s)));
        return fine[Best(fine, votes, probabilities)];
    }

    private static double Between(double from, double to, int step) => from + step * ((to - from) / FineSteps);

    private static int Best(IReadOnlyList<double> temperatures, SingleVotes votes, ClassProbabilities probabilities)
    {
        var best = 0;
        var least = double.PositiveInfinity;
        for (var t = 0; t < temperatures.Count; t++)
        {
            var entropy = CrossEntropy(temperatures[t], votes, probabilities);
            if (entropy < least) (best, least) = (t, entropy);
        }

        return best;
    }

    private static double CrossEntropy(double temperature, SingleVotes votes, ClassProbabilities probabilities)
    {
        var row = new double[probabilities.LabelCount];
        double sum = 0;
        for (var i = 0; i < votes.ItemCount; i++)
        {
            if (votes.CountOf(i) == 0) continue;
            ScaleRow(probabilities.Row(i), temperature, row);
            double own = 0;
            foreach (var label in votes.LabelsOf(i)) own -= PortableMath.Log(Math.Max(row[label], Least));
            sum += own / votes.CountOf(i);
        }

        return sum;
    }

    private static void ScaleRow(ReadOnlySpan<double> row, double temperature, Span<double> scaled)
    {
        var largest = PortableMath.Log(Math.Max(row[ClassProbabilities.Largest(row)], Least));
        double sum = 0;
        for (var k = 0; k < row.Length; k++) sum += scaled[k] = PortableMath.Exp((PortableMath.Log(Math.Max(row[k], Least)) - largest) / temperature);
        for (var k = 0; k < row.Length; k++) scaled[k] /= sum;
    }
}
