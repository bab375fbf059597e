using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>
/// The two steps of a round: parameters from expected counts, and expected counts from parameters. A state is one flat array of counts:
/// first the contributors', laid out as <see cref="DawidSkenePass.Counts"/>, then the classes'.
/// </summary>
internal sealed class DawidSkeneModel
{
    // From so many votes on the items are halved between two threads. The number of parts depends on the votes alone, never on the machine,
    // because sums are added part by part.
    private const int VotesForTwoParts = 100_000;

    private readonly Votes _votes;
    private readonly DawidSkeneOptions _options;
    private readonly int _labels;
    private readonly int _stride; // classes, padded to whole vectors of four
    private readonly DawidSkenePass[] _parts;
    private readonly double[] _confusion;
    private readonly double[] _logConfusion; // empty where no item has so many votes that it is needed
    private readonly double[] _logShares;
    private readonly double[] _paddedShares;
    private readonly double[] _shares;
    private readonly double[] _pooled; // said * K + actual

    public DawidSkeneModel(Votes votes, DawidSkeneOptions options, ReadOnlySpan<int> known)
    {
        if (!DawidSkene.HasRoomFor(votes.ContributorCount, votes.LabelCount))
            throw new ArgumentException($"Confusions of {votes.ContributorCount} contributors with {votes.LabelCount} labels are more than {DawidSkene.ConfusionsMax} probabilities.", nameof(votes));
        (_votes, _options, _labels) = (votes, options, votes.LabelCount);
        _stride = (_labels + 3) / 4 * 4;
        Shrinkage = options.Shrinkage;
        int[] knowns = known.IsEmpty ? [.. Enumerable.Repeat(DawidSkene.Unknown, votes.ItemCount)] : known.ToArray();
        var byItem = votes.ByItem;
        var count = votes.Count < VotesForTwoParts ? 1 : 2;
        var bounds = new int[count + 1];
        for (var p = 1; p <= count; p++)
            bounds[p] = p == count ? votes.ItemCount : byItem.ItemOf((int)((long)votes.Count * p / count));
        _parts = [.. Enumerable.Range(0, count).Select(p => new DawidSkenePass(byItem, knowns, bounds[p], bounds[p + 1], _stride, votes.ContributorCount))];
        _confusion = new double[votes.ContributorCount * _labels * _stride];
        _logConfusion = MostVotes(byItem) > DawidSkenePass.MostFactors ? new double[_confusion.Length] : [];
        _logShares = new double[_stride];
        _logShares.AsSpan(_labels).Fill(double.NegativeInfinity);
        _paddedShares = new double[_stride];
        _shares = new double[_labels];
        _pooled = new double[_labels * _labels];
    }

    /// <summary>Length of a state.</summary>
    public int StateLength => _confusion.Length + _stride;

    /// <summary>How many counts at the end of a state are the classes', padding among them.</summary>
    public int ClassesLength => _stride;

    /// <summary>Votes by which rows are pulled towards the crowd's; at first the options'.</summary>
    public double Shrinkage { get; set; }

    /// <summary>Whether an item's posterior is put wholly on its most probable class (of equal ones the first), as fast Dawid-Skene does.</summary>
    public bool Hard
    {
        set
        {
            foreach (var part in _parts) part.Hard = value;
        }
    }

    /// <summary>Counts from each item's share of votes.</summary>
    public void Start(double[] state)
    {
        ForParts(p => _parts[p].StartFromShares());
        Merge(state);
    }

    /// <summary>One round: parameters from one state, the next state from them.</summary>
    /// <returns>The log-likelihood of those parameters.</returns>
    public double Step(double[] from, double[] to)
    {
        Maximise(from);
        ForParts(p => _parts[p].Run(_confusion, _logConfusion, _paddedShares, _logShares, []));
        Merge(to);
        return LogLikelihood();
    }

    /// <summary>Posteriors under the parameters of the last round.</summary>
    public double[] Posterior()
    {
        var posterior = GC.AllocateUninitializedArray<double>(_votes.ItemCount * _labels);
        ForParts(p => _parts[p].Run(_confusion, _logConfusion, _paddedShares, _logShares, posterior));
        return posterior;
    }

    /// <summary>Sum over classes of how much their shares differ between two states.</summary>
    public double ChangeOfClasses(double[] from, double[] to)
    {
        double change = 0;
        for (var j = _confusion.Length; j < from.Length; j++) change += Math.Abs(to[j] - from[j]);
        return change / Math.Max(1, _votes.ItemCount);
    }

    public DawidSkeneResult Result(string method, double logLikelihood, int rounds, bool converged, double[] history)
    {
        var k = _labels;
        var confusions = new double[_votes.ContributorCount * k * k];
        for (var c = 0; c < _votes.ContributorCount; c++)
            for (var said = 0; said < k; said++)
                for (var actual = 0; actual < k; actual++)
                    confusions[(c * k + actual) * k + said] = _confusion[(c * k + said) * _stride + actual];
        var pooled = new double[k * k];
        for (var said = 0; said < k; said++)
            for (var actual = 0; actual < k; actual++) pooled[actual * k + said] = _pooled[said * k + actual];
        var result = new DawidSkeneResult
        {
            Method = method,
            LabelCount = k,
            Posterior = Posterior(),
            ClassShares = _shares,
            Confusions = confusions,
            PooledConfusion = pooled,
            Shrinkage = Shrinkage,
            LogLikelihood = _votes.ItemCount == 0 ? 0 : logLikelihood,
            History = history,
            Rounds = rounds,
            Converged = converged,
            Skills = [],
            Warnings = [],
        };
        var accuracy = new double[_votes.ContributorCount];
        for (var c = 0; c < accuracy.Length; c++) accuracy[c] = result.AccuracyOf(c);
        var skills = WorkerSkills.Of(_votes, accuracy, result.Posterior, Shrinkage > 0 ? Math.Min(_options.AccuracyShrinkage, Shrinkage) : 0);
        return result with { Skills = skills, Warnings = TruthWarnings.For(_votes, skills, converged, rounds, pooled) };
    }

