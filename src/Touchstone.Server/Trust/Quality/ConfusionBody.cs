using Touchstone.Quality.Reliabilities;

namespace Touchstone.Server.Trust.Quality;

/// <summary>What is said when each label is true.</summary>
/// <param name="Question">The question.</param>
/// <param name="Key">The question's id, or that of an attribute of its shapes as <c>question/attribute</c>.</param>
/// <param name="Labels">The labels; of a multiple choice <c>chosen</c> and <c>not_chosen</c>.</param>
/// <param name="Rows">True labels by row, said labels by column; each row sums to 1.</param>
/// <param name="Shares">How common each label is; empty where that is not known.</param>
internal sealed record ConfusionBody(string Question, string Key, IReadOnlyList<string> Labels, IReadOnlyList<IReadOnlyList<double>> Rows, IReadOnlyList<double> Shares)
{
    public static List<ConfusionBody> Of(Reliability reliability, ReliabilityTable table)
    {
        var bodies = new List<ConfusionBody>();
        foreach (var (question, marking) in reliability.Marking.OrderBy(m => m.Key, StringComparer.Ordinal))
            if (marking.Classes is { } classes) bodies.Add(Of(AnswerKey.OfQuestion(question), classes, table));
        foreach (var (key, choice) in reliability.Choices.OrderBy(c => c.Key, StringComparer.Ordinal))
            if (choice.Confusion is { } confusion) bodies.Add(Of(key, confusion, table));
        return bodies;
    }

    private static ConfusionBody Of(string key, ConfusionMatrix matrix, ReliabilityTable table)
    {
        var shares = table.Shares.TryGetValue(key, out var known) && matrix.Labels.All(known.ContainsKey) ? matrix.Labels.Select(l => known[l]).ToArray() : [];
        return new ConfusionBody(key.Split('/')[0], key, matrix.Labels, matrix.Rows, shares);
    }
}
