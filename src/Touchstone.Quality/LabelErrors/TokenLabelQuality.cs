namespace Touchstone.Quality.LabelErrors;

/// <summary>How the scores of tokens become the score of their text.</summary>
public enum TokenPooling
{
    /// <summary>The lowest score of its tokens.</summary>
    Minimum,

    /// <summary>The mean, each token weighted by softmax((1 - score) / temperature).</summary>
    SoftMinimum,
}

/// <summary>Scores of texts and their tokens, in [0, 1]: the lower, the likelier a label is wrong.</summary>
/// <param name="Texts">Score of each text; 1 for a text without tokens.</param>
/// <param name="Tokens">Score of each token, texts one after another.</param>
/// <param name="Order">Texts, the worst first; of equal scores the earlier one.</param>
public sealed record TokenLabelScores(double[] Texts, double[] Tokens, int[] Order);

/// <summary>Label quality of texts whose tokens are labelled, such as names and places.</summary>
/// <remarks>W.-C. Wang and J. Mueller, Detecting label errors in token classification data, 2022 (arXiv 2210.03920): of the pooling rules tried there, the minimum of self-confidence finds most errors.</remarks>
public static class TokenLabelQuality
{
    /// <summary>Temperature of the soft minimum over tokens.</summary>
    public const double DefaultTemperature = 0.05;

    /// <summary>Scores texts.</summary>
    /// <param name="labels">Label of each token, texts one after another, each in [0, K).</param>
    /// <param name="probabilities">Out-of-sample probabilities, one row a token.</param>
    /// <param name="lengths">Number of tokens of each text; together as many as there are labels.</param>
    /// <param name="score">Measure of a token's label.</param>
    /// <param name="pooling">How tokens make a text's score.</param>
    /// <param name="temperature">Temperature of <see cref="TokenPooling.SoftMinimum"/>, greater than 0.</param>
    /// <exception cref="ArgumentException">The lengths do not add up, or a label is no class.</exception>
    public static TokenLabelScores Score(
        ReadOnlySpan<int> labels, ClassProbabilities probabilities, ReadOnlySpan<int> lengths, LabelQualityScore score = LabelQualityScore.SelfConfidence,
        TokenPooling pooling = TokenPooling.Minimum, double temperature = DefaultTemperature)
    {
        var tokens = LabelQuality.Score(labels, probabilities, score);
        var texts = new double[lengths.Length];
        var start = 0;
        for (var t = 0; t < lengths.Length; t++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(lengths[t], nameof(lengths));
            if (start + lengths[t] > tokens.Length) throw new ArgumentException($"Text {t}: its {lengths[t]} tokens reach beyond the {tokens.Length} labels.", nameof(lengths));
            var own = tokens.AsSpan(start, lengths[t]);
            texts[t] = pooling == TokenPooling.SoftMinimum ? SoftMinimum.Of(own, temperature) : Least(own);
            start += lengths[t];
        }

        if (start != tokens.Length) throw new ArgumentException($"The texts have {start} tokens, but there are {tokens.Length} labels.", nameof(lengths));
        var order = Enumerable.Range(0, texts.Length).ToArray();
        Array.Sort(order, (a, b) => texts[a] != texts[b] ? texts[a].CompareTo(texts[b]) : a - b);
        return new TokenLabelScores(texts, tokens, order);
    }

    private static double Least(ReadOnlySpan<double> scores)
    {
        double least = 1;
        foreach (var score in scores) least = Math.Min(least, score);
        return least;
    }
}
