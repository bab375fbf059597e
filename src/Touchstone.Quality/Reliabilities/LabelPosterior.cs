using Touchstone.Statistics;

namespace Touchstone.Quality.Reliabilities;

/// <summary>Probability of each label from votes with known reliabilities.</summary>
internal static class LabelPosterior
{
    /// <summary>The rest: every label that nobody said, taken together.</summary>
    public const string Others = "";

    /// <summary>Posterior over a given list of labels.</summary>
    public static Dictionary<string, double> Of<TVote>(IReadOnlyList<TVote> votes, IReadOnlyList<string> labels, Func<TVote, string, double> probability, Func<string, double> share)
    {
        var logs = labels.Select(label => Log(share(label)) + StableSum.Of(votes.Select(v => Log(probability(v, label))))).ToArray();
        return Normalise(labels, logs);
    }

    /// <summary>Posterior over the labels that were said, and <see cref="Others"/> for all that were not: for label sets too large to list.</summary>
    public static Dictionary<string, double> Of<TVote>(IReadOnlyList<TVote> votes, Func<TVote, string> said, Func<TVote, string, double> probability, int labelCount)
    {
        List<string> labels = [.. votes.Select(said).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var unsaid = labelCount - labels.Count;
        if (unsaid > 0) labels.Add(Others);
        var logs = labels.Select(label => (label == Others ? Log(unsaid) : 0) + StableSum.Of(votes.Select(v => Log(probability(v, label))))).ToArray();
        return Normalise(labels, logs);
    }

    private static double Log(double value) => PortableMath.Log(Math.Max(value, 1e-12));

    private static Dictionary<string, double> Normalise(IReadOnlyList<string> labels, double[] logs)
    {
        var max = logs.Length == 0 ? 0 : logs.Max();
        var weights = Array.ConvertAll(logs, l => PortableMath.Exp(l - max));
        var total = StableSum.Of(weights);
        return labels.Select((label, i) => (label, i)).ToDictionary(x => x.label, x => weights[x.i] / total, StringComparer.Ordinal);
    }
}
