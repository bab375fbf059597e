using System.Numerics;
using System.Runtime.InteropServices;
using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>
/// True classes and contributors' confusions from votes alone, by expectation maximisation: an item's class is inferred from votes weighted by
/// confusions, confusions from votes against inferred classes, in turn until nothing moves.
/// </summary>
/// <remarks>
/// A. P. Dawid and A. M. Skene, Applied Statistics 28(1), 1979. Beyond the paper: rows of confusion matrices may be shrunk towards the crowd's own
/// (a Dirichlet prior whose mean is fitted with the rest), items with a known class are clamped, probabilities live in the log domain.
/// Starts from each item's share of votes, draws nothing at random, adds in a fixed order: the same votes give the same bits.
/// O(votes * K) time a round, O(items * K + contributors * K²) memory.
/// </remarks>
public static class DawidSkene
{
    /// <summary>Marks an item whose class is not known.</summary>
    public const int Unknown = -1;

    /// <summary>Fits the model.</summary>
    /// <param name="votes">The votes; may be none.</param>
    /// <param name="options">Null is <see cref="DawidSkeneOptions.Default"/>.</param>
    /// <param name="known">Known class of each item or <see cref="Unknown"/>; empty when none is known.</param>
    public static DawidSkeneResult Fit(Votes votes, DawidSkeneOptions? options = null, ReadOnlySpan<int> known = default)
    {
        options ??= DawidSkeneOptions.Default;
        if (!known.IsEmpty && known.Length != votes.ItemCount)
            throw new ArgumentException($"There are {votes.ItemCount} items but known classes for {known.Length}.", nameof(known));
        foreach (var label in known)
            if (label != Unknown && (uint)label >= (uint)votes.LabelCount)
                throw new ArgumentOutOfRangeException(nameof(known), label, $"A known class lies in [0, {votes.LabelCount}).");

        var model = new Model(votes, options, known);
        model.StartFromShares();
        var converged = false;
        var rounds = 0;
        var logLikelihood = double.NegativeInfinity;
        while (!converged && rounds < options.MaxRounds)
        {
            model.Maximise();
            var next = model.Expect();
            rounds++;
            converged = Math.Abs(next - logLikelihood) <= options.Tolerance * Math.Abs(next);
            logLikelihood = next;
        }

        return model.Result(logLikelihood, rounds, converged);
    }

    private sealed class Model
    {
        private readonly Votes _votes;
        private readonly DawidSkeneOptions _options;
        private readonly int[] _known;
        private readonly int _labels;
        private readonly int[] _start; // votes of item i are those from _start[i] to _start[i + 1]
        private readonly int[] _cell; // contributor * K + label, of each vote, in the order of items
        private readonly double[] _posterior;
        private readonly double[] _counts; // (contributor * K + said) * K + actual: a vote adds one contiguous row
        private readonly double[] _logConfusion; // same layout
        private readonly double[] _shares;
        private readonly double[] _pooled; // said * K + actual

        public Model(Votes votes, DawidSkeneOptions options, ReadOnlySpan<int> known)
        {
            _votes = votes;
            _options = options;
            _labels = votes.LabelCount;
            _known = known.IsEmpty ? Enumerable.Repeat(Unknown, votes.ItemCount).ToArray() : known.ToArray();
            (_start, _cell) = ByItem(votes);
            _posterior = new double[votes.ItemCount * _labels];
            _counts = new double[votes.ContributorCount * _labels * _labels];
            _logConfusion = new double[_counts.Length];
            _shares = new double[_labels];
            _pooled = new double[_labels * _labels];
        }

        public void StartFromShares()
        {
            var tally = _votes.Tally();
            for (var i = 0; i < _votes.ItemCount; i++)
            {
                var row = _posterior.AsSpan(i * _labels, _labels);
                var count = _start[i + 1] - _start[i];
                if (_known[i] != Unknown) row[_known[i]] = 1;
                else if (count == 0) row.Fill(1.0 / _labels);
                else
                    for (var k = 0; k < _labels; k++) row[k] = (double)tally[i * _labels + k] / count;
                CountItem(i, row);
            }
        }

