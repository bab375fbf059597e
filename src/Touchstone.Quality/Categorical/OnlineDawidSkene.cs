using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>
/// <see cref="DawidSkene"/> as responses come in: each moves the posterior of its item and the reliability of its contributor at O(classes) cost,
/// and a full fit now and then corrects what such small steps cannot know, above all that later votes also tell of earlier ones.
/// </summary>
/// <remarks>
/// Right after a correction the posteriors are the full fit's, bit for bit. Between corrections they drift: just before the next one, over the items with votes, by no more than <see cref="MeanTolerance"/> of probability on average
/// with the default options and growth, from forty votes a contributor on by no more than half of that; single items may be off by nearly all, where later votes overturn what earlier ones said. Items and contributors are numbered by the caller; new numbers may come at any time. Not safe for several threads.
/// </remarks>
public sealed class OnlineDawidSkene
{
    /// <summary>Mean drift before a correction that the tests assert at every one, from the first votes on.</summary>
    public const double MeanTolerance = 0.25;

    /// <summary>
    /// What the full fit believes of a crowd before its first votes, worth four hundred votes and a hundred items for each class, and before each contributor's, worth sixteen. While votes are few the likeliest shares and confusions jump from one extreme to another with every correction, such as all
    /// items in one class: what is believed beforehand holds them until votes outweigh it.
    /// </summary>
    public static readonly DawidSkeneOptions DefaultOptions = DawidSkeneOptions.Default with { PoolShrinkage = 400, ClassShrinkage = 100, Shrinkage = 16 };

    private const int FirstCorrection = 50;

    private readonly int _labels;
    private readonly DawidSkeneOptions _options;
    private readonly double _growth;
    private readonly List<int> _items = [];
    private readonly List<int> _contributors = [];
    private readonly List<int> _said = [];
    private readonly List<int> _known = [];
    private readonly List<Item> _states = [];
    private readonly List<Contributor> _people = [];
    private double[] _logShares;
    private double[] _newcomer; // strength * probability of said given actual: said * K + actual
    private double _strength;
    private int _corrected;

    /// <summary>An engine without votes.</summary>
    /// <param name="labelCount">Number of labels, 1 or more.</param>
    /// <param name="options">Null is <see cref="DefaultOptions"/>; shrinkage must be above 0, since a newcomer is believed to be like the others.</param>
    /// <param name="growth">A correction falls due when the votes have grown by this share since the last one.</param>
    public OnlineDawidSkene(int labelCount, DawidSkeneOptions? options = null, double growth = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(labelCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(growth);
        (_labels, _options, _growth) = (labelCount, options ?? DefaultOptions, growth);
        if (_options.Shrinkage <= 0) throw new ArgumentException("Online inference needs shrinkage above 0.", nameof(options));
        _strength = _options.Shrinkage;
        _logShares = new double[labelCount];
        Array.Fill(_logShares, PortableMath.Log(1.0 / labelCount));
        _newcomer = new double[labelCount * labelCount];
        var wrong = labelCount > 1 ? (1 - _options.PriorAccuracy) / (labelCount - 1) : 0;
        for (var said = 0; said < labelCount; said++)
            for (var actual = 0; actual < labelCount; actual++)
                _newcomer[said * labelCount + actual] = _strength * (labelCount == 1 ? 1 : said == actual ? _options.PriorAccuracy : wrong);
    }

    /// <summary>Votes so far.</summary>
    public int Count => _items.Count;

    /// <summary>Whether enough votes have come since the last correction that the next is due.</summary>
    public bool IsCorrectionDue => Count >= FirstCorrection && Count >= _corrected * (1 + _growth);

    /// <summary>Takes in one vote at O(classes) cost.</summary>
    public void Add(int item, int contributor, int label)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(item);
        ArgumentOutOfRangeException.ThrowIfNegative(contributor);
        if ((uint)label >= (uint)_labels) throw new ArgumentOutOfRangeException(nameof(label), label, $"A label lies in [0, {_labels}).");
        while (_states.Count <= item) AddItem();
        while (_people.Count <= contributor) _people.Add(new Contributor(_labels, _newcomer));
        _items.Add(item);
        _contributors.Add(contributor);
        _said.Add(label);

        var (state, person) = (_states[item], _people[contributor]);
        for (var k = 0; k < _labels; k++)
        {
            var probability = (person.Counts[label * _labels + k] + person.Prior[label * _labels + k]) / (person.Totals[k] + _strength);
            state.LogEvidence[k] += PortableMath.Log(Math.Max(probability, _options.Floor));
        }

        state.Votes++;
        Normalise(state, _known[item]);
        for (var k = 0; k < _labels; k++)
        {
            person.Counts[label * _labels + k] += state.Posterior[k];
            person.Totals[k] += state.Posterior[k];
        }
    }

