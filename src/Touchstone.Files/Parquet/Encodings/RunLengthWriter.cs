using System.Numerics;

namespace Touchstone.Files.Parquet.Encodings;

/// <summary>Writes the hybrid of runs of one value and bit-packed groups of eight.</summary>
/// <remarks>Apache Parquet, Encodings.md, "Run Length Encoding / Bit-Packing Hybrid".</remarks>
internal static class RunLengthWriter
{
    /// <summary>Shorter runs cost no less than the packed group that they are in.</summary>
    private const int RunMin = 8;

    /// <summary>Writes values of <paramref name="width"/> bits, 1 to 32.</summary>
    public static void Write<T>(ReadOnlySpan<T> values, int width, ByteSink sink)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (var i = 0; i < values.Length;)
        {
            var run = RunLength(values, i, values.Length);
            if (run >= RunMin)
            {
                sink.Varint((ulong)run << 1);
                var value = uint.CreateTruncating(values[i]);
                for (var b = 0; b < (width + 7) / 8; b++) sink.Byte((byte)(value >> (8 * b)));
                i += run;
                continue;
            }

            var start = i;
            do i += 8;
            while (i < values.Length && RunLength(values, i, Math.Min(values.Length, i + RunMin)) < RunMin);
            Pack(values[start..Math.Min(i, values.Length)], width, (i - start) / 8, sink);
        }
    }

    private static int RunLength<T>(ReadOnlySpan<T> values, int from, int end)
        where T : unmanaged, IBinaryInteger<T>
    {
        var other = values[from..end].IndexOfAnyExcept(values[from]);
        return other < 0 ? end - from : other;
    }

    private static void Pack<T>(ReadOnlySpan<T> values, int width, int groups, ByteSink sink)
        where T : unmanaged, IBinaryInteger<T>
    {
        sink.Varint((ulong)groups << 1 | 1);
        var bytes = sink.Space(groups * width);
        ulong pending = 0;
        var (bits, at) = (0, 0);
        for (var i = 0; i < groups * 8; i++)
        {
            pending |= (i < values.Length ? ulong.CreateTruncating(values[i]) : 0) << bits;
            for (bits += width; bits >= 8; bits -= 8, pending >>= 8) bytes[at++] = (byte)pending;
        }
    }
}
