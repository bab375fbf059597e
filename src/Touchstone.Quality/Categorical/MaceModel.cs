using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>One start of <see cref="Mace"/> and how it goes on.</summary>
/// <remarks>
/// A vote for label y of contributor c has probability g = guess(c, y) when y is not the class and g + know(c) when it is. With ratio = (g + know) / g an
/// item's weight of class k is the product of the ratios of its votes for k, so classes nobody voted for cost nothing, and all that the next round
/// needs of a cell (c, y) is the sum of posteriors of y over its votes.
/// </remarks>
internal sealed class MaceModel
{
    private const double NearOverflow = 1e280;
    private const double Tiny = 1e-300;

    private readonly MaceData _data;
    private readonly MaceOptions _options;
    private readonly int _labels;
    private readonly double[] _know; // of a contributor; after a round exp(E[log]), which sums to less than 1 with guessing
    private readonly double[] _guess; // of a cell: guessing times the habit
    private readonly double[] _ratio;
    private readonly double[] _right; // of a cell: expected number of its votes that name the item's class
    private readonly double[] _inClass; // expected number of items of a class
    private double[][]? _partRight;
    private double[][]? _partShares;
    private double _divergence; // of the parameters' distribution from their prior

    public MaceModel(MaceData data, MaceOptions options, SeededRandom random)
    {
        (_data, _options, _labels) = (data, options, data.Votes.LabelCount);
        _know = new double[data.Votes.ContributorCount];
        _guess = new double[data.CellCounts.Length];
        _ratio = new double[_guess.Length];
        _right = new double[_guess.Length];
        _inClass = new double[_labels];
        Shares = new double[_labels];
        Shares.AsSpan().Fill(1.0 / _labels);
        Draw(random);
    }

    public double[] Shares { get; }

    /// <summary>The variational bound; with estimated shares, plus the log density of their prior.</summary>
    public double Bound { get; private set; } = double.NegativeInfinity;

    public int Rounds { get; private set; }

    public bool Converged { get; private set; }

    /// <summary>Expected number of votes of a cell that were known rather than guessed, under the last round.</summary>
    public double Known(int cell) => _right[cell] * (1 - 1 / _ratio[cell]);

    public void Run(int rounds, bool sideBySide)
    {
        if (Rounds == 0) Expect(sideBySide);
        for (var r = 0; r < rounds; r++)
        {
            var last = r == rounds - 1;
            Maximise(withDivergence: last);
            var evidence = Expect(sideBySide);
            Rounds++;
            if (last) Bound = evidence - _divergence;
        }
    }

    /// <summary>To convergence.</summary>
    public void RunOn()
    {
        while (!Converged && Rounds < _options.MaxRounds)
        {
            var before = Bound;
            Run(1, sideBySide: true);
            Converged = Math.Abs(Bound - before) <= _options.Tolerance * Math.Abs(Bound);
        }
    }

    /// <summary>Gives the memory back that only rounds need; made again when they go on.</summary>
    public MaceModel WithoutScratch()
    {
        _partRight = _partShares = null;
        return this;
    }

    public void WritePosterior(double[] posterior)
    {
        SetRatios();
        Over(_data.Parts.Length - 1, sideBySide: true, p =>
        {
            var weights = new double[_labels];
            for (var i = _data.Parts[p]; i < _data.Parts[p + 1]; i++)
            {
                LogWeights(i, weights);
                Normalise(weights);
                weights.CopyTo(posterior.AsSpan(i * _labels));
            }
        });
    }

    /// <summary>Log of the probability of the votes when these parameters are taken as they are.</summary>
    public double LogLikelihoodOf(double[] competence, double[] strategies)
    {
        for (var c = 0; c < competence.Length; c++)
        {
            _know[c] = competence[c];
            for (var l = 0; l < _labels; l++) _guess[c * _labels + l] = (1 - competence[c]) * strategies[c * _labels + l];
        }

        return Expect(sideBySide: true, shareDensity: false);
    }

    private void Draw(SeededRandom random)
    {
        var habit = new double[_labels];
        for (var c = 0; c < _know.Length; c++)
        {
            var (spam, know) = (random.NextDouble(1, 2.5), random.NextDouble(1, 2.5));
            double total = 0;
            foreach (ref var value in habit.AsSpan()) total += value = random.NextDouble(1, 2.5);
            _know[c] = know / (spam + know);
            for (var l = 0; l < _labels; l++) _guess[c * _labels + l] = spam / (spam + know) * habit[l] / total;
        }
    }

    private void SetRatios()
    {
        for (var cell = 0; cell < _guess.Length; cell++)
        {
            _guess[cell] = Math.Max(_guess[cell], Tiny);
            _ratio[cell] = 1 + _know[cell / _labels] / _guess[cell];
        }
    }

    private double Expect(bool sideBySide, bool shareDensity = true)
    {
        SetRatios();
        var parts = _data.Parts.Length - 1;
        _partRight ??= [.. Enumerable.Range(0, parts).Select(_ => new double[_guess.Length])];
        _partShares ??= [.. Enumerable.Range(0, parts).Select(_ => new double[_labels])];
        var logs = new double[parts];
        Over(parts, sideBySide, p => logs[p] = ExpectPart(p));
        AddUp(_partRight, _right);
        AddUp(_partShares, _inClass);
        var evidence = StableSum.Of(logs);
        for (var cell = 0; cell < _guess.Length; cell++)
            if (_data.CellCounts[cell] > 0) evidence += _data.CellCounts[cell] * PortableMath.Log(_guess[cell]);
        if (_options.EstimateClassShares && shareDensity)
            foreach (var share in Shares) evidence += _options.ClassShrinkage * PortableMath.Log(share);
        return evidence;
    }

