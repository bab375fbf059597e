using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>A log of votes, those asked for so far, and what is believed by them.</summary>
internal sealed class ReplayRun
{
    private readonly Votes _log;
    private readonly int[] _truth;
    private readonly List<int>[] _waiting; // votes on each item, in random order, the next one last
    private readonly List<int>[] _taken;
    private readonly List<int> _seen = [];
    private readonly List<(int, double)> _curve = [];
    private readonly int[] _labels;
    private readonly double[] _posterior;
    private DawidSkeneResult _fit;

    public ReplayRun(Votes log, ReadOnlySpan<int> truth, ulong seed)
    {
        if (!truth.IsEmpty && truth.Length != log.ItemCount) throw new ArgumentException($"There are {log.ItemCount} items but {truth.Length} truths.", nameof(truth));
        (_log, _truth) = (log, truth.ToArray());
        int[] order = [.. Enumerable.Range(0, log.Count)];
        new SeededRandom(seed).Shuffle(order.AsSpan());
        _waiting = [.. Enumerable.Range(0, log.ItemCount).Select(_ => new List<int>())];
        _taken = [.. Enumerable.Range(0, log.ItemCount).Select(_ => new List<int>())];
        foreach (var vote in order) _waiting[log.Items[vote]].Add(vote);
        (_labels, _posterior) = (new int[log.ItemCount], new double[log.LabelCount]);
        _fit = SampledDawidSkene.Fit(Seen());
    }

    /// <summary>Votes asked for so far.</summary>
    public int Spent => _seen.Count;

    public int Taken(int item) => _taken[item].Count;

    /// <summary>Asks for one more vote on an item.</summary>
    /// <returns>Whether the log had one.</returns>
    public bool Take(int item)
    {
        if (_waiting[item] is not [.., var vote]) return false;
        _waiting[item].RemoveAt(_waiting[item].Count - 1);
        _taken[item].Add(vote);
        _seen.Add(vote);
        return true;
    }

    /// <summary>Fits reliabilities to all votes asked for so far.</summary>
    public void Fit() => _fit = SampledDawidSkene.Fit(Seen());

    /// <summary>Fits, decides every item and measures.</summary>
    public void FitAndMeasure()
    {
        Fit();
        for (var i = 0; i < _labels.Length; i++) Judge(i);
        Measure();
    }

    /// <summary>Decides an item's label by its votes and the reliabilities of the last fit.</summary>
    /// <returns>Probability of each label; valid until the next call.</returns>
    public ReadOnlySpan<double> Judge(int item)
    {
        _fit.PosteriorOf([.. _taken[item].Select(vote => _log.Contributors[vote] * _log.LabelCount + _log.Labels[vote])], _posterior);
        var best = 0;
        for (var k = 1; k < _posterior.Length; k++)
            if (_posterior[k] > _posterior[best]) best = k;
        _labels[item] = best;
        return _posterior;
    }

    /// <summary>Notes what the labels decided so far are worth.</summary>
    public void Measure()
    {
        if (Accuracy() is { } accuracy) _curve.Add((_seen.Count, accuracy));
    }

    public ReplayResult Result() => new(_seen.Count, _log.Count == 0 ? 0 : (double)_seen.Count / _log.Count, _labels, Accuracy(), _curve);

    private Votes Seen() =>
        new([.. _seen.Select(v => _log.Items[v])], [.. _seen.Select(v => _log.Contributors[v])], [.. _seen.Select(v => _log.Labels[v])], _log.ItemCount, _log.ContributorCount, _log.LabelCount);

    private double? Accuracy()
    {
        var (right, judged) = (0, 0);
        for (var i = 0; i < _truth.Length; i++)
        {
            if (_truth[i] == DawidSkene.Unknown) continue;
            judged++;
            if (_labels[i] == _truth[i]) right++;
        }

        return judged > 0 ? (double)right / judged : null;
    }
}
