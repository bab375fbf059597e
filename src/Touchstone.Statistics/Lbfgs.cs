namespace Touchstone.Statistics;

/// <summary>Writes the gradient at a point and returns the value there.</summary>
/// <param name="point">Where; must not be changed.</param>
/// <param name="gradient">Receives the gradient; as long as the point.</param>
public delegate double ValueAndGradient(ReadOnlySpan<double> point, Span<double> gradient);

/// <summary>Where a minimisation ended.</summary>
/// <param name="Value">The function's value at the point returned.</param>
/// <param name="Rounds">Steps taken.</param>
/// <param name="Converged">Whether the tolerance was reached, or no step could go lower within the precision of numbers.</param>
public readonly record struct LbfgsOutcome(double Value, int Rounds, bool Converged);

/// <summary>Minimises a smooth function of many variables in memory proportional to their number.</summary>
/// <remarks>
/// J. Nocedal, Mathematics of Computation 35, 1980, with the line search by bisection of A. S. Lewis and M. L. Overton, Mathematical Programming 141,
/// 2013 (weak Wolfe conditions). No step raises the value. Sums in a fixed order: the same input gives the same bits.
/// </remarks>
public static class Lbfgs
{
    private const int History = 8;
    private const int LineSteps = 40;
    private const double EnoughDecrease = 1e-4;
    private const double EnoughCurvature = 0.9;

    /// <summary>Minimises.</summary>
    /// <param name="function">The function, finite at the start.</param>
    /// <param name="point">Start; receives the minimum.</param>
    /// <param name="tolerance">Stop when a round lowers the value by less than this share of its size, twice in a row.</param>
    /// <param name="maxRounds">Stop after so many rounds.</param>
    /// <param name="inverseCurvature">A guess of 1 / second derivative for each variable; empty is 1 for all.</param>
    public static LbfgsOutcome Minimise(ValueAndGradient function, double[] point, double tolerance, int maxRounds, double[]? inverseCurvature = null)
    {
        if (inverseCurvature is not null && inverseCurvature.Length != point.Length)
            throw new ArgumentException($"There are {point.Length} variables but {inverseCurvature.Length} curvatures.", nameof(inverseCurvature));
        if (point.Length == 0) return new(function(point, []), 0, true);
        var search = new Search(function, point, inverseCurvature);
        return search.Run(tolerance, maxRounds);
    }

    private sealed class Search(ValueAndGradient function, double[] point, double[]? inverseCurvature)
    {
        private readonly double[] _gradient = new double[point.Length];
        private readonly double[] _nextPoint = new double[point.Length];
        private readonly double[] _nextGradient = new double[point.Length];
        private readonly double[] _direction = new double[point.Length];
        private readonly List<(double[] Step, double[] Change, double Curvature)> _history = [];

        public LbfgsOutcome Run(double tolerance, int maxRounds)
        {
            var value = function(point, _gradient);
            if (!double.IsFinite(value)) throw new ArgumentException($"The function is {value} at the start.", nameof(tolerance));
            var small = 0;
            for (var round = 0; round < maxRounds; round++)
            {
                SetDirection();
                var slope = Dot(_gradient, _direction);
                if (slope >= 0 && _history.Count > 0)
                {
                    _history.Clear();
                    SetDirection();
                    slope = Dot(_gradient, _direction);
                }

                if (!(slope < 0) || !TryStep(value, slope, round == 0, out var next)) return new(value, round, true);
                Remember();
                small = value - next <= tolerance * Math.Abs(next) ? small + 1 : 0;
                value = next;
                if (small == 2) return new(value, round + 1, true);
            }

            return new(value, maxRounds, false);
        }

        /// <summary>Goes along the direction until both Wolfe conditions hold; the last point that goes lower will do.</summary>
        private bool TryStep(double value, double slope, bool first, out double next)
        {
            double low = 0, high = double.PositiveInfinity;
            var length = first && inverseCurvature is null ? Math.Min(1, 1 / Math.Sqrt(Dot(_gradient, _gradient))) : 1;
            var lowered = false;
            next = value;
            for (var i = 0; i < LineSteps; i++)
            {
                for (var j = 0; j < point.Length; j++) _nextPoint[j] = point[j] + length * _direction[j];
                next = function(_nextPoint, _nextGradient);
                if (!(next <= value + EnoughDecrease * length * slope))
                {
                    high = length;
                    if (lowered && i > LineSteps / 2) break;
                }
                else if (Dot(_nextGradient, _direction) < EnoughCurvature * slope)
                {
                    low = length;
                    lowered = true;
                }
                else
                {
                    return next < value;
                }

                length = double.IsPositiveInfinity(high) ? 2 * low : (low + high) / 2;
            }

            if (low == 0) return false;
            for (var j = 0; j < point.Length; j++) _nextPoint[j] = point[j] + low * _direction[j];
            next = function(_nextPoint, _nextGradient);
            return next < value;
        }

        private void Remember()
        {
            var (step, change) = _history.Count == History ? (_history[0].Step, _history[0].Change) : (new double[point.Length], new double[point.Length]);
            if (_history.Count == History) _history.RemoveAt(0);
            for (var j = 0; j < point.Length; j++)
            {
                step[j] = _nextPoint[j] - point[j];
                change[j] = _nextGradient[j] - _gradient[j];
            }

            _nextPoint.CopyTo(point, 0);
            _nextGradient.CopyTo(_gradient, 0);
            var curvature = Dot(step, change);
            if (curvature > 1e-300) _history.Add((step, change, curvature));
        }

        private void SetDirection()
        {
            for (var j = 0; j < point.Length; j++) _direction[j] = -_gradient[j];
            Span<double> shares = stackalloc double[History];
            for (var h = _history.Count - 1; h >= 0; h--)
            {
                var (step, change, curvature) = _history[h];
                shares[h] = Dot(step, _direction) / curvature;
                AddScaled(_direction, change, -shares[h]);
            }

            var scale = 1.0;
            if (_history.Count > 0)
            {
                var (_, change, curvature) = _history[^1];
                scale = curvature / (inverseCurvature is null ? Dot(change, change) : WeightedSquare(change, inverseCurvature));
            }

            for (var j = 0; j < point.Length; j++) _direction[j] *= scale * (inverseCurvature is null ? 1 : inverseCurvature[j]);
            for (var h = 0; h < _history.Count; h++)
            {
                var (step, change, curvature) = _history[h];
                AddScaled(_direction, step, shares[h] - Dot(change, _direction) / curvature);
            }
        }

        private static void AddScaled(double[] to, double[] values, double scale)
        {
            for (var j = 0; j < to.Length; j++) to[j] += scale * values[j];
        }

        /// <summary>Four sums side by side, added in one order.</summary>
        private static double Dot(double[] first, double[] second)
        {
            double a = 0, b = 0, c = 0, d = 0;
            var j = 0;
            for (; j <= first.Length - 4; j += 4)
            {
                a += first[j] * second[j];
                b += first[j + 1] * second[j + 1];
                c += first[j + 2] * second[j + 2];
                d += first[j + 3] * second[j + 3];
            }

            for (; j < first.Length; j++) a += first[j] * second[j];
            return a + b + (c + d);
        }

        private static double WeightedSquare(double[] values, double[] weights)
        {
            double sum = 0;
            for (var j = 0; j < values.Length; j++) sum += values[j] * values[j] * weights[j];
            return sum;
        }
    }
}
