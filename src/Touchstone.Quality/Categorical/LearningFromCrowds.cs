namespace Touchstone.Quality.Categorical;

/// <summary>Dawid and Skene's model with fixed priors on classes and on everybody's confusions.</summary>
/// <remarks>
/// LFC: V. C. Raykar et al., Learning from crowds, JMLR 11, 2010, without features. Known classes are clamped; what a wrong label costs is decided
/// afterwards by <see cref="LabelCosts"/>.
/// </remarks>
public static class LearningFromCrowds
{
    private const double Fixed = 1e15; // so strong a pull that no votes move the prior

    /// <summary>Fits the model.</summary>
    /// <param name="votes">The votes; may be none.</param>
    /// <param name="known">Known class of each item or <see cref="DawidSkene.Unknown"/>; empty when none is known.</param>
    /// <param name="accuracy">What is believed of everybody beforehand: the probability of the right label, the rest spread evenly.</param>
    /// <param name="strength">Votes that this belief is worth, for each row of a contributor's confusions; above 0.</param>
    /// <param name="classStrength">Items that the belief in equal classes is worth, for each class; 0 is none.</param>
    public static DawidSkeneResult Fit(Votes votes, ReadOnlySpan<int> known = default, double accuracy = 0.7, double strength = 2, double classStrength = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(strength);
        ArgumentOutOfRangeException.ThrowIfNegative(classStrength);
        if (!(accuracy is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(accuracy), accuracy, "A probability between 0 and 1.");
        var options = new DawidSkeneOptions
        {
            Shrinkage = strength,
            PoolShrinkage = Fixed,
            AccuracyShrinkage = Fixed,
            PriorAccuracy = accuracy,
            ClassShrinkage = classStrength,
            Tolerance = 1e-10,
        };
        var fit = DawidSkene.Fit(votes, options, known);
        return fit with { Method = "lfc", Skills = WorkerSkills.WithoutIntervals(fit.Skills) };
    }
}