    private double ExpectPart(int part)
    {
        var (start, cells, labels, ratio, right, shares, k) = (_data.Start, _data.Cell, _data.Label, _ratio, _partRight![part], Shares, _labels);
        var counted = _partShares![part];
        right.AsSpan().Clear();
        counted.AsSpan().Clear();
        var weights = new double[k];
        weights.AsSpan().Fill(1);
        double sum = 0, product = 1; // a logarithm of many items at once
        for (var i = _data.Parts[part]; i < _data.Parts[part + 1]; i++)
        {
            for (var v = start[i]; v < start[i + 1]; v++) weights[labels[v]] *= ratio[cells[v]];
            double total = 0;
            for (var j = 0; j < k; j++) total += weights[j] *= shares[j];
            if (!(total < NearOverflow))
            {
                sum += LogWeights(i, weights);
                Normalise(weights);
                total = 1;
            }

            var scale = 1 / total;
            for (var j = 0; j < k; j++) counted[j] += weights[j] * scale;
            for (var v = start[i]; v < start[i + 1]; v++) right[cells[v]] += weights[labels[v]] * scale;
            for (var j = 0; j < k; j++) weights[j] = 1;
            if (product * total < NearOverflow)
            {
                product *= total;
            }
            else
            {
                sum += PortableMath.Log(product) + PortableMath.Log(total);
                product = 1;
            }
        }

        return sum + PortableMath.Log(product);
    }

    /// <summary>Shares and ratios of one item in the log domain, for items with more votes than a product bears.</summary>
    /// <returns>The log of their sum.</returns>
    private double LogWeights(int item, double[] weights)
    {
        for (var j = 0; j < _labels; j++) weights[j] = PortableMath.Log(Shares[j]);
        for (var v = _data.Start[item]; v < _data.Start[item + 1]; v++) weights[_data.Label[v]] += PortableMath.Log(_ratio[_data.Cell[v]]);
        var max = weights[0];
        foreach (var weight in weights) max = Math.Max(max, weight);
        double total = 0;
        foreach (ref var weight in weights.AsSpan()) total += weight = PortableMath.Exp(weight - max);
        return max + PortableMath.Log(total);
    }

    private static void Normalise(double[] weights)
    {
        double total = 0;
        foreach (var weight in weights) total += weight;
        foreach (ref var weight in weights.AsSpan()) weight /= total;
    }

    /// <summary>Distributions of all parameters from the expected counts, and exp(E[log]) of each.</summary>
    private void Maximise(bool withDivergence)
    {
        var divergence = 0.0;
        var habit = new double[_labels];
        for (var c = 0; c < _know.Length; c++)
        {
            double known = 0;
            for (var l = 0; l < _labels; l++)
            {
                var cell = c * _labels + l;
                var knew = Known(cell);
                known += knew;
                habit[l] = Math.Max(0, _data.CellCounts[cell] - knew);
            }

            var (a, b) = (known + _options.KnowingPrior, Math.Max(0, _data.Counts[c] - known) + _options.SpammingPrior);
            var (logA, logB, logSum) = (GammaFunctions.Digamma(a), GammaFunctions.Digamma(b), GammaFunctions.Digamma(a + b));
            _know[c] = PortableMath.Exp(logA - logSum);
            if (withDivergence) divergence += BetaDivergence(a, b, logA - logSum, logB - logSum);
            divergence += MaximiseHabit(c, habit, logB - logSum, withDivergence);
        }

        _divergence = divergence;
        if (_options.EstimateClassShares) MaximiseShares();
    }

    private double MaximiseHabit(int contributor, double[] habit, double logSpam, bool withDivergence)
    {
        double total = 0;
        foreach (var count in habit) total += count + _options.StrategyPrior;
        var logTotal = GammaFunctions.Digamma(total);
        var divergence = withDivergence
            ? GammaFunctions.Log(total) - GammaFunctions.Log(_options.StrategyPrior * _labels) + _labels * GammaFunctions.Log(_options.StrategyPrior)
            : 0;
        for (var l = 0; l < _labels; l++)
        {
            var count = habit[l] + _options.StrategyPrior;
            var log = GammaFunctions.Digamma(count) - logTotal;
            _guess[contributor * _labels + l] = PortableMath.Exp(logSpam + log);
            if (withDivergence) divergence += habit[l] * log - GammaFunctions.Log(count);
        }

        return divergence;
    }

    private void MaximiseShares()
    {
        var total = _data.Votes.ItemCount + _options.ClassShrinkage * _labels;
        for (var j = 0; j < _labels; j++) Shares[j] = (_inClass[j] + _options.ClassShrinkage) / total;
    }

    private double BetaDivergence(double a, double b, double logKnow, double logSpam) =>
        GammaFunctions.Log(a + b) - GammaFunctions.Log(a) - GammaFunctions.Log(b)
        - GammaFunctions.Log(_options.KnowingPrior + _options.SpammingPrior) + GammaFunctions.Log(_options.KnowingPrior) + GammaFunctions.Log(_options.SpammingPrior)
        + (a - _options.KnowingPrior) * logKnow + (b - _options.SpammingPrior) * logSpam;

    private static void AddUp(double[][] parts, double[] sums)
    {
        sums.AsSpan().Clear();
        foreach (var part in parts)
            for (var j = 0; j < sums.Length; j++) sums[j] += part[j];
    }

    private static void Over(int count, bool sideBySide, Action<int> work)
    {
        if (sideBySide && count > 1) Parallel.For(0, count, work);
        else
            for (var p = 0; p < count; p++) work(p);
    }
}
