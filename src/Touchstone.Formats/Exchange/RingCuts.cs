namespace Touchstone.Formats.Exchange;

/// <summary>Makes one ring of an outer ring and the holes in it, by cuts of no width along rows.</summary>
/// <remarks>
/// From its rightmost corner each hole goes right to the nearest ring that is joined already: the outer one, or a hole that reaches farther to the right. Upright edges are looked up by row, so that time grows with the length of the rings
/// and not with their number times their length.
/// </remarks>
internal sealed class RingCuts
{
    private readonly List<List<(int X, int Y)>> _rings;                     // the outer one, then holes as they reach less far to the right
    private readonly int[] _first;                                          // the rightmost corner of each
    private readonly Dictionary<int, List<(int X, int Ring, int Edge)>> _edgesOfRow;
    private readonly Dictionary<(int Ring, int Edge), List<(int X, int Y, int Hole)>> _cuts = [];

    private RingCuts(List<(int X, int Y)> outer, List<List<(int X, int Y)>> holes)
    {
        _rings = [outer, .. holes.OrderByDescending(h => h.Max(p => p.X))];
        _first = [.. _rings.Select(RightMost)];
        _edgesOfRow = EdgesOfRows([.. Enumerable.Range(1, holes.Count).Select(h => _rings[h][_first[h]].Y)]);
        for (var hole = 1; hole < _rings.Count; hole++) Cut(hole);
    }

    /// <summary>The outer ring with its holes cut into it.</summary>
    public static List<(int X, int Y)> Join(List<(int X, int Y)> outer, List<List<(int X, int Y)>> holes) => new RingCuts(outer, holes).Walk();

    private static int RightMost(List<(int X, int Y)> ring)
    {
        var first = 0;
        for (var i = 1; i < ring.Count; i++)
            if (ring[i].X > ring[first].X) first = i;
        return first;
    }

    /// <summary>The upright edges that touch each of the rows from which cuts go, from left to right.</summary>
    private Dictionary<int, List<(int X, int Ring, int Edge)>> EdgesOfRows(SortedSet<int> rows)
    {
        var edges = rows.ToDictionary(r => r, _ => new List<(int, int, int)>());
        int[] sorted = [.. rows];
        for (var ring = 0; ring < _rings.Count; ring++)
        {
            for (var i = 0; i < _rings[ring].Count; i++)
            {
                var (a, b) = (_rings[ring][i], _rings[ring][(i + 1) % _rings[ring].Count]);
                if (a.X != b.X) continue;
                var at = Array.BinarySearch(sorted, Math.Min(a.Y, b.Y));
                for (at = at < 0 ? ~at : at; at < sorted.Length && sorted[at] <= Math.Max(a.Y, b.Y); at++) edges[sorted[at]].Add((a.X, ring, i));
            }
        }

        foreach (var row in edges.Values) row.Sort();
        return edges;
    }

    private void Cut(int hole)
    {
        var (x, y) = _rings[hole][_first[hole]];
        var row = _edgesOfRow[y];
        var at = row.BinarySearch((x, -1, -1));
        for (at = ~at; at < row.Count; at++)
        {
            var (edgeX, ring, edge) = row[at];
            if (ring >= hole) continue;
            if (!_cuts.TryGetValue((ring, edge), out var cuts)) _cuts.Add((ring, edge), cuts = []);
            cuts.Add((edgeX, y, hole));
            return;
        }
    }

    /// <summary>A ring that is walked: from which corner, how far, where it was left for it.</summary>
    private sealed class Round(int ring, int start, (int X, int Y)? leftAt)
    {
        public int Ring { get; } = ring;

        public int Start { get; } = start;

        public (int X, int Y)? LeftAt { get; } = leftAt;

        public int Step { get; set; }

        public Queue<(int X, int Y, int Hole)> Cuts { get; set; } = [];
    }

    /// <summary>Goes around the outer ring and, where a cut begins, to the hole, around it and back. Holes hang on holes in chains of any length, which is why this does not call itself.</summary>
    private List<(int X, int Y)> Walk()
    {
        List<(int X, int Y)> all = [];
        Stack<Round> rounds = new([new Round(0, 0, leftAt: null)]);
        while (rounds.TryPeek(out var round))
        {
            var ring = _rings[round.Ring];
            if (round.Cuts.TryDequeue(out var cut))
            {
                all.Add((cut.X, cut.Y));
                rounds.Push(new Round(cut.Hole, _first[cut.Hole], (cut.X, cut.Y)));
            }
            else if (round.Step < ring.Count)
            {
                var at = (round.Start + round.Step++) % ring.Count;
                all.Add(ring[at]);
                if (_cuts.TryGetValue((round.Ring, at), out var cuts)) round.Cuts = new(ring[(at + 1) % ring.Count].Y > ring[at].Y ? cuts.OrderBy(c => c.Y) : cuts.OrderByDescending(c => c.Y));
            }
            else
            {
                rounds.Pop();
                if (round.LeftAt is not { } left) continue;
                all.Add(ring[round.Start]);
                all.Add(left);
            }
        }

        return all;
    }
}
