using System.Runtime.Intrinsics;

namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>The smallest value of each permutation over all shingles: the time of MinHash goes here.</summary>
/// <remarks>
/// Of shingle hash h, value i is ((h a_i + b_i) mod 2^64) mod p with p = 2^61 - 1, as NumPy's wrapping integers give it: y = (x and p) + (x shr 61) is below p + 8, and the smaller of y and
/// y - p as unsigned numbers is y mod p.
/// </remarks>
internal static class MinHashKernel
{
    private const ulong Prime = MinHashPermutations.Prime;

    /// <summary>Computes the values that a signature keeps, with 64 bits or their low 32 taken before the smallest is.</summary>
    /// <param name="hashes">Of the shingles; at least one.</param>
    /// <param name="multipliers">One for each value.</param>
    /// <param name="addends">One for each value.</param>
    /// <param name="mask">Bits of a value that count.</param>
    /// <param name="values">Takes the smallest ones, as many as there are multipliers.</param>
    public static void Minima(ReadOnlySpan<ulong> hashes, ReadOnlySpan<ulong> multipliers, ReadOnlySpan<ulong> addends, ulong mask, Span<ulong> values)
    {
        const int step = 16;
        if (!Vector256.IsHardwareAccelerated || multipliers.Length < step)
        {
            MinimaPlain(hashes, multipliers, addends, mask, values);
            return;
        }

        // The last step goes over values of the one before again rather than leave a rest.
        for (var i = 0; i < multipliers.Length; i += step)
        {
            var from = Math.Min(i, multipliers.Length - step);
            var a = multipliers.Slice(from, step);
            var b = addends.Slice(from, step);
            var least = values.Slice(from, step);
            if (Vector512.IsHardwareAccelerated) Minima512(hashes, a, b, mask, least);
            else for (var half = 0; half < step; half += step / 2) Minima256(hashes, a[half..], b[half..], mask, least[half..]);
        }
    }

    /// <summary>The same by a plain loop.</summary>
    public static void MinimaPlain(ReadOnlySpan<ulong> hashes, ReadOnlySpan<ulong> multipliers, ReadOnlySpan<ulong> addends, ulong mask, Span<ulong> values)
    {
        for (var i = 0; i < multipliers.Length; i++)
        {
            var least = ulong.MaxValue;
            foreach (var hash in hashes) least = Math.Min(least, unchecked(hash * multipliers[i] + addends[i]) % Prime & mask);
            values[i] = least;
        }
    }

    /// <summary>The smallest of (h a + b) mod 2^32: the permutations of NeMo Curator (cuDF's nvtext minhash), with 32-bit hashes and parameters.</summary>
    public static void MinimaOf32Bits(ReadOnlySpan<ulong> hashes, ReadOnlySpan<uint> multipliers, ReadOnlySpan<uint> addends, Span<ulong> values)
    {
        const int step = 32;
        if (!Vector512.IsHardwareAccelerated || multipliers.Length < step)
        {
            MinimaOf32BitsPlain(hashes, multipliers, addends, values);
            return;
        }

        Span<uint> least = stackalloc uint[step];
        for (var i = 0; i < multipliers.Length; i += step)
        {
            var from = Math.Min(i, multipliers.Length - step);
            MinimaOf32Bits512(hashes, multipliers.Slice(from, step), addends.Slice(from, step), least);
            for (var j = 0; j < step; j++) values[from + j] = least[j];
        }
    }

    /// <summary>The same by a plain loop.</summary>
    public static void MinimaOf32BitsPlain(ReadOnlySpan<ulong> hashes, ReadOnlySpan<uint> multipliers, ReadOnlySpan<uint> addends, Span<ulong> values)
    {
        for (var i = 0; i < multipliers.Length; i++)
        {
            var least = uint.MaxValue;
            foreach (var hash in hashes) least = Math.Min(least, unchecked((uint)hash * multipliers[i] + addends[i]));
            values[i] = least;
        }
    }

    /// <summary>Two vectors of eight values stay in registers while the shingles pass by.</summary>
    private static void Minima512(ReadOnlySpan<ulong> hashes, ReadOnlySpan<ulong> multipliers, ReadOnlySpan<ulong> addends, ulong mask, Span<ulong> values)
    {
        var (prime, bits) = (Vector512.Create(Prime), Vector512.Create(mask));
        var (a0, a1) = (Vector512.Create(multipliers), Vector512.Create(multipliers[8..]));
        var (b0, b1) = (Vector512.Create(addends), Vector512.Create(addends[8..]));
        var (least0, least1) = (Vector512<ulong>.AllBitsSet, Vector512<ulong>.AllBitsSet);
        foreach (var hash in hashes)
        {
            var h = Vector512.Create(hash);
            var (x0, x1) = (h * a0 + b0, h * a1 + b1);
            var (y0, y1) = ((x0 & prime) + (x0 >>> 61), (x1 & prime) + (x1 >>> 61));
            least0 = Vector512.Min(least0, Vector512.Min(y0, y0 - prime) & bits);
            least1 = Vector512.Min(least1, Vector512.Min(y1, y1 - prime) & bits);
        }

        least0.CopyTo(values);
        least1.CopyTo(values[8..]);
    }

    /// <summary>Two vectors of four values.</summary>
    private static void Minima256(ReadOnlySpan<ulong> hashes, ReadOnlySpan<ulong> multipliers, ReadOnlySpan<ulong> addends, ulong mask, Span<ulong> values)
    {
        var (prime, bits) = (Vector256.Create(Prime), Vector256.Create(mask));
        var (a0, a1) = (Vector256.Create(multipliers), Vector256.Create(multipliers[4..]));
        var (b0, b1) = (Vector256.Create(addends), Vector256.Create(addends[4..]));
        var (least0, least1) = (Vector256<ulong>.AllBitsSet, Vector256<ulong>.AllBitsSet);
        foreach (var hash in hashes)
        {
            var h = Vector256.Create(hash);
            var (x0, x1) = (h * a0 + b0, h * a1 + b1);
            var (y0, y1) = ((x0 & prime) + (x0 >>> 61), (x1 & prime) + (x1 >>> 61));
            least0 = Vector256.Min(least0, Vector256.Min(y0, y0 - prime) & bits);
            least1 = Vector256.Min(least1, Vector256.Min(y1, y1 - prime) & bits);
        }

        least0.CopyTo(values);
        least1.CopyTo(values[4..]);
    }

    /// <summary>Two vectors of sixteen values.</summary>
    private static void MinimaOf32Bits512(ReadOnlySpan<ulong> hashes, ReadOnlySpan<uint> multipliers, ReadOnlySpan<uint> addends, Span<uint> values)
    {
        var (a0, a1) = (Vector512.Create(multipliers), Vector512.Create(multipliers[16..]));
        var (b0, b1) = (Vector512.Create(addends), Vector512.Create(addends[16..]));
        var (least0, least1) = (Vector512<uint>.AllBitsSet, Vector512<uint>.AllBitsSet);
        foreach (var hash in hashes)
        {
            var h = Vector512.Create((uint)hash);
            least0 = Vector512.Min(least0, h * a0 + b0);
            least1 = Vector512.Min(least1, h * a1 + b1);
        }

        least0.CopyTo(values);
        least1.CopyTo(values[16..]);
    }
}
