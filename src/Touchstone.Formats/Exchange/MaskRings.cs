using Touchstone.Annotations.Geometry;
using Touchstone.Annotations.Masks;

namespace Touchstone.Formats.Exchange;

/// <summary>The outlines of a mask along the edges of its pixels: one closed ring around each part that hangs together by sides.</summary>
/// <remarks>
/// Edges of pixels are followed with the inside on the right hand (y points down), and corners that lie on a straight line are dropped, so that a mask made of the
/// rings again has the same pixels. Holes have rings of their own; files without holes get each hole joined to the ring around it by a cut of no width.
/// </remarks>
internal static class MaskRings
{
    public static IReadOnlyList<IReadOnlyList<Point>> Of(RunLengthMask mask)
    {
        var next = Edges(mask);
        List<List<(int X, int Y)>> rings = [];
        while (next.Count > 0) rings.Add(Follow(next));
        return Joined(rings, new MaskParts(mask));
    }

    /// <summary>Directed edges from corner to corner. At a corner where two parts touch, four edges meet; each goes on with the one to its right, which keeps the parts apart.</summary>
    private static SortedDictionary<(int Y, int X), List<(int X, int Y)>> Edges(RunLengthMask mask)
    {
        SortedDictionary<(int, int), List<(int X, int Y)>> edges = [];
        var pixels = mask.ToPixels();
        var (width, height) = (mask.Width, mask.Height);
        bool Inside(int x, int y) => x >= 0 && y >= 0 && x < width && y < height && pixels[x * height + y] != 0;
        void Add(int x, int y, int toX, int toY)
        {
            if (!edges.TryGetValue((y, x), out var from)) edges.Add((y, x), from = []);
            from.Add((toX, toY));
        }

        var bounds = mask.Bounds;
        for (var x = bounds.X; x < bounds.X + bounds.Width; x++)
        {
            for (var y = bounds.Y; y < bounds.Y + bounds.Height; y++)
            {
                if (!Inside(x, y)) continue;
                if (!Inside(x, y - 1)) Add(x, y, x + 1, y);
                if (!Inside(x + 1, y)) Add(x + 1, y, x + 1, y + 1);
                if (!Inside(x, y + 1)) Add(x + 1, y + 1, x, y + 1);
                if (!Inside(x - 1, y)) Add(x, y + 1, x, y);
            }
        }

        return edges;
    }

    private static List<(int X, int Y)> Follow(SortedDictionary<(int Y, int X), List<(int X, int Y)>> edges)
    {
        var start = edges.First().Key;
        (int X, int Y) at = (start.X, start.Y), came = (0, 0);
        List<(int X, int Y)> ring = [];
        do
        {
            var from = edges[(at.Y, at.X)];
            var choice = from.Count == 1 ? 0 : RightMost(from, at, came);
            var to = from[choice];
            from.RemoveAt(choice);
            if (from.Count == 0) edges.Remove((at.Y, at.X));
            var step = (to.X - at.X, to.Y - at.Y);
            if (step != came) ring.Add(at);
            (at, came) = (to, step);
        }
        while (at.X != start.X || at.Y != start.Y);
        if (ring.Count > 1 && came == (Math.Sign(ring[1].X - ring[0].X), Math.Sign(ring[1].Y - ring[0].Y))) ring.RemoveAt(0);
        return ring;
    }

    /// <summary>The edge that turns right (clockwise on screen) from the way it came.</summary>
    private static int RightMost(List<(int X, int Y)> from, (int X, int Y) at, (int X, int Y) came)
    {
        for (var i = 0; i < from.Count; i++)
        {
            var (dx, dy) = (from[i].X - at.X, from[i].Y - at.Y);
            if (came.X * dy - came.Y * dx > 0) return i;
        }

        return 0;
    }

    /// <summary>Outer rings run clockwise on screen (positive area with y down), holes the other way; a hole is cut into the outer ring of the part that is around it.</summary>
    private static List<IReadOnlyList<Point>> Joined(List<List<(int X, int Y)>> rings, MaskParts parts)
    {
        var holes = rings.Where(r => Area(r) < 0).ToLookup(r => parts.Of(InsideOf(r)));
        return [.. rings.Where(r => Area(r) > 0).Select(r => holes[parts.Of(InsideOf(r))].ToList() is { Count: > 0 } own ? RingCuts.Join(r, own) : r)
            .OrderBy(r => r.Min(p => p.Y)).ThenBy(r => r.Min(p => p.X)).Select(r => (IReadOnlyList<Point>)[.. r.Select(p => new Point(p.X, p.Y))])];
    }

    /// <summary>The pixel inside that lies on the right hand of a ring's first edge.</summary>
    private static (int X, int Y) InsideOf(List<(int X, int Y)> ring)
    {
        var (from, to) = (ring[0], ring[1]);
        return (from.X - (to.X < from.X || to.Y > from.Y ? 1 : 0), from.Y - (to.X < from.X || to.Y < from.Y ? 1 : 0));
    }

    private static long Area(List<(int X, int Y)> ring)
    {
        long twice = 0;
        for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++) twice += (long)ring[j].X * ring[i].Y - (long)ring[i].X * ring[j].Y;
        return twice;
    }
}
