using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.LabelErrors;

/// <summary>The majority's label of each item, ties broken by what else is known.</summary>
/// <remarks>
/// The tie-breaks of cleanlab 2.9, in order: the model's probability; the class that is rarer among all votes (so that rare classes are not lost); the mean agreement of the class's voters with
/// the majority of the items that were not tied. What is then still tied is drawn at random there; here the class of the lowest index wins, so that the same votes give the same labels.
/// </remarks>
public static class MajorityLabels
{
    /// <summary>One label for each item; -1 for an item without votes.</summary>
    /// <param name="votes">Votes; of several votes of one contributor on one item the last counts.</param>
    /// <param name="probabilities">One row an item, or null where there is no model.</param>
    /// <exception cref="ArgumentException">The probabilities are of other items or classes than the votes.</exception>
    public static int[] Of(Votes votes, ClassProbabilities? probabilities = null)
    {
        CheckShape(votes, probabilities);
        return Of(new SingleVotes(votes), probabilities);
    }

    internal static void CheckShape(Votes votes, ClassProbabilities? probabilities)
    {
        if (probabilities is null || (probabilities.ItemCount == votes.ItemCount && probabilities.LabelCount == votes.LabelCount)) return;
        throw new ArgumentException(
            $"The probabilities have {probabilities.ItemCount} rows of {probabilities.LabelCount} columns, but the votes are on {votes.ItemCount} items with {votes.LabelCount} labels.", nameof(probabilities));
    }

    internal static int[] Of(SingleVotes votes, ClassProbabilities? probabilities)
    {
        var frequency = new long[votes.LabelCount];
        foreach (var label in votes.Labels.AsSpan(0, votes.Count)) frequency[label]++;
        var majority = new int[votes.ItemCount];
        var untied = new int[votes.ItemCount];
        Dictionary<int, List<int>> tied = [];
        for (var i = 0; i < votes.ItemCount; i++)
        {
            majority[i] = untied[i] = -1;
            var leaders = Leaders(votes, i);
            if (leaders.Count == 0) continue;
            if (leaders.Count == 1) untied[i] = leaders[0];
            else if (probabilities is not null) leaders = Best(leaders, k => probabilities.Values[i * votes.LabelCount + k]);
            if (leaders.Count > 1) leaders = Best(leaders, k => -frequency[k]);
            if (leaders.Count > 1) tied[i] = leaders;
            majority[i] = leaders[0];
        }

        if (tied.Count == 0) return majority;
        var agreement = AgreementWith(votes, untied);
        foreach (var (item, leaders) in tied) majority[item] = Best(leaders, k => MeanAgreement(votes, item, k, agreement))[0];
        return majority;
    }

    private static List<int> Leaders(SingleVotes votes, int item)
    {
        var tally = new int[votes.LabelCount];
        foreach (var label in votes.LabelsOf(item)) tally[label]++;
        var most = votes.CountOf(item) == 0 ? 0 : tally.Max();
        return most == 0 ? [] : [.. Enumerable.Range(0, tally.Length).Where(k => tally[k] == most)];
    }

    private static List<int> Best(List<int> leaders, Func<int, double> value)
    {
        var best = leaders.Max(value);
        return [.. leaders.Where(k => value(k) == best)];
    }

    /// <summary>Share of each contributor's votes that agree with the given labels, where there is one; the mean of the others for a contributor without such votes.</summary>
    private static double[] AgreementWith(SingleVotes votes, int[] labels)
    {
        var same = new double[votes.ContributorCount];
        var all = new double[votes.ContributorCount];
        for (var i = 0; i < votes.ItemCount; i++)
        {
            if (labels[i] < 0) continue;
            for (var v = votes.Starts[i]; v < votes.Starts[i + 1]; v++)
            {
                all[votes.Contributors[v]]++;
                if (votes.Labels[v] == labels[i]) same[votes.Contributors[v]]++;
            }
        }

        return WithMeanWhereUnknown(same, all);
    }

    internal static double[] WithMeanWhereUnknown(double[] numerators, double[] denominators)
    {
        double sum = 0;
        var known = 0;
        for (var w = 0; w < numerators.Length; w++)
        {
            if (denominators[w] <= 0) continue;
            numerators[w] /= denominators[w];
            sum += numerators[w];
            known++;
        }

        for (var w = 0; w < numerators.Length; w++)
            if (denominators[w] <= 0) numerators[w] = known > 0 ? sum / known : 0;
        return numerators;
    }

    private static double MeanAgreement(SingleVotes votes, int item, int label, double[] agreement)
    {
        double sum = 0;
        var count = 0;
        for (var v = votes.Starts[item]; v < votes.Starts[item + 1]; v++)
        {
            if (votes.Labels[v] != label) continue;
            sum += agreement[votes.Contributors[v]];
            count++;
        }

        return sum / count;
    }
}
