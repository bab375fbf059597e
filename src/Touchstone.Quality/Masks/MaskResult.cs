using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.Masks;

/// <summary>What a method made of several masks of one thing.</summary>
public sealed record MaskResult
{
    /// <summary>The method's name as the command line spells it, such as <c>mask-majority</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The mask, as runs (see <see cref="MaskRuns"/>).</summary>
    public required int[] Runs { get; init; }

    /// <summary>Intersection over union of each contributor's mask with the result, in their order.</summary>
    public required double[] Overlaps { get; init; }

    /// <summary>Weight or accuracy of each contributor that the method used, in [0, 1]; what it measures depends on the method.</summary>
    public required double[] Reliabilities { get; init; }

    /// <summary>Mean probability, or share of weighted votes, that the pixels which anybody marked are as the result says; 1 where nobody marked any.</summary>
    public required double Confidence { get; init; }

    /// <summary>Log of the probability of the masks in the region that anybody marked; null for methods without a model.</summary>
    public required double? LogLikelihood { get; init; }

    /// <summary>Rounds run; 1 for methods that do not iterate.</summary>
    public required int Rounds { get; init; }

    /// <summary>Whether the tolerance was reached within the rounds allowed.</summary>
    public required bool Converged { get; init; }

    /// <summary>What a reader should know before trusting the result.</summary>
    public required IReadOnlyList<TruthWarning> Warnings { get; init; }
}
