using Touchstone.Statistics;

namespace Touchstone.Quality.Operations;

/// <summary>One answer to a gold task, with what its contributor does elsewhere.</summary>
/// <param name="IsRight">Whether it was right.</param>
/// <param name="Skill">Probability that this contributor is right elsewhere, in (0, 1); shrunk, so that nobody is taken for certain.</param>
/// <param name="Haste">Logarithm of the time that it took over what this contributor usually takes; null where it was not measured.</param>
/// <param name="Fingerprint">Digest of the answers where equal ones are no wonder by chance (drawn shapes, free text); null where they are (a choice among few).</param>
public readonly record struct GoldAnswer(bool IsRight, double Skill, double? Haste, string? Fingerprint);

/// <summary>What betrays that a gold task's answer got about.</summary>
public enum GoldLeakSign
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Later answers are more often right than earlier ones, beyond what their contributors' skill explains.</summary>
    SuddenlyRight,

    /// <summary>Later right answers came much faster than earlier ones, beyond what their contributors' pace explains.</summary>
    SuddenlyFast,

    /// <summary>Different contributors gave one and the same answer, far more often than to other gold.</summary>
    Identical,
}

/// <summary>What the check says of one gold task.</summary>
/// <param name="PValue">Probability of signs as strong where nothing leaked, in [0, 1]; 1 where there are too few answers.</param>
/// <param name="Adjusted">The same over the whole pool (Benjamini and Hochberg).</param>
/// <param name="Sign">The strongest sign, of a suspected task; otherwise <see cref="GoldLeakSign.None"/>.</param>
public readonly record struct GoldLeakResult(double PValue, double Adjusted, GoldLeakSign Sign)
{
    /// <summary>Whether the task is suspected.</summary>
    public bool IsSuspected => Sign != GoldLeakSign.None;
}

/// <summary>Looks through a pool of gold for tasks whose answer got about.</summary>
/// <remarks>
/// Each task is compared with itself, early answers with late ones, so that an easy task is no suspect. (1) Right answers: given how many are right in all, the number of right ones among the late is, where nothing changed, drawn
/// with odds Π p/(1-p) of the contributors' skills elsewhere; the task's own difficulty cancels, as in Rasch's model (G. Rasch, 1960), and the tail is summed exactly with elementary symmetric functions. (2) Haste: the late right answers
/// against the early right ones by Mann and Whitney's test, one-sided. For both the pool is cut after a quarter, a half and three quarters of the answers and the least p-value is taken three times. (3) Neighbours in time by different
/// contributors with one fingerprint: binomial against the rate in the rest of the pool. The least of the three counts three times (Bonferroni), and over the pool at most the named share of calls is false on average (Benjamini and
/// Hochberg). A task whose answer was known to all from the first answer on cannot be found by (1) and (2); rotation is against that.
/// </remarks>
public static class GoldLeak
{
    /// <summary>Answers below which nothing is said of a task.</summary>
    public const int LeastAnswers = 8;

    private const int LeastOnEachSide = 3;
    private const double SkillMargin = 0.02;

    /// <summary>Checks a pool.</summary>
    /// <param name="pool">Answers of each gold task, oldest first, one of each contributor.</param>
    /// <param name="falseShare">Share of suspected tasks that may be false on average, in (0, 1).</param>
    /// <returns>One result for each task, in the same order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share lies outside (0, 1), or a skill outside [0, 1].</exception>
    /// <remarks>O(n²) time in the answers of a task.</remarks>
    public static GoldLeakResult[] Check(IReadOnlyList<IReadOnlyList<GoldAnswer>> pool, double falseShare = 0.05)
    {
        if (!(falseShare > 0 && falseShare < 1)) throw new ArgumentOutOfRangeException(nameof(falseShare), falseShare, "A share of false calls lies between 0 and 1.");
        var neighbours = pool.Select(Neighbours).ToArray();
        var (same, all) = (neighbours.Sum(n => n.Same), neighbours.Sum(n => n.All));
        var signs = new GoldLeakSign[pool.Count];
        var pValues = new double[pool.Count];
        for (var i = 0; i < pool.Count; i++)
        {
            // One added to each side: a pool where no two answers are alike yet is no proof that none ever are.
            var elsewhere = (same - neighbours[i].Same + 1.0) / (all - neighbours[i].All + 2.0);
            (pValues[i], signs[i]) = Strongest(pool[i], neighbours[i], elsewhere);
        }

        var adjusted = FalseDiscovery.BenjaminiHochberg(pValues);
        return [.. pool.Select((_, i) => new GoldLeakResult(pValues[i], adjusted[i], adjusted[i] <= falseShare ? signs[i] : GoldLeakSign.None))];
    }

