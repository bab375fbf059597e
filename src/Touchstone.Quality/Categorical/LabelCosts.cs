namespace Touchstone.Quality.Categorical;

/// <summary>What wrong labels cost: decisions of least expected cost, and what a contributor's answers are worth.</summary>
/// <remarks>
/// P. G. Ipeirotis, F. Provost, J. Wang, Quality management on Amazon Mechanical Turk, HCOMP 2010: a contributor who always errs alike is as good as
/// one who never errs, since what they say tells the class; one whose answers leave the classes as likely as before is worth nothing.
/// </remarks>
public sealed class LabelCosts
{
    private readonly double[] _costs;
    private readonly int _labels;

    /// <summary>Costs as a matrix.</summary>
    /// <param name="costs">Cost of saying l when k is true at k * K + l, finite and 0 or more.</param>
    /// <param name="labelCount">K.</param>
    public LabelCosts(double[] costs, int labelCount)
    {
        if (costs.Length != labelCount * labelCount) throw new ArgumentException($"{labelCount} labels need {labelCount * labelCount} costs, not {costs.Length}.", nameof(costs));
        foreach (var cost in costs)
            if (!double.IsFinite(cost) || cost < 0) throw new ArgumentOutOfRangeException(nameof(costs), cost, "A cost is finite and not below 0.");
        (_costs, _labels) = (costs, labelCount);
    }

    /// <summary>1 for every wrong label, 0 for the right one.</summary>
    public static LabelCosts Even(int labelCount)
    {
        var costs = new double[labelCount * labelCount];
        for (var k = 0; k < labelCount; k++)
            for (var l = 0; l < labelCount; l++) costs[k * labelCount + l] = k == l ? 0 : 1;
        return new LabelCosts(costs, labelCount);
    }

    /// <summary>The label whose expected cost is least for each item, of equal ones the first, with that cost.</summary>
    public (int[] Labels, double[] Costs) Decide(TruthResult result)
    {
        var items = _labels == 0 ? 0 : result.Posterior.Length / _labels;
        var (labels, costs) = (new int[items], new double[items]);
        for (var i = 0; i < items; i++)
        {
            var row = result.Posterior.AsSpan(i * _labels, _labels);
            costs[i] = double.PositiveInfinity;
            for (var said = 0; said < _labels; said++)
            {
                var cost = CostOf(row, said);
                if (cost < costs[i]) (labels[i], costs[i]) = (said, cost);
            }
        }

        return (labels, costs);
    }

    /// <summary>What contributors' answers leave in doubt.</summary>
    /// <returns>
    /// For each contributor the expected cost of deciding at random by what their answer makes of the classes, and the quality 1 - that cost / the cost
    /// when the answer tells nothing: 1 for answers that tell all, 0 for a spammer's.
    /// </returns>
    public (double ExpectedCost, double Quality)[] OfContributors(DawidSkeneResult result)
    {
        var spam = CostOfDoubt(result.ClassShares);
        var contributors = new (double, double)[result.Skills.Length];
        var soft = new double[_labels];
        for (var c = 0; c < contributors.Length; c++)
        {
            double cost = 0;
            for (var said = 0; said < _labels; said++)
            {
                double probability = 0;
                for (var k = 0; k < _labels; k++) probability += soft[k] = result.ClassShares[k] * result.Confusion(c, k, said);
                if (probability <= 0) continue;
                for (var k = 0; k < _labels; k++) soft[k] /= probability;
                cost += probability * CostOfDoubt(soft);
            }

            contributors[c] = (cost, spam > 0 ? 1 - cost / spam : 0);
        }

        return contributors;
    }

    private double CostOf(ReadOnlySpan<double> classes, int said)
    {
        double cost = 0;
        for (var k = 0; k < _labels; k++) cost += classes[k] * _costs[k * _labels + said];
        return cost;
    }

    private double CostOfDoubt(ReadOnlySpan<double> classes)
    {
        double cost = 0;
        for (var said = 0; said < _labels; said++) cost += classes[said] * CostOf(classes, said);
        return cost;
    }
}
