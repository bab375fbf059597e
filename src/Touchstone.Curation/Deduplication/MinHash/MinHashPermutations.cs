using Touchstone.Text.Hashing;

namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>The multipliers and addends that make many hashes of one, drawn as the published tools draw them.</summary>
internal sealed class MinHashPermutations
{
    /// <summary>The Mersenne prime 2^61 - 1.</summary>
    public const ulong Prime = (1UL << 61) - 1;

    private const uint Prime32 = int.MaxValue;

    /// <summary>Draws the permutations of some parameters.</summary>
    public MinHashPermutations(MinHashParameters parameters)
    {
        var random = new NumpyRandomState(parameters.Seed);
        var count = parameters.DrawnPermutations;
        (Multipliers, Addends) = (new ulong[count], new ulong[count]);
        if (parameters.Hash == ShingleHash.Murmur3)
        {
            // NeMo Curator draws pairs; its prime is 2^31 - 1.
            for (var i = 0; i < count; i++) (Multipliers[i], Addends[i]) = (random.NextUInt32(1, Prime32), random.NextUInt32(0, Prime32));
        }
        else
        {
            for (var i = 0; i < count; i++) Multipliers[i] = random.NextUInt64(1, Prime);
            for (var i = 0; i < count; i++) Addends[i] = random.NextUInt64(0, Prime);
        }

        ShingleSeed = (uint)Multipliers[0];
        Multipliers = Multipliers[..parameters.Values];
        Addends = Addends[..parameters.Values];
        NarrowMultipliers = Array.ConvertAll(Multipliers, m => (uint)m);
        NarrowAddends = Array.ConvertAll(Addends, a => (uint)a);
    }

    /// <summary>One for each value of the signature, each from 1 on.</summary>
    public ulong[] Multipliers { get; }

    /// <summary>One for each value of the signature.</summary>
    public ulong[] Addends { get; }

    /// <summary>Their low 32 bits: all of them where they are drawn with 32.</summary>
    public uint[] NarrowMultipliers { get; }

    /// <summary>Their low 32 bits.</summary>
    public uint[] NarrowAddends { get; }

    /// <summary>Seed of the shingle hash where it has one.</summary>
    public uint ShingleSeed { get; }
}
