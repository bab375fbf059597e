using Touchstone.Quality.Categorical;
using Touchstone.Statistics;

namespace Touchstone.Quality.Spans;

/// <summary>
/// One set of spans from several contributors' marks of one text. Marks are objects, not characters: spans of one label may overlap or nest and stay
/// apart, and the order in which contributors list them does not matter.
/// </summary>
/// <remarks>
/// Marks of one label by different contributors that overlap enough are joined, nearest first, a contributor at most once in a span; a span stands when
/// the weight behind it reaches the share asked for. O(m²) time for m marks that touch others.
/// </remarks>
public static class SpanConsensus
{
    /// <summary>Joins marks to spans.</summary>
    /// <param name="marks">All contributors' marks.</param>
    /// <param name="contributorCount">Contributors who saw the text, those who marked nothing included.</param>
    /// <param name="least">Overlap from which two marks may be of one span, in (0, 1].</param>
    /// <param name="share">Share of the weight from which a span stands, in [0, 1].</param>
    /// <param name="weights">Weight of each contributor, 0 or more, not all 0; empty is alike for all.</param>
    public static SpanResult Fit(IReadOnlyList<SpanMark> marks, int contributorCount, double least = 0.5, double share = 0.5, ReadOnlySpan<double> weights = default)
    {
        if (!(least > 0 && least <= 1)) throw new ArgumentOutOfRangeException(nameof(least), least, "An overlap lies in (0, 1].");
        Check(marks, contributorCount, weights.Length);
        var weight = weights.IsEmpty ? [.. Enumerable.Repeat(1.0, contributorCount)] : weights.ToArray();
        var total = StableSum.Of(weight);
        if (contributorCount > 0 && !(total > 0)) throw new ArgumentException("The weights must not be negative and must not all be zero.", nameof(weights));

        var spans = Groups(marks, contributorCount, least).Select(g => Fuse(marks, g, weight, total))
            .OrderBy(s => s.Start).ThenBy(s => s.End).ThenBy(s => s.Label).ThenBy(s => s.Marks[0]).ToArray();
        ConsensusSpan[] standing = [.. spans.Where(s => s.Confidence >= share - 1e-12)];
        var byContributor = Enumerable.Range(0, contributorCount).Select(c => marks.Where(m => m.Contributor == c).ToArray()).ToArray();
        SpanMark[] consensus = [.. standing.Select(s => new SpanMark(-1, s.Start, s.End, s.Label))];
        return new SpanResult
        {
            Spans = standing,
            Rejected = [.. spans.Where(s => s.Confidence < share - 1e-12)],
            Agreement = contributorCount < 2 ? null : Pairs(contributorCount).Average(p => F1(byContributor[p.First], byContributor[p.Second], least)),
            Scores = [.. byContributor.Select(own => F1(own, consensus, least))],
            Warnings = Warnings(marks, contributorCount, spans, standing),
        };
    }

    /// <summary>F1 of two sets of spans: twice the spans matched one to one over the spans of both; 1 for two empty sets.</summary>
    /// <param name="first">Spans; contributors do not matter.</param>
    /// <param name="second">Spans; contributors do not matter.</param>
    /// <param name="least">Overlap from which two spans of one label match, in (0, 1]; 1 asks for equal spans.</param>
    /// <remarks>Matched nearest first, so that the order of spans does not matter.</remarks>
    public static double F1(IReadOnlyList<SpanMark> first, IReadOnlyList<SpanMark> second, double least = 0.5)
    {
        if (first.Count + second.Count == 0) return 1;
        SpanMark[] all = [.. first.Select(m => m with { Contributor = 0 }), .. second.Select(m => m with { Contributor = 1 })];
        var matched = Groups(all, 2, least).Count(g => g.Count == 2);
        return 2.0 * matched / all.Length;
    }

