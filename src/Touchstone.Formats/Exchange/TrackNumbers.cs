using System.Globalization;

namespace Touchstone.Formats.Exchange;

/// <summary>Numbers for tracks in formats that have numbers: a track that is a number keeps it, others get free ones. Without a track: -1.</summary>
internal sealed class TrackNumbers(int first)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly HashSet<int> _taken = [];
    private readonly int _first = first;
    private int _next = first;

    public int Of(string? track)
    {
        if (track is null) return -1;
        if (_numbers.TryGetValue(track, out var number)) return number;
        if (int.TryParse(track, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= _first && _taken.Add(number)) return _numbers[track] = number;
        while (!_taken.Add(_next)) _next++;
        return _numbers[track] = _next;
    }
}
