using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Quality.Agreements;

/// <summary>How sure a crowd's votes are as a whole, contributors being believed as far as they agree with the majority.</summary>
/// <param name="Consistency">Mean probability of the majority's label, in [0, 1], when contributors err independently, every wrong label alike, and all labels are equally likely beforehand; null without votes.</param>
/// <param name="Uncertainty">Mean entropy of an item's votes in nats, in [0, log labels], each vote giving its contributor's share of agreement to its label and the rest to the others alike; null without votes.</param>
/// <remarks>As <c>consistency</c> and <c>uncertainty</c> of crowd-kit 1.4.1 with majority vote. Neither is corrected for chance: they tell of a crowd's confidence and not of its accuracy.</remarks>
public sealed record CrowdCertainty(double? Consistency, double? Uncertainty)
{
    /// <summary>Measures both.</summary>
    /// <param name="votes">Votes; several of one contributor on one item all count.</param>
    /// <remarks>O(votes * labels) time.</remarks>
    public static CrowdCertainty Of(Votes votes)
    {
        if (votes.Count == 0) return new(null, null);
        var k = votes.LabelCount;
        if (k == 1) return new(1, 0);
        var majority = MajorityVote.Fit(votes);
        var (shares, logs, sizes) = (new double[votes.ItemCount * k], new double[votes.ItemCount * k], new int[votes.ItemCount]);
        for (var v = 0; v < votes.Count; v++)
        {
            var right = majority.Skills[votes.Contributors[v]].Accuracy;
            var wrong = (1 - right) / (k - 1);
            sizes[votes.Items[v]]++;
            for (var l = 0; l < k; l++)
            {
                var probability = votes.Labels[v] == l ? right : wrong;
                shares[votes.Items[v] * k + l] += probability;
                logs[votes.Items[v] * k + l] += PortableMath.Log(Math.Max(probability, 1e-300)); // one who is never wrong rules every other label out
            }
        }

        double consistency = 0, uncertainty = 0;
        var answered = 0;
        for (var i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] == 0) continue;
            answered++;
            consistency += Probability(logs.AsSpan(i * k, k), majority.LabelOf(i));
            uncertainty += Entropy(shares.AsSpan(i * k, k), sizes[i]);
        }

        return new(consistency / answered, uncertainty / answered);
    }

    private static double Probability(ReadOnlySpan<double> logs, int label)
    {
        double largest = double.NegativeInfinity, total = 0;
        foreach (var log in logs) largest = Math.Max(largest, log);
        foreach (var log in logs) total += PortableMath.Exp(log - largest);
        return PortableMath.Exp(logs[label] - largest) / total;
    }

    private static double Entropy(ReadOnlySpan<double> shares, double total)
    {
        double entropy = 0;
        foreach (var share in shares)
            if (share > 0) entropy -= share / total * PortableMath.Log(share / total);
        return entropy;
    }
}
