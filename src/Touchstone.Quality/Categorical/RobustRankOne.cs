using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>True classes as votes weighted by skills that are read off how pairs of contributors agree, with the strangest pairs left out: made for crowds in which some collude or mean harm.</summary>
/// <remarks>
/// M-MSR: Q. Ma and A. Olshevsky, Adversarial Crowdsourcing Through Robust Rank-One Matrix Completion, NeurIPS 2020. If contributor c is right with probability p and errs evenly, s = (K p - 1) / (K - 1) is its skill, and
/// (K agreement - 1) / (K - 1) of a pair is expected to be the product of both skills. Skills follow from one another in turn, each from its ratios to the others with the F largest and the F smallest left out.
/// Beyond the paper: ratios count by the number of common items and the square of the other's skill, as least squares would have them; F is at most what leaves every contributor a third of their own pairs instead of one number for all;
/// rounds end when skills settle; the sign of the whole, which agreement leaves open, is that under which most votes are given by contributors of positive skill. O(contributors²) memory, and time a round.
/// </remarks>
public static class RobustRankOne
{
    private const double Tolerance = 1e-9;

    // Where a pair is left out in one round and not in the next, skills swing between two values: from some round on steps shorten, and they settle between them.
    private const int FullRounds = 60;
    private const double Shortening = 0.9;

