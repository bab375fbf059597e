namespace Touchstone.Quality.Categorical;

/// <summary>Known classes of items, as methods take them: one for each item, or none at all.</summary>
internal static class Known
{
    public static void Check(Votes votes, ReadOnlySpan<int> known)
    {
        if (!known.IsEmpty && known.Length != votes.ItemCount)
            throw new ArgumentException($"There are {votes.ItemCount} items but known classes for {known.Length}.", nameof(known));
        foreach (var label in known)
            if (label != DawidSkene.Unknown && (uint)label >= (uint)votes.LabelCount)
                throw new ArgumentOutOfRangeException(nameof(known), label, $"A known class lies in [0, {votes.LabelCount}).");
    }

    public static bool Has(ReadOnlySpan<int> known, int item) => !known.IsEmpty && known[item] != DawidSkene.Unknown;
}
