using System.Numerics;
using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>The two steps of a round. A state is how often each contributor is expected to have been right, then how often each class occurs.</summary>
internal sealed class OneCoinModel
{
    private const int VotesForTwoParts = 100_000; // parts depend on the votes alone, never on the machine

    private readonly Votes _votes;
    private readonly OneCoinOptions _options;
    private readonly int _labels;
    private readonly OneCoinPass[] _parts;
    private readonly double[] _odds; // how much likelier a class becomes by a contributor's vote for it

    public OneCoinModel(Votes votes, OneCoinOptions options, ReadOnlySpan<int> known)
    {
        (_votes, _options, _labels) = (votes, options, votes.LabelCount);
        Shares = new double[_labels];
        Accuracies = new double[votes.ContributorCount];
        _odds = new double[votes.ContributorCount];
        var labelBits = BitOperations.Log2((uint)Math.Max(1, _labels - 1)) + 1;
        var packed = Packed(votes.ByItem, labelBits);
        int[] knowns = known.ToArray();
        var count = votes.Count < VotesForTwoParts ? 1 : 2;
        _parts = new OneCoinPass[count];
        var from = 0;
        for (var p = 0; p < count; p++)
        {
            var to = p == count - 1 ? votes.ItemCount : votes.ByItem.ItemOf((int)((long)votes.Count * (p + 1) / count));
            _parts[p] = new OneCoinPass(votes.ByItem.Start, packed, labelBits, knowns, from, to, votes.ContributorCount, _labels);
            from = to;
        }
    }

    public int StateLength => Accuracies.Length + _labels;

    /// <summary>Share of each class under the parameters of the last round.</summary>
    public double[] Shares { get; }

    /// <summary>Accuracy of each contributor under the parameters of the last round; 0.5 for who has no votes.</summary>
    public double[] Accuracies { get; }

    public void Start(double[] state)
    {
        if (_options.StartAccuracy is { } accuracy)
        {
            for (var c = 0; c < Accuracies.Length; c++) state[c] = accuracy * _votes.Facts.VotesOf[c];
            state.AsSpan(Accuracies.Length).Fill(_labels > 0 ? (double)_votes.ItemCount / _labels : 0);
            return;
        }

        ForParts(p => _parts[p].StartFromShares());
        Merge(state);
    }

    /// <summary>One round: parameters from one state, the next state from them.</summary>
    /// <returns>The log-likelihood of those parameters.</returns>
    public double Step(double[] from, double[] to)
    {
        var logLikelihood = Maximise(from);
        ForParts(p => _parts[p].Run(_odds, Shares, []));
        Merge(to);
        foreach (var part in _parts) logLikelihood += part.LogOdds;
        return logLikelihood;
    }

    /// <summary>Posteriors under the parameters of the last round.</summary>
    public double[] Posterior()
    {
        var posterior = GC.AllocateUninitializedArray<double>(_votes.ItemCount * _labels);
        ForParts(p => _parts[p].Run(_odds, Shares, posterior));
        return posterior;
    }

    /// <returns>Log of the probability of all votes if all were wrong, which the odds are relative to.</returns>
    private double Maximise(double[] state)
    {
        for (var j = 0; j < _labels; j++)
            Shares[j] = !_options.EstimatesShares || _votes.ItemCount == 0 ? 1.0 / _labels : Math.Max(state[Accuracies.Length + j] / _votes.ItemCount, _options.Floor);
        double allWrong = 0;
        var others = Math.Max(1, _labels - 1);
        for (var c = 0; c < Accuracies.Length; c++)
        {
            var count = _votes.Facts.VotesOf[c];
            var accuracy = _labels == 1 ? 1 : count == 0 ? 0.5 : Math.Clamp(state[c] / count, _options.Floor, 1 - _options.Floor);
            Accuracies[c] = accuracy;
            _odds[c] = _labels == 1 ? 1 : accuracy / (1 - accuracy) * others;
            if (_labels > 1 && count > 0) allWrong += count * PortableMath.Log((1 - accuracy) / others);
        }

        return allWrong;
    }

    private void Merge(double[] state)
    {
        var right = state.AsSpan(0, Accuracies.Length);
        var classes = state.AsSpan(Accuracies.Length);
        state.AsSpan().Clear();
        foreach (var part in _parts)
        {
            Extrapolation.Add(right, part.Right);
            Extrapolation.Add(classes, part.Classes);
        }
    }

    private void ForParts(Action<int> work)
    {
        if (_parts.Length == 1) work(0);
        else Parallel.For(0, _parts.Length, work);
    }

    private static uint[] Packed(VotesByItem votes, int labelBits)
    {
        var packed = GC.AllocateUninitializedArray<uint>(votes.Cell.Length);
        var k = Math.Max(1, votes.LabelCount);
        for (var v = 0; v < packed.Length; v++)
        {
            var contributor = votes.ContributorOf(votes.Cell[v]);
            packed[v] = (uint)contributor << labelBits | (uint)(votes.Cell[v] - contributor * k);
        }

        return packed;
    }
}
