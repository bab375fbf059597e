namespace Touchstone.Quality.Texts;

/// <summary>A plain encoder of texts that needs no model: how often each run of three characters occurs, hashed into a fixed number of places.</summary>
public static class HashedTrigrams
{
    /// <summary>Encodes a text: lower case, ^ before and $ after it, each run of three characters by the 32-bit FNV-1a of its UTF-8 bytes; length 1, or 0 for a text of no run.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="length">Number of places; above 0.</param>
    public static double[] Encode(string text, int length = 256)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        var runes = $"^{text.ToLowerInvariant()}$".EnumerateRunes().ToArray();
        var counts = new double[length];
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i + 3 <= runes.Length; i++)
        {
            var hash = 2166136261u;
            for (var j = 0; j < 3; j++)
            {
                var written = runes[i + j].EncodeToUtf8(bytes);
                foreach (var value in bytes[..written]) hash = (hash ^ value) * 16777619u;
            }

            counts[hash % (uint)length]++;
        }

        double squares = 0;
        foreach (var count in counts) squares += count * count;
        if (squares > 0)
            foreach (ref var count in counts.AsSpan()) count /= Math.Sqrt(squares);
        return counts;
    }
}
