using System.Numerics;
using Touchstone.Annotations.Geometry;

namespace Touchstone.Demo.Scenes;

/// <summary>Which of 20 x 20 places, spread evenly over a box, are covered: one bit for each, row by row.</summary>
internal sealed class CoverGrid
{
    private const int Steps = 20;

    private readonly int[] _rows = new int[Steps];
    private readonly double[] _x = new double[Steps], _y = new double[Steps];

    public CoverGrid(Box box)
    {
        for (var i = 0; i < Steps; i++)
        {
            _x[i] = box.X + (i + 0.5) / Steps * box.Width;
            _y[i] = box.Y + (i + 0.5) / Steps * box.Height;
        }
    }

    private CoverGrid(CoverGrid other)
    {
        (_x, _y) = (other._x, other._y);
        other._rows.CopyTo(_rows, 0);
    }

    /// <summary>Marks the places that the body of a sketch covers.</summary>
    public void Add(Sketch sketch)
    {
        foreach (var stroke in sketch.Strokes)
            if (stroke.IsBody)
                Add(stroke.Points);
    }

    /// <summary>The same with another sketch added; this one stays as it is.</summary>
    public CoverGrid With(Sketch sketch)
    {
        var both = new CoverGrid(this);
        both.Add(sketch);
        return both;
    }

    /// <summary>The share of these places that are covered in another grid over the same box; 0 when there are none.</summary>
    public double ShareCoveredBy(CoverGrid other)
    {
        int own = 0, covered = 0;
        for (var i = 0; i < Steps; i++)
        {
            own += BitOperations.PopCount((uint)_rows[i]);
            covered += BitOperations.PopCount((uint)(_rows[i] & other._rows[i]));
        }

        return own == 0 ? 0 : (double)covered / own;
    }

    /// <summary>Even-odd: an edge turns over all places to the left of where it crosses their row.</summary>
    private void Add(Point[] ring)
    {
        Span<int> inside = stackalloc int[Steps];
        var (toX, toY) = ring[^1];
        foreach (var (x, y) in ring)
        {
            var (low, high) = y < toY ? (y, toY) : (toY, y);
            for (var row = RowFrom(low); row < Steps && _y[row] < high; row++)
                inside[row] ^= LeftOf((toX - x) * (_y[row] - y) / (toY - y) + x);
            (toX, toY) = (x, y);
        }

        for (var row = 0; row < Steps; row++) _rows[row] |= inside[row];
    }

    /// <summary>The first row that is not above a place.</summary>
    private int RowFrom(double y)
    {
        if (y > _y[Steps - 1]) return Steps;
        var row = 0;
        while (_y[row] < y) row++;
        return row;
    }

    private int LeftOf(double crossing)
    {
        var count = 0;
        while (count < Steps && _x[count] < crossing) count++;
        return (1 << count) - 1;
    }
}
