using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>What a replay came to.</summary>
/// <param name="Votes">Votes spent.</param>
/// <param name="Share">Of all votes in the log.</param>
/// <param name="Labels">The label decided for each item.</param>
/// <param name="Accuracy">Share of items of known truth decided right; null without truth.</param>
/// <param name="Curve">Votes spent and accuracy after each sweep.</param>
public sealed record ReplayResult(int Votes, double Share, int[] Labels, double? Accuracy, IReadOnlyList<(int Votes, double Accuracy)> Curve);

/// <summary>Replays a log of real votes as if a queue had asked for one at a time.</summary>
/// <remarks>
/// The queue sweeps over the open items, takes the next unused vote on each from a random order, and after each sweep the model is fitted to what has
/// been seen so far. Whether to go on is judged by <see cref="SampledDawidSkene"/>, whose posteriors can be taken at their word while votes are few; labels are those of
/// the most likely confusions. Deterministic in its seed.
/// </remarks>
public static class VoteReplay
{
    // Little shrinkage: a queue that stops early must see early that contributors err one way only.
    private static readonly DawidSkeneOptions Fits = DawidSkeneOptions.Default with { Shrinkage = 2, Tolerance = 1e-6 };

    /// <summary>Asks as a policy says.</summary>
    /// <param name="votes">The log.</param>
    /// <param name="truth">True class of each item or <see cref="DawidSkene.Unknown"/>.</param>
    /// <param name="policy">When to stop.</param>
    /// <param name="seed">Of the order of votes.</param>
    /// <param name="options">Of the fits; null is confusions shrunk by 2 votes.</param>
    public static ReplayResult Adaptive(Votes votes, ReadOnlySpan<int> truth, AdaptiveOverlap policy, ulong seed, DawidSkeneOptions? options = null)
    {
        var log = new Log(votes, truth, seed, options ?? Fits);
        var k = votes.LabelCount;
        var posterior = new double[votes.ItemCount * k];
        for (var asked = true; asked;)
        {
            asked = false;
            for (var i = 0; i < votes.ItemCount; i++)
                if (policy.Decide(posterior.AsSpan(i * k, k), log.Taken(i)).AsksAgain) asked |= log.Take(i);
            if (asked) posterior = log.Believe();
        }

        return log.Result();
    }

    /// <summary>Every item gets the same number of votes, as far as the log has them.</summary>
    /// <inheritdoc cref="Adaptive" path="/param"/>
    public static ReplayResult Fixed(Votes votes, ReadOnlySpan<int> truth, int overlap, ulong seed, DawidSkeneOptions? options = null)
    {
        var log = new Log(votes, truth, seed, options ?? Fits);
        for (var sweep = 0; sweep < overlap; sweep++)
        {
            var asked = false;
            for (var i = 0; i < votes.ItemCount; i++) asked |= log.Take(i);
            if (!asked) break;
            log.Fit();
        }

        return log.Result();
    }

    /// <summary>Items at random until a budget is spent.</summary>
    /// <inheritdoc cref="Adaptive" path="/param"/>
    public static ReplayResult Random(Votes votes, ReadOnlySpan<int> truth, int budget, ulong seed, DawidSkeneOptions? options = null)
    {
        var log = new Log(votes, truth, seed, options ?? Fits);
        int[] order = [.. votes.Items];
        new SeededRandom(seed).Fork("items").Shuffle(order.AsSpan());
        foreach (var item in order.AsSpan(0, Math.Min(budget, order.Length))) log.Take(item);
        log.Fit();
        return log.Result();
    }

    private sealed class Log
    {
        private readonly Votes _votes;
        private readonly int[] _truth;
        private readonly DawidSkeneOptions _options;
        private readonly List<int>[] _waiting; // votes on each item, in random order, the next one last
        private readonly int[] _taken;
        private readonly List<int> _seen = [];
        private readonly List<(int, double)> _curve = [];
        private int[] _labels;

        public Log(Votes votes, ReadOnlySpan<int> truth, ulong seed, DawidSkeneOptions options)
        {
            if (!truth.IsEmpty && truth.Length != votes.ItemCount) throw new ArgumentException($"There are {votes.ItemCount} items but {truth.Length} truths.", nameof(truth));
            (_votes, _truth, _options) = (votes, truth.ToArray(), options);
            int[] order = [.. Enumerable.Range(0, votes.Count)];
            new SeededRandom(seed).Shuffle(order.AsSpan());
            _waiting = [.. Enumerable.Range(0, votes.ItemCount).Select(_ => new List<int>())];
            foreach (var vote in order) _waiting[votes.Items[vote]].Add(vote);
            _taken = new int[votes.ItemCount];
            _labels = new int[votes.ItemCount];
        }

        public int Taken(int item) => _taken[item];

        public bool Take(int item)
        {
            if (_waiting[item] is not [.., var vote]) return false;
            _waiting[item].RemoveAt(_waiting[item].Count - 1);
            _taken[item]++;
            _seen.Add(vote);
            return true;
        }

        /// <summary>Probability of each class of each item, averaged over all confusions that the votes seen allow.</summary>
        public double[] Believe()
        {
            var votes = Seen();
            return SampledDawidSkene.Fit(votes, Fit(votes)).Posterior;
        }

        public void Fit() => Fit(Seen());

        private DawidSkeneResult Fit(Votes votes)
        {
            var fit = DawidSkene.Fit(votes, _options);
            _labels = [.. Enumerable.Range(0, _votes.ItemCount).Select(fit.LabelOf)];
            if (Accuracy() is { } accuracy) _curve.Add((_seen.Count, accuracy));
            return fit;
        }

        private Votes Seen() =>
            new([.. _seen.Select(v => _votes.Items[v])], [.. _seen.Select(v => _votes.Contributors[v])], [.. _seen.Select(v => _votes.Labels[v])],
                _votes.ItemCount, _votes.ContributorCount, _votes.LabelCount);

        public ReplayResult Result() => new(_seen.Count, _votes.Count == 0 ? 0 : (double)_seen.Count / _votes.Count, _labels, Accuracy(), _curve);

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
}
