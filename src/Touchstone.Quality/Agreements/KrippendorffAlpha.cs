using Touchstone.Quality.Categorical;

namespace Touchstone.Quality.Agreements;

/// <summary>Krippendorff's alpha: agreement of any number of contributors, with gaps, corrected for chance.</summary>
public static class KrippendorffAlpha
{
    /// <summary>Alpha for nominal labels.</summary>
    /// <returns>1 for full agreement, 0 for what chance gives, below 0 for less; null when it is not defined: no item has two votes, or only one label was ever used.</returns>
    /// <remarks>K. Krippendorff, Content Analysis, 3rd ed. 2013, chapter 12: coincidences weighted by 1 / (votes of the item - 1). O(votes + items * K) time.</remarks>
    public static double? Nominal(Votes votes)
    {
        var k = votes.LabelCount;
        var tally = new int[votes.ItemCount * k];
        var (sizes, same, margins) = (new int[votes.ItemCount], new int[votes.ItemCount], new long[k]);
        Count(votes, tally, sizes, same, margins);

        double disagreement = 0, pairable = 0;
        for (var i = 0; i < sizes.Length; i++)
        {
            double size = sizes[i];
            if (size >= 2)
            {
                pairable += size;
                disagreement += (size * (size - 1) - 2.0 * same[i]) / (size - 1);
            }
            else if (size == 1)
            {
                margins[tally.AsSpan(i * k, k).IndexOf(1)]--; // a vote alone on its item tells nothing
            }
        }

        if (pairable < 2) return null;
        double sameByChance = 0;
        foreach (double count in margins) sameByChance += count * (count - 1);
        var expected = pairable * (pairable - 1) - sameByChance;
        return expected == 0 ? null : 1 - (pairable - 1) * disagreement / expected;
    }

    /// <summary>One pass over the votes: a vote agrees with those for its label that were met before it.</summary>
    private static void Count(Votes votes, int[] tally, int[] sizes, int[] same, long[] margins)
    {
        var k = votes.LabelCount;
        ReadOnlySpan<int> items = votes.Items, labels = votes.Labels;
        for (var v = 0; v < items.Length && v < labels.Length; v++)
        {
            var (item, label) = (items[v], labels[v]);
            same[item] += tally[item * k + label]++;
            sizes[item]++;
            margins[label]++;
        }
    }
}
