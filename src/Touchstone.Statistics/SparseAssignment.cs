namespace Touchstone.Statistics;

/// <summary>A pair that an assignment may choose.</summary>
/// <param name="Row">The row.</param>
/// <param name="Column">The column.</param>
/// <param name="Weight">What choosing it is worth; greater than 0.</param>
public readonly record struct WeightedPair(int Row, int Column, double Weight);

/// <summary>Optimal assignment where only few pairs are worth anything, such as shapes that overlap.</summary>
public static class SparseAssignment
{
    private const long MaxMatrixCells = 65_536;

    /// <summary>Chooses pairs with the greatest total weight so that no row and no column is chosen twice.</summary>
    /// <param name="pairs">The pairs that may be chosen, each at most once, in any order.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="columnOfRow">Receives each row's column, or -1 for a row that stays alone.</param>
    /// <returns>The total weight chosen.</returns>
    /// <remarks>
    /// Rows and columns that no chain of pairs connects are solved apart: each group of up to 65,536 cells (such as 256 rows and 256 columns) by
    /// <see cref="Assignment"/>, a larger one along the pairs it has, with memory in proportion to their number.
    /// </remarks>
    public static double Maximise(IReadOnlyList<WeightedPair> pairs, int rows, int columns, Span<int> columnOfRow)
    {
        if (columnOfRow.Length != rows)
            throw new ArgumentException($"There are {rows} rows but room for the columns of {columnOfRow.Length}.", nameof(columnOfRow));
        columnOfRow.Fill(-1);
        double total = 0;
        foreach (var group in Groups(pairs, rows, columns))
        {
            if (group.Count > 1)
            {
                total += MaximiseGroup(group, columnOfRow);
                continue;
            }

            columnOfRow[group[0].Row] = group[0].Column;
            total += group[0].Weight;
        }

        return total;
    }

    private static double MaximiseGroup(List<WeightedPair> group, Span<int> columnOfRow)
    {
        int[] rows = [.. group.Select(p => p.Row).Distinct().Order()], columns = [.. group.Select(p => p.Column).Distinct().Order()];
        if ((long)rows.Length * columns.Length > MaxMatrixCells) return MaximiseLargeGroup(group, rows, columns, columnOfRow);
        var weights = new double[rows.Length * columns.Length];
        foreach (var pair in group) weights[Array.BinarySearch(rows, pair.Row) * columns.Length + Array.BinarySearch(columns, pair.Column)] = pair.Weight;
        var chosen = new int[rows.Length];
        Assignment.Maximise(weights, rows.Length, columns.Length, chosen);
        double total = 0;
        for (var r = 0; r < rows.Length; r++)
        {
            if (chosen[r] < 0 || weights[r * columns.Length + chosen[r]] <= 0) continue;
            columnOfRow[rows[r]] = columns[chosen[r]];
            total += weights[r * columns.Length + chosen[r]];
        }

        return total;
    }

    private static double MaximiseLargeGroup(List<WeightedPair> group, int[] rows, int[] columns, Span<int> columnOfRow)
    {
        var chosen = SparsePaths.Maximise(
            group.Select(p => new WeightedPair(Array.BinarySearch(rows, p.Row), Array.BinarySearch(columns, p.Column), p.Weight)), rows.Length, columns.Length);
        for (var r = 0; r < rows.Length; r++)
            if (chosen[r] >= 0) columnOfRow[rows[r]] = columns[chosen[r]];
        double total = 0;
        foreach (var pair in group)
            if (columnOfRow[pair.Row] == pair.Column) total += pair.Weight;
        return total;
    }

    private static Dictionary<int, List<WeightedPair>>.ValueCollection Groups(IReadOnlyList<WeightedPair> pairs, int rows, int columns)
    {
        var parent = new int[rows + columns];
        for (var i = 0; i < parent.Length; i++) parent[i] = i;
        int Root(int node)
        {
            while (parent[node] != node) node = parent[node] = parent[parent[node]];
            return node;
        }

        foreach (var pair in pairs)
        {
            if (!(pair.Weight > 0)) throw new ArgumentException($"The pair ({pair.Row}, {pair.Column}) weighs {pair.Weight}; a pair is worth more than 0.", nameof(pairs));
            parent[Root(pair.Row)] = Root(rows + pair.Column);
        }

        var groups = new Dictionary<int, List<WeightedPair>>();
        foreach (var pair in pairs)
        {
            var root = Root(pair.Row);
            if (!groups.TryGetValue(root, out var group)) groups[root] = group = [];
            group.Add(pair);
        }

        return groups.Values;
    }
}