    /// <summary>Log of the probability of the counted confusions when a contributor's rows are drawn around the crowd's with the given strength.</summary>
    /// <remarks>Dirichlet-multinomial, up to a constant: what a strength is chosen by. O(contributors * K²) time.</remarks>
    public double LogMarginal(double[] state, double strength)
    {
        var k = _labels;
        MaximisePooled(state);
        var parts = new double[_parts.Length];
        ForParts(p =>
        {
            var prior = new double[k * k];
            var totals = new double[k];
            var (from, to) = ContributorsOf(p);
            for (var c = from; c < to; c++)
            {
                var counts = CountsOf(state, c);
                Totals(counts, totals);
                OwnPrior(counts, totals, prior);
                for (var actual = 0; actual < k; actual++)
                {
                    parts[p] += GammaFunctions.Log(strength) - GammaFunctions.Log(totals[actual] + strength);
                    for (var said = 0; said < k; said++)
                    {
                        var mean = strength * Math.Max(prior[said * k + actual], _options.Floor);
                        parts[p] += GammaFunctions.Log(counts[said * _stride + actual] + mean) - GammaFunctions.Log(mean);
                    }
                }
            }
        });
        return parts.Sum();
    }

    /// <summary>Shares and confusions from counts.</summary>
    private void Maximise(double[] state)
    {
        MaximiseShares(state);
        MaximisePooled(state);
        ForParts(p =>
        {
            var k = _labels;
            var totals = new double[k];
            var prior = new double[k * k];
            var (from, to) = ContributorsOf(p);
            for (var c = from; c < to; c++)
            {
                var counts = CountsOf(state, c);
                var rows = _confusion.AsSpan(c * k * _stride, k * _stride);
                Totals(counts, totals);
                if (Shrinkage > 0) OwnPrior(counts, totals, prior);
                for (var said = 0; said < k; said++)
                {
                    for (var actual = 0; actual < k; actual++)
                    {
                        var total = totals[actual] + Shrinkage;
                        var value = total > 0 ? (counts[said * _stride + actual] + Shrinkage * prior[said * k + actual]) / total : 1.0 / k;
                        rows[said * _stride + actual] = Math.Max(value, _options.Floor);
                    }

                    rows.Slice(said * _stride + k, _stride - k).Fill(1); // whose logarithm is 0
                }

                if (_logConfusion.Length > 0) Logarithms(rows, _logConfusion.AsSpan(c * k * _stride, k * _stride));
            }
        });
    }

    private static void Logarithms(ReadOnlySpan<double> of, Span<double> to)
    {
        ref var source = ref MemoryMarshal.GetReference(of);
        ref var target = ref MemoryMarshal.GetReference(to);
        for (var j = 0; j < of.Length; j += 4) VectorLog.OfPositive(Vector256.LoadUnsafe(ref source, (nuint)j)).StoreUnsafe(ref target, (nuint)j);
    }

    private static int MostVotes(VotesByItem votes)
    {
        var most = 0;
        for (var i = 0; i < votes.ItemCount; i++) most = Math.Max(most, votes.Start[i + 1] - votes.Start[i]);
        return most;
    }

    private void MaximiseShares(double[] state)
    {
        var k = _labels;
        var classes = state.AsSpan(_confusion.Length);
        var total = _votes.ItemCount + _options.ClassShrinkage * k;
        for (var j = 0; j < k; j++)
        {
            _shares[j] = total > 0 ? (classes[j] + _options.ClassShrinkage) / total : 1.0 / k;
            _paddedShares[j] = Math.Max(_shares[j], _options.Floor);
            _logShares[j] = PortableMath.Log(_paddedShares[j]);
        }
    }

    private void MaximisePooled(double[] state)
    {
        var k = _labels;
        _pooled.AsSpan().Clear();
        for (var c = 0; c < _votes.ContributorCount; c++)
        {
            var counts = CountsOf(state, c);
            for (var said = 0; said < k; said++)
                for (var actual = 0; actual < k; actual++) _pooled[said * k + actual] += counts[said * _stride + actual];
        }

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
            right += counts[actual * _stride + actual];
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

    private ReadOnlySpan<double> CountsOf(double[] state, int contributor) => state.AsSpan(contributor * _labels * _stride, _labels * _stride);

    private void Totals(ReadOnlySpan<double> counts, Span<double> totals)
    {
        totals.Clear();
        for (var said = 0; said < _labels; said++)
            for (var actual = 0; actual < _labels; actual++) totals[actual] += counts[said * _stride + actual];
    }

    private double LogLikelihood()
    {
        double sum = 0;
        foreach (var part in _parts) sum += part.LogLikelihood;
        return sum;
    }

    private void Merge(double[] state)
    {
        var counts = state.AsSpan(0, _confusion.Length);
        var classes = state.AsSpan(_confusion.Length);
        _parts[0].Counts.CopyTo(counts);
        _parts[0].Classes.CopyTo(classes);
        foreach (var part in _parts.AsSpan(1))
        {
            Extrapolation.Add(counts, part.Counts);
            Extrapolation.Add(classes, part.Classes);
        }
    }

    private (int From, int To) ContributorsOf(int part) =>
        ((int)((long)_votes.ContributorCount * part / _parts.Length), (int)((long)_votes.ContributorCount * (part + 1) / _parts.Length));

    private void ForParts(Action<int> work)
    {
        if (_parts.Length == 1) work(0);
        else Parallel.For(0, _parts.Length, work);
    }
}
