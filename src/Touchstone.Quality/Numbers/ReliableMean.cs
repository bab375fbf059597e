using Touchstone.Statistics;

namespace Touchstone.Quality.Numbers;

/// <summary>
/// One number for each item from answers weighted by how exact their contributors are, each contributor's own bias taken away: an answer is the item's
/// value plus the contributor's bias plus normal noise of the contributor's own variance.
/// </summary>
/// <remarks>
/// Expectation maximisation: items' values are integrated out under a normal distribution whose mean and variance are estimated, biases and variances are
/// posterior modes. A variance has the prior of a few answers like the crowd's, so that nobody is believed without limit, a bias a
/// normal prior whose variance is estimated beforehand. Draws nothing at random. O(answers) time a round and memory.
/// </remarks>
public static class ReliableMean
{
    /// <summary>Fits the model.</summary>
    /// <param name="votes">The answers; may be none.</param>
    /// <param name="priorVotes">Answers like the crowd's that each contributor's variance is believed to rest on beforehand; above 0.</param>
    /// <param name="tolerance">Stop when a round raises the log of the posterior density by less than this, for each answer.</param>
    /// <param name="maxRounds">Stop after so many rounds, and say so.</param>
    public static NumericResult Fit(NumericVotes votes, double priorVotes = 10, double tolerance = 1e-10, int maxRounds = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(priorVotes);
        var scale = BinaryScale.IfExtreme(votes.Values);
        if (scale.Exponent == 0) return FitNearOne(votes, priorVotes, tolerance, maxRounds);
        var near = new NumericVotes(votes.Items, votes.Contributors, Array.ConvertAll(votes.Values, scale.Down), votes.ItemCount, votes.ContributorCount);
        return Restored(FitNearOne(near, priorVotes, tolerance, maxRounds), scale, votes.Count);
    }

    /// <summary>The fit in the answers' own unit. Answers 2^e times as large have a density 2^e times as low, each.</summary>
    private static NumericResult Restored(NumericResult near, BinaryScale scale, int answers)
    {
        var logs = answers * scale.Exponent * Math.Log(2);
        return near with
        {
            Values = Array.ConvertAll(near.Values, v => v is { } value ? scale.Up(value) : (double?)null),
            StandardErrors = Array.ConvertAll(near.StandardErrors, e => e is { } error ? scale.Up(error) : (double?)null),
            Skills = Array.ConvertAll(near.Skills, s => s with { Bias = scale.Up(s.Bias), Deviation = scale.Up(s.Deviation) }),
            LogLikelihood = near.LogLikelihood - logs,
            LogPosterior = near.LogPosterior - logs,
        };
    }

    private static NumericResult FitNearOne(NumericVotes votes, double priorVotes, double tolerance, int maxRounds)
    {
        var warnings = NumericWarnings.For(votes);
        var model = new Model(votes, priorVotes);
        if (votes.Count == 0 || model.IsConstant) return model.Result(votes, 0, true, warnings);
        var (rounds, converged) = (0, false);
        var before = double.NegativeInfinity;
        while (!converged && rounds < maxRounds)
        {
            if (rounds > 0) model.Maximise();
            model.Expect();
            rounds++;
            converged = Math.Abs(model.LogPosterior - before) <= tolerance * votes.Count;
            before = model.LogPosterior;
        }

        if (!converged) warnings.Add(new("not_converged", $"The fit had not settled after {rounds} rounds; allow more or raise the tolerance."));
        return model.Result(votes, rounds, converged, warnings);
    }

    private sealed class Model
    {
        private const double LogTwoPi = 1.83787706640934548356;

        private readonly double _priorVotes;
        private readonly NumericVotes _votes;
        private readonly int[] _start;
        private readonly double[] _values;
        private readonly int[] _contributor;
        private readonly int[] _counts;
        private readonly double[] _bias;
        private readonly double[] _variance;
        private readonly double[] _mean; // of an item, given its answers
        private readonly double[] _spread; // variance of an item, given its answers
        private readonly double _noise; // variance of the crowd's answers about their items, beforehand
        private readonly double _biasVariance;
        private double _centre;
        private double _width; // variance of items

        public Model(NumericVotes votes, double priorVotes)
        {
            _priorVotes = priorVotes;
            _votes = votes;
            int[] order;
            (_start, _values, order) = votes.ByItem();
            _contributor = [.. order.Select(v => votes.Contributors[v])];
            _counts = new int[votes.ContributorCount];
            foreach (var contributor in _contributor) _counts[contributor]++;
            (_bias, _variance) = (new double[votes.ContributorCount], new double[votes.ContributorCount]);
            (_mean, _spread) = (new double[votes.ItemCount], new double[votes.ItemCount]);
            _centre = votes.Count > 0 ? StableSum.Of(_values) / votes.Count : 0;
            var means = ItemMeans();
            _noise = Noise(means);
            var answered = means.Where(m => !double.IsNaN(m)).ToArray();
            _width = answered.Sum(m => (m - _centre) * (m - _centre)) / Math.Max(1, answered.Length);
            IsConstant = !(_noise > 1e-12 * _width);
            _width = Math.Max(_width, 1e-6 * _noise);
            _biasVariance = Math.Max(BiasVariance(means), 1e-6 * _noise);
            _variance.AsSpan().Fill(_noise);
            if (IsConstant) means.CopyTo(_mean, 0);
        }

