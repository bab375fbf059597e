using Touchstone.Statistics;

namespace Touchstone.Quality.Agreements;

/// <summary>How far labels are apart, with the sums over votes that alpha needs.</summary>
internal abstract class LabelDistance
{
    /// <summary>The distance that the level of measurement and the options mean.</summary>
    public static LabelDistance Of(AgreementOptions options, int labelCount)
    {
        if (options.Distance is { } own) return new AnyDistance(own);
        switch (options.Level)
        {
            case MeasurementLevel.Nominal:
                return new NominalDistance();
            case MeasurementLevel.Ordinal:
                return new RankDistance();
            default:
                var values = options.LabelValues ?? throw new ArgumentException($"The {options.Level} level needs the value of each label.", nameof(options));
                if (values.Length != labelCount) throw new ArgumentException($"There are {labelCount} labels but {values.Length} values.", nameof(options));
                if (!values.All(double.IsFinite)) throw new ArgumentException("The labels' values must be finite numbers.", nameof(options));
                values = Scaled(values);
                if (options.Level == MeasurementLevel.Interval) return new SquaredDistance(values);
                if (values.Any(v => v < 0)) throw new ArgumentException("The ratio level needs values that are not negative: it measures from a true zero.", nameof(options));
                return new AnyDistance((k, l) => values[k] + values[l] == 0 ? 0 : Square((values[k] - values[l]) / (values[k] + values[l])));
        }
    }

    /// <summary>The distance given how often each label was used; only the ordinal one depends on that.</summary>
    public virtual LabelDistance At(double[] margins) => this;

    /// <summary>Sum over ordered pairs of votes of which <paramref name="counts"/> have each of the <paramref name="labels"/>.</summary>
    public abstract double Among(ReadOnlySpan<int> labels, ReadOnlySpan<int> counts);

    /// <summary>The same over all labels.</summary>
    public abstract double Between(double[] margins);

    /// <summary>Mean distance of each label to a vote drawn from <paramref name="margins"/>.</summary>
    public abstract double[] FromEach(double[] margins);

    /// <summary>Largest distance between two labels that were used; 1 if there are none.</summary>
    public abstract double Largest(double[] margins);

    private static double Square(double value) => value * value;

    /// <summary>The values near 1: alpha has no unit, and squares of huge or tiny values would be infinite or zero.</summary>
    private static double[] Scaled(double[] values)
    {
        var scale = BinaryScale.Of(values);
        return Array.ConvertAll(values, scale.Down);
    }

    private sealed class NominalDistance : LabelDistance
    {
        public override double Among(ReadOnlySpan<int> labels, ReadOnlySpan<int> counts)
        {
            double total = 0, same = 0;
            foreach (double count in counts)
            {
                total += count;
                same += count * count;
            }

            return total * total - same;
        }

        public override double Between(double[] margins)
        {
            double total = 0, same = 0;
            foreach (var count in margins)
            {
                total += count;
                same += count * count;
            }

            return total * total - same;
        }

        public override double[] FromEach(double[] margins)
        {
            var total = margins.Sum();
            return Array.ConvertAll(margins, count => 1 - count / total);
        }

        public override double Largest(double[] margins) => 1;
    }

    /// <summary>(p_k - p_l)² for positions p, by their first two moments about a common centre.</summary>
    private sealed class SquaredDistance(double[] positions) : LabelDistance
    {
        public override double Among(ReadOnlySpan<int> labels, ReadOnlySpan<int> counts)
        {
            if (labels.Length < 2) return 0;
            var centre = positions[labels[0]];
            double total = 0, sum = 0, squares = 0;
            for (var i = 0; i < labels.Length; i++)
            {
                var offset = positions[labels[i]] - centre;
                total += counts[i];
                sum += counts[i] * offset;
                squares += counts[i] * offset * offset;
            }

            return 2 * (total * squares - sum * sum);
        }

        public override double Between(double[] margins)
        {
            var (total, _, spread) = Moments(margins);
            return total > 0 ? 2 * total * spread : 0;
        }

