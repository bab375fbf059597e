namespace Touchstone.Statistics;

/// <summary>Assignment over the pairs that exist, for groups too large for a matrix.</summary>
/// <remarks>
/// Rows are added one after another, each along the shortest path of reduced costs (Dijkstra's with a heap, over pairs instead of a matrix); a row may stay alone
/// at no cost. Memory in proportion to the pairs; time at most rows * pairs * log(pairs), in practice far less, since a path ends at the first free column.
/// </remarks>
internal sealed class SparsePaths
{
    private readonly int[] _start; // pairs of row r are those from _start[r] to _start[r + 1]
    private readonly int[] _columns;
    private readonly double[] _weights;
    private readonly double[] _rowPotentials;
    private readonly double[] _columnPotentials;
    private readonly int[] _rowOf;
    private readonly int[] _columnOf;
    private readonly double[] _distances;
    private readonly int[] _previous; // row from which a column is reached
    private readonly bool[] _isDone;
    private readonly List<int> _touched = [];
    private readonly List<int> _scanned = [];
    private readonly PriorityQueue<int, (double Distance, int Column)> _queue = new();

    private SparsePaths(IEnumerable<WeightedPair> pairs, int rows, int columns)
    {
        WeightedPair[] ordered = [.. pairs.OrderBy(p => p.Row).ThenBy(p => p.Column)];
        _columns = Array.ConvertAll(ordered, p => p.Column);
        _weights = Array.ConvertAll(ordered, p => p.Weight);
        _start = new int[rows + 1];
        foreach (var pair in ordered) _start[pair.Row + 1]++;
        for (var r = 0; r < rows; r++) _start[r + 1] += _start[r];
        (_rowPotentials, _columnPotentials) = (new double[rows], new double[columns]);
        (_rowOf, _columnOf) = (new int[columns], new int[rows]);
        (_distances, _previous, _isDone) = (new double[columns], new int[columns], new bool[columns]);
        Array.Fill(_rowOf, -1);
        Array.Fill(_columnOf, -1);
        Array.Fill(_distances, double.PositiveInfinity);
    }

    /// <summary>The column of each row, or -1, with the greatest total weight.</summary>
    public static int[] Maximise(IEnumerable<WeightedPair> pairs, int rows, int columns)
    {
        var paths = new SparsePaths(pairs, rows, columns);
        for (var row = 0; row < rows; row++) paths.Add(row);
        return paths._columnOf;
    }

    private void Add(int start)
    {
        var (row, reached) = (start, 0.0);
        var (alone, aloneAt) = (double.PositiveInfinity, -1);
        int end;
        double length;
        while (true)
        {
            if (reached - _rowPotentials[row] < alone) (alone, aloneAt) = (reached - _rowPotentials[row], row);
            Reach(row, reached);
            var column = Nearest();
            if (column < 0 || alone <= _distances[column])
            {
                (end, length) = (-1, alone);
                break;
            }

            if (_rowOf[column] < 0)
            {
                (end, length) = (column, _distances[column]);
                break;
            }

            _isDone[column] = true;
            _scanned.Add(column);
            (row, reached) = (_rowOf[column], _distances[column]);
        }

        _rowPotentials[start] += length;
        foreach (var column in _scanned)
        {
            _rowPotentials[_rowOf[column]] += length - _distances[column];
            _columnPotentials[column] -= length - _distances[column];
        }

        if (end < 0)
        {
            end = _columnOf[aloneAt]; // -1 when it is the new row that stays alone
            _columnOf[aloneAt] = -1;
        }

        Take(start, end);
        Forget();
    }

    private void Reach(int row, double reached)
    {
        for (var p = _start[row]; p < _start[row + 1]; p++)
        {
            var column = _columns[p];
            if (_isDone[column]) continue;
            var distance = reached - _weights[p] - _rowPotentials[row] - _columnPotentials[column];
            if (distance >= _distances[column]) continue;
            if (double.IsPositiveInfinity(_distances[column])) _touched.Add(column);
            (_distances[column], _previous[column]) = (distance, row);
            _queue.Enqueue(column, (distance, column));
        }
    }

    private int Nearest()
    {
        while (_queue.TryPeek(out var column, out var at))
        {
            if (!_isDone[column] && at.Distance <= _distances[column])
            {
                _queue.Dequeue();
                return column;
            }

            _queue.Dequeue(); // a longer way to a column that was reached by a shorter one since
        }

        return -1;
    }

    /// <summary>Gives the last column of the path to the row before it, that row's to the one before, and so on to the new row.</summary>
    private void Take(int start, int end)
    {
        for (var column = end; column >= 0;)
        {
            var row = _previous[column];
            var next = _columnOf[row];
            (_rowOf[column], _columnOf[row]) = (row, column);
            if (row == start) return;
            column = next;
        }
    }

    private void Forget()
    {
        foreach (var column in _touched) (_distances[column], _isDone[column]) = (double.PositiveInfinity, false);
        _touched.Clear();
        _scanned.Clear();
        _queue.Clear();
    }
}
