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

    /// <summary>
    /// What confusions and shares alone make of each item's votes: K probabilities an item. A queue that has only these at hand, since the votes go on, believes so; <see cref="TruthResult.Posterior"/> also
    /// knows how certain they are.
    /// </summary>
    /// <param name="votes">Votes of the same contributors and labels, on any items.</param>
    public double[] PosteriorOf(Votes votes)
    {
        var posterior = new double[votes.ItemCount * LabelCount];
        for (var i = 0; i < votes.ItemCount; i++) PosteriorOf(votes.ByItem.Of(i), posterior.AsSpan(i * LabelCount, LabelCount));
        return posterior;
    }

    /// <param name="cells">contributor * K + label, of each vote.</param>
    /// <param name="posterior">Where the K probabilities go.</param>
    internal void PosteriorOf(ReadOnlySpan<int> cells, Span<double> posterior)
    {
        // Products of probabilities are kept clear of the smallest numbers; the same factor for every class changes nothing.
        const double small = 1e-150, lift = 1e150;
        ClassShares.CopyTo(posterior);
        foreach (var cell in cells)
        {
            var (contributor, said) = Math.DivRem(cell, LabelCount);
            double most = 0;
            for (var k = 0; k < LabelCount; k++) most = Math.Max(most, posterior[k] *= Confusion(contributor, k, said));
            if (most >= small) continue;
            foreach (ref var probability in posterior) probability *= lift;
        }

        double sum = 0;
        foreach (var probability in posterior) sum += probability;
        foreach (ref var probability in posterior) probability /= sum;
    }
}
