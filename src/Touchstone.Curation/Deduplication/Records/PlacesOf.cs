namespace Touchstone.Curation.Deduplication.Records;

/// <summary>Finds a document's places among those of its shard.</summary>
internal static class PlacesOf
{
    /// <summary>The parts that stand beside an index, in order; empty where it is not there.</summary>
    public static ReadOnlySpan<uint> Find(uint[] indexes, uint[] parts, uint index)
    {
        var first = ~indexes.AsSpan().BinarySearch(new FirstOf(index));
        var end = first;
        while (end < indexes.Length && indexes[end] == index) end++;
        return parts.AsSpan(first, end - first);
    }

    /// <summary>Stands before the first of equal numbers: it is never equal itself.</summary>
    private readonly struct FirstOf(uint index) : IComparable<uint>
    {
        public int CompareTo(uint other) => index <= other ? -1 : 1;
    }
}
