namespace Touchstone.Quality.LabelErrors;

/// <summary>Probabilities of classes, one row an item, as a model gives them; checked once, so that nothing downstream meets a value that is none.</summary>
/// <remarks>For finding label errors they must be out of sample: a model that was trained on an item's label has learnt its error (cross-validation gives such probabilities for every item).</remarks>
public sealed class ClassProbabilities
{
    /// <summary>How far a row's sum may lie from 1, since files carry rounded numbers.</summary>
    public const double SumTolerance = 1e-3;

    /// <summary>Probabilities from a flat array, which is kept and not copied.</summary>
    /// <param name="values">Item i, class k at i * <paramref name="labelCount"/> + k; each in [0, 1], each row summing to 1 within <paramref name="sumTolerance"/>.</param>
    /// <param name="labelCount">Number of classes K, at least 1.</param>
    /// <param name="sumTolerance">See <see cref="SumTolerance"/>.</param>
    /// <exception cref="ArgumentException">A value is no probability or a row does not sum to 1; the message names the row and the column, both counted from 0.</exception>
    public ClassProbabilities(double[] values, int labelCount, double sumTolerance = SumTolerance)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(labelCount);
        if (values.Length % labelCount != 0)
            throw new ArgumentException($"{values.Length} values are no whole number of rows of {labelCount} columns.", nameof(values));
        if (FirstFault(values, labelCount, sumTolerance) is { } fault) throw new ArgumentException(fault.Message, nameof(values));
        (Values, LabelCount) = (values, labelCount);
    }

    /// <summary>Item i, class k at i * K + k.</summary>
    public double[] Values { get; }

    /// <summary>Number of classes K.</summary>
    public int LabelCount { get; }

    /// <summary>Number of items (rows).</summary>
    public int ItemCount => Values.Length / LabelCount;

    /// <summary>The probabilities of one item's classes.</summary>
    public ReadOnlySpan<double> Row(int item) => Values.AsSpan(item * LabelCount, LabelCount);

    /// <summary>The most probable class of an item; of several equal ones the first.</summary>
    public int LabelOf(int item) => Largest(Row(item));

    /// <summary>The first value that is no probability or row that does not sum to 1; null where all is well. For readers of files, which know lines.</summary>
    /// <param name="values">As in the constructor; a last row that is not whole is not looked at.</param>
    /// <param name="labelCount">Number of classes K, at least 1.</param>
    /// <param name="sumTolerance">See <see cref="SumTolerance"/>.</param>
    public static ProbabilityFault? FirstFault(ReadOnlySpan<double> values, int labelCount, double sumTolerance = SumTolerance)
    {
        for (var row = 0; (row + 1) * labelCount <= values.Length; row++)
        {
            double sum = 0;
            for (var k = 0; k < labelCount; k++)
            {
                var p = values[row * labelCount + k];
                if (!(p >= 0 && p <= 1 + sumTolerance))
                    return new ProbabilityFault(row, k, p, $"Row {row}, column {k}: {Describe(p)}, but a probability lies between 0 and 1.");
                sum += p;
            }

            if (Math.Abs(sum - 1) > sumTolerance)
                return new ProbabilityFault(row, null, sum, $"Row {row}: the {labelCount} probabilities sum to {sum:R}, but must sum to 1 (within {sumTolerance:R}). Are they scores before a softmax?");
        }

        return null;
    }

    /// <summary>Throws unless there is one label in [0, K) for each row.</summary>
    internal void CheckLabels(ReadOnlySpan<int> labels)
    {
        if (labels.Length != ItemCount) throw new ArgumentException($"There are {labels.Length} labels but {ItemCount} rows of probabilities.", nameof(labels));
        for (var i = 0; i < labels.Length; i++)
            if ((uint)labels[i] >= (uint)LabelCount)
                throw new ArgumentOutOfRangeException(nameof(labels), labels[i], $"Row {i}: the label must lie in [0, {LabelCount}), since there are {LabelCount} columns of probabilities.");
    }

    internal static int Largest(ReadOnlySpan<double> row)
    {
        var best = 0;
        for (var k = 1; k < row.Length; k++)
            if (row[k] > row[best]) best = k;
        return best;
    }

    private static string Describe(double p) =>
        double.IsNaN(p) ? "not a number" : double.IsInfinity(p) ? "infinite" : p < 0 ? $"{p:R} is negative" : $"{p:R} is larger than 1";
}

/// <summary>Where probabilities are none.</summary>
/// <param name="Row">Row, counted from 0.</param>
/// <param name="Column">Column, counted from 0; null where the row's sum is at fault.</param>
/// <param name="Value">The value, or the row's sum.</param>
/// <param name="Message">A sentence for people, with row and column counted from 0.</param>
public readonly record struct ProbabilityFault(int Row, int? Column, double Value, string Message);
