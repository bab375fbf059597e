using Touchstone.Annotations.Answers;
using Touchstone.Annotations.Ontologies;
using Touchstone.Statistics;

namespace Touchstone.Quality.Reliabilities;

/// <summary>How far each contributor's ratings or numbers lie from what the others, or gold, say.</summary>
internal static class SpreadFit
{
    private const int Rounds = 20;
    private const double Shrinkage = 8;

    /// <summary>Standard deviations by contributor, and the crowd's; null when no item has two answers or a known one.</summary>
    public static (IReadOnlyDictionary<int, double> Contributors, double Crowd)? Fit(KeyEvidence evidence)
    {
        var items = evidence.Said.GroupBy(s => s.Item).Select(g => (Said: g.ToArray(), Known: evidence.Known.TryGetValue(g.Key, out var known) ? ValueOf(known) : (double?)null))
            .Where(i => i.Known is not null || i.Said.Length > 1).ToList();
        if (items.Count == 0) return null;

        var spreads = items.SelectMany(i => i.Said).Select(s => s.Contributor).Distinct().ToDictionary(w => w, _ => 1.0);
        double crowd = 1;
        for (var round = 0; round < Rounds; round++)
        {
            var (sums, counts) = (spreads.Keys.ToDictionary(w => w, _ => 0.0), spreads.Keys.ToDictionary(w => w, _ => 0.0));
            foreach (var (said, known) in items)
            {
                foreach (var one in said)
                {
                    var others = said.Where(s => s.Contributor != one.Contributor).ToArray();
                    if (known is null && others.Length == 0) continue;
                    var reference = known ?? Quantiles.WeightedMedian(
                        Array.ConvertAll(others, o => ValueOf(o.Answer)), Array.ConvertAll(others, o => 1 / (spreads[o.Contributor] * spreads[o.Contributor])));
                    var residual = ValueOf(one.Answer) - reference;
                    sums[one.Contributor] += residual * residual;
                    counts[one.Contributor]++;
                }
            }

            var total = counts.Values.Sum();
            if (total == 0) return null;
            crowd = sums.Values.Sum() / total;
            var least = Math.Max(1e-6 * crowd, 1e-12); // never an infinite weight
            foreach (var w in counts.Keys)
                spreads[w] = Math.Sqrt(Math.Max(least, (sums[w] + Shrinkage * crowd) / (counts[w] + Shrinkage)));
        }

        return (spreads, Math.Sqrt(Math.Max(1e-12, crowd)));
    }

    public static bool IsNumeric(Question question) => question is RatingQuestion or NumberQuestion;

    public static double ValueOf(Answer answer) => answer switch
    {
        RatingAnswer rating => rating.Value,
        NumberAnswer number => number.Value,
        _ => throw new ArgumentException($"An answer of kind {answer.Kind} is no number.", nameof(answer)),
    };
}
