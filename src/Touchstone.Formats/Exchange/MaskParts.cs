using Touchstone.Annotations.Masks;

namespace Touchstone.Formats.Exchange;

/// <summary>The parts of a mask that hang together by sides of pixels. Time and memory grow with its runs.</summary>
internal sealed class MaskParts
{
    private readonly List<(int X, int Top, int Bottom)> _runs = [];
    private readonly List<int> _above = [];                 // union-find: the run that stands for this one, or itself

    public MaskParts(RunLengthMask mask)
    {
        AddRuns(mask);
        for (int left = 0, i = 0; i < _runs.Count; i++)
        {
            while (left < i && (_runs[left].X < _runs[i].X - 1 || _runs[left].X == _runs[i].X - 1 && _runs[left].Bottom <= _runs[i].Top)) left++;
            for (var j = left; j < i && _runs[j].X == _runs[i].X - 1 && _runs[j].Top < _runs[i].Bottom; j++) _above[Root(j)] = Root(i);
        }
    }

    /// <summary>The number of the part that a pixel inside belongs to.</summary>
    public int Of((int X, int Y) pixel)
    {
        int low = 0, high = _runs.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if ((_runs[middle].X, _runs[middle].Top).CompareTo(pixel) <= 0) low = middle;
            else high = middle - 1;
        }

        return Root(low);
    }

    /// <summary>Runs inside, each within one column; <c>Bottom</c> is the first row after it.</summary>
    private void AddRuns(RunLengthMask mask)
    {
        long at = 0;
        for (var i = 0; i < mask.Counts.Length; at += mask.Counts[i], i++)
        {
            if (i % 2 == 0) continue;
            for (long from = at, end = at + mask.Counts[i]; from < end;)
            {
                var (x, top) = ((int)(from / mask.Height), (int)(from % mask.Height));
                var bottom = (int)Math.Min(mask.Height, top + (end - from));
                _above.Add(_runs.Count);
                _runs.Add((x, top, bottom));
                from += bottom - top;
            }
        }
    }

    private int Root(int run)
    {
        while (_above[run] != run) run = _above[run] = _above[_above[run]];
        return run;
    }
}
