using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.Texts;

/// <summary>What a method made of answers that are texts: one shape for all methods.</summary>
public sealed record TextResult
{
    /// <summary>The method's name as the command line spells it, such as <c>rover</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Text of each item; null for an item without answers.</summary>
    public required string?[] Texts { get; init; }

    /// <summary>The answer that each text is, for methods that choose one; -1 for those that compose and for items without answers.</summary>
    public required int[] Chosen { get; init; }

    /// <summary>How far the answers support each text, in [0, 1]; 0 for an item without answers. What it measures depends on the method.</summary>
    public required double[] Confidences { get; init; }

    /// <summary>Weight of each contributor, mean 1; null where nothing is known, or the method has none.</summary>
    public required double?[] Weights { get; init; }

    /// <summary>Rounds run; 1 for methods that do not iterate.</summary>
    public required int Rounds { get; init; }

    /// <summary>Whether the tolerance was reached within the rounds allowed.</summary>
    public required bool Converged { get; init; }

    /// <summary>What a reader should know before trusting the result.</summary>
    public required IReadOnlyList<TruthWarning> Warnings { get; init; }

    internal static List<TruthWarning> WarningsFor(TextAnswers answers)
    {
        List<TruthWarning> warnings = [];
        if (answers.Count == 0)
        {
            warnings.Add(new("no_votes", "There are no answers: no item has a text."));
            return warnings;
        }

        var perItem = new int[answers.ItemCount];
        foreach (var item in answers.Items) perItem[item]++;
        var (none, single) = (perItem.Count(n => n == 0), perItem.Count(n => n == 1));
        if (none > 0) warnings.Add(new("items_without_votes", $"{none} of {answers.ItemCount} items have no answer and no text."));
        if (single > 0) warnings.Add(new("single_votes", $"{single} of {answers.ItemCount} items have one answer only, which is passed through."));
        return warnings;
    }
}
