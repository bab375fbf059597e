using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.LabelErrors;

/// <summary>CROWDLAB: a consensus of contributors and a model, each weighted by how much better than guessing they are.</summary>
/// <remarks>
/// H. W. Goh, U. Tkachenko, J. Mueller, CROWDLAB: Supervised learning to infer consensus labels and quality scores for data with multiple annotators, 2022 (arXiv 2210.06812).
/// posterior(k) is proportional to w_M p(k) + sum over the item's contributors j of w_j (P if j said k, else (1 - P) / (K - 1)), with P the mean agreement with the consensus, w_j = max(1 - e_j / e, 1e-6),
/// e_j a contributor's disagreement with co-voters, e the error of always naming the commonest class, w_M = max(1 - e_M / e, 1e-6) * sqrt(mean votes an item). Means are over items of several votes.
/// First with the majority as consensus, then once more with the most probable class.
/// </remarks>
public static class CrowdLab
{
    private const double Least = 1e-6;

    /// <summary>Infers.</summary>
    /// <param name="votes">Votes; of several votes of one contributor on one item the last counts, and a warning says how many were dropped. Items without votes get the model's word.</param>
    /// <param name="probabilities">Out-of-sample probabilities of a model trained on the majority's labels, one row an item.</param>
    /// <param name="keepMajority">Whether the majority's label stays the consensus, and only its quality is inferred.</param>
    /// <returns>
    /// The consensus. Where no item has two votes, nothing tells how good contributors are: the majority's label stays, its quality is the model's probability, all weights are 1 and a warning says so.
    /// </returns>
    /// <exception cref="ArgumentException">The probabilities are of other items or classes than the votes.</exception>
    /// <remarks>O(votes log votes + items * K) time.</remarks>
    public static CrowdLabResult Infer(Votes votes, ClassProbabilities probabilities, bool keepMajority = false)
    {
        MajorityLabels.CheckShape(votes, probabilities);
        var byItem = new SingleVotes(votes);
        return Infer(byItem, probabilities, MajorityLabels.Of(byItem, probabilities), keepMajority);
    }

    internal static CrowdLabResult Infer(SingleVotes votes, ClassProbabilities probabilities, int[] majority, bool keepMajority = false)
    {
        if (votes.SharedItems == 0) return WithoutOverlap(votes, probabilities, majority);
        var labels = WithModel(majority, probabilities);
        var consensus = keepMajority ? labels : CrowdLabFit.Fit(votes, probabilities, labels).MostProbable(majority);
        var fit = CrowdLabFit.Fit(votes, probabilities, consensus);
        return Result(votes, consensus, fit.Posterior, fit.ModelWeight, fit.Weights, Warnings(votes));
    }

    private static CrowdLabResult WithoutOverlap(SingleVotes votes, ClassProbabilities probabilities, int[] majority)
    {
        var warnings = Warnings(votes);
        warnings.Add(new("no_overlap", "No item has votes of two contributors: nothing tells how good they are, and quality is the model's probability alone."));
        var ones = new double[votes.ContributorCount];
        Array.Fill(ones, 1);
        return Result(votes, WithModel(majority, probabilities), probabilities.Values, 1, ones, warnings);
    }

    /// <summary>Items without votes take the model's label.</summary>
    private static int[] WithModel(int[] majority, ClassProbabilities probabilities)
    {
        var labels = (int[])majority.Clone();
        for (var i = 0; i < labels.Length; i++)
            if (labels[i] < 0) labels[i] = probabilities.LabelOf(i);
        return labels;
    }

    private static CrowdLabResult Result(SingleVotes votes, int[] consensus, double[] posterior, double modelWeight, double[] weights, IReadOnlyList<TruthWarning> warnings)
    {
        var quality = new double[votes.ItemCount];
        for (var i = 0; i < quality.Length; i++) quality[i] = posterior[i * votes.LabelCount + consensus[i]];
        return new CrowdLabResult
        {
            Consensus = consensus,
            Quality = quality,
            Agreement = AgreementOf(votes, consensus),
            Posterior = posterior,
            ModelWeight = modelWeight,
            ContributorWeights = weights,
            Contributors = ContributorFigures.Of(votes, consensus, quality, posterior, modelWeight, weights),
            LabelCount = votes.LabelCount,
            Warnings = warnings,
        };
    }

    internal static double[] AgreementOf(SingleVotes votes, int[] consensus)
    {
        var agreement = new double[votes.ItemCount];
        for (var i = 0; i < agreement.Length; i++)
        {
            var same = 0;
            foreach (var label in votes.LabelsOf(i))
                if (label == consensus[i]) same++;
            agreement[i] = votes.CountOf(i) == 0 ? double.NaN : same / (double)votes.CountOf(i);
        }

        return agreement;
    }

