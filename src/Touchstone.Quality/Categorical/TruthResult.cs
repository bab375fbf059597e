namespace Touchstone.Quality.Categorical;

/// <summary>What a method of truth inference found: one shape for all methods, so that they can be compared and exchanged.</summary>
/// <remarks>The same votes, options and seed give the same bits. Methods that know more, such as confusion matrices, derive from it.</remarks>
public record TruthResult
{
    /// <summary>The method's name as the command line spells it, such as <c>dawid-skene</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Number of labels K.</summary>
    public required int LabelCount { get; init; }

    /// <summary>Probability of each class for each item: item i, class k at i * K + k; each row sums to 1. For methods without a probability model, the share of the weighted votes.</summary>
    public required double[] Posterior { get; init; }

    /// <summary>Share of each class among the items, as estimated or assumed by the method.</summary>
    public required double[] ClassShares { get; init; }

    /// <summary>Skill of each contributor, in the order of <see cref="Votes.ContributorCount"/>.</summary>
    public required WorkerSkill[] Skills { get; init; }

    /// <summary>Log of the probability of all votes under the fitted parameters, natural units; null for methods without a likelihood.</summary>
    public required double? LogLikelihood { get; init; }

    /// <summary>Rounds run; 1 for methods that do not iterate.</summary>
    public required int Rounds { get; init; }

    /// <summary>Whether the tolerance was reached within the rounds allowed; true for methods that do not iterate.</summary>
    public required bool Converged { get; init; }

    /// <summary>Log-likelihood after each round kept, where the method has one; else empty.</summary>
    public IReadOnlyList<double> History { get; init; } = [];

    /// <summary>Seed of the random starts; null when nothing is drawn.</summary>
    public long? Seed { get; init; }

    /// <summary>What a reader should know before trusting the result.</summary>
    public required IReadOnlyList<TruthWarning> Warnings { get; init; }

    /// <summary>The most probable class of an item; of several equal ones the first.</summary>
    public int LabelOf(int item)
    {
        var best = 0;
        for (var k = 1; k < LabelCount; k++)
            if (Posterior[item * LabelCount + k] > Posterior[item * LabelCount + best]) best = k;
        return best;
    }
}

/// <summary>What is believed of a contributor.</summary>
/// <param name="Accuracy">Probability of giving the right label, over the classes as they occur, in [0, 1].</param>
/// <param name="Low">Lower end of the 95 % interval; null of methods that have none to keep its promise.</param>
/// <param name="High">Upper end of the 95 % interval; null likewise.</param>
/// <param name="Votes">Votes that the belief rests on.</param>
public readonly record struct WorkerSkill(double Accuracy, double? Low, double? High, int Votes);

/// <summary>One warning about a fit.</summary>
/// <param name="Code">Stable word for programs.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record TruthWarning(string Code, string Message);
