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
        var tally = votes.Tally();
        double disagreement = 0, pairable = 0;
        var marginals = new double[k];
        for (var i = 0; i < votes.ItemCount; i++)
        {
            double total = 0, same = 0;
            for (var label = 0; label < k; label++)
            {
                double count = tally[i * k + label];
                total += count;
                same += count * (count - 1);
            }

            if (total < 2) continue;
            pairable += total;
            disagreement += (total * (total - 1) - same) / (total - 1);
            for (var label = 0; label < k; label++) marginals[label] += tally[i * k + label];
        }

        if (pairable < 2) return null;
        double sameByChance = 0;
        foreach (var count in marginals) sameByChance += count * (count - 1);
        var expected = pairable * (pairable - 1) - sameByChance;
        return expected == 0 ? null : 1 - (pairable - 1) * disagreement / expected;
    }
}
