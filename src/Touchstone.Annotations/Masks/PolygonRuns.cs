namespace Touchstone.Annotations.Masks;

/// <summary>Polygons to runs exactly as rleFrPoly of the COCO API's maskApi.c: the outline on a grid five times finer, its crossings between columns of pixels, their places sorted.</summary>
internal static class PolygonRuns
{
    private const double Scale = 5;

    public static uint[] Of(int height, int width, ReadOnlySpan<double> ring)
    {
        var points = ring.Length / 2;
        if (ring.Length % 2 != 0) throw new ArgumentException($"A ring has pairs of numbers; this one has {ring.Length} numbers.", nameof(ring));
        foreach (var value in ring)
            if (!(Math.Abs(value) < 1e8)) throw new ArgumentException($"A ring has the coordinate {value}.", nameof(ring));
        if (points == 0) return [(uint)(height * width)];
        var (u, v) = Outline(ring, points);
        return Runs(Crossings(u, v, height, width));
    }

    /// <summary>Points along the boundary, each one step of the fine grid from the last.</summary>
    private static (List<int> U, List<int> V) Outline(ReadOnlySpan<double> ring, int points)
    {
        List<int> u = [], v = [];
        for (var j = 0; j < points; j++)
        {
            var next = (j + 1) % points;
            int xs = Fine(ring[2 * j]), ys = Fine(ring[2 * j + 1]), xe = Fine(ring[2 * next]), ye = Fine(ring[2 * next + 1]);
            int dx = Math.Abs(xe - xs), dy = Math.Abs(ys - ye);
            var flip = dx >= dy && xs > xe || dx < dy && ys > ye;
            if (flip) (xs, xe, ys, ye) = (xe, xs, ye, ys);
            var slope = dx >= dy ? dx == 0 ? 0 : (double)(ye - ys) / dx : (double)(xe - xs) / dy;
            for (var d = 0; d <= Math.Max(dx, dy); d++)
            {
                var t = flip ? Math.Max(dx, dy) - d : d;
                u.Add(dx >= dy ? t + xs : (int)(xs + slope * t + .5));
                v.Add(dx >= dy ? (int)(ys + slope * t + .5) : t + ys);
            }
        }

        return (u, v);
    }

    private static int Fine(double coordinate) => (int)(Scale * coordinate + .5);

    /// <summary>Places, counted column by column, where the outline passes from one column of pixels to the next; ascending, the picture's end last.</summary>
    private static List<uint> Crossings(List<int> u, List<int> v, int height, int width)
    {
        List<uint> places = [];
        for (var j = 1; j < u.Count; j++)
        {
            if (u[j] == u[j - 1]) continue;
            double x = u[j] < u[j - 1] ? u[j] : u[j] - 1;
            x = (x + .5) / Scale - .5;
            if (Math.Floor(x) != x || x < 0 || x > width - 1) continue;
            double y = v[j] < v[j - 1] ? v[j] : v[j - 1];
            y = (y + .5) / Scale - .5;
            y = Math.Ceiling(Math.Clamp(y, 0, height));
            places.Add((uint)((int)x * height + (int)y));
        }

        places.Add((uint)(height * width));
        places.Sort();
        return places;
    }

    /// <summary>Differences of the places, runs of no length joined with their neighbours.</summary>
    private static uint[] Runs(List<uint> places)
    {
        var runs = new uint[places.Count];
        uint last = 0;
        for (var j = 0; j < runs.Length; j++) (runs[j], last) = (places[j] - last, places[j]);
        List<uint> kept = [runs[0]];
        for (var j = 1; j < runs.Length;)
        {
            if (runs[j] > 0)
            {
                kept.Add(runs[j++]);
                continue;
            }

            if (++j < runs.Length) kept[^1] += runs[j++];
        }

        return [.. kept];
    }
}