        /// <summary>Whether no two answers to an item differ: there is no noise to share out.</summary>
        public bool IsConstant { get; }

        public double LogPosterior { get; private set; }

        private double LogLikelihood { get; set; }

        public void Expect()
        {
            double log = 0;
            for (var i = 0; i < _votes.ItemCount; i++)
            {
                double precision = 1 / _width, pull = 0, squares = 0, logs = PortableMath.Log(_width);
                for (var v = _start[i]; v < _start[i + 1]; v++)
                {
                    var variance = _variance[_contributor[v]];
                    var distance = _values[v] - _bias[_contributor[v]] - _centre;
                    precision += 1 / variance;
                    pull += distance / variance;
                    squares += distance * distance / variance;
                    logs += PortableMath.Log(variance);
                }

                _spread[i] = 1 / precision;
                _mean[i] = _centre + pull / precision;
                log -= ((_start[i + 1] - _start[i]) * LogTwoPi + logs + PortableMath.Log(precision) + squares - pull * pull / precision) / 2;
            }

            LogLikelihood = log;
            LogPosterior = log + LogPrior();
        }

        public void Maximise()
        {
            var sums = new double[_counts.Length];
            for (var i = 0; i < _votes.ItemCount; i++)
                for (var v = _start[i]; v < _start[i + 1]; v++) sums[_contributor[v]] += _values[v] - _mean[i];
            for (var c = 0; c < _counts.Length; c++) _bias[c] = sums[c] / _variance[c] / (_counts[c] / _variance[c] + 1 / _biasVariance);

            var squares = new double[_counts.Length];
            double centre = 0;
            for (var i = 0; i < _votes.ItemCount; i++)
            {
                centre += _mean[i];
                for (var v = _start[i]; v < _start[i + 1]; v++)
                {
                    var distance = _values[v] - _mean[i] - _bias[_contributor[v]];
                    squares[_contributor[v]] += distance * distance + _spread[i];
                }
            }

            for (var c = 0; c < _counts.Length; c++) _variance[c] = (squares[c] + _priorVotes * _noise) / (_counts[c] + _priorVotes);
            _centre = centre / _votes.ItemCount;
            double width = 0;
            for (var i = 0; i < _votes.ItemCount; i++) width += _spread[i] + (_mean[i] - _centre) * (_mean[i] - _centre);
            _width = width / _votes.ItemCount;
        }

        public NumericResult Result(NumericVotes votes, int rounds, bool converged, List<Categorical.TruthWarning> warnings)
        {
            var answered = Enumerable.Range(0, votes.ItemCount).Select(i => _start[i + 1] > _start[i]).ToArray();
            return new NumericResult
            {
                Method = "reliable-mean",
                Values = [.. answered.Select((known, i) => known ? _mean[i] : (double?)null)],
                StandardErrors = [.. answered.Select((known, i) => known && !IsConstant ? Math.Sqrt(_spread[i]) : (double?)null)],
                Skills = [.. _counts.Select((n, c) => new NumericSkill(_bias[c], Math.Sqrt(_variance[c]), n))],
                LogLikelihood = votes.Count == 0 || IsConstant ? null : LogLikelihood,
                LogPosterior = votes.Count == 0 || IsConstant ? null : LogPosterior,
                Rounds = rounds,
                Converged = converged,
                Warnings = warnings,
            };
        }

        /// <summary>Log density of biases and, up to a constant, of variances: scaled inverse chi-square, as if of answers.</summary>
        private double LogPrior()
        {
            double log = 0;
            for (var c = 0; c < _counts.Length; c++)
                log -= (_bias[c] * _bias[c] / _biasVariance + _priorVotes * (PortableMath.Log(_variance[c]) + _noise / _variance[c])) / 2;
            return log;
        }

        private double[] ItemMeans()
        {
            var means = new double[_votes.ItemCount];
            for (var i = 0; i < means.Length; i++)
                means[i] = _start[i + 1] > _start[i] ? StableSum.Of(_values.AsSpan(_start[i].._start[i + 1])) / (_start[i + 1] - _start[i]) : double.NaN;
            return means;
        }

        private double Noise(double[] means)
        {
            double squares = 0;
            var freedom = 0;
            for (var i = 0; i < means.Length; i++)
            {
                for (var v = _start[i]; v < _start[i + 1]; v++) squares += (_values[v] - means[i]) * (_values[v] - means[i]);
                freedom += Math.Max(0, _start[i + 1] - _start[i] - 1);
            }

            return freedom > 0 ? squares / freedom : 0;
        }

        /// <summary>Variance of the contributors' mean distances from the items' means, less what noise alone would give.</summary>
        private double BiasVariance(double[] means)
        {
            var sums = new double[_counts.Length];
            for (var i = 0; i < means.Length; i++)
                for (var v = _start[i]; v < _start[i + 1]; v++) sums[_contributor[v]] += _values[v] - means[i];
            double total = 0, votes = 0;
            for (var c = 0; c < sums.Length; c++)
            {
                if (_counts[c] == 0) continue;
                total += sums[c] * sums[c] / _counts[c] - _noise;
                votes += _counts[c];
            }

            return votes > 0 ? total / votes : 0;
        }
    }
}