        /// <summary>Shares and confusions from the counts of the last pass.</summary>
        public void Maximise()
        {
            var k = _labels;
            MaximiseShares();
            MaximisePooled();
            var totals = new double[k];
            var prior = new double[k * k];
            for (var c = 0; c < _votes.ContributorCount; c++)
            {
                var counts = _counts.AsSpan(c * k * k, k * k);
                var logs = _logConfusion.AsSpan(c * k * k, k * k);
                totals.AsSpan().Clear();
                for (var said = 0; said < k; said++) Add(totals, counts.Slice(said * k, k));
                if (_options.Shrinkage > 0) OwnPrior(counts, totals, prior);
                for (var said = 0; said < k; said++)
                {
                    for (var actual = 0; actual < k; actual++)
                    {
                        var total = totals[actual] + _options.Shrinkage;
                        var value = total > 0 ? (counts[said * k + actual] + _options.Shrinkage * prior[said * k + actual]) / total : 1.0 / k;
                        logs[said * k + actual] = PortableMath.Log(Math.Max(value, _options.Floor));
                    }
                }
            }
        }

        /// <summary>
        /// What a contributor's rows are shrunk towards: the crowd's rows, with the odds of the right label raised or lowered as this contributor is
        /// right more or less often than the crowd would be on the same items.
        /// </summary>
        private void OwnPrior(ReadOnlySpan<double> counts, ReadOnlySpan<double> totals, Span<double> prior)
        {
            var k = _labels;
            double right = 0, expected = 0, votes = 0;
            for (var actual = 0; actual < k; actual++)
            {
                right += counts[actual * k + actual];
                expected += totals[actual] * _pooled[actual * k + actual];
                votes += totals[actual];
            }

            var crowd = votes > 0 ? expected / votes : _options.PriorAccuracy;
            var own = (right + _options.AccuracyShrinkage * crowd) / (votes + _options.AccuracyShrinkage);
            var ratio = Odds(own) / Odds(crowd);
            for (var actual = 0; actual < k; actual++)
            {
                var pooled = _pooled[actual * k + actual];
                var odds = Odds(pooled) * ratio;
                var diagonal = k > 1 ? odds / (1 + odds) : 1;
                var scale = pooled < 1 ? (1 - diagonal) / (1 - pooled) : 0;
                for (var said = 0; said < k; said++) prior[said * k + actual] = said == actual ? diagonal : _pooled[said * k + actual] * scale;
            }
        }

        private double Odds(double probability)
        {
            var inside = Math.Clamp(probability, _options.Floor, 1 - _options.Floor);
            return inside / (1 - inside);
        }

        /// <summary>Posterior of every item, and at once the counts that the next round needs.</summary>
        /// <returns>The log-likelihood of the parameters that went in.</returns>
        public double Expect()
        {
            var k = _labels;
            var logShares = new double[k];
            for (var j = 0; j < k; j++) logShares[j] = PortableMath.Log(Math.Max(_shares[j], _options.Floor));

            _counts.AsSpan().Clear();
            double sum = 0, compensation = 0;
            for (var i = 0; i < _votes.ItemCount; i++)
            {
                var row = _posterior.AsSpan(i * k, k);
                logShares.CopyTo(row);
                for (var v = _start[i]; v < _start[i + 1]; v++) Add(row, _logConfusion.AsSpan(_cell[v] * k, k));
                var logEvidence = _known[i] == Unknown ? Normalise(row) : Clamp(row, _known[i]);
                CountItem(i, row);
                var term = logEvidence - compensation; // Kahan: all terms are negative, none exceeds the sum for long
                var next = sum + term;
                compensation = next - sum - term;
                sum = next;
            }

            return sum;
        }

        public DawidSkeneResult Result(double logLikelihood, int rounds, bool converged)
        {
            var k = _labels;
            var confusions = new double[_logConfusion.Length];
            for (var c = 0; c < _votes.ContributorCount; c++) Transposed(_logConfusion.AsSpan(c * k * k, k * k), confusions.AsSpan(c * k * k, k * k), k, isLog: true);
            var pooled = new double[k * k];
            Transposed(_pooled, pooled, k, isLog: false);
            var result = new DawidSkeneResult
            {
                Method = "dawid-skene",
                LabelCount = k,
                Posterior = _posterior,
                ClassShares = _shares,
                Confusions = confusions,
                Skills = [],
                PooledConfusion = pooled,
                LogLikelihood = _votes.ItemCount == 0 ? 0 : logLikelihood,
                Rounds = rounds,
                Converged = converged,
                Warnings = [],
            };
            var accuracy = Enumerable.Range(0, _votes.ContributorCount).Select(result.AccuracyOf).ToArray();
            var skills = WorkerSkills.Of(_votes, accuracy, _posterior, _options.Shrinkage > 0 ? _options.AccuracyShrinkage : 0);
            return result with { Skills = skills, Warnings = TruthWarnings.For(_votes, skills, converged, rounds, pooled) };
        }

