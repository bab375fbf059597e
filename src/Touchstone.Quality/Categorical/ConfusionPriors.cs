namespace Touchstone.Quality.Categorical;

/// <summary>
/// What a contributor's rows of confusions may lie around: the crowd's with its errors made likelier or rarer, each at several strengths. A contributor whose votes are like the crowd's is held to it
/// as firmly as theirs allow, and one who errs in a way of their own soon goes by their own votes.
/// </summary>
internal sealed class ConfusionPriors
{
    private readonly double[][] _votes; // of each prior: strength * probability of said given actual, at said * K + actual

    /// <summary>Every strength with every odds.</summary>
    /// <param name="crowd">Probability that the crowd says l when k is true: k * K + l.</param>
    /// <param name="labels">Classes, K.</param>
    /// <param name="strengths">Votes that a row is worth, each above 0.</param>
    /// <param name="odds">Factors on the odds of each error, each above 0.</param>
    public ConfusionPriors(ReadOnlySpan<double> crowd, int labels, ReadOnlySpan<double> strengths, ReadOnlySpan<double> odds)
    {
        _votes = new double[strengths.Length * odds.Length][];
        Strengths = new double[_votes.Length];
        for (var p = 0; p < _votes.Length; p++)
        {
            Strengths[p] = strengths[p % strengths.Length];
            _votes[p] = Around(crowd, labels, Strengths[p], odds[p / strengths.Length]);
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _votes.Length;

    /// <summary>Votes that each row of a prior is worth.</summary>
    public double[] Strengths { get; }

    /// <summary>Votes that each cell of a prior is worth: said * K + actual.</summary>
    public ReadOnlySpan<double> this[int prior] => _votes[prior];

    private static double[] Around(ReadOnlySpan<double> crowd, int labels, double strength, double odds)
    {
        var votes = new double[labels * labels];
        for (var actual = 0; actual < labels; actual++)
        {
            double sum = 0;
            for (var said = 0; said < labels; said++)
            {
                var share = Math.Max(crowd[actual * labels + said], DawidSkeneOptions.Default.Floor) * (said == actual ? 1 : odds);
                votes[said * labels + actual] = share;
                sum += share;
            }

            for (var said = 0; said < labels; said++) votes[said * labels + actual] *= strength / sum;
        }

        return votes;
    }
}