    private static (double PValue, GoldLeakSign Sign) Strongest(IReadOnlyList<GoldAnswer> answers, (int Same, int All) neighbours, double elsewhere)
    {
        if (answers.Count < LeastAnswers) return (1, GoldLeakSign.None);
        (double PValue, GoldLeakSign Sign)[] found =
        [
            (OverCuts(answers, RightTail), GoldLeakSign.SuddenlyRight),
            (OverCuts(answers, HasteTail), GoldLeakSign.SuddenlyFast),
            (BinomialUpper(neighbours.Same, neighbours.All, elsewhere), GoldLeakSign.Identical),
        ];
        var least = found.MinBy(f => f.PValue);
        return (Math.Min(1, found.Length * least.PValue), least.Sign);
    }

    private static double OverCuts(IReadOnlyList<GoldAnswer> answers, Func<IReadOnlyList<GoldAnswer>, int, double> tail)
    {
        int[] cuts = [.. new[] { answers.Count / 4, answers.Count / 2, answers.Count * 3 / 4 }.Where(c => c >= LeastOnEachSide && answers.Count - c >= LeastOnEachSide)];
        return cuts.Length == 0 ? 1 : Math.Min(1, cuts.Length * cuts.Min(cut => tail(answers, cut)));
    }

    /// <summary>Probability of at least so many right answers after the cut, given how many are right in all.</summary>
    private static double RightTail(IReadOnlyList<GoldAnswer> answers, int cut)
    {
        var (early, late) = (Symmetric(answers, 0, cut), Symmetric(answers, cut, answers.Count));
        var right = answers.Count(a => a.IsRight);
        var observed = answers.Skip(cut).Count(a => a.IsRight);
        double beyond = 0, total = 0;
        for (var j = Math.Max(0, right - cut); j <= Math.Min(right, late.Length - 1); j++)
        {
            var term = late[j] * early[right - j];
            total += term;
            if (j >= observed) beyond += term;
        }

        return total > 0 ? Math.Min(1, beyond / total) : 1;
    }

    /// <summary>Elementary symmetric functions of the odds, of each order. Written as probabilities of so many right ones, which differ from them by one factor that cancels and
    /// never overflow.</summary>
    private static double[] Symmetric(IReadOnlyList<GoldAnswer> answers, int from, int to)
    {
        var counts = new double[to - from + 1];
        counts[0] = 1;
        for (var i = from; i < to; i++)
        {
            var skill = answers[i].Skill;
            if (!(skill >= 0 && skill <= 1)) throw new ArgumentOutOfRangeException(nameof(answers), skill, "A skill lies in [0, 1].");
            var p = Math.Clamp(skill, SkillMargin, 1 - SkillMargin);
            for (var k = i - from + 1; k > 0; k--) counts[k] = counts[k] * (1 - p) + counts[k - 1] * p;
            counts[0] *= 1 - p;
        }

        return counts;
    }

    private static double HasteTail(IReadOnlyList<GoldAnswer> answers, int cut)
    {
        double[] early = [.. answers.Take(cut).Where(a => a is { IsRight: true, Haste: not null }).Select(a => a.Haste!.Value)];
        double[] late = [.. answers.Skip(cut).Where(a => a is { IsRight: true, Haste: not null }).Select(a => a.Haste!.Value)];
        if (early.Length < LeastOnEachSide || late.Length < LeastOnEachSide) return 1;
        var test = SignificanceTests.MannWhitney(late, early);
        return test.Statistic < (double)early.Length * late.Length / 2 ? test.PValue / 2 : 1 - test.PValue / 2;
    }

    /// <summary>Answers whose neighbour before them is the same, among those that could be.</summary>
    private static (int Same, int All) Neighbours(IReadOnlyList<GoldAnswer> answers)
    {
        string[] prints = [.. answers.Where(a => a.Fingerprint is not null).Select(a => a.Fingerprint!)];
        var same = 0;
        for (var i = 1; i < prints.Length; i++)
            if (string.Equals(prints[i], prints[i - 1], StringComparison.Ordinal)) same++;
        return (same, Math.Max(0, prints.Length - 1));
    }

    private static double BinomialUpper(int count, int trials, double probability) => count == 0 ? 1 : Math.Max(0, 1 - Counting.BinomialCumulative(count - 1, trials, probability));
}
