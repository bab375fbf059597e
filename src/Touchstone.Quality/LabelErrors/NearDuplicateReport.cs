namespace Touchstone.Quality.LabelErrors;

/// <summary>How near-duplicates are found.</summary>
/// <param name="RelativeThreshold">Two items are near-duplicates up to this share of the median distance of an item to its nearest neighbour; not negative.</param>
/// <param name="Threshold">The distance itself, instead of a share; not negative. Null takes the share.</param>
/// <param name="Cosine">Whether distance is 1 - cosine instead of Euclidean; null takes the cosine from four dimensions on.</param>
public sealed record NearDuplicateOptions(double RelativeThreshold = 0.13, double? Threshold = null, bool? Cosine = null)
{
    /// <summary>0.13 of the median distance to the nearest neighbour.</summary>
    public static readonly NearDuplicateOptions Default = new();
}

/// <summary>Two items that are nearly the same.</summary>
/// <param name="First">The lower item.</param>
/// <param name="Second">The higher item.</param>
/// <param name="Distance">Their distance.</param>
public readonly record struct NearDuplicatePair(int First, int Second, double Distance);

/// <summary>Near-duplicates that were labelled differently: at least one of the labels is wrong, or the classes overlap.</summary>
/// <param name="Items">Items of the set, ascending.</param>
/// <param name="MajorityLabel">The label that most of them have; -1 where two labels are as frequent.</param>
/// <param name="Suspects">The items without that label; all items where there is no majority.</param>
/// <param name="Agreement">Share of pairs of the set's items with equal labels, in [0, 1).</param>
public sealed record LabelConflict(int[] Items, int MajorityLabel, int[] Suspects, double Agreement);

/// <summary>Near-duplicates of a set.</summary>
/// <param name="Threshold">Distance up to which two items are near-duplicates.</param>
/// <param name="Pairs">The pairs, nearest first.</param>
/// <param name="Sets">Items connected by pairs, each ascending, sets by their first item. Ends of a chain may be further apart than the threshold.</param>
/// <param name="Conflicts">The sets with more than one label, those of least agreement first.</param>
public sealed record NearDuplicateReport(double Threshold, NearDuplicatePair[] Pairs, int[][] Sets, LabelConflict[] Conflicts);
