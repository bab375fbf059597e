using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>The posterior density of abilities and easinesses that <see cref="Glad"/> climbs. A point has the abilities first, then the easinesses.</summary>
internal sealed class GladDensity
{
    private const double Flat = 30; // beyond it 1 / (1 + exp(-x)) is 0 or 1 to 13 digits
    private const double NearUnderflow = 1e-250;
    private const double HalfLogTwoPi = 0.91893853320467274178;

    private readonly Votes _votes;
    private readonly GladOptions _options;
    private readonly VotesByItem _byItem;
    private readonly int _labels;
    private readonly int[] _parts;
    private readonly double[][] _partGradients; // of the abilities
    private readonly int _mostVotes;
    private readonly double _logWrong; // log of the number of wrong labels

    public GladDensity(Votes votes, GladOptions options)
    {
        (_votes, _options, _labels) = (votes, options, votes.LabelCount);
        _byItem = votes.ByItem;
        _parts = _byItem.Parts(votes.ContributorCount);
        _partGradients = [.. Enumerable.Range(0, _parts.Length - 1).Select(_ => new double[votes.ContributorCount])];
        for (var i = 0; i < votes.ItemCount; i++) _mostVotes = Math.Max(_mostVotes, _byItem.Start[i + 1] - _byItem.Start[i]);
        _logWrong = _labels > 1 ? PortableMath.Log(_labels - 1) : 0;
    }

    public double[] Start()
    {
        var point = new double[_votes.ContributorCount + _votes.ItemCount];
        point.AsSpan(0, _votes.ContributorCount).Fill(_options.AbilityMean);
        point.AsSpan(_votes.ContributorCount).Fill(_options.EasinessMean);
        return point;
    }

    /// <summary>The prior's curvature and that of a vote at the usual start, 0.4, for each vote: makes the first steps the right length in every direction.</summary>
    public double[] InverseCurvature()
    {
        const double perVote = 0.4;
        var inverse = new double[_votes.ContributorCount + _votes.ItemCount];
        var counts = _votes.Facts.VotesOf;
        for (var c = 0; c < counts.Length; c++) inverse[c] = 1 / (1 + perVote * counts[c]);
        for (var i = 0; i < _votes.ItemCount; i++) inverse[counts.Length + i] = 1 / (1 + perVote * (_byItem.Start[i + 1] - _byItem.Start[i]));
        return inverse;
    }

    /// <summary>Minus the log of the density, and its gradient.</summary>
    public double Negative(ReadOnlySpan<double> point, Span<double> gradient)
    {
        var (at, easiness) = (point.ToArray(), new double[_votes.ItemCount]);
        var values = new double[_parts.Length - 1];
        Parallel.For(0, values.Length, p => values[p] = Part(p, at, easiness));
        var workers = _votes.ContributorCount;
        for (var c = 0; c < workers; c++) gradient[c] = point[c] - _options.AbilityMean;
        foreach (var part in _partGradients)
            for (var c = 0; c < workers; c++) gradient[c] -= part[c];
        for (var i = 0; i < easiness.Length; i++) gradient[workers + i] = point[workers + i] - _options.EasinessMean - easiness[i];
        return -(StableSum.Of(values) + LogPrior(at));
    }

    public double LogPrior(double[] point)
    {
        double squares = 0;
        for (var j = 0; j < point.Length; j++)
        {
            var distance = point[j] - (j < _votes.ContributorCount ? _options.AbilityMean : _options.EasinessMean);
            squares += distance * distance;
        }

        return -squares / 2 - HalfLogTwoPi * point.Length;
    }

    /// <summary>Posterior of every item.</summary>
    /// <returns>The log-likelihood.</returns>
    public double WritePosterior(double[] point, double[] posterior)
    {
        var right = new double[_mostVotes];
        double sum = 0;
        for (var i = 0; i < _votes.ItemCount; i++) sum += Item(i, point, posterior.AsSpan(i * _labels, _labels), right);
        return sum;
    }