    /// <summary>Says which class an item has, or that it is not known after all; votes on it then teach whom to trust from the next correction on.</summary>
    public void SetKnown(int item, int label)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(item);
        if (label != DawidSkene.Unknown && (uint)label >= (uint)_labels) throw new ArgumentOutOfRangeException(nameof(label), label, $"A known class lies in [0, {_labels}).");
        while (_states.Count <= item) AddItem();
        _known[item] = label;
        Normalise(_states[item], label);
    }

    /// <summary>Probability of each class of an item; the classes' shares for one without votes.</summary>
    public ReadOnlySpan<double> PosteriorOf(int item)
    {
        while (_states.Count <= item) AddItem();
        return _states[item].Posterior;
    }

    /// <summary>Votes on an item so far.</summary>
    public int VotesOn(int item) => item < _states.Count ? _states[item].Votes : 0;

    /// <summary>A contributor's probability of being right, over the classes as they occur; a newcomer's for one without votes.</summary>
    public double AccuracyOf(int contributor)
    {
        double accuracy = 0;
        for (var k = 0; k < _labels; k++)
        {
            var at = k * _labels + k;
            var probability = contributor < _people.Count
                ? (_people[contributor].Counts[at] + _people[contributor].Prior[at]) / (_people[contributor].Totals[k] + _strength)
                : _newcomer[at] / _strength;
            accuracy += PortableMath.Exp(_logShares[k]) * probability;
        }

        return accuracy;
    }

    /// <summary>Fits all votes from the start and goes on from there.</summary>
    /// <returns>The full fit.</returns>
    public DawidSkeneResult Correct()
    {
        var votes = new Votes([.. _items], [.. _contributors], [.. _said], _states.Count, _people.Count, _labels);
        var fit = DawidSkene.Fit(votes, _options, _known.ToArray());
        _corrected = Count;
        _strength = fit.Shrinkage;
        _logShares = [.. fit.ClassShares.Select(s => PortableMath.Log(Math.Max(s, _options.Floor)))];
        _newcomer = new double[_labels * _labels];
        for (var k = 0; k < _labels; k++)
            for (var said = 0; said < _labels; said++) _newcomer[said * _labels + k] = _strength * fit.PooledConfusion[k * _labels + said];
        foreach (var person in _people) person.Clear();
        for (var v = 0; v < votes.Count; v++)
            _people[votes.Contributors[v]].Count(votes.Labels[v], fit.Posterior.AsSpan(votes.Items[v] * _labels, _labels));
        for (var c = 0; c < _people.Count; c++) _people[c].Believe(fit, c, _strength, _newcomer);
        for (var i = 0; i < _states.Count; i++) Restate(i, fit);
        foreach (var (item, contributor, label) in _items.Zip(_contributors, _said))
            for (var k = 0; k < _labels; k++) _states[item].LogEvidence[k] += PortableMath.Log(Math.Max(fit.Confusion(contributor, k, label), _options.Floor));
        return fit;
    }

    private void Restate(int item, DawidSkeneResult fit)
    {
        var state = _states[item];
        _logShares.CopyTo(state.LogEvidence.AsSpan());
        fit.Posterior.AsSpan(item * _labels, _labels).CopyTo(state.Posterior);
    }

    private void AddItem()
    {
        var state = new Item { LogEvidence = [.. _logShares], Posterior = new double[_labels] };
        Normalise(state, DawidSkene.Unknown);
        _states.Add(state);
        _known.Add(DawidSkene.Unknown);
    }

    private static void Normalise(Item state, int known)
    {
        var posterior = state.Posterior;
        if (known != DawidSkene.Unknown)
        {
            posterior.AsSpan().Clear();
            posterior[known] = 1;
            return;
        }

        var max = double.NegativeInfinity;
        foreach (var log in state.LogEvidence) max = Math.Max(max, log);
        double total = 0;
        for (var k = 0; k < posterior.Length; k++) total += posterior[k] = PortableMath.Exp(state.LogEvidence[k] - max);
        for (var k = 0; k < posterior.Length; k++) posterior[k] /= total;
    }

    private sealed class Item
    {
        public required double[] LogEvidence { get; init; }

        public required double[] Posterior { get; init; }

        public int Votes { get; set; }
    }

    private sealed class Contributor(int labels, double[] newcomer)
    {
        public double[] Counts { get; } = new double[labels * labels]; // said * K + actual

        public double[] Totals { get; } = new double[labels];

        /// <summary>Strength times what is believed beforehand, laid out as counts.</summary>
        public double[] Prior { get; private set; } = newcomer;

        public void Clear()
        {
            Counts.AsSpan().Clear();
            Totals.AsSpan().Clear();
        }

        public void Count(int said, ReadOnlySpan<double> posterior)
        {
            for (var k = 0; k < labels; k++)
            {
                Counts[said * labels + k] += posterior[k];
                Totals[k] += posterior[k];
            }
        }

        /// <summary>Takes the prior under which these counts give the fit's confusions.</summary>
        public void Believe(DawidSkeneResult fit, int contributor, double strength, double[] newcomer)
        {
            Prior = new double[newcomer.Length];
            for (var k = 0; k < labels; k++)
                for (var said = 0; said < labels; said++)
                    Prior[said * labels + k] = Math.Max(0, fit.Confusion(contributor, k, said) * (Totals[k] + strength) - Counts[said * labels + k]);
        }
    }
}
