using System.Runtime.Intrinsics;

namespace Touchstone.Quality.LabelErrors;

/// <summary>Vectors with exact neighbour search. Sums run in eight lanes, which every machine adds in the same order.</summary>
internal sealed class FeatureVectors
{
    private const int PivotCount = 3;
    private readonly float[] _values;
    private readonly int _dimension;
    private readonly bool _isCosine;
    private readonly int _count;

    public FeatureVectors(float[] values, int dimension, bool isCosine)
    {
        (_values, _dimension, _isCosine, _count) = (values, dimension, isCosine, values.Length / dimension);
        for (var i = 0; i < values.Length; i++)
            if (!float.IsFinite(values[i])) throw new ArgumentException($"Row {i / dimension}, column {i % dimension}: {values[i]:R} is no finite number.", nameof(values));
        if (isCosine)
            for (var i = 0; i < _count; i++) Normalize(i);
    }

    /// <summary>Distance to the nearest other item, for up to so many items evenly spaced.</summary>
    public double[] NearestDistances(int most)
    {
        var sample = Math.Min(most, _count);
        var nearest = new double[sample];
        for (var n = 0; n < sample; n++)
        {
            var item = (int)((long)n * _count / sample);
            var least = double.PositiveInfinity;
            for (var j = 0; j < _count; j++)
                if (j != item) least = Math.Min(least, Square(item, j));
            nearest[n] = ToDistance(least);
        }

        return nearest;
    }

    /// <summary>All pairs up to the distance. Distances to pivots bound the distance of two items from below (triangle inequality).</summary>
    public List<NearDuplicatePair> PairsWithin(double threshold)
    {
        List<NearDuplicatePair> pairs = [];
        if (_count < 2) return pairs;
        var pivots = Pivots();
        var order = Enumerable.Range(0, _count).ToArray();
        Array.Sort((double[])pivots[0].Clone(), order);
        var reach = Math.Sqrt(_isCosine ? 2 * threshold : threshold * threshold);
        var slack = reach + 1e-4 * (1 + pivots[0].Max()); // single precision in the pivots' distances
        for (var a = 0; a < _count; a++)
            for (var b = a + 1; b < _count && pivots[0][order[b]] - pivots[0][order[a]] <= slack; b++)
            {
                var (first, second) = (Math.Min(order[a], order[b]), Math.Max(order[a], order[b]));
                if (Math.Abs(pivots[1][first] - pivots[1][second]) > slack || Math.Abs(pivots[2][first] - pivots[2][second]) > slack) continue;
                var distance = ToDistance(Square(first, second));
                if (distance <= threshold) pairs.Add(new NearDuplicatePair(first, second, distance));
            }

        return pairs;
    }

    /// <summary>Distances of all items to three of them, each chosen far from those before.</summary>
    private double[][] Pivots()
    {
        var distances = new double[PivotCount][];
        var nearest = new double[_count];
        Array.Fill(nearest, double.PositiveInfinity);
        var pivot = 0;
        for (var p = 0; p < PivotCount; p++)
        {
            distances[p] = new double[_count];
            for (var i = 0; i < _count; i++)
            {
                distances[p][i] = Math.Sqrt(Square(pivot, i));
                nearest[i] = Math.Min(nearest[i], distances[p][i]);
            }

            pivot = Array.IndexOf(nearest, nearest.Max());
        }

        return distances;
    }

    private double ToDistance(double square) => _isCosine ? square / 2 : Math.Sqrt(square);

    private double Square(int first, int second)
    {
        var a = _values.AsSpan(first * _dimension, _dimension);
        var b = _values.AsSpan(second * _dimension, _dimension);
        var lanes = Vector256<float>.Zero;
        var d = 0;
        for (; d + Vector256<float>.Count <= a.Length; d += Vector256<float>.Count)
        {
            var difference = Vector256.Create<float>(a.Slice(d)) - Vector256.Create<float>(b.Slice(d));
            lanes += difference * difference;
        }

        double sum = 0;
        for (var lane = 0; lane < Vector256<float>.Count; lane++) sum += lanes[lane];
        for (; d < a.Length; d++) sum += (double)(a[d] - b[d]) * (a[d] - b[d]);
        return sum;
    }

    private void Normalize(int item)
    {
        var row = _values.AsSpan(item * _dimension, _dimension);
        double sum = 0;
        foreach (var value in row) sum += (double)value * value;
        if (sum == 0) throw new ArgumentException($"Row {item}: the zero vector has no direction, so no cosine; take the Euclidean distance.", nameof(item));
        var scale = 1 / Math.Sqrt(sum);
        for (var d = 0; d < row.Length; d++) row[d] = (float)(row[d] * scale);
    }
}
