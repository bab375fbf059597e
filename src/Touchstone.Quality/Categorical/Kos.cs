using Touchstone.Statistics;

namespace Touchstone.Quality.Categorical;

/// <summary>True classes of two from votes by messages between items and contributors: a contributor is believed as far as others agree, item by item.</summary>
/// <remarks>
/// D. R. Karger, S. Oh, D. Shah, Budget-Optimal Task Allocation for Reliable Crowdsourcing Systems, Operations Research 62(1), 2014. Beyond the paper:
/// in messages a vote counts as its distance from the contributor's mean vote, since the paper's labels of +1 and -1 are equally common and its contributors like neither, while in real votes the liking for one label is the
/// strongest thing that contributors have in common and would put all items in one class; the class itself is decided by the votes as they are. First messages are all 1, which agrees with every order and naming of the votes, where the paper
/// draws them about 1. Messages are normalised each round, which changes no sign and never overflows; the sign of the whole, which votes alone leave open, is that under which votes are right more often than not; rounds end when
/// messages settle. O(votes) time a round and memory.
/// </remarks>
public static class Kos
{
    private const double Tolerance = 1e-9;

    /// <summary>Passes messages until they settle.</summary>
    /// <param name="votes">The votes, on two labels; may be none.</param>
    /// <param name="maxRounds">Stop after so many rounds, and say so.</param>
    public static TruthResult Fit(Votes votes, int maxRounds = 1_000)
    {
        if (votes.LabelCount != 2) throw new ArgumentException($"This method is for two labels; there are {votes.LabelCount}.", nameof(votes));
        var data = votes.ByItem;
        var centred = Centred(data, votes.ContributorCount);
        var trust = new double[votes.Count]; // from a contributor to an item, of each vote
        trust.AsSpan().Fill(1);

        var (rounds, converged) = (0, votes.Count == 0);
        while (!converged && rounds < maxRounds)
        {
            var before = trust;
            trust = Round(data, centred, trust, votes.ContributorCount);
            rounds++;
            converged = Moved(before, trust) < Tolerance;
        }

        var posterior = Shares(data, trust);
        PointUpwards(data, posterior);
        var skills = Skills(votes, posterior);
        List<TruthWarning> warnings = [.. TruthWarnings.For(votes, skills, converged, rounds)];
        var ones = Enumerable.Range(0, votes.ItemCount).Count(i => posterior[2 * i + 1] > posterior[2 * i]);
        if (votes.ItemCount > 1 && (ones <= 0.02 * votes.ItemCount || ones >= 0.98 * votes.ItemCount) && votes.Labels.Distinct().Count() > 1)
            warnings.Add(new("one_class_for_all", "Nearly all items came out as one class: where that is not so in truth, contributors' liking for one label drowned what tells items apart. Use another method."));
        return new TruthResult
        {
            Method = "kos",
            LabelCount = 2,
            Posterior = posterior,
            ClassShares = ClassShares(posterior),
            Skills = WorkerSkills.WithoutIntervals(skills),
            LogLikelihood = null,
            Rounds = rounds,
            Converged = converged,
            Warnings = warnings,
        };
    }

    /// <summary>Each item tells each contributor what the others say, each contributor tells each item how far the other items bear that out.</summary>
    private static double[] Round(VotesByItem data, double[] vote, double[] trust, int contributors)
    {
        var (said, sums) = (new double[trust.Length], new double[contributors]);
        for (var i = 0; i < data.ItemCount; i++)
        {
            double sum = 0;
            for (var v = data.Start[i]; v < data.Start[i + 1]; v++) sum += vote[v] * trust[v];
            for (var v = data.Start[i]; v < data.Start[i + 1]; v++) sums[data.At(v).Contributor] += vote[v] * (said[v] = sum - vote[v] * trust[v]);
        }

        var next = new double[trust.Length];
        double squares = 0;
        for (var v = 0; v < next.Length; v++)
        {
            next[v] = sums[data.At(v).Contributor] - vote[v] * said[v];
            squares += next[v] * next[v];
        }

        // Without overlap, or where nobody gave both labels, nobody can bear anything out: all are believed alike.
        if (!(squares > 1e-18)) next.AsSpan().Fill(1);
        else
            foreach (ref var message in next.AsSpan()) message *= Math.Sqrt(next.Length / squares);
        return next;
    }

