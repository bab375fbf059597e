namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>Sets of numbers that grow together, by size and with halved paths; four bytes a number, in memory or in a file that is mapped.</summary>
/// <remarks>R. E. Tarjan, Efficiency of a good but not linear set union algorithm, JACM 22(2), 1975. Of two sets of the same size the first one's root stays root, as in datatrove 0.10.</remarks>
internal sealed class UnionFind(IntArray cells)
{
    // A cell above 0 is the parent's number plus 1; at or below 0 it is a root's and says how many others its set has, negated: what is 0 everywhere is a set for each number.

    /// <summary>The root of the set that a number is in.</summary>
    public int Find(int number)
    {
        while (true)
        {
            var parent = cells[number] - 1;
            if (parent < 0) return number;
            var above = cells[parent];
            if (above <= 0) return parent;
            cells[number] = above;
            number = above - 1;
        }
    }

    /// <summary>Unites the sets of two numbers.</summary>
    /// <returns>False where they were one already.</returns>
    public bool Unite(int first, int second)
    {
        var (a, b) = (Find(first), Find(second));
        if (a == b) return false;
        if (cells[b] < cells[a]) (a, b) = (b, a);
        cells[a] += cells[b] - 1;
        cells[b] = a + 1;
        return true;
    }

    /// <summary>Whether a number's set has others.</summary>
    public bool IsUnited(int number) => cells[number] != 0;

    /// <summary>Numbers in the set of a root.</summary>
    public int SizeOf(int root) => 1 - cells[root];
}
