using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>Means over the draws of a chain, laid out as in <see cref="DawidSkeneResult"/>.</summary>
internal sealed record DawidSkeneDraws(double[] Posterior, double[] ClassShares, double[] Confusions, double Strength);

/// <summary>
/// A Markov chain over the items' classes and the contributors' priors, confusions and shares integrated out: what a contributor said of other items, by the classes drawn for these, tells how likely
/// each of their votes is.
/// </summary>
internal sealed class DawidSkeneChain
{
    // Products of probabilities are kept clear of the smallest numbers; the same factor for every class changes nothing.
    private const double Small = 1e-150, Lift = 1e150;

    private readonly VotesByItem _votes;
    private readonly int _labels, _contributors;
    private readonly ConfusionPriors _priors;
    private readonly SeededRandom _random;
    private readonly bool[] _isKnown;
    private readonly int[] _class;
    private readonly int[] _priorOf; // of each contributor
    private readonly double[] _held, _likely; // contributors of each prior, and how likely each is for one of them
    private readonly double[] _counts; // with the prior's: (contributor * K + said) * K + actual
    private readonly double[] _totals; // with the prior's: contributor * K + actual
    private readonly double[] _items; // of each class, with one more
    private readonly double[] _weights;
    private readonly double[] _posterior, _shares, _confusions;
    private double _strength;
    private int _counted;

    public DawidSkeneChain(Votes votes, DawidSkeneResult start, SampledDawidSkeneOptions options, ReadOnlySpan<int> known)
    {
        var k = votes.LabelCount;
        (_votes, _labels, _contributors) = (votes.ByItem, k, votes.ContributorCount);
        _priors = new ConfusionPriors(start.PooledConfusion, k, [.. options.Strengths], [.. options.ErrorOdds]);
        _random = new SeededRandom(unchecked((ulong)options.Seed));
        (_isKnown, _class) = (new bool[votes.ItemCount], new int[votes.ItemCount]);
        (_counts, _totals) = (new double[_contributors * k * k], new double[_contributors * k]);
        (_priorOf, _held, _likely) = (new int[_contributors], new double[_priors.Count], new double[_priors.Count]);
        (_items, _weights) = (new double[k], new double[k]);
        (_posterior, _shares, _confusions) = (new double[votes.ItemCount * k], new double[k], new double[_counts.Length]);
        Array.Fill(_items, 1);
        for (var c = 0; c < _contributors; c++)
        {
            _priors[0].CopyTo(_counts.AsSpan(c * k * k));
            Array.Fill(_totals, _priors.Strengths[0], c * k, k);
        }

        _held[0] = _contributors;
        for (var i = 0; i < votes.ItemCount; i++)
        {
            _isKnown[i] = !known.IsEmpty && known[i] != DawidSkene.Unknown;
            start.Posterior.AsSpan(i * k, k).CopyTo(_weights);
            Put(i, _isKnown[i] ? known[i] : Draw(total: 1));
        }

        DrawPriors();
    }

    /// <summary>Draws every item's class and every contributor's prior once.</summary>
    /// <param name="counts">Whether the means take this sweep in.</param>
    public void Sweep(bool counts)
    {
        var k = _labels;
        for (var i = 0; i < _class.Length; i++)
        {
            if (_isKnown[i])
            {
                if (counts) _posterior[i * k + _class[i]]++;
                continue;
            }

            Take(i);
            var total = Weigh(i);
            if (counts)
                for (var a = 0; a < k; a++) _posterior[i * k + a] += _weights[a] / total;
            Put(i, Draw(total));
        }

        DrawPriors();
        if (counts) Count();
    }

    /// <summary>Means over the sweeps that were counted; ends the chain.</summary>
    public DawidSkeneDraws Means()
    {
        foreach (var sums in (ReadOnlySpan<double[]>)[_posterior, _shares, _confusions])
            for (var j = 0; j < sums.Length; j++) sums[j] /= _counted;
        return new(_posterior, _shares, _confusions, _strength / _counted);
    }

    /// <summary>How likely each class of an item is, given the classes of all others; not yet divided by the sum.</summary>
    /// <returns>The sum.</returns>
    private double Weigh(int item)
    {
        var k = _labels;
        Span<double> weights = _weights;
        _items.CopyTo(weights);
        foreach (var cell in _votes.Of(item))
        {
            ReadOnlySpan<double> counts = _counts.AsSpan(cell * k, k), totals = _totals.AsSpan(_votes.ContributorOf(cell) * k, k);
            double most = 0;
            for (var a = 0; a < weights.Length; a++)
            {
                var weight = weights[a] * counts[a] / totals[a];
                weights[a] = weight;
                most = Math.Max(most, weight);
            }

            if (most < Small)
                for (var a = 0; a < weights.Length; a++) weights[a] *= Lift;
        }

        double sum = 0;
        foreach (var weight in weights) sum += weight;
        return sum;
    }

