namespace Touchstone.Quality.Agreements;

/// <summary>Coefficients whose chance agreement follows from the pooled shares of the labels: Fleiss, Brennan-Prediger, Gwet, and plain agreement.</summary>
/// <remarks>
/// K. L. Gwet, Handbook of Inter-Rater Reliability, 4th ed. 2014: agreement is a mean over items with at least two votes, shares are means over all items with
/// votes. Standard errors are the linearised ones of irrCAC (<c>*.raw</c> functions), which keep items with one vote, since these tell of the shares.
/// </remarks>
internal sealed class PooledModel : CoefficientModel
{
    private readonly ItemTable _table;
    private readonly LabelWeights _weights;
    private readonly AgreementMetric _metric;
    private readonly double[] _agreement; // per item; NaN with fewer than two votes
    private readonly double _total;

    public PooledModel(ItemTable table, LabelWeights weights, AgreementMetric metric)
    {
        (_table, _weights, _metric, _total) = (table, weights, metric, weights.Total);
        _agreement = new double[table.ItemCount];
        for (var i = 0; i < _agreement.Length; i++) _agreement[i] = AgreementOf(i);
    }

    public override int ItemCount => _table.ItemCount;

    public override Estimate Of(ReadOnlySpan<int> times)
    {
        double sum = 0, paired = 0;
        for (var i = 0; i < times.Length; i++)
        {
            if (double.IsNaN(_agreement[i])) continue;
            sum += times[i] * _agreement[i];
            paired += times[i];
        }

        if (paired == 0) return Estimate.Missing(UndefinedAgreement.NoPairs);
        if (_metric == AgreementMetric.PercentAgreement) return Corrected(sum / paired, 0);
        if (_table.LabelCount < 2) return Estimate.Missing(UndefinedAgreement.OneLabelInSet);
        return Corrected(sum / paired, Expected(Shares(times)));
    }

    public override double? Variance(Estimate estimate)
    {
        if (estimate.Value is not { } value || estimate.Expected is not { } expected) return null;
        var ones = new int[ItemCount];
        Array.Fill(ones, 1);
        var chance = ChanceByLabel(Shares(ones));
        var paired = _agreement.Count(a => !double.IsNaN(a));
        var influences = new double[ItemCount];
        for (var i = 0; i < ItemCount; i++)
        {
            if (!double.IsNaN(_agreement[i])) influences[i] = (double)ItemCount / paired * (_agreement[i] - expected) / (1 - expected);
            if (chance is null) continue;
            double mean = 0;
            for (var c = _table.CountStart[i]; c < _table.CountStart[i + 1]; c++) mean += _table.Counts[c] * chance[_table.CountLabels[c]];
            influences[i] -= 2 * (1 - value) * (mean / _table.Size(i) - expected) / (1 - expected);
        }

        return VarianceOfMean(influences, value);
    }

    private double AgreementOf(int item)
    {
        var size = _table.Size(item);
        if (size < 2) return double.NaN;
        double sum = 0;
        for (var c = _table.CountStart[item]; c < _table.CountStart[item + 1]; c++)
        {
            double weighted = 0;
            for (var d = _table.CountStart[item]; d < _table.CountStart[item + 1]; d++)
                weighted += _weights[_table.CountLabels[c], _table.CountLabels[d]] * _table.Counts[d];
            sum += _table.Counts[c] * (weighted - 1);
        }

        return sum / ((double)size * (size - 1));
    }

    private double[] Shares(ReadOnlySpan<int> times)
    {
        var shares = new double[_table.LabelCount];
        double items = 0;
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] == 0) continue;
            items += times[i];
            var each = (double)times[i] / _table.Size(i);
            for (var c = _table.CountStart[i]; c < _table.CountStart[i + 1]; c++) shares[_table.CountLabels[c]] += each * _table.Counts[c];
        }

        for (var k = 0; k < shares.Length; k++) shares[k] /= items;
        return shares;
    }

    private double Expected(double[] shares)
    {
        var q = _table.LabelCount;
        double sum = 0;
        switch (_metric)
        {
            case AgreementMetric.BrennanPrediger:
                return _total / ((double)q * q);
            case AgreementMetric.Gwet:
                foreach (var share in shares) sum += share * (1 - share);
                return _total / ((double)q * (q - 1)) * sum;
            default:
                for (var k = 0; k < q; k++)
                    for (var l = 0; l < q; l++) sum += _weights[k, l] * shares[k] * shares[l];
                return sum;
        }
    }

    /// <summary>What one vote for a label adds to the chance agreement; null where that does not depend on votes.</summary>
    private double[]? ChanceByLabel(double[] shares)
    {
        var q = _table.LabelCount;
        return _metric switch
        {
            AgreementMetric.PercentAgreement or AgreementMetric.BrennanPrediger => null,
            AgreementMetric.Gwet => [.. shares.Select(share => _total / ((double)q * (q - 1)) * (1 - share))],
            _ => [.. Enumerable.Range(0, q).Select(k => Enumerable.Range(0, q).Sum(l => _weights[k, l] * shares[l]))],
        };
    }
}
