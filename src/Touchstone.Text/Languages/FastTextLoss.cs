namespace Touchstone.Text.Languages;

/// <summary>How a fastText model turns its output into probabilities: by the loss it was trained with.</summary>
internal abstract class FastTextLoss
{
    public static FastTextLoss Of(int loss, IReadOnlyList<long> labelCounts) => loss switch
    {
        1 => new HierarchicalSoftmax(labelCounts),
        3 => new Softmax(),
        _ => new OneAgainstAll(), // negative sampling predicts in the same way
    };

    public abstract void Predict(IFastTextMatrix output, ReadOnlySpan<float> hidden, Span<float> probabilities);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private sealed class Softmax : FastTextLoss
    {
        public override void Predict(IFastTextMatrix output, ReadOnlySpan<float> hidden, Span<float> probabilities)
        {
            var most = float.NegativeInfinity;
            for (var l = 0; l < probabilities.Length; l++) most = Math.Max(most, probabilities[l] = output.Dot(l, hidden));
            float sum = 0;
            for (var l = 0; l < probabilities.Length; l++) sum += probabilities[l] = MathF.Exp(probabilities[l] - most);
            for (var l = 0; l < probabilities.Length; l++) probabilities[l] /= sum;
        }
    }

    private sealed class OneAgainstAll : FastTextLoss
    {
        public override void Predict(IFastTextMatrix output, ReadOnlySpan<float> hidden, Span<float> probabilities)
        {
            for (var l = 0; l < probabilities.Length; l++) probabilities[l] = Tabled(output.Dot(l, hidden));
        }

        // fastText reads the function off a table of 512 steps from -8 to 8: the value at the step below.
        private static float Tabled(float x)
        {
            const int steps = 512;
            const float most = 8;
            if (x < -most) return 0;
            if (x > most) return 1;
            var step = (int)((x + most) * steps / most / 2);
            return (float)Sigmoid(step * 2 * most / steps - most);
        }
    }

    /// <summary>A Huffman tree over the labels by their counts: the probability of a label is the product of the turns on its way.</summary>
    private sealed class HierarchicalSoftmax : FastTextLoss
    {
        private const long Unset = 1_000_000_000_000_000; // what fastText gives nodes before they are counted

        private readonly int[] _parents;
        private readonly bool[] _isRight;
        private readonly int _labels;

        public HierarchicalSoftmax(IReadOnlyList<long> counts)
        {
            _labels = counts.Count;
            var nodes = 2 * _labels - 1;
            (_parents, _isRight) = (new int[nodes], new bool[nodes]);
            var sums = new long[nodes];
            Array.Fill(_parents, -1);
            Array.Fill(sums, Unset);
            for (var l = 0; l < _labels; l++) sums[l] = counts[l];
            var (leaf, inner) = (_labels - 1, _labels); // labels stand from the most frequent to the least
            for (var node = _labels; node < nodes; node++)
            {
                var left = leaf >= 0 && sums[leaf] < sums[inner] ? leaf-- : inner++;
                var right = leaf >= 0 && sums[leaf] < sums[inner] ? leaf-- : inner++;
                sums[node] = sums[left] + sums[right];
                (_parents[left], _parents[right], _isRight[right]) = (node, node, true);
            }
        }

        public override void Predict(IFastTextMatrix output, ReadOnlySpan<float> hidden, Span<float> probabilities)
        {
            var turns = new double[_labels - 1]; // chance of the right turn at each inner node
            for (var t = 0; t < turns.Length; t++) turns[t] = Sigmoid(output.Dot(t, hidden));
            for (var l = 0; l < _labels; l++)
            {
                var probability = 1.0;
                for (var node = l; _parents[node] >= 0; node = _parents[node])
                {
                    var right = turns[_parents[node] - _labels];
                    probability *= _isRight[node] ? right : 1 - right;
                }

                probabilities[l] = (float)probability;
            }
        }
    }
}
