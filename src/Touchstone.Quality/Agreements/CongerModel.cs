namespace Touchstone.Quality.Agreements;

/// <summary>Conger's kappa: chance agreement is that of two different contributors drawn at random, each with their own shares of the labels.</summary>
/// <remarks>
/// A. J. Conger, Psychological Bulletin 88, 1980; with gaps and its standard error as in irrCAC (<c>conger.kappa.raw</c>), whose sums over contributors and labels are
/// here gathered per contributor, so that the cost is O(votes + contributors * labels²) and not items * contributors * labels².
/// </remarks>
internal sealed class CongerModel : CoefficientModel
{
    private readonly ItemTable _table;
    private readonly LabelWeights _weights;
    private readonly double[] _agreement;

    public CongerModel(ItemTable table, LabelWeights weights)
    {
        (_table, _weights) = (table, weights);
        _agreement = new double[table.ItemCount];
        for (var i = 0; i < _agreement.Length; i++) _agreement[i] = AgreementOf(i);
    }

    public override int ItemCount => _table.ItemCount;

    public override Estimate Of(ReadOnlySpan<int> times)
    {
        if (_table.LabelCount < 2) return Estimate.Missing(UndefinedAgreement.OneLabelInSet);
        double sum = 0, paired = 0;
        for (var i = 0; i < times.Length; i++)
        {
            if (double.IsNaN(_agreement[i])) continue;
            sum += times[i] * _agreement[i];
            paired += times[i];
        }

        if (paired == 0) return Estimate.Missing(UndefinedAgreement.NoPairs);
        var habits = new Habits(_table, _weights, times);
        return Corrected(sum / paired, habits.Expected);
    }

    public override double? Variance(Estimate estimate)
    {
        if (estimate.Value is not { } value || estimate.Expected is not { } expected) return null;
        var ones = new int[ItemCount];
        Array.Fill(ones, 1);
        var habits = new Habits(_table, _weights, ones);
        var paired = _agreement.Count(a => !double.IsNaN(a));
        var influences = new double[ItemCount];
        for (var i = 0; i < ItemCount; i++)
        {
            if (!double.IsNaN(_agreement[i])) influences[i] = (double)ItemCount / paired * (_agreement[i] - expected) / (1 - expected);
            influences[i] -= 2 * (1 - value) * (habits.ExpectedOf(i) - expected) / (1 - expected);
        }

        return VarianceOfMean(influences, value);
    }

    private double AgreementOf(int item)
    {
        double sum = 0, pairs = 0;
        for (var v = _table.Start[item]; v < _table.Start[item + 1]; v++)
        {
            if (!_table.IsFirst[v]) continue;
            for (var u = _table.Start[item]; u < v; u++)
            {
                if (!_table.IsFirst[u]) continue;
                sum += _weights[_table.Labels[u], _table.Labels[v]];
                pairs++;
            }
        }

        return pairs == 0 ? double.NaN : sum / pairs;
    }

    /// <summary>The contributors' shares of the labels and the chance agreement that follows from them.</summary>
    private sealed class Habits
    {
        private readonly ItemTable _table;
        private readonly int[] _votes; // per contributor
        private readonly double[] _partner; // per contributor and label: weight of that label against the others' habits
        private readonly double[] _mean; // per contributor: the mean of the above over their votes
        private readonly double _pairs;
        private readonly double _items;

        public Habits(ItemTable table, LabelWeights weights, ReadOnlySpan<int> times)
        {
            _table = table;
            var (q, contributors) = (table.LabelCount, table.ContributorCount);
            var shares = new double[contributors * q];
            _votes = new int[contributors];
            for (var i = 0; i < times.Length; i++)
            {
                _items += times[i];
                for (var v = table.Start[i]; v < table.Start[i + 1]; v++)
                {
                    if (!table.IsFirst[v]) continue;
                    shares[table.Contributors[v] * q + table.Labels[v]] += times[i];
                    _votes[table.Contributors[v]] += times[i];
                }
            }

            var all = new double[q];
            double raters = 0;
            for (var g = 0; g < contributors; g++)
            {
                if (_votes[g] == 0) continue;
                raters++;
                for (var k = 0; k < q; k++) all[k] += shares[g * q + k] /= _votes[g];
            }

            _pairs = raters * (raters - 1);
            _partner = new double[contributors * q];
            _mean = new double[contributors];
            for (var g = 0; g < contributors; g++)
            {
                if (_votes[g] == 0) continue;
                for (var l = 0; l < q; l++)
                {
                    double sum = 0;
                    for (var k = 0; k < q; k++) sum += (all[k] - shares[g * q + k]) * weights[k, l];
                    _partner[g * q + l] = sum;
                    _mean[g] += sum * shares[g * q + l];
                }

                Expected += _mean[g] / _pairs;
            }
        }

        public double Expected { get; }

        public double ExpectedOf(int item)
        {
            double sum = 0;
            for (var v = _table.Start[item]; v < _table.Start[item + 1]; v++)
            {
                if (!_table.IsFirst[v]) continue;
                var g = _table.Contributors[v];
                sum += _items / _votes[g] * (_partner[g * _table.LabelCount + _table.Labels[v]] - _mean[g]);
            }

            return Expected + sum / _pairs;
        }
    }
}
