using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.Numbers;

/// <summary>What a method made of answers that are numbers: one shape for all methods.</summary>
public sealed record NumericResult
{
    /// <summary>The method's name as the command line spells it, such as <c>median</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Estimate of each item; null for an item without answers.</summary>
    public required double?[] Values { get; init; }

    /// <summary>Standard error of each estimate; null where the answers do not tell.</summary>
    public required double?[] StandardErrors { get; init; }

    /// <summary>What is believed of each contributor.</summary>
    public required NumericSkill[] Skills { get; init; }

    /// <summary>Log of the probability density of all answers under the fitted parameters; null for methods without a model.</summary>
    public required double? LogLikelihood { get; init; }

    /// <summary>Log-likelihood plus the log density of the contributors' priors, up to a constant: what is maximised, and never falls. Null for methods without a model.</summary>
    public double? LogPosterior { get; init; }

    /// <summary>Rounds run; 1 for methods that do not iterate.</summary>
    public required int Rounds { get; init; }

    /// <summary>Whether the tolerance was reached within the rounds allowed.</summary>
    public required bool Converged { get; init; }

    /// <summary>What a reader should know before trusting the result.</summary>
    public required IReadOnlyList<TruthWarning> Warnings { get; init; }
}

/// <summary>What is believed of a contributor who answers with numbers.</summary>
/// <param name="Bias">By how much their answers exceed the estimates, on average; in the answers' unit.</param>
/// <param name="Deviation">Standard deviation of their answers about the estimates, once the bias is taken away; 0 or more.</param>
/// <param name="Votes">Answers that the belief rests on.</param>
public readonly record struct NumericSkill(double Bias, double Deviation, int Votes);
