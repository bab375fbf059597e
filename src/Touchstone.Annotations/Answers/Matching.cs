namespace Touchstone.Annotations.Answers;

/// <summary>A pair that may be matched.</summary>
internal readonly record struct WeightedPair(int First, int Second, double Weight);

/// <summary>The greatest total weight of pairs of which no two share an end.</summary>
/// <remarks>
/// The pairs fall apart into groups that share no end (things in one place of a picture); each is solved by itself by the
/// shortest augmenting paths of Jonker and Volgenant, Computing 38, 1987: O(n³) of the largest group.
/// </remarks>
internal static class Matching
{
    public static double MaxWeight(IReadOnlyList<WeightedPair> pairs)
    {
        var total = 0.0;
        foreach (var group in Groups(pairs)) total += group.Count == 1 ? group[0].Weight : MaxWeightOfGroup(group);
        return total;
    }

    private static List<WeightedPair>[] Groups(IReadOnlyList<WeightedPair> pairs)
    {
        var parent = new Dictionary<int, int>();
        int Root(int node)
        {
            while (parent.TryGetValue(node, out var up) && up != node) node = parent[node] = parent.GetValueOrDefault(up, up);
            return node;
        }

        foreach (var pair in pairs)
        {
            var (one, other) = (Root(pair.First), Root(~pair.Second));   // the complement keeps the second's numbers apart from the first's
            parent[one] = other;
            parent.TryAdd(other, other);
        }

        var groups = new SortedDictionary<int, List<WeightedPair>>();
        foreach (var pair in pairs)
        {
            var root = Root(pair.First);
            if (!groups.TryGetValue(root, out var group)) groups[root] = group = [];
            group.Add(pair);
        }

        return [.. groups.Values];
    }

    private static double MaxWeightOfGroup(List<WeightedPair> group)
    {
        int[] rows = [.. group.Select(p => p.First).Distinct().Order()], columns = [.. group.Select(p => p.Second).Distinct().Order()];
        var size = Math.Max(rows.Length, columns.Length);
        var weights = new double[size, size];
        foreach (var pair in group) weights[Array.BinarySearch(rows, pair.First), Array.BinarySearch(columns, pair.Second)] = pair.Weight;

        var columnOf = Assign(weights, size);
        var total = 0.0;
        for (var row = 0; row < size; row++) total += weights[row, columnOf[row]];
        return total;
    }

    /// <summary>The column of each row in an assignment of the greatest total.</summary>
    private static int[] Assign(double[,] weights, int size)
    {
        // Rows and columns count from 1; 0 is the row that is being placed.
        var (rowPrice, columnPrice) = (new double[size + 1], new double[size + 1]);
        var (rowOf, cameFrom) = (new int[size + 1], new int[size + 1]);
        for (var row = 1; row <= size; row++)
        {
            rowOf[0] = row;
            var column = FindFreeColumn(weights, size, rowPrice, columnPrice, rowOf, cameFrom);
            for (; column != 0; column = cameFrom[column]) rowOf[column] = rowOf[cameFrom[column]];
        }

        var columnOf = new int[size];
        for (var column = 1; column <= size; column++) columnOf[rowOf[column] - 1] = column - 1;
        return columnOf;
    }

    private static int FindFreeColumn(double[,] weights, int size, double[] rowPrice, double[] columnPrice, int[] rowOf, int[] cameFrom)
    {
        var slack = new double[size + 1];
        var done = new bool[size + 1];
        Array.Fill(slack, double.PositiveInfinity);
        var column = 0;
        do
        {
            done[column] = true;
            var (row, step, next) = (rowOf[column], double.PositiveInfinity, 0);
            for (var j = 1; j <= size; j++)
            {
                if (done[j]) continue;
                var reduced = -weights[row - 1, j - 1] - rowPrice[row] - columnPrice[j];
                if (reduced < slack[j]) (slack[j], cameFrom[j]) = (reduced, column);
                if (slack[j] < step) (step, next) = (slack[j], j);
            }

            for (var j = 0; j <= size; j++)
            {
                if (done[j])
                {
                    rowPrice[rowOf[j]] += step;
                    columnPrice[j] -= step;
                }
                else slack[j] -= step;
            }

            column = next;
        }
        while (rowOf[column] != 0);
        return column;
    }
}
