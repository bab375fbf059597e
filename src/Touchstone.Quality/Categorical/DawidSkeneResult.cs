namespace Touchstone.Quality.Categorical;

/// <summary>What <see cref="DawidSkene"/> found. An item without votes has the classes' shares; clamped items count in the likelihood with their known class.</summary>
public sealed record DawidSkeneResult : TruthResult
{
    /// <summary>Probability that a contributor says l when k is true: contributor c at (c * K + k) * K + l.</summary>
    public required double[] Confusions { get; init; }

    /// <summary>The same for the crowd as a whole, which is what a newcomer is believed to be like: k * K + l.</summary>
    public required double[] PooledConfusion { get; init; }

    /// <summary>Votes by which rows were pulled towards the crowd's: as asked for, or as chosen from the votes.</summary>
    public double Shrinkage { get; init; }

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
