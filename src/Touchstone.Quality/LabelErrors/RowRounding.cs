namespace Touchstone.Quality.LabelErrors;

/// <summary>Rounds rows of a matrix of counts to whole numbers whose sums are the rounded sums of the rows.</summary>
internal static class RowRounding
{
    /// <summary>
    /// Each number is rounded to the nearest (halves to even); where the row then sums to too much or too little, those are changed by one that were rounded furthest in
    /// the wrong direction, of equal ones the first.
    /// </summary>
    public static int[] PreservingTotals(ReadOnlySpan<double> matrix, int columns)
    {
        var rounded = new int[matrix.Length];
        var order = new int[columns];
        var lost = new double[columns];
        for (var start = 0; start < matrix.Length; start += columns)
        {
            var row = matrix.Slice(start, columns);
            double total = 0;
            var missing = 0;
            for (var k = 0; k < columns; k++)
            {
                total += row[k];
                rounded[start + k] = (int)Math.Round(row[k]);
                missing -= rounded[start + k];
            }

            missing += (int)Math.Round(total);
            while (missing != 0)
            {
                var step = Math.Sign(missing);
                for (var k = 0; k < columns; k++) (order[k], lost[k]) = (k, -step * (row[k] - rounded[start + k]));
                Array.Sort(order, (a, b) => lost[a] != lost[b] ? lost[a].CompareTo(lost[b]) : a - b);
                for (var n = 0; n < columns && missing != 0; n++, missing -= step) rounded[start + order[n]] += step;
            }
        }

        return rounded;
    }
}
