namespace Touchstone.Statistics.Ratings;

/// <summary>Ratings that follow comparisons one by one. They depend on the order of comparisons and lag behind; for a rating of a closed set use <see cref="BradleyTerry"/>.</summary>
/// <remarks>A. E. Elo, The Rating of Chessplayers, 1978, with the logistic curve: 400 points are odds of 10 to 1.</remarks>
public static class Elo
{
    /// <summary>Ratings after all comparisons, in their order.</summary>
    /// <param name="comparisons">The outcomes; a tie is half a win.</param>
    /// <param name="step">Points that an outcome wholly unexpected moves a rating by; above 0.</param>
    /// <param name="start">Rating before the first comparison.</param>
    public static double[] Fit(Comparisons comparisons, double step = 32, double start = 1500)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        var ratings = new double[comparisons.ItemCount];
        ratings.AsSpan().Fill(start);
        for (var c = 0; c < comparisons.Count; c++) Update(ratings, comparisons.Left[c], comparisons.Right[c], comparisons.Outcomes[c], step);
        return ratings;
    }

    /// <summary>Moves the two ratings of one comparison.</summary>
    public static void Update(Span<double> ratings, int left, int right, Outcome outcome, double step = 32)
    {
        var expected = Expected(ratings[left], ratings[right]);
        var moved = step * (((int)outcome + 1) / 2.0 - expected);
        ratings[left] += moved;
        ratings[right] -= moved;
    }

    /// <summary>Probability that the first of two ratings wins, a tie counted as half.</summary>
    public static double Expected(double first, double second) => 1 / (1 + PortableMath.Exp((second - first) * (2.30258509299404568402 / 400)));
}
