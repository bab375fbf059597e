namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>Makes MinHash signatures of texts. Holds buffers: one for each thread.</summary>
/// <remarks>
/// A. Z. Broder, On the resemblance and containment of documents, 1997: the share of equal values in two signatures estimates the Jaccard similarity of the shingles. Values equal
/// those of the tool that the parameters are named after.
/// </remarks>
public sealed class MinHashSigner
{
    private readonly MinHashParameters _parameters;
    private readonly MinHashPermutations _permutations;
    private readonly Shingler _shingler;
    private readonly ulong[] _signature;

    /// <exception cref="ArgumentException">A parameter is out of its range.</exception>
    public MinHashSigner(MinHashParameters parameters)
    {
        parameters.Check();
        _parameters = parameters;
        _permutations = new MinHashPermutations(parameters);
        _shingler = new Shingler(parameters, _permutations.ShingleSeed);
        _signature = new ulong[parameters.Values];
    }

    /// <summary>Number of shingles of the text that was signed last, repeated ones counted again.</summary>
    public int ShingleCount { get; private set; }

    /// <summary>Signs a text.</summary>
    /// <param name="text">The text as it is; it is simplified here where the parameters say so.</param>
    /// <returns>
    /// Values bucket by bucket, <see cref="MinHashParameters.Values"/> of them, valid until the next call; those of 32 bits stand in the low half. Empty where the text is too short to have a shingle.
    /// </returns>
    public ReadOnlySpan<ulong> Sign(ReadOnlySpan<char> text)
    {
        var hashes = ShingleHashes(text);
        if (hashes.IsEmpty) return [];
        Sign(hashes, _signature);
        return _signature;
    }

    /// <summary>The hashes of a text's shingles, in its order, valid until the next call; empty where the text is too short.</summary>
    public ReadOnlySpan<ulong> ShingleHashes(ReadOnlySpan<char> text)
    {
        var hashes = _shingler.Hash(text);
        ShingleCount = hashes.Length;
        return hashes;
    }

    /// <summary>Makes a signature of shingle hashes.</summary>
    /// <param name="hashes">At least one.</param>
    /// <param name="signature">Takes <see cref="MinHashParameters.Values"/> values.</param>
    public void Sign(ReadOnlySpan<ulong> hashes, Span<ulong> signature)
    {
        if (_parameters.Hash == ShingleHash.Murmur3) MinHashKernel.MinimaOf32Bits(hashes, _permutations.NarrowMultipliers, _permutations.NarrowAddends, signature);
        else MinHashKernel.Minima(hashes, _permutations.Multipliers, _permutations.Addends, _parameters.ValueBits == 64 ? ulong.MaxValue : uint.MaxValue, signature);
    }
}
