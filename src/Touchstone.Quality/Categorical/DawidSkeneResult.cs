namespace Touchstone.Quality.Categorical;

/// <summary>What <see cref="DawidSkene"/> found.</summary>
public sealed record DawidSkeneResult
{
    /// <summary>Number of labels K.</summary>
    public required int LabelCount { get; init; }

    /// <summary>Probability of each class for each item: item i, class k at i * K + k. An item without votes has the classes' shares.</summary>
    public required double[] Posterior { get; init; }

    /// <summary>Share of each class among the items.</summary>
    public required double[] ClassShares { get; init; }

    /// <summary>Probability that a contributor says l when k is true: contributor c at (c * K + k) * K + l.</summary>
    public required double[] Confusions { get; init; }

    /// <summary>The same for the crowd as a whole, which is what a newcomer is believed to be like: k * K + l.</summary>
    public required double[] PooledConfusion { get; init; }

    /// <summary>Log of the probability of all votes under the fitted parameters, natural units. Clamped items count with their known class.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Rounds run.</summary>
    public required int Rounds { get; init; }

    /// <summary>Whether the tolerance was reached within the rounds allowed.</summary>
    public required bool Converged { get; init; }

    /// <summary>What a reader should know before trusting the result.</summary>
    public required IReadOnlyList<DawidSkeneWarning> Warnings { get; init; }

    /// <summary>The most probable class of an item; of several equal ones the first.</summary>
    public int LabelOf(int item)
    {
        var best = 0;
        for (var k = 1; k < LabelCount; k++)
            if (Posterior[item * LabelCount + k] > Posterior[item * LabelCount + best]) best = k;
        return best;
    }

    /// <summary>Probability that a contributor says <paramref name="said"/> when <paramref name="actual"/> is true.</summary>
    public double Confusion(int contributor, int actual, int said) => Confusions[(contributor * LabelCount + actual) * LabelCount + said];

    /// <summary>A contributor's probability of being right, over the classes as they occur.</summary>
    public double AccuracyOf(int contributor)
    {
        double accuracy = 0;
        for (var k = 0; k < LabelCount; k++) accuracy += ClassShares[k] * Confusion(contributor, k, k);
        return accuracy;
    }
}

/// <summary>One warning about a fit.</summary>
/// <param name="Code">Stable word for programs.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record DawidSkeneWarning(string Code, string Message);
