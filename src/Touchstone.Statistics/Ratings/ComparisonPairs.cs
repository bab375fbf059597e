namespace Touchstone.Statistics.Ratings;

/// <summary>Comparisons counted by pair: each pair of items once, the lower one first.</summary>
internal sealed class ComparisonPairs
{
    public ComparisonPairs(Comparisons comparisons)
    {
        var keys = new long[comparisons.Count];
        for (var c = 0; c < keys.Length; c++) keys[c] = Key(comparisons, c);
        long[] distinct = [.. keys.Distinct().Order()];
        (First, Second) = ([.. distinct.Select(k => (int)(k >> 32))], [.. distinct.Select(k => (int)k)]);
        (FirstWins, SecondWins, Ties) = (new double[distinct.Length], new double[distinct.Length], new double[distinct.Length]);
        for (var c = 0; c < keys.Length; c++)
        {
            var pair = Array.BinarySearch(distinct, keys[c]);
            var firstIsLeft = comparisons.Left[c] < comparisons.Right[c];
            switch (comparisons.Outcomes[c])
            {
                case Outcome.Tie:
                    Ties[pair]++;
                    break;
                case Outcome.LeftWins when firstIsLeft:
                case Outcome.RightWins when !firstIsLeft:
                    FirstWins[pair]++;
                    break;
                default:
                    SecondWins[pair]++;
                    break;
            }
        }

        ItemCount = comparisons.ItemCount;
    }

    public int ItemCount { get; }

    public int[] First { get; }

    public int[] Second { get; }

    public double[] FirstWins { get; }

    public double[] SecondWins { get; }

    public double[] Ties { get; }

    public int Count => First.Length;

    /// <summary>Group of each item: items are of one group when comparisons link them, whoever won. Numbered in the order of their lowest item.</summary>
    public int[] Groups()
    {
        var parent = Enumerable.Range(0, ItemCount).ToArray();
        int Root(int item)
        {
            while (parent[item] != item) item = parent[item] = parent[parent[item]];
            return item;
        }

        for (var p = 0; p < Count; p++) parent[Math.Max(Root(First[p]), Root(Second[p]))] = Math.Min(Root(First[p]), Root(Second[p]));
        var number = new Dictionary<int, int>();
        var groups = new int[ItemCount];
        for (var i = 0; i < ItemCount; i++)
        {
            if (!number.TryGetValue(Root(i), out var group)) number[Root(i)] = group = number.Count;
            groups[i] = group;
        }

        return groups;
    }

    /// <summary>Whether from every item of a group a chain of wins leads to every other: only then do finite strengths fit best.</summary>
    /// <remarks>L. R. Ford Jr., American Mathematical Monthly 64(8), 1957. A tie counts as half a win each way.</remarks>
    public bool IsWonAllAround(int[] groups)
    {
        var (wins, losses) = (new List<int>[ItemCount], new List<int>[ItemCount]);
        for (var i = 0; i < ItemCount; i++) (wins[i], losses[i]) = ([], []);
        for (var p = 0; p < Count; p++)
        {
            if (FirstWins[p] + Ties[p] > 0)
            {
                wins[First[p]].Add(Second[p]);
                losses[Second[p]].Add(First[p]);
            }

            if (SecondWins[p] + Ties[p] > 0)
            {
                wins[Second[p]].Add(First[p]);
                losses[First[p]].Add(Second[p]);
            }
        }

        var starts = Enumerable.Range(0, ItemCount).GroupBy(i => groups[i]).Select(g => g.Min()).ToArray();
        return Reached(starts, wins) == ItemCount && Reached(starts, losses) == ItemCount;
    }

    private static int Reached(int[] starts, List<int>[] edges)
    {
        var seen = new bool[edges.Length];
        var stack = new Stack<int>(starts);
        foreach (var start in starts) seen[start] = true;
        var count = starts.Length;
        while (stack.TryPop(out var item))
        {
            foreach (var next in edges[item])
            {
                if (seen[next]) continue;
                seen[next] = true;
                count++;
                stack.Push(next);
            }
        }

        return count;
    }

    private static long Key(Comparisons comparisons, int index)
    {
        var (left, right) = (comparisons.Left[index], comparisons.Right[index]);
        return (long)Math.Min(left, right) << 32 | (uint)Math.Max(left, right);
    }
}
