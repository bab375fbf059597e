namespace Touchstone.Formats;

/// <summary>What a format could not carry, counted by kind: nothing is left out in silence.</summary>
/// <param name="Losses">One row a kind, in ordinal order of the kind.</param>
public sealed record LossReport(IReadOnlyList<Loss> Losses)
{
    /// <summary>Whether everything was carried.</summary>
    public bool IsEmpty => Losses.Count == 0;
}

/// <summary>One kind of loss.</summary>
/// <param name="Kind">A stable snake_case word, after a colon the question or geometry that it concerns.</param>
/// <param name="Count">How often.</param>
/// <param name="Explanation">What became of it, for people.</param>
public sealed record Loss(string Kind, long Count, string Explanation);

internal sealed class LossCounter
{
    private readonly SortedDictionary<string, (long Count, string Explanation)> _losses = new(StringComparer.Ordinal);

    public void Add(string kind, string explanation, long count = 1)
    {
        _losses.TryGetValue(kind, out var loss);
        _losses[kind] = (loss.Count + count, explanation);
    }

    public LossReport ToReport() => new([.. _losses.Select(l => new Loss(l.Key, l.Value.Count, l.Value.Explanation))]);
}
