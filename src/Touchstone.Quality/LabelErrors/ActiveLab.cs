using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.LabelErrors;

/// <summary>ActiveLab: which item to label next, an unlabelled one or a labelled one once more.</summary>
/// <remarks>
/// H. W. Goh and J. Mueller, ActiveLab: Active learning with re-labeling by multiple annotators, 2023 (arXiv 2301.11856). Score of a labelled item: weighted mean of its CROWDLAB quality and 1 / K with weights (sum of its
/// contributors' weights + the model's, mean contributor weight); of an unlabelled one: of the model's largest probability and 1 / K with weights (the model's, mean contributor weight). Probabilities are first
/// scaled by <see cref="TemperatureScaling"/>, except where no item has two votes. cleanlab 2.9 finds another temperature, since it counts an item's votes under the wrong classes
/// (docs/reference/quality-label-errors.md); with the same temperature the scores are the same.
/// </remarks>
public static class ActiveLab
{
    /// <summary>Scores; the lowest score is labelled next.</summary>
    /// <param name="votes">Votes so far; items without one are scored as unlabelled.</param>
    /// <param name="probabilities">Out-of-sample probabilities, one row an item.</param>
    /// <param name="temperature">Temperature of the scaling; null finds the one that fits the votes best.</param>
    /// <returns>One score an item, in [0, 1].</returns>
    /// <exception cref="ArgumentException">The probabilities are of other items or classes than the votes.</exception>
    /// <remarks>O(votes log votes + items * K) time, with a constant of eighteen for the temperature.</remarks>
    public static ActiveLabResult Score(Votes votes, ClassProbabilities probabilities, double? temperature = null)
    {
        MajorityLabels.CheckShape(votes, probabilities);
        var byItem = new SingleVotes(votes);
        var applied = temperature ?? (byItem.SharedItems == 0 ? 1 : TemperatureScaling.Fit(byItem, probabilities));
        var scaled = applied == 1 ? probabilities : TemperatureScaling.Scale(probabilities, applied);
        var crowd = CrowdLab.Infer(byItem, scaled, MajorityLabels.Of(byItem, scaled));
        var meanWeight = crowd.ContributorWeights.Length == 0 ? 1 : crowd.ContributorWeights.Average();
        var scores = new double[byItem.ItemCount];
        for (var i = 0; i < scores.Length; i++)
        {
            double weight = crowd.ModelWeight;
            for (var v = byItem.Starts[i]; v < byItem.Starts[i + 1]; v++) weight += crowd.ContributorWeights[byItem.Contributors[v]];
            var quality = byItem.CountOf(i) > 0 ? crowd.Quality[i] : scaled.Row(i)[scaled.LabelOf(i)];
            scores[i] = (weight * quality + meanWeight / byItem.LabelCount) / (weight + meanWeight);
        }

        var order = Enumerable.Range(0, scores.Length).ToArray();
        Array.Sort(order, (a, b) => scores[a] != scores[b] ? scores[a].CompareTo(scores[b]) : a - b);
        return new ActiveLabResult(scores, order, applied, crowd);
    }
}

/// <summary>Which items to label next.</summary>
/// <param name="Scores">Score of each item, in [0, 1]: the lower, the more a label there is worth.</param>
/// <param name="Order">Items, the one to label next first; of equal scores the earlier item.</param>
/// <param name="Temperature">Temperature by which the probabilities were scaled.</param>
/// <param name="Crowd">The consensus that the scores rest on.</param>
public sealed record ActiveLabResult(double[] Scores, int[] Order, double Temperature, CrowdLabResult Crowd);
