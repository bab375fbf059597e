namespace Touchstone.Formats.Texts;

/// <summary>A text's offsets in code points and in UTF-16 units, for many spans of one text. Only characters that are two units are remembered: O(log n) an offset.</summary>
internal sealed class TextOffsets
{
    private readonly List<int> _pairs = [];
    private readonly int _units;

    public TextOffsets(string text)
    {
        _units = text.Length;
        for (var i = 0; i + 1 < text.Length; i++)
            if (char.IsHighSurrogate(text[i]) && char.IsLowSurrogate(text[i + 1])) _pairs.Add(i++);
    }

    /// <summary>Code points of the whole text.</summary>
    public long CodePoints => _units - _pairs.Count;

    /// <summary>UTF-16 units of the whole text.</summary>
    public int Units => _units;

    /// <summary>Code points before a unit; null where the text is shorter, or the unit is the second half of a character.</summary>
    public long? CodePointsAt(long units)
    {
        if (units < 0 || units > _units) return null;
        var before = Before(i => _pairs[i] < units);
        return before > 0 && _pairs[before - 1] + 1 == units ? null : units - before;
    }

    /// <summary>Units before a code point; null where the text is shorter.</summary>
    public int? UnitsAt(long codePoints) => codePoints < 0 || codePoints > CodePoints ? null : (int)codePoints + Before(i => _pairs[i] - i < codePoints);

    private int Before(Func<int, bool> isBefore)
    {
        var (low, high) = (0, _pairs.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (isBefore(middle)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
