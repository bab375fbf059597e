namespace Touchstone.Quality.Spans;

/// <summary>One stretch of characters that a contributor marked.</summary>
/// <param name="Contributor">Who marked it, from 0.</param>
/// <param name="Start">First character, from 0.</param>
/// <param name="End">One past the last character; above <paramref name="Start"/>.</param>
/// <param name="Label">Class of the span, from 0.</param>
public readonly record struct SpanMark(int Contributor, int Start, int End, int Label)
{
    /// <summary>Number of characters.</summary>
    public int Length => End - Start;

    /// <summary>Characters in both over characters in either, whatever the labels; in [0, 1].</summary>
    public double OverlapWith(SpanMark other)
    {
        var both = Math.Min(End, other.End) - Math.Max(Start, other.Start);
        return both <= 0 ? 0 : (double)both / (Length + other.Length - both);
    }
}
