namespace Touchstone.Demo.Crowd;

/// <summary>How a simulated contributor errs. Every rate is a probability in [0, 1], independent of all others and alike for all things.</summary>
/// <param name="MissRate">That a thing is not marked at all.</param>
/// <param name="JitterShare">Standard deviation of each edge, as a share of the box's side across it.</param>
/// <param name="JitterPx">Standard deviation of each edge on top of that, pixels: the unsteady hand, the same for every size.</param>
/// <param name="WrongClassRate">That a marked thing gets another class, of its own group where the group has one.</param>
/// <param name="SpuriousRate">Things marked that are not there, for each one that is (at least one is counted), on average.</param>
/// <param name="WrongAttributeRate">That an attribute of a marked thing gets another option.</param>
/// <param name="WrongChoiceRate">That a question about the whole image gets another option.</param>
internal sealed record ErrorModel(
    double MissRate, double JitterShare, double JitterPx, double WrongClassRate, double SpuriousRate, double WrongAttributeRate, double WrongChoiceRate)
{
    /// <summary>No errors at all.</summary>
    public static readonly ErrorModel None = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>
    /// A contributor of a stated accuracy: a thing is marked with the right class with probability <paramref name="accuracy"/>, and a mark is right with
    /// the same probability. Edges are steady enough that a box seldom falls below an overlap of one half, and attributes and choices are right as often as all else.
    /// </summary>
    /// <param name="accuracy">In (0, 1].</param>
    /// <remarks>
    /// With misses m, wrong classes c and s inventions for each thing, recall is (1 - m)(1 - c) and precision (1 - m)(1 - c) / (1 - m + s): both are the accuracy a
    /// when m = c = s = 1 - sqrt(a).
    /// </remarks>
    public static ErrorModel ForAccuracy(double accuracy)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(accuracy);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(accuracy, 1);
        var rate = 1 - Math.Sqrt(accuracy);
        return new ErrorModel(rate, 0.02, 0.4, rate, rate, 1 - accuracy, 1 - accuracy);
    }
}
