namespace Touchstone.Quality.Categorical;

/// <summary>What to do about one item.</summary>
/// <param name="AsksAgain">Whether another opinion is wanted.</param>
/// <param name="Reason">Stable word: <c>below_min</c>, <c>unsure</c>, <c>confident</c> or <c>max_reached</c>.</param>
/// <param name="Confidence">Probability of the most probable class.</param>
public readonly record struct OverlapDecision(bool AsksAgain, string Reason, double Confidence);

/// <summary>Asks for another opinion only where the posterior needs it.</summary>
/// <param name="Min">Votes every item gets, 1 or more.</param>
/// <param name="Max">Votes no item exceeds, not below <paramref name="Min"/>.</param>
/// <param name="Confidence">Stop once the most probable class is at least so probable, in (0, 1].</param>
public sealed record AdaptiveOverlap(int Min, int Max, double Confidence)
{
    /// <summary>Decides from what is believed of an item and how often it was answered.</summary>
    public OverlapDecision Decide(ReadOnlySpan<double> posterior, int votes)
    {
        double best = 0;
        foreach (var probability in posterior) best = Math.Max(best, probability);
        if (votes < Min) return new(true, "below_min", best);
        if (best >= Confidence) return new(false, "confident", best);
        return votes < Max ? new(true, "unsure", best) : new(false, "max_reached", best);
    }
}
