using System.Text;
using Touchstone.Annotations.Json;
using Touchstone.Annotations.Kinds;
using Touchstone.Annotations.Ontologies;

namespace Touchstone.Annotations.Answers;

/// <summary>How far two answers to one question are apart, in [0, 1].</summary>
public static class AnswerDistance
{
    /// <summary>Texts longer than this many code points are compared word by word.</summary>
    public const int MaxCodePointsCompared = 4_096;

    internal static readonly KindRegistry<Func<Question, Answer, Answer, double>> Rows = new()
    {
        { QuestionKind.Shapes, static (question, first, second) => ShapesDistance.Between((ShapesQuestion)question, (ShapesAnswer)first, (ShapesAnswer)second) },
        { QuestionKind.Choice, static (question, first, second) => OfChoices((ChoiceQuestion)question, (ChoiceAnswer)first, (ChoiceAnswer)second) },
        { QuestionKind.Rating, static (question, first, second) => OfRatings((RatingQuestion)question, (RatingAnswer)first, (RatingAnswer)second) },
        { QuestionKind.Text, static (_, first, second) => OfTexts(((TextAnswer)first).Text, ((TextAnswer)second).Text) },
        { QuestionKind.Number, static (question, first, second) => OfNumbers((NumberQuestion)question, (NumberAnswer)first, (NumberAnswer)second) },
    };

    /// <summary>0 where they say the same, 1 where they share nothing; symmetric.</summary>
    /// <remarks>
    /// Choice: 0 or 1. Multiple choice: 1 - Jaccard's index. Taxonomy: 1 - 2·shared / (one's + other's) over the options passed through, which for two
    /// single paths is 1 - Wu and Palmer's similarity (ACL 1994) below the common root. Rating: difference over the scale's width. Number: difference over
    /// the range, or over the larger magnitude where the question has no range. Text: Levenshtein's distance over the longer length, in code points
    /// (in words beyond <see cref="MaxCodePointsCompared"/>). Shapes: 1 - 2·similarity matched / (one's count + other's count), under the best
    /// matching of shapes of one class.
    /// </remarks>
    /// <exception cref="ArgumentException">An answer is of another kind than the question.</exception>
    public static double Between(Question question, Answer first, Answer second)
    {
        if (first.Kind != question.Kind || second.Kind != question.Kind)
            throw new ArgumentException($"Answers of kinds {first.Kind} and {second.Kind} to the question \"{question.Id}\" of kind {question.Kind}.");
        return Rows[question.Kind](question, first, second);
    }

    private static double OfChoices(ChoiceQuestion question, ChoiceAnswer first, ChoiceAnswer second)
    {
        if (!question.Taxonomy && !question.Multiple) return first.Equals(second) ? 0 : 1;
        var (one, other) = (Passed(question, first), Passed(question, second));
        var total = one.Count + other.Count;
        if (total == 0) return 0;
        one.IntersectWith(other);
        return question.Taxonomy ? 1 - 2.0 * one.Count / total : 1 - (double)one.Count / (total - one.Count);
    }

    /// <summary>The options that an answer chooses or passes through, each as its path.</summary>
    private static HashSet<string> Passed(ChoiceQuestion question, ChoiceAnswer answer)
    {
        var passed = new HashSet<string>(answer.Chosen, StringComparer.Ordinal);
        if (!question.Taxonomy) return passed;
        foreach (var path in answer.Chosen)
            for (var end = path.IndexOf('/', StringComparison.Ordinal); end >= 0; end = path.IndexOf('/', end + 1))
                passed.Add(path[..end]);
        return passed;
    }

    private static double OfRatings(RatingQuestion question, RatingAnswer first, RatingAnswer second) =>
        first.Value == second.Value ? 0 : Math.Min(1, Math.Abs((double)first.Value - second.Value) / Math.Max(1, (double)question.Max - question.Min));

    private static double OfNumbers(NumberQuestion question, NumberAnswer first, NumberAnswer second)
    {
        if (first.Value == second.Value) return 0;
        var scale = question is { Min: { } min, Max: { } max } && max > min ? max - min : Math.Max(Math.Abs(first.Value), Math.Abs(second.Value));
        return Math.Min(1, Math.Abs(first.Value - second.Value) / scale);
    }

    private static double OfTexts(string first, string second)
    {
        if (string.Equals(first, second, StringComparison.Ordinal)) return 0;
        Rune[] one = [.. first.EnumerateRunes()], other = [.. second.EnumerateRunes()];
        return Math.Max(one.Length, other.Length) <= MaxCodePointsCompared ? OfSequences<Rune>(one, other) : OfSequences<string>(Words(first), Words(second));
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static double OfSequences<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second) where T : IEquatable<T>
    {
        var longer = Math.Max(first.Length, second.Length);
        return longer == 0 ? 0 : (double)EditDistance.Between(first, second) / longer;
    }
}