    /// <summary>Each vote, +1 or -1, less the mean of its contributor's votes.</summary>
    private static double[] Centred(VotesByItem data, int contributors)
    {
        var (sums, counts) = (new double[contributors], new int[contributors]);
        var centred = new double[data.Cell.Length];
        for (var v = 0; v < centred.Length; v++)
        {
            sums[data.At(v).Contributor] += Sign(data, v);
            counts[data.At(v).Contributor]++;
        }

        for (var v = 0; v < centred.Length; v++) centred[v] = Sign(data, v) - sums[data.At(v).Contributor] / counts[data.At(v).Contributor];
        return centred;
    }

    private static double Sign(VotesByItem data, int vote) => data.At(vote).Label == 1 ? 1 : -1;

    private static double Moved(double[] before, double[] after)
    {
        double along = 0, against = 0;
        for (var v = 0; v < after.Length; v++)
        {
            along += (after[v] - before[v]) * (after[v] - before[v]);
            against += (after[v] + before[v]) * (after[v] + before[v]); // the sign may turn each round
        }

        return Math.Min(along, against) / after.Length;
    }

    /// <summary>Swaps the labels where most votes would be wrong.</summary>
    private static void PointUpwards(VotesByItem data, double[] posterior)
    {
        double right = 0;
        for (var i = 0; i < data.ItemCount; i++)
            for (var v = data.Start[i]; v < data.Start[i + 1]; v++) right += Math.Sign(posterior[2 * i + data.At(v).Label] - 0.5);
        if (right >= 0) return;
        for (var i = 0; i < posterior.Length; i += 2) (posterior[i], posterior[i + 1]) = (posterior[i + 1], posterior[i]);
    }

    private static double[] Shares(VotesByItem data, double[] trust)
    {
        var posterior = new double[data.ItemCount * 2];
        for (var i = 0; i < data.ItemCount; i++)
        {
            double no = 0, yes = 0;
            for (var v = data.Start[i]; v < data.Start[i + 1]; v++)
            {
                if (Sign(data, v) * trust[v] > 0) yes += Math.Abs(trust[v]);
                else no += Math.Abs(trust[v]);
            }

            // Where only contributors voted who gave one label to everything, and nothing is told of them, their votes count alike.
            if (!(no + yes > 0))
                for (var v = data.Start[i]; v < data.Start[i + 1]; v++) (no, yes) = Sign(data, v) > 0 ? (no, yes + 1) : (no + 1, yes);
            (posterior[2 * i], posterior[2 * i + 1]) = no + yes > 0 ? (no / (no + yes), yes / (no + yes)) : (0.5, 0.5);
        }

        return posterior;
    }

    /// <summary>Share of a contributor's votes that name the class found, with Wilson's interval.</summary>
    private static WorkerSkill[] Skills(Votes votes, double[] posterior)
    {
        var data = votes.ByItem;
        var right = new double[votes.ContributorCount];
        for (var i = 0; i < data.ItemCount; i++)
            for (var v = data.Start[i]; v < data.Start[i + 1]; v++)
                if (posterior[2 * i + data.At(v).Label] >= 0.5) right[data.At(v).Contributor]++;
        return [.. votes.Facts.VotesOf.Select((n, c) =>
        {
            if (n == 0) return new WorkerSkill(0.5, 0, 1, 0);
            var interval = ProportionInterval.Wilson(right[c], n);
            return new WorkerSkill(right[c] / n, interval.Lower, interval.Upper, n);
        })];
    }

    private static double[] ClassShares(double[] posterior)
    {
        double yes = 0;
        for (var i = 1; i < posterior.Length; i += 2) yes += posterior[i];
        var share = posterior.Length > 0 ? yes / (posterior.Length / 2) : 0.5;
        return [1 - share, share];
    }
}
