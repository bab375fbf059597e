using System.Text.Json.Serialization;

namespace Touchstone.Quality.Reliabilities;

/// <summary>What a contributor says when each class is true.</summary>
public sealed class ConfusionMatrix
{
    private readonly Dictionary<string, int> _index;

    /// <summary>A matrix over these labels.</summary>
    /// <param name="labels">Labels, each once.</param>
    /// <param name="rows">Row k, column l: probability of saying l when k is true. Each row adds to 1.</param>
    [JsonConstructor]
    public ConfusionMatrix(IReadOnlyList<string> labels, double[][] rows)
    {
        if (rows.Length != labels.Count || rows.Any(r => r.Length != labels.Count))
            throw new ArgumentException($"A matrix over {labels.Count} labels has as many rows and columns.", nameof(rows));
        Labels = labels;
        Rows = rows;
        _index = labels.Select((label, i) => (label, i)).ToDictionary(x => x.label, x => x.i, StringComparer.Ordinal);
    }

    /// <summary>The labels, in the ontology's order.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Row k, column l: probability of saying l when k is true.</summary>
    public double[][] Rows { get; }

    /// <summary>A matrix with one accuracy, errors spread evenly.</summary>
    public static ConfusionMatrix Even(IReadOnlyList<string> labels, double accuracy)
    {
        var k = labels.Count;
        return new ConfusionMatrix(labels, [.. Enumerable.Range(0, k).Select(actual =>
            Enumerable.Range(0, k).Select(said => k == 1 ? 1 : said == actual ? accuracy : (1 - accuracy) / (k - 1)).ToArray())]);
    }

    /// <summary>Probability of saying <paramref name="said"/> when <paramref name="actual"/> is true; for labels that the matrix does not know, 1 / (labels + 1).</summary>
    public double Of(string actual, string said) =>
        _index.TryGetValue(actual, out var k) && _index.TryGetValue(said, out var l) ? Rows[k][l] : 1.0 / (Labels.Count + 1);

    /// <summary>Mean of the diagonal: how often the right label is said when every class is equally common.</summary>
    [JsonIgnore]
    public double BalancedAccuracy => Labels.Count == 0 ? 0 : Enumerable.Range(0, Labels.Count).Average(k => Rows[k][k]);
}