        public override double[] FromEach(double[] margins)
        {
            var (total, centre, spread) = Moments(margins);
            return Array.ConvertAll(positions, position => Square(position - centre) + spread / total);
        }

        public override double Largest(double[] margins)
        {
            var (low, high) = Range(margins);
            return high > low ? Square(high - low) : 1;
        }

        private (double Total, double Centre, double Spread) Moments(double[] margins)
        {
            var (low, high) = Range(margins);
            double total = 0, sum = 0, spread = 0;
            for (var k = 0; k < margins.Length; k++)
            {
                if (margins[k] == 0) continue;
                total += margins[k];
                sum += margins[k] * (positions[k] - low);
            }

            if (!(high > low)) return (total, low, 0);
            var centre = low + sum / total;
            for (var k = 0; k < margins.Length; k++) spread += margins[k] * Square(positions[k] - centre);
            return (total, centre, spread);
        }

        /// <summary>Lowest and highest position in use; the wrong way round where none is.</summary>
        private (double Low, double High) Range(double[] margins)
        {
            double low = double.PositiveInfinity, high = double.NegativeInfinity;
            for (var k = 0; k < margins.Length; k++)
            {
                if (margins[k] == 0) continue;
                low = Math.Min(low, positions[k]);
                high = Math.Max(high, positions[k]);
            }

            return (low, high);
        }
    }

    /// <summary>The ordinal distance: squared difference of mid-ranks.</summary>
    private sealed class RankDistance : LabelDistance
    {
        public override LabelDistance At(double[] margins)
        {
            var ranks = new double[margins.Length];
            double below = 0;
            for (var k = 0; k < margins.Length; k++)
            {
                ranks[k] = below + margins[k] / 2;
                below += margins[k];
            }

            return new SquaredDistance(ranks);
        }

        public override double Among(ReadOnlySpan<int> labels, ReadOnlySpan<int> counts) => throw new InvalidOperationException("Ranks need the margins; call At first.");

        public override double Between(double[] margins) => At(margins).Between(margins);

        public override double[] FromEach(double[] margins) => At(margins).FromEach(margins);

        public override double Largest(double[] margins) => At(margins).Largest(margins);
    }

    private sealed class AnyDistance(Func<int, int, double> distance) : LabelDistance
    {
        public override double Among(ReadOnlySpan<int> labels, ReadOnlySpan<int> counts)
        {
            double sum = 0;
            for (var i = 0; i < labels.Length; i++)
                for (var j = 0; j < i; j++) sum += 2.0 * counts[i] * counts[j] * Checked(labels[i], labels[j]);
            return sum;
        }

        public override double Between(double[] margins)
        {
            double sum = 0;
            for (var k = 0; k < margins.Length; k++)
            {
                if (margins[k] == 0) continue;
                for (var l = 0; l < k; l++)
                    if (margins[l] != 0) sum += 2 * margins[k] * margins[l] * Checked(k, l);
            }

            return sum;
        }

        public override double[] FromEach(double[] margins)
        {
            var total = margins.Sum();
            var mean = new double[margins.Length];
            for (var k = 0; k < margins.Length; k++)
            {
                if (margins[k] == 0) continue;
                for (var l = 0; l < margins.Length; l++)
                    if (l != k && margins[l] != 0) mean[k] += margins[l] / total * Checked(k, l);
            }

            return mean;
        }

        public override double Largest(double[] margins)
        {
            double largest = 0;
            for (var k = 0; k < margins.Length; k++)
            {
                if (margins[k] == 0) continue;
                for (var l = 0; l < k; l++)
                    if (margins[l] != 0) largest = Math.Max(largest, Checked(k, l));
            }

            return largest > 0 ? largest : 1;
        }

        private double Checked(int first, int second)
        {
            var value = distance(first, second);
            if (!(value >= 0) || double.IsInfinity(value)) throw new ArgumentException($"The distance of labels {first} and {second} is {value}; it must be finite and not negative.");
            return value;
        }
    }
}
