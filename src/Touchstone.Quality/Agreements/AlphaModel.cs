namespace Touchstone.Quality.Agreements;

/// <summary>Krippendorff's alpha of labels at any distance: 1 - observed over expected disagreement, over the items with at least two votes.</summary>
/// <remarks>
/// K. Krippendorff, Content Analysis, 3rd ed. 2013, chapter 12. Observed disagreement weights an item's pairs by 1 / (votes - 1). The ordinal distance equals the squared
/// difference of the labels' mid-ranks, so that ordinal and interval are sums of squares and need no matrix of labels; ratio and distances of one's own cost O(labels²).
/// Standard error: the linearised one of irrCAC (<c>krippen.alpha.raw</c>), written for distances; at the ordinal level the distances are held at the observed ranks.
/// </remarks>
internal sealed class AlphaModel : CoefficientModel
{
    private readonly ItemTable _table;
    private readonly int[] _items; // of the table, with at least two votes
    private readonly LabelDistance _distance;

    public AlphaModel(ItemTable table, LabelDistance distance)
    {
        (_table, _distance) = (table, distance);
        _items = [.. Enumerable.Range(0, table.ItemCount).Where(i => table.Size(i) >= 2)];
    }

    public override int ItemCount => _items.Length;

    public override Estimate Of(ReadOnlySpan<int> times)
    {
        var (margins, votes) = Margins(times);
        if (votes == 0) return Estimate.Missing(UndefinedAgreement.NoPairs);
        var distance = _distance.At(margins);
        double observed = 0;
        for (var i = 0; i < times.Length; i++)
            if (times[i] > 0) observed += times[i] * Disagreement(_items[i], distance);
        observed /= votes;
        var expected = distance.Between(margins) / (votes * (votes - 1));
        var largest = distance.Largest(margins);
        if (!(expected > 0)) return new Estimate(null, 1, 1, UndefinedAgreement.OneLabel);
        return new Estimate(1 - observed / expected, 1 - observed / largest, 1 - expected / largest, null);
    }

    public override double? Variance(Estimate estimate)
    {
        if (estimate.Value is null) return null;
        var ones = new int[ItemCount];
        Array.Fill(ones, 1);
        var (margins, votes) = Margins(ones);
        var distance = _distance.At(margins);
        var fromLabel = distance.FromEach(margins); // mean distance of a label to a vote
        var meanSize = votes / ItemCount;
        double observed = 0, expected = 0;
        foreach (var item in _items) observed += Disagreement(item, distance);
        observed /= votes;
        for (var k = 0; k < margins.Length; k++) expected += margins[k] / votes * fromLabel[k];
        var value = 1 - observed / expected;

        var influences = new double[ItemCount];
        for (var i = 0; i < ItemCount; i++)
        {
            var item = _items[i];
            double mean = 0;
            for (var c = _table.CountStart[item]; c < _table.CountStart[item + 1]; c++) mean += _table.Counts[c] * fromLabel[_table.CountLabels[c]];
            var size = _table.Size(item) / meanSize;
            influences[i] = 1 - (Disagreement(item, distance) / meanSize - observed * (size - 1)) / expected
                - 2 * (1 - value) * (expected * size - mean / meanSize) / expected;
        }

        return VarianceOfMean(influences, value);
    }

    /// <summary>Sum of distances over ordered pairs of an item's votes, over votes - 1.</summary>
    private double Disagreement(int item, LabelDistance distance)
    {
        var (from, to) = (_table.CountStart[item], _table.CountStart[item + 1]);
        return distance.Among(_table.CountLabels.AsSpan(from, to - from), _table.Counts.AsSpan(from, to - from)) / (_table.Size(item) - 1);
    }

    private (double[] Margins, double Votes) Margins(ReadOnlySpan<int> times)
    {
        var margins = new double[_table.LabelCount];
        double votes = 0;
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] == 0) continue;
            var item = _items[i];
            votes += (double)times[i] * _table.Size(item);
            for (var c = _table.CountStart[item]; c < _table.CountStart[item + 1]; c++) margins[_table.CountLabels[c]] += (double)times[i] * _table.Counts[c];
        }

        return (margins, votes);
    }
}