    /// <summary>Standard error of each ability, from the curvature of the expected log-likelihood and the prior.</summary>
    public double[] AbilityErrors(double[] point)
    {
        var curvature = new double[_votes.ContributorCount];
        curvature.AsSpan().Fill(1);
        for (var i = 0; i < _votes.ItemCount; i++)
        {
            var scale = PortableMath.Exp(point[_votes.ContributorCount + i]);
            for (var v = _byItem.Start[i]; v < _byItem.Start[i + 1]; v++)
            {
                var c = _byItem.ContributorOf(_byItem.Cell[v]);
                var right = Logistic(point[c] * scale);
                curvature[c] += right * (1 - right) * scale * scale;
            }
        }

        return [.. curvature.Select(c => 1 / Math.Sqrt(c))];
    }

    /// <summary>Each contributor's mean probability of being right over their votes, with the ability moved by so many standard errors.</summary>
    public double[] Accuracies(double[] point, double[] errors, double move)
    {
        var sums = new double[_votes.ContributorCount];
        for (var i = 0; i < _votes.ItemCount; i++)
        {
            var scale = PortableMath.Exp(point[_votes.ContributorCount + i]);
            for (var v = _byItem.Start[i]; v < _byItem.Start[i + 1]; v++)
            {
                var c = _byItem.ContributorOf(_byItem.Cell[v]);
                sums[c] += _labels > 1 ? Logistic((point[c] + move * errors[c]) * scale) : 1;
            }
        }

        var counts = _votes.Facts.VotesOf;
        var unseen = PortableMath.Exp(_options.EasinessMean);
        for (var c = 0; c < sums.Length; c++) sums[c] = counts[c] > 0 ? sums[c] / counts[c] : Logistic((point[c] + move * errors[c]) * unseen);
        return sums;
    }

    private double Part(int part, double[] point, double[] easiness)
    {
        var (start, workers) = (_byItem.Start, _votes.ContributorCount);
        var ability = _partGradients[part];
        ability.AsSpan().Clear();
        var right = new double[_mostVotes];
        var row = new double[_labels];
        double sum = 0;
        for (var i = _parts[part]; i < _parts[part + 1]; i++)
        {
            sum += Item(i, point, row, right);
            var scale = PortableMath.Exp(point[workers + i]);
            double slope = 0;
            for (var v = start[i]; v < start[i + 1]; v++)
            {
                var (contributor, label) = _byItem.At(v);
                var pull = (row[label] - right[v - start[i]]) * scale; // of the posterior on the model
                ability[contributor] += pull;
                slope += pull * point[contributor];
            }

            easiness[i] = slope;
        }

        return sum;
    }

    /// <summary>Posterior of one item, and the probability that each of its votes is right.</summary>
    /// <returns>The log of the probability of its votes.</returns>
    private double Item(int item, double[] point, Span<double> row, double[] right)
    {
        var (from, to) = (_byItem.Start[item], _byItem.Start[item + 1]);
        var scale = PortableMath.Exp(point[_votes.ContributorCount + item]);
        row.Clear();
        double allWrong = -(to - from) * _logWrong, product = 1;
        for (var v = from; v < to; v++)
        {
            // log P(right) - log P(this wrong label) = x + log(K - 1): only the votes for a class raise it above the others.
            var (contributor, label) = _byItem.At(v);
            var x = point[contributor] * scale;
            row[label] += x + _logWrong;
            if (Math.Abs(x) > Flat)
            {
                right[v - from] = x > 0 ? 1 : 0;
                if (x > 0) allWrong -= x;
                continue;
            }

            var odds = PortableMath.Exp(-x);
            var wrong = odds / (1 + odds);
            right[v - from] = 1 - wrong;
            product *= wrong;
            if (product < NearUnderflow)
            {
                allWrong += PortableMath.Log(product);
                product = 1;
            }
        }

        return allWrong + Normalise(row, product) - (_labels > 1 ? PortableMath.Log(_labels) : 0);
    }

    /// <returns>The log of <paramref name="product"/> times the sum of the exponentials.</returns>
    private static double Normalise(Span<double> logs, double product)
    {
        if (logs.IsEmpty) return 0;
        var max = logs[0];
        foreach (var value in logs) max = Math.Max(max, value);
        var none = max == 0 ? 1 : PortableMath.Exp(-max);
        double total = 0;
        foreach (ref var value in logs) total += value = value == 0 ? none : PortableMath.Exp(value - max);
        foreach (ref var value in logs) value /= total;
        return max + PortableMath.Log(total * product);
    }

    private static double Logistic(double x) => 1 / (1 + PortableMath.Exp(-x));
}