    /// <summary>Draws a class by the weights at hand and uses them up: the most probable class first, so that what labels are called changes no draw.</summary>
    private int Draw(double total)
    {
        var left = _random.NextDouble() * total;
        var drawn = 0;
        for (var n = 0; n < _labels; n++)
        {
            drawn = 0;
            for (var a = 1; a < _weights.Length; a++)
                if (_weights[a] > _weights[drawn]) drawn = a;
            left -= _weights[drawn];
            if (left < 0) break;
            _weights[drawn] = -1;
        }

        return drawn;
    }

    private void Put(int item, int actual)
    {
        _class[item] = actual;
        Add(item, actual, 1);
    }

    private void Take(int item) => Add(item, _class[item], -1);

    private void Add(int item, int actual, int one)
    {
        _items[actual] += one;
        foreach (var cell in _votes.Of(item))
        {
            _counts[cell * _labels + actual] += one;
            _totals[_votes.ContributorOf(cell) * _labels + actual] += one;
        }
    }

    private void DrawPriors()
    {
        if (_priors.Count == 1) return;
        for (var c = 0; c < _contributors; c++)
        {
            var before = _priorOf[c];
            _held[before]--;
            Change(c, before, DrawPrior(c));
            _held[_priorOf[c]]++;
        }
    }

    /// <summary>
    /// Draws a contributor's prior given the classes: how probable each makes their votes, one after the other, each vote told from those before it (the chain rule, by which no gamma function is
    /// needed), times how many others hold it, with one more spread evenly over all.
    /// </summary>
    private int DrawPrior(int contributor)
    {
        var k = _labels;
        var own = _priors[_priorOf[contributor]];
        for (var p = 0; p < _likely.Length; p++) _likely[p] = _held[p] + 1.0 / _likely.Length;
        for (var actual = 0; actual < k; actual++)
        {
            var before = 0;
            for (var said = 0; said < k; said++)
            {
                var cell = said * k + actual;
                var votes = (int)Math.Round(_counts[contributor * k * k + cell] - own[cell]);
                for (var vote = 0; vote < votes; vote++) Expect(cell, vote, before++);
            }
        }

        double total = 0;
        foreach (var weight in _likely) total += weight;
        var left = _random.NextDouble() * total;
        var drawn = 0;
        while (drawn < _likely.Length - 1 && (left -= _likely[drawn]) >= 0) drawn++;
        return drawn;
    }

    /// <summary>Takes in one more vote in a cell that has had some, in a row that has had more.</summary>
    private void Expect(int cell, int inCell, int inRow)
    {
        double most = 0;
        for (var p = 0; p < _likely.Length; p++)
        {
            var weight = _likely[p] * (_priors[p][cell] + inCell) / (_priors.Strengths[p] + inRow);
            _likely[p] = weight;
            most = Math.Max(most, weight);
        }

        if (most < Small)
            for (var p = 0; p < _likely.Length; p++) _likely[p] *= Lift;
    }

    private void Change(int contributor, int from, int to)
    {
        if (from == to) return;
        var k = _labels;
        _priorOf[contributor] = to;
        ReadOnlySpan<double> before = _priors[from], after = _priors[to];
        var counts = _counts.AsSpan(contributor * k * k, k * k);
        for (var cell = 0; cell < counts.Length; cell++) counts[cell] = Math.Round(counts[cell] - before[cell]) + after[cell];
        foreach (ref var total in _totals.AsSpan(contributor * k, k)) total = Math.Round(total - _priors.Strengths[from]) + _priors.Strengths[to];
    }

    /// <summary>Adds what the parameters are expected to be under the classes as drawn.</summary>
    private void Count()
    {
        var k = _labels;
        _counted++;
        for (var p = 0; p < _held.Length; p++) _strength += _held[p] / Math.Max(1, _contributors) * _priors.Strengths[p];
        var items = _class.Length + k;
        for (var a = 0; a < k; a++) _shares[a] += _items[a] / items;
        for (var c = 0; c < _contributors; c++)
            for (var said = 0; said < k; said++)
                for (var actual = 0; actual < k; actual++)
                    _confusions[(c * k + actual) * k + said] += _counts[(c * k + said) * k + actual] / _totals[c * k + actual];
    }
}
