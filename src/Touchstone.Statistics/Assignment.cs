using System.Buffers;

namespace Touchstone.Statistics;

/// <summary>Optimal one-to-one assignment of rows to columns of a rectangular matrix.</summary>
/// <remarks>
/// Shortest augmenting paths with dual variables: R. Jonker and A. Volgenant, Computing 38, 1987. O(s² l) time for s the shorter and l the longer
/// side, O(rows + columns) memory beside the matrix. Equal optima are told apart by a fixed rule, so the same matrix always gives the same answer.
/// </remarks>
public static class Assignment
{
    /// <summary>Assigns min(rows, columns) pairs with the least total cost.</summary>
    /// <param name="costs">Row by row, <paramref name="rows"/> * <paramref name="columns"/> finite numbers.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="columnOfRow">Receives each row's column, or -1 for a row left over when there are more rows than columns.</param>
    /// <returns>The total cost of the chosen pairs.</returns>
    public static double Minimise(ReadOnlySpan<double> costs, int rows, int columns, Span<int> columnOfRow)
    {
        CheckShape(costs, rows, columns, columnOfRow);
        return Solve(costs, 1, rows, columns, columnOfRow);
    }

    /// <summary>Assigns min(rows, columns) pairs with the greatest total value.</summary>
    /// <param name="values">Row by row, <paramref name="rows"/> * <paramref name="columns"/> finite numbers.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="columnOfRow">Receives each row's column, or -1 for a row left over when there are more rows than columns.</param>
    /// <returns>The total value of the chosen pairs.</returns>
    public static double Maximise(ReadOnlySpan<double> values, int rows, int columns, Span<int> columnOfRow)
    {
        CheckShape(values, rows, columns, columnOfRow);
        return -Solve(values, -1, rows, columns, columnOfRow);
    }

    /// <summary>
    /// Pairs rows with columns so that the total similarity is greatest, using only pairs whose similarity reaches the threshold. Rows and columns
    /// may stay alone.
    /// </summary>
    /// <param name="similarities">Row by row, not negative.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="threshold">Least similarity of a pair; greater than 0.</param>
    /// <param name="columnOfRow">Receives each row's column, or -1 for a row that stays alone.</param>
    /// <returns>The total similarity of the chosen pairs.</returns>
    public static double MaximiseAbove(ReadOnlySpan<double> similarities, int rows, int columns, double threshold, Span<int> columnOfRow)
    {
        CheckShape(similarities, rows, columns, columnOfRow);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        var length = rows * columns;
        var allowed = ArrayPool<double>.Shared.Rent(Math.Max(1, length));
        for (var i = 0; i < length; i++) allowed[i] = similarities[i] >= threshold ? similarities[i] : 0;
        Solve(allowed.AsSpan(0, length), -1, rows, columns, columnOfRow);
        double total = 0;
        for (var row = 0; row < rows; row++)
        {
            if (columnOfRow[row] < 0) continue;
            var value = allowed[row * columns + columnOfRow[row]];
            if (value > 0) total += value;
            else columnOfRow[row] = -1;
        }

        ArrayPool<double>.Shared.Return(allowed);
        return total;
    }

    private static double Solve(ReadOnlySpan<double> matrix, double sign, int rows, int columns, Span<int> columnOfRow)
    {
        columnOfRow.Fill(-1);
        if (rows == 0 || columns == 0) return 0;
        var isWide = rows <= columns;
        var (shorter, longer) = isWide ? (rows, columns) : (columns, rows);
        var ofLonger = ArrayPool<int>.Shared.Rent(longer + 1);
        Augment(matrix, sign, isWide, shorter, longer, ofLonger);

        double total = 0;
        for (var j = 1; j <= longer; j++)
        {
            if (ofLonger[j] == 0) continue;
            var (row, column) = isWide ? (ofLonger[j] - 1, j - 1) : (j - 1, ofLonger[j] - 1);
            columnOfRow[row] = column;
        }

        ArrayPool<int>.Shared.Return(ofLonger);
        for (var row = 0; row < rows; row++)
            if (columnOfRow[row] >= 0) total += sign * matrix[row * columns + columnOfRow[row]];
        return total;
    }

    /// <summary>Adds the shorter side's lines one after another, each along the shortest path of reduced costs. Indices count from 1; 0 is "none".</summary>
    private static void Augment(ReadOnlySpan<double> matrix, double sign, bool isWide, int shorter, int longer, int[] ofLonger)
    {
        var numbers = ArrayPool<double>.Shared.Rent(shorter + 1 + 2 * (longer + 1));
        var potentials = numbers.AsSpan(0, shorter + 1);
        var longerPotentials = numbers.AsSpan(shorter + 1, longer + 1);
        var distances = numbers.AsSpan(shorter + longer + 2, longer + 1);
        var previous = ArrayPool<int>.Shared.Rent(longer + 1);
        var isDone = ArrayPool<bool>.Shared.Rent(longer + 1);
        potentials.Clear();
        longerPotentials.Clear();
        ofLonger.AsSpan(0, longer + 1).Clear();

        for (var i = 1; i <= shorter; i++)
        {
            ofLonger[0] = i;
            var j0 = 0;
            distances.Fill(double.PositiveInfinity);
            isDone.AsSpan(0, longer + 1).Clear();
            do
            {
                isDone[j0] = true;
                var line = ofLonger[j0];
                var delta = double.PositiveInfinity;
                var next = 0;
                for (var j = 1; j <= longer; j++)
                {
                    if (isDone[j]) continue;
                    var value = isWide ? matrix[(line - 1) * longer + j - 1] : matrix[(j - 1) * shorter + line - 1];
                    var reduced = sign * value - potentials[line] - longerPotentials[j];
                    if (reduced < distances[j])
                    {
                        distances[j] = reduced;
                        previous[j] = j0;
                    }

                    if (distances[j] < delta)
                    {
                        delta = distances[j];
                        next = j;
                    }
                }

                if (next == 0) throw new ArgumentException("Every number of the matrix must be finite.", nameof(matrix));
                for (var j = 0; j <= longer; j++)
                {
                    if (isDone[j])
                    {
                        potentials[ofLonger[j]] += delta;
                        longerPotentials[j] -= delta;
                    }
                    else
                    {
                        distances[j] -= delta;
                    }
                }

                j0 = next;
            }
            while (ofLonger[j0] != 0);

            do
            {
                var before = previous[j0];
                ofLonger[j0] = ofLonger[before];
                j0 = before;
            }
            while (j0 != 0);
        }

        ArrayPool<double>.Shared.Return(numbers);
        ArrayPool<int>.Shared.Return(previous);
        ArrayPool<bool>.Shared.Return(isDone);
    }

    private static void CheckShape(ReadOnlySpan<double> matrix, int rows, int columns, Span<int> columnOfRow)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (matrix.Length != rows * columns)
            throw new ArgumentException($"A matrix of {rows} rows and {columns} columns has {rows * columns} numbers, not {matrix.Length}.", nameof(matrix));
        if (columnOfRow.Length != rows)
            throw new ArgumentException($"There are {rows} rows but room for the columns of {columnOfRow.Length}.", nameof(columnOfRow));
    }
}
