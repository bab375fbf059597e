using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Statistics;

namespace Touchstone.Quality.Reliabilities;

/// <summary>How far each contributor's ratings or numbers lie from what is true, by expectation maximisation: the truth of an item is normal about the
/// precision-weighted mean of what was said, a contributor's variance the mean square of what they are off, that uncertainty included.</summary>
internal static class SpreadFit
{
    private const int Rounds = 100;
    private const double Shrinkage = 8;

    /// <summary>A single answer further off than this many of the crowd's standard deviations counts as if it were so far.</summary>
    private const double MostDeviations = 5;

    /// <summary>Standard deviations by contributor, and the crowd's; null when no item has two answers or a known one.</summary>
    public static (IReadOnlyDictionary<int, double> Contributors, double Crowd)? Fit(KeyEvidence evidence)
    {
        var items = evidence.Said.GroupBy(s => s.Item).Select(g => (Said: g.ToArray(), Known: evidence.Known.TryGetValue(g.Key, out var known) ? ValueOf(known) : (double?)null))
            .Where(i => i.Known is not null || i.Said.Length > 1).ToList();
        if (items.Count == 0) return null;

        var start = Start(items);
        int[] contributors = [.. items.SelectMany(i => i.Said).Select(s => s.Contributor).Distinct().Order()];
        var variances = contributors.ToDictionary(w => w, _ => start);
        var crowd = start;
        for (var round = 0; round < Rounds; round++)
        {
            var (sums, counts) = (contributors.ToDictionary(w => w, _ => 0.0), contributors.ToDictionary(w => w, _ => 0.0));
            foreach (var (said, known) in items)
            {
                var precision = said.Sum(s => 1 / variances[s.Contributor]);
                var truth = known ?? said.Sum(s => ValueOf(s.Answer) / variances[s.Contributor]) / precision;
                foreach (var one in said)
                {
                    var off = ValueOf(one.Answer) - truth;
                    sums[one.Contributor] += Math.Min(off * off, MostDeviations * MostDeviations * crowd) + (known is null ? 1 / precision : 0);
                    counts[one.Contributor]++;
                }
            }

            crowd = Math.Max(1e-12, contributors.Sum(w => sums[w]) / contributors.Sum(w => counts[w]));
            foreach (var w in contributors) variances[w] = Math.Max(1e-6 * crowd, (sums[w] + Shrinkage * crowd) / (counts[w] + Shrinkage));
        }

        return (variances.ToDictionary(v => v.Key, v => Math.Sqrt(v.Value)), Math.Sqrt(crowd));
    }

    /// <summary>Mean square distance from the item's median: of the right order of magnitude.</summary>
    private static double Start(List<(Said[] Said, double? Known)> items)
    {
        var squares = items.SelectMany(i =>
        {
            var values = Array.ConvertAll(i.Said, s => ValueOf(s.Answer));
            var middle = i.Known ?? Quantiles.Of(values, 0.5);
            return values.Select(v => (v - middle) * (v - middle));
        }).ToArray();
        return Math.Max(1e-9, StableSum.Of(squares) / squares.Length);
    }

    public static bool IsNumeric(Question question) => question is RatingQuestion or NumberQuestion;

    public static double ValueOf(Answer answer) => answer switch
    {
        RatingAnswer rating => rating.Value,
        NumberAnswer number => number.Value,
        _ => throw new ArgumentException($"An answer of kind {answer.Kind} is no number.", nameof(answer)),
    };
}
