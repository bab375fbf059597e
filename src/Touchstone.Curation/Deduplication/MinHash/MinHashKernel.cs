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
        var done = 0;
        if (Vector512.IsHardwareAccelerated) done = Minima512(hashes, multipliers, addends, mask, values);
        else if (Vector256.IsHardwareAccelerated) done = Minima256(hashes, multipliers, addends, mask, values);
        MinimaPlain(hashes, multipliers[done..], addends[done..], mask, values[done..]);
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
    public static void MinimaOf32Bits(ReadOnlySpan<ulong> hashes, ReadOnlySpan<ulong> multipliers, ReadOnlySpan<ulong> addends, Span<ulong> values)
    {
        for (var i = 0; i < multipliers.Length; i++)
        {
            var (multiplier, addend, least) = ((uint)multipliers[i], (uint)addends[i], uint.MaxValue);
            foreach (var hash in hashes) least = Math.Min(least, unchecked((uint)hash * multiplier + addend));
            values[i] = least;
        }
    }

    /// <summary>Two vectors of eight values stay in registers while the shingles pass by.</summary>
    private static int Minima512(ReadOnlySpan<ulong> hashes, ReadOnlySpan<ulong> multipliers, ReadOnlySpan<ulong> addends, ulong mask, Span<ulong> values)
    {
        var (prime, bits) = (Vector512.Create(Prime), Vector512.Create(mask));
        var i = 0;
        for (; i + 16 <= multipliers.Length; i += 16)
        {
            var (a0, a1) = (Vector512.Create(multipliers[i..]), Vector512.Create(multipliers[(i + 8)..]));
            var (b0, b1) = (Vector512.Create(addends[i..]), Vector512.Create(addends[(i + 8)..]));
            var (least0, least1) = (Vector512<ulong>.AllBitsSet, Vector512<ulong>.AllBitsSet);
            foreach (var hash in hashes)
            {
                var h = Vector512.Create(hash);
                var (x0, x1) = (h * a0 + b0, h * a1 + b1);
                var (y0, y1) = ((x0 & prime) + (x0 >>> 61), (x1 & prime) + (x1 >>> 61));
                least0 = Vector512.Min(least0, Vector512.Min(y0, y0 - prime) & bits);
                least1 = Vector512.Min(least1, Vector512.Min(y1, y1 - prime) & bits);
            }

            least0.CopyTo(values[i..]);
            least1.CopyTo(values[(i + 8)..]);
        }

        return i;
    }

    private static int Minima256(ReadOnlySpan<ulong> hashes, ReadOnlySpan<ulong> multipliers, ReadOnlySpan<ulong> addends, ulong mask, Span<ulong> values)
    {
        var (prime, bits) = (Vector256.Create(Prime), Vector256.Create(mask));
        var i = 0;
        for (; i + 8 <= multipliers.Length; i += 8)
        {
            var (a0, a1) = (Vector256.Create(multipliers[i..]), Vector256.Create(multipliers[(i + 4)..]));
            var (b0, b1) = (Vector256.Create(addends[i..]), Vector256.Create(addends[(i + 4)..]));
            var (least0, least1) = (Vector256<ulong>.AllBitsSet, Vector256<ulong>.AllBitsSet);
            foreach (var hash in hashes)
            {
                var h = Vector256.Create(hash);
                var (x0, x1) = (h * a0 + b0, h * a1 + b1);
                var (y0, y1) = ((x0 & prime) + (x0 >>> 61), (x1 & prime) + (x1 >>> 61));
                least0 = Vector256.Min(least0, Vector256.Min(y0, y0 - prime) & bits);
                least1 = Vector256.Min(least1, Vector256.Min(y1, y1 - prime) & bits);
            }

            least0.CopyTo(values[i..]);
            least1.CopyTo(values[(i + 4)..]);
        }

        return i;
    }
}