    /// <summary>Numbers of the marks of each span.</summary>
    private static List<List<int>> Groups(IReadOnlyList<SpanMark> marks, int contributorCount, double least)
    {
        var group = new List<int>[marks.Count];
        for (var m = 0; m < marks.Count; m++) group[m] = [m];
        foreach (var (_, a, b) in Touching(marks, least))
        {
            var (first, second) = (group[a], group[b]);
            if (first == second || first.Count + second.Count > contributorCount) continue;
            if (first.Exists(x => second.Exists(y => marks[x].Contributor == marks[y].Contributor || marks[x].OverlapWith(marks[y]) < least))) continue;
            first.AddRange(second);
            foreach (var m in second) group[m] = first;
        }

        return [.. group.Distinct()];
    }

    /// <summary>Pairs of marks that may be of one span, nearest first; of equally near ones by place, so that the order of marks does not matter.</summary>
    private static IEnumerable<(double Overlap, int A, int B)> Touching(IReadOnlyList<SpanMark> marks, double least)
    {
        int[] order = [.. Enumerable.Range(0, marks.Count).OrderBy(m => marks[m].Start).ThenBy(m => marks[m].End).ThenBy(m => marks[m].Label).ThenBy(m => marks[m].Contributor)];
        List<(double Overlap, int A, int B)> pairs = [];
        for (var i = 0; i < order.Length; i++)
        {
            var a = marks[order[i]];
            for (var j = i + 1; j < order.Length && marks[order[j]].Start < a.End; j++)
            {
                var b = marks[order[j]];
                if (a.Label != b.Label || a.Contributor == b.Contributor) continue;
                var overlap = a.OverlapWith(b);
                if (overlap >= least) pairs.Add((overlap, order[i], order[j]));
            }
        }

        return pairs.OrderByDescending(p => p.Overlap); // stable: pairs already stand in the order of places
    }

    private static ConsensusSpan Fuse(IReadOnlyList<SpanMark> marks, List<int> group, double[] weight, double total)
    {
        int[] numbers = [.. group.Order()];
        double[] weights = [.. numbers.Select(m => weight[marks[m].Contributor])];
        var confidence = StableSum.Of(weights) / total;
        if (!(confidence > 0)) weights.AsSpan().Fill(1);
        var start = (int)Math.Floor(Quantiles.WeightedMedian([.. numbers.Select(m => (double)marks[m].Start)], weights));
        var end = (int)Math.Ceiling(Quantiles.WeightedMedian([.. numbers.Select(m => (double)marks[m].End)], weights));
        var fused = new SpanMark(-1, start, end, marks[numbers[0]].Label);
        return new(start, end, fused.Label, Math.Min(1, confidence), numbers.Average(m => marks[m].OverlapWith(fused)), numbers);
    }

    private static IEnumerable<(int First, int Second)> Pairs(int count)
    {
        for (var first = 0; first < count; first++)
            for (var second = first + 1; second < count; second++) yield return (first, second);
    }

    private static List<TruthWarning> Warnings(IReadOnlyList<SpanMark> marks, int contributorCount, ConsensusSpan[] spans, ConsensusSpan[] standing)
    {
        List<TruthWarning> warnings = [];
        if (contributorCount == 0) warnings.Add(new("no_votes", "Nobody saw the text."));
        else if (contributorCount == 1) warnings.Add(new("single_votes", "One contributor saw the text, whose spans are passed through."));
        var doubled = marks.Count - marks.Distinct().Count();
        if (doubled > 0) warnings.Add(new("doubled_marks", $"{doubled} marks repeat another of the same contributor; each is a span of its own."));
        if (spans.Length > 0 && standing.Length == 0) warnings.Add(new("nothing_stands", "No span has enough weight behind it."));
        return warnings;
    }

    private static void Check(IReadOnlyList<SpanMark> marks, int contributorCount, int weightCount)
    {
        if (weightCount > 0 && weightCount != contributorCount) throw new ArgumentException($"There are {contributorCount} contributors but {weightCount} weights.", nameof(weightCount));
        for (var m = 0; m < marks.Count; m++)
        {
            if (marks[m].Start < 0 || marks[m].End <= marks[m].Start) throw new ArgumentException($"Mark {m} runs from {marks[m].Start} to {marks[m].End}.", nameof(marks));
            if ((uint)marks[m].Contributor >= (uint)contributorCount)
                throw new ArgumentOutOfRangeException(nameof(marks), marks[m].Contributor, $"Mark {m}: contributors must lie in [0, {contributorCount}).");
        }
    }
}
