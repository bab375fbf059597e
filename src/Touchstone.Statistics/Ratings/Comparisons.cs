namespace Touchstone.Statistics.Ratings;

/// <summary>Outcomes of comparisons of two items, as flat arrays.</summary>
public sealed class Comparisons
{
    /// <summary>Comparisons from three arrays of one length.</summary>
    /// <param name="left">First item of each comparison, in [0, <paramref name="itemCount"/>).</param>
    /// <param name="right">Second item, another than the first.</param>
    /// <param name="outcomes">Who won each.</param>
    /// <param name="itemCount">Number of items, compared or not.</param>
    public Comparisons(int[] left, int[] right, Outcome[] outcomes, int itemCount)
    {
        if (left.Length != right.Length || left.Length != outcomes.Length)
            throw new ArgumentException($"The arrays differ in length: {left.Length} left, {right.Length} right, {outcomes.Length} outcomes.", nameof(left));
        for (var c = 0; c < left.Length; c++)
        {
            if ((uint)left[c] >= (uint)itemCount) throw new ArgumentOutOfRangeException(nameof(left), left[c], $"Comparison {c}: left must lie in [0, {itemCount}).");
            if ((uint)right[c] >= (uint)itemCount) throw new ArgumentOutOfRangeException(nameof(right), right[c], $"Comparison {c}: right must lie in [0, {itemCount}).");
            if (left[c] == right[c]) throw new ArgumentException($"Comparison {c} is of item {left[c]} with itself.", nameof(right));
            if (outcomes[c] is < Outcome.RightWins or > Outcome.LeftWins) throw new ArgumentOutOfRangeException(nameof(outcomes), outcomes[c], $"Comparison {c} has no such outcome.");
        }

        (Left, Right, Outcomes, ItemCount) = (left, right, outcomes, itemCount);
    }

    /// <summary>First item of each comparison.</summary>
    public int[] Left { get; }

    /// <summary>Second item of each comparison.</summary>
    public int[] Right { get; }

    /// <summary>Who won each comparison.</summary>
    public Outcome[] Outcomes { get; }

    /// <summary>Number of items.</summary>
    public int ItemCount { get; }

    /// <summary>Number of comparisons.</summary>
    public int Count => Left.Length;
}

/// <summary>Who won a comparison.</summary>
public enum Outcome
{
    /// <summary>The second item.</summary>
    RightWins = -1,

    /// <summary>Neither.</summary>
    Tie = 0,

    /// <summary>The first item.</summary>
    LeftWins = 1,
}