        private void MaximiseShares()
        {
            var k = _labels;
            _shares.AsSpan().Clear();
            for (var i = 0; i < _votes.ItemCount; i++) Add(_shares, _posterior.AsSpan(i * k, k));
            var total = _votes.ItemCount + _options.ClassShrinkage * k;
            for (var j = 0; j < k; j++) _shares[j] = total > 0 ? (_shares[j] + _options.ClassShrinkage) / total : 1.0 / k;
        }

        private void MaximisePooled()
        {
            var k = _labels;
            _pooled.AsSpan().Clear();
            for (var c = 0; c < _votes.ContributorCount; c++) Add(_pooled, _counts.AsSpan(c * k * k, k * k));
            var wrong = k > 1 ? (1 - _options.PriorAccuracy) / (k - 1) : 0;
            for (var actual = 0; actual < k; actual++)
            {
                var total = _options.PoolShrinkage;
                for (var said = 0; said < k; said++) total += _pooled[said * k + actual];
                for (var said = 0; said < k; said++)
                {
                    var prior = said == actual ? k > 1 ? _options.PriorAccuracy : 1 : wrong;
                    var count = _pooled[said * k + actual] + _options.PoolShrinkage * prior;
                    _pooled[said * k + actual] = total > 0 ? count / total : prior;
                }
            }
        }

        private void CountItem(int item, ReadOnlySpan<double> row)
        {
            for (var v = _start[item]; v < _start[item + 1]; v++) Add(_counts.AsSpan(_cell[v] * _labels, _labels), row);
        }

        private static double Normalise(Span<double> logs)
        {
            var max = logs[0];
            foreach (var value in logs) max = Math.Max(max, value);
            double total = 0;
            for (var j = 0; j < logs.Length; j++) total += logs[j] = PortableMath.Exp(logs[j] - max);
            for (var j = 0; j < logs.Length; j++) logs[j] /= total;
            return max + PortableMath.Log(total);
        }

        private static double Clamp(Span<double> logs, int known)
        {
            var logEvidence = logs[known];
            logs.Clear();
            logs[known] = 1;
            return logEvidence;
        }

        private static void Transposed(ReadOnlySpan<double> from, Span<double> to, int k, bool isLog)
        {
            for (var said = 0; said < k; said++)
                for (var actual = 0; actual < k; actual++) to[actual * k + said] = isLog ? PortableMath.Exp(from[said * k + actual]) : from[said * k + actual];
        }

        private static (int[] Start, int[] Cell) ByItem(Votes votes)
        {
            var start = new int[votes.ItemCount + 1];
            foreach (var item in votes.Items) start[item + 1]++;
            for (var i = 0; i < votes.ItemCount; i++) start[i + 1] += start[i];
            var place = start.AsSpan(0, votes.ItemCount).ToArray();
            var cell = new int[votes.Count];
            for (var v = 0; v < votes.Count; v++) cell[place[votes.Items[v]]++] = votes.Contributors[v] * votes.LabelCount + votes.Labels[v];
            return (start, cell);
        }

        /// <summary>Element by element, so that the width of the machine's vectors does not change a single bit.</summary>
        private static void Add(Span<double> to, ReadOnlySpan<double> values)
        {
            ref var target = ref MemoryMarshal.GetReference(to);
            ref var source = ref MemoryMarshal.GetReference(values[..to.Length]); // checks the lengths, once
            var i = 0;
            for (; i <= to.Length - Vector<double>.Count; i += Vector<double>.Count)
                (Vector.LoadUnsafe(ref target, (nuint)i) + Vector.LoadUnsafe(ref source, (nuint)i)).StoreUnsafe(ref target, (nuint)i);
            for (; i < to.Length; i++) to[i] += values[i];
        }
    }
}
