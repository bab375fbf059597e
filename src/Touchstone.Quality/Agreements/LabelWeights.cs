using Touchstone.Statistics;

namespace Touchstone.Quality.Agreements;

/// <summary>How much two labels agree, in [0, 1]: 1 for the same label.</summary>
/// <remarks>Definitions as in irrCAC (K. L. Gwet, Handbook of Inter-Rater Reliability, 4th ed. 2014, chapter 3). The labels' order is that of their indices.</remarks>
public sealed class LabelWeights
{
    private readonly double[] _weights;

    private LabelWeights(string name, int labelCount, Func<int, int, double> weight)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(labelCount);
        (Name, LabelCount) = (name, labelCount);
        _weights = new double[labelCount * labelCount];
        for (var k = 0; k < labelCount; k++)
            for (var l = 0; l < labelCount; l++) _weights[k * labelCount + l] = k == l ? 1 : weight(k, l);
    }

    /// <summary><c>identity</c>, <c>linear</c>, <c>quadratic</c>, <c>ordinal</c> or <c>custom</c>.</summary>
    public string Name { get; }

    /// <summary>Number of labels.</summary>
    public int LabelCount { get; }

    /// <summary>Sum of all weights.</summary>
    public double Total => _weights.Sum();

    /// <summary>Weight of two labels.</summary>
    public double this[int first, int second] => _weights[first * LabelCount + second];

    /// <summary>Only the same label agrees.</summary>
    public static LabelWeights Identity(int labelCount) => new("identity", labelCount, (_, _) => 0);

    /// <summary>1 - |difference| / range, of the labels' values or, without values, of their indices.</summary>
    /// <param name="labelCount">Number of labels.</param>
    /// <param name="values">One for each label.</param>
    public static LabelWeights Linear(int labelCount, double[]? values = null)
    {
        var (value, range) = Scale(labelCount, values);
        return new("linear", labelCount, (k, l) => 1 - Math.Abs(value(k) - value(l)) / range);
    }

    /// <summary>1 - (difference / range)², of the labels' values or, without values, of their indices.</summary>
    /// <param name="labelCount">Number of labels.</param>
    /// <param name="values">One for each label.</param>
    public static LabelWeights Quadratic(int labelCount, double[]? values = null)
    {
        var (value, range) = Scale(labelCount, values);
        return new("quadratic", labelCount, (k, l) => 1 - (value(k) - value(l)) * (value(k) - value(l)) / (range * range));
    }

    /// <summary>1 - C(|i - j| + 1, 2) / C(labels, 2).</summary>
    public static LabelWeights Ordinal(int labelCount) =>
        new("ordinal", labelCount, (k, l) => 1 - Math.Abs(k - l) * (Math.Abs(k - l) + 1.0) / (labelCount * (labelCount - 1.0)));

    /// <summary>Weights of your own: symmetric, in [0, 1].</summary>
    public static LabelWeights Custom(int labelCount, Func<int, int, double> weight)
    {
        var weights = new LabelWeights("custom", labelCount, weight);
        for (var k = 0; k < labelCount; k++)
        {
            for (var l = 0; l < k; l++)
            {
                if (!(weights[k, l] >= 0 && weights[k, l] <= 1) || weights[k, l] != weights[l, k])
                    throw new ArgumentException($"The weights of labels {l} and {k} are {weights[l, k]} and {weights[k, l]}; they must be equal and in [0, 1].", nameof(weight));
            }
        }

        return weights;
    }

    private static (Func<int, double> Value, double Range) Scale(int labelCount, double[]? values)
    {
        if (values is null) return (k => k, Math.Max(1, labelCount - 1));
        if (values.Length != labelCount) throw new ArgumentException($"There are {labelCount} labels but {values.Length} values.", nameof(values));
        if (!values.All(double.IsFinite)) throw new ArgumentException("The labels' values must be finite numbers.", nameof(values));
        var scale = BinaryScale.Of(values); // weights have no unit, and the square of a huge range would be infinite
        var scaled = Array.ConvertAll(values, scale.Down);
        var range = scaled.Length == 0 ? 1 : scaled.Max() - scaled.Min();
        return (k => scaled[k], range > 0 ? range : 1);
    }
}