    /// <summary>Fits.</summary>
    /// <param name="votes">The votes; may be none.</param>
    /// <param name="known">Known class of each item or <see cref="DawidSkene.Unknown"/>; empty when none is known.</param>
    /// <param name="maxRounds">Stop after so many rounds, and say so.</param>
    public static TruthResult Fit(Votes votes, ReadOnlySpan<int> known = default, int maxRounds = 1_000)
    {
        Known.Check(votes, known);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxRounds);
        var pairs = new AgreementOfPairs(votes);
        var (skills, rounds, converged) = Skills(votes, pairs, maxRounds);
        var weights = Weights(votes, skills);
        var posterior = Posterior(votes, weights, known);
        var accuracies = SkillByAgreement.With(votes, posterior);
        return new TruthResult
        {
            Method = "m-msr",
            LabelCount = votes.LabelCount,
            Posterior = posterior,
            ClassShares = WeightedShares.ClassShares(votes, posterior),
            Skills = WorkerSkills.WithoutIntervals(accuracies),
            LogLikelihood = null,
            Rounds = rounds,
            Converged = converged,
            Warnings = TruthWarnings.For(votes, accuracies, converged, rounds),
        };
    }

    private static (double[] Skills, int Rounds, bool Converged) Skills(Votes votes, AgreementOfPairs pairs, int maxRounds)
    {
        var n = votes.ContributorCount;
        var skills = new double[n];
        skills.AsSpan().Fill(0.5);
        if (votes.Count == 0 || votes.LabelCount < 2) return (skills, 0, true);
        var others = new List<(double Ratio, double Weight)>(n);
        for (var round = 1; round <= maxRounds; round++)
        {
            var (moved, step) = (0.0, Math.Pow(Shortening, Math.Max(0, round - FullRounds)));
            for (var c = 0; c < n; c++)
            {
                if (Next(pairs, skills, c, others) is not { } next) continue;
                var change = step * (next - skills[c]);
                moved = Math.Max(moved, Math.Abs(change));
                skills[c] += change; // at once: half as many rounds as all together, and no swinging from side to side
            }

            if (moved < Tolerance) return (Upright(votes, skills), round, true);
        }

        return (Upright(votes, skills), maxRounds, false);
    }

    private static double? Next(AgreementOfPairs pairs, double[] skills, int c, List<(double Ratio, double Weight)> others)
    {
        others.Clear();
        for (var d = 0; d < skills.Length; d++)
            if (d != c && pairs.Common(c, d) > 0 && skills[d] != 0) others.Add((pairs.Product(c, d) / skills[d], pairs.Common(c, d) * skills[d] * skills[d]));
        if (others.Count == 0) return null;
        others.Sort(static (a, b) => a.Ratio.CompareTo(b.Ratio));
        var dropped = Math.Max(0, others.Count / 3 - 1);
        double sum = 0, weight = 0;
        for (var o = dropped; o < others.Count - dropped; o++)
        {
            sum += others[o].Ratio * others[o].Weight;
            weight += others[o].Weight;
        }

        return weight > 0 ? Math.Clamp(sum / weight, -1, 1) : null;
    }

    private static double[] Upright(Votes votes, double[] skills)
    {
        double sum = 0;
        for (var c = 0; c < skills.Length; c++) sum += skills[c] * votes.Facts.VotesOf[c];
        return sum >= 0 ? skills : Array.ConvertAll(skills, s => -s);
    }

    /// <summary>Log of the odds of being right times the number of wrong labels, which is the weight of a vote under evenly spread errors.</summary>
    private static double[] Weights(Votes votes, double[] skills)
    {
        double k = votes.LabelCount;
        if (k < 2) return new double[skills.Length];
        return [.. skills.Select((s, c) =>
        {
            var least = 1.0 / Math.Max(4, votes.Facts.VotesOf[c]); // no closer to certainty than so many answers tell
            var right = Math.Clamp(s * (k - 1) / k + 1 / k, least / k, 1 - least * (k - 1) / k);
            return PortableMath.Log((k - 1) * right / (1 - right));
        })];
    }

    private static double[] Posterior(Votes votes, double[] weights, ReadOnlySpan<int> known)
    {
        var (k, byItem) = (votes.LabelCount, votes.ByItem);
        var posterior = new double[votes.ItemCount * k];
        for (var i = 0; i < votes.ItemCount; i++)
        {
            var row = posterior.AsSpan(i * k, k);
            if (Known.Has(known, i))
            {
                row[known[i]] = 1;
                continue;
            }

            foreach (var cell in byItem.Of(i))
            {
                var contributor = byItem.ContributorOf(cell);
                row[cell - contributor * k] += weights[contributor];
            }

            double most = double.NegativeInfinity, total = 0;
            foreach (var value in row) most = Math.Max(most, value);
            foreach (ref var value in row) total += value = PortableMath.Exp(value - most);
            foreach (ref var value in row) value /= total;
        }

        return posterior;
    }

    /// <summary>For each pair of contributors how many items both voted on, and the product of skills that their agreement on them tells.</summary>
    private sealed class AgreementOfPairs
    {
        private const int ContributorsMost = 20_000;
        private readonly int _count;
        private readonly int _labels;
        private readonly int[] _common; // the lower triangle, row by row
        private readonly int[] _alike;

        public AgreementOfPairs(Votes votes)
        {
            (_count, _labels) = (votes.ContributorCount, votes.LabelCount);
            if (_count > ContributorsMost) throw new ArgumentException($"This method compares all pairs of contributors; {_count} are more than {ContributorsMost}.", nameof(votes));
            var cells = (long)_count * (_count + 1) / 2;
            (_common, _alike) = (new int[cells], new int[cells]);
            var byItem = votes.ByItem;
            for (var i = 0; i < votes.ItemCount; i++)
            {
                var said = byItem.Of(i);
                for (var a = 0; a < said.Length; a++)
                    for (var b = 0; b < a; b++) Add(byItem.ContributorOf(said[a]), byItem.ContributorOf(said[b]), said[a], said[b]);
            }
        }

        public int Common(int a, int b) => _common[Place(a, b)];

        public double Product(int a, int b)
        {
            var place = Place(a, b);
            return (_labels * ((double)_alike[place] / _common[place]) - 1) / (_labels - 1);
        }

        private void Add(int a, int b, int first, int second)
        {
            var place = Place(a, b);
            _common[place]++;
            if (first - a * _labels == second - b * _labels) _alike[place]++;
        }

        private static long Place(int a, int b) => a > b ? (long)a * (a + 1) / 2 + b : (long)b * (b + 1) / 2 + a;
    }
}