    private static List<TruthWarning> Warnings(SingleVotes votes)
    {
        List<TruthWarning> warnings = [];
        if (votes.Duplicates > 0) warnings.Add(new("duplicate_votes", $"{votes.Duplicates} votes were dropped because their contributor voted again on the same item; the last vote counts."));
        if (votes.VotedItems < votes.ItemCount) warnings.Add(new("items_without_votes", $"{votes.ItemCount - votes.VotedItems} items have no vote; the model alone speaks for them."));
        return warnings;
    }

    /// <summary>Weights and posteriors given a consensus.</summary>
    private sealed record CrowdLabFit(double[] Posterior, double ModelWeight, double[] Weights, int LabelCount)
    {
        public static CrowdLabFit Fit(SingleVotes votes, ClassProbabilities probabilities, int[] consensus)
        {
            var agreement = AgreementOf(votes, consensus);
            var counts = new int[votes.LabelCount];
            double agreed = 0, modelErrors = 0;
            for (var i = 0; i < votes.ItemCount; i++)
            {
                if (votes.CountOf(i) < 2) continue;
                agreed += agreement[i];
                counts[consensus[i]]++;
                if (probabilities.LabelOf(i) != consensus[i]) modelErrors++;
            }

            var guessError = Math.Max(1 - counts.Max() / (double)votes.SharedItems, Least);
            var weights = CoAgreement(votes);
            for (var w = 0; w < weights.Length; w++) weights[w] = Math.Max(1 - (1 - weights[w]) / guessError, Least);
            var votesPerItem = votes.Count / (double)votes.VotedItems;
            var modelWeight = Math.Max(1 - modelErrors / votes.SharedItems / guessError, Least) * Math.Sqrt(votesPerItem);
            return new CrowdLabFit(Posteriors(votes, probabilities, agreed / votes.SharedItems, modelWeight, weights), modelWeight, weights, votes.LabelCount);
        }

        public int[] MostProbable(int[] majority)
        {
            var labels = new int[majority.Length];
            for (var i = 0; i < labels.Length; i++)
            {
                var row = Posterior.AsSpan(i * LabelCount, LabelCount);
                labels[i] = ClassProbabilities.Largest(row);
                if (majority[i] >= 0 && row.Count(row[labels[i]]) > 1) labels[i] = majority[i];
            }

            return labels;
        }

        /// <summary>Share of co-voters who gave the same label, over a contributor's items of several votes; the others' mean for a contributor without such items.</summary>
        private static double[] CoAgreement(SingleVotes votes)
        {
            var same = new double[votes.ContributorCount];
            var all = new double[votes.ContributorCount];
            var tally = new int[votes.LabelCount];
            for (var i = 0; i < votes.ItemCount; i++)
            {
                if (votes.CountOf(i) < 2) continue;
                foreach (var label in votes.LabelsOf(i)) tally[label]++;
                for (var v = votes.Starts[i]; v < votes.Starts[i + 1]; v++)
                {
                    same[votes.Contributors[v]] += tally[votes.Labels[v]] - 1;
                    all[votes.Contributors[v]] += votes.CountOf(i) - 1;
                }

                foreach (var label in votes.LabelsOf(i)) tally[label] = 0;
            }

            return MajorityLabels.WithMeanWhereUnknown(same, all);
        }

        private static double[] Posteriors(SingleVotes votes, ClassProbabilities probabilities, double agreed, double modelWeight, double[] weights)
        {
            var size = votes.LabelCount;
            var disagreed = size > 1 ? (1 - agreed) / (size - 1) : 0;
            var posterior = new double[votes.ItemCount * size];
            for (var i = 0; i < votes.ItemCount; i++)
            {
                var row = posterior.AsSpan(i * size, size);
                var model = probabilities.Row(i);
                double total = 0;
                for (var v = votes.Starts[i]; v < votes.Starts[i + 1]; v++)
                {
                    var weight = weights[votes.Contributors[v]];
                    total += weight;
                    row[votes.Labels[v]] += weight * (agreed - disagreed);
                }

                double sum = 0;
                for (var k = 0; k < size; k++) sum += row[k] = modelWeight * model[k] + total * disagreed + row[k];
                for (var k = 0; k < size; k++) row[k] /= sum; // the model's row may miss 1 by rounding
            }

            return posterior;
        }
    }
}
