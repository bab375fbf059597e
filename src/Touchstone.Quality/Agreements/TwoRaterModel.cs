namespace Touchstone.Quality.Agreements;

/// <summary>Cohen's kappa and Scott's pi of two contributors, over the items that both judged.</summary>
/// <remarks>
/// J. Cohen, Educational and Psychological Measurement 20(1), 1960, weighted: Psychological Bulletin 70, 1968; W. A. Scott, Public Opinion Quarterly 19(3), 1955.
/// Standard errors: J. L. Fleiss, J. Cohen, B. S. Everitt, Psychological Bulletin 72, 1969, as in irrCAC (<c>kappa2.table</c>, <c>scott2.table</c>).
/// </remarks>
internal sealed class TwoRaterModel : CoefficientModel
{
    private readonly int[] _first;
    private readonly int[] _second;
    private readonly LabelWeights _weights;
    private readonly bool _sharedHabit;

    public TwoRaterModel(int[] first, int[] second, LabelWeights weights, bool sharedHabit)
    {
        (_first, _second, _weights, _sharedHabit) = (first, second, weights, sharedHabit);
    }

    public override int ItemCount => _first.Length;

    public override Estimate Of(ReadOnlySpan<int> times)
    {
        if (_weights.LabelCount < 2) return Estimate.Missing(UndefinedAgreement.OneLabelInSet);
        var (table, items) = Table(times);
        if (items == 0) return Estimate.Missing(UndefinedAgreement.NoPairs);
        var (rows, columns) = Margins(table);
        var q = _weights.LabelCount;
        double observed = 0, expected = 0;
        for (var k = 0; k < q; k++)
        {
            for (var l = 0; l < q; l++)
            {
                observed += _weights[k, l] * table[k * q + l];
                expected += _weights[k, l] * rows[k] * columns[l];
            }
        }

        return Corrected(observed, expected);
    }

    public override double? Variance(Estimate estimate)
    {
        if (ItemCount < 2 || estimate.Value is not { } value || estimate.Expected is not { } expected || estimate.Observed is not { } observed) return null;
        var ones = new int[ItemCount];
        Array.Fill(ones, 1);
        var (table, items) = Table(ones);
        var (rows, columns) = Margins(table);
        var q = _weights.LabelCount;
        var byRow = new double[q];
        var byColumn = new double[q];
        for (var k = 0; k < q; k++)
        {
            for (var l = 0; l < q; l++)
            {
                byRow[k] += _weights[k, l] * columns[l];
                byColumn[k] += _weights[l, k] * rows[l];
            }
        }

        double sum = 0;
        for (var k = 0; k < q; k++)
        {
            for (var l = 0; l < q; l++)
            {
                var influence = _weights[k, l] - (1 - value) * (byRow[k] + byColumn[l]);
                sum += table[k * q + l] * influence * influence;
            }
        }

        var centre = observed - 2 * (1 - value) * expected;
        return Math.Max(0, sum - centre * centre) / (items * (1 - expected) * (1 - expected));
    }

    private (double[] Shares, double Items) Table(ReadOnlySpan<int> times)
    {
        var q = _weights.LabelCount;
        var table = new double[q * q];
        double items = 0;
        for (var i = 0; i < times.Length; i++)
        {
            table[_first[i] * q + _second[i]] += times[i];
            items += times[i];
        }

        for (var cell = 0; cell < table.Length; cell++) table[cell] /= Math.Max(1, items);
        return (table, items);
    }

    private (double[] Rows, double[] Columns) Margins(double[] table)
    {
        var q = _weights.LabelCount;
        var rows = new double[q];
        var columns = new double[q];
        for (var k = 0; k < q; k++)
        {
            for (var l = 0; l < q; l++)
            {
                rows[k] += table[k * q + l];
                columns[l] += table[k * q + l];
            }
        }

        if (!_sharedHabit) return (rows, columns);
        for (var k = 0; k < q; k++) rows[k] = columns[k] = (rows[k] + columns[k]) / 2;
        return (rows, columns);
    }
}
