namespace Touchstone.Quality.Categorical;

/// <summary>What <see cref="Mace"/> found.</summary>
public sealed record MaceResult : TruthResult
{
    /// <summary>Each contributor's probability of knowing the answer rather than guessing: mean of its posterior.</summary>
    public required double[] Competence { get; init; }

    /// <summary>What each contributor says when guessing: contributor c, label l at c * K + l; each row sums to 1.</summary>
    public required double[] Strategies { get; init; }

    /// <summary>Lower bound of the log of the probability of all votes with the contributors' parameters integrated out: what is maximised, and never falls.</summary>
    public required double Bound { get; init; }

    /// <summary>The bound that each start had reached when the best was chosen, in the order of starts.</summary>
    public required double[] BoundOfEachStart { get; init; }
}
