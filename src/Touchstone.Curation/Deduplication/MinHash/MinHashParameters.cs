namespace Touchstone.Curation.Deduplication.MinHash;

/// <summary>Parameters of MinHash with locality-sensitive hashing, named after whose definitions they follow. Signatures of the same parameters can be compared, others cannot.</summary>
public sealed record MinHashParameters
{
    /// <summary>
    /// datatrove 0.10: shingles of 5 English words (spaCy's) of the simplified text, xxHash64, 14 buckets of 8 values of 64 bits from seed 1. Documents with a Jaccard similarity of 0.75
    /// meet in a bucket with probability 0.77, of 0.8 with 0.92, of 0.5 with 0.05.
    /// </summary>
    public static MinHashParameters Datatrove { get; } = new() { Name = "minhash@datatrove-0.10" };

    /// <summary>datatrove 0.10 with a precision of 32 bits: xxHash32 of the shingles, and the low 32 bits of each value.</summary>
    public static MinHashParameters Datatrove32 { get; } = Datatrove with { Name = "minhash@datatrove-0.10-32bit", Hash = ShingleHash.XxHash32, ValueBits = 32 };

    /// <summary>FineWeb: datatrove's with the first 8 bytes of SHA-1 (examples/fineweb.py).</summary>
    public static MinHashParameters FineWeb { get; } = Datatrove with { Name = "minhash@fineweb", Hash = ShingleHash.Sha1 };

    /// <summary>
    /// text-dedup (ChenghaoMou, 2026-03): shingles of 5 pieces between characters that are no word characters, the first 4 bytes of SHA-1, 25 buckets of 10 values of 32 bits from seed 42
    /// (the split of 256 permutations that serves a threshold of 0.7 best). Word characters are those of .NET's Unicode tables.
    /// </summary>
    public static MinHashParameters TextDedup { get; } = new()
    {
        Name = "minhash@text-dedup",
        Shingles = ShingleKind.PiecesOfWordCharacters,
        Hash = ShingleHash.Sha1Of32Bits,
        ValueBits = 32,
        Buckets = 25,
        Rows = 10,
        Permutations = 256,
        Seed = 42,
    };

    /// <summary>NeMo Curator (mid-2025, cuDF 25): 24 characters of the text as it is, MurmurHash3 with 32 bits, 20 buckets of 13 values of 32 bits from seed 42.</summary>
    public static MinHashParameters Nemo { get; } = new()
    {
        Name = "minhash@nemo-curator-2025",
        Shingles = ShingleKind.Characters,
        ShingleLength = 24,
        Hash = ShingleHash.Murmur3,
        ValueBits = 32,
        Buckets = 20,
        Rows = 13,
        Permutations = 260,
        Seed = 42,
    };

    /// <summary>What manifests call these parameters.</summary>
    public required string Name { get; init; }

    /// <summary>What shingles are made of.</summary>
    public ShingleKind Shingles { get; init; } = ShingleKind.SimplifiedWords;

    /// <summary>Words or characters in a shingle.</summary>
    public int ShingleLength { get; init; } = 5;

    /// <summary>The hash of a shingle.</summary>
    public ShingleHash Hash { get; init; } = ShingleHash.XxHash64;

    /// <summary>Bits of a value of the signature: 64 or 32, as many as the hash of a shingle has.</summary>
    public int ValueBits { get; init; } = 64;

    /// <summary>Buckets (bands): documents that agree in one of them are candidates.</summary>
    public int Buckets { get; init; } = 14;

    /// <summary>Values in a bucket (rows), all of which must agree.</summary>
    public int Rows { get; init; } = 8;

    /// <summary>Permutations that are drawn; those beyond <see cref="Buckets"/> times <see cref="Rows"/> take part in the draws alone. 0: as many as are used.</summary>
    public int Permutations { get; init; }

    /// <summary>Seed of the permutations.</summary>
    public uint Seed { get; init; } = 1;

    /// <summary>Values in a signature.</summary>
    public int Values => Buckets * Rows;

    /// <summary>Probability that two documents meet in at least one bucket.</summary>
    /// <param name="similarity">Jaccard similarity of their shingles, in [0, 1].</param>
    public double ProbabilityOfMeeting(double similarity) => 1 - Math.Pow(1 - Math.Pow(similarity, Rows), Buckets);

    /// <summary>The split of permutations into buckets and rows that errs least about a threshold: false candidates below it and missed ones above it weigh the same.</summary>
    /// <param name="threshold">Jaccard similarity, in (0, 1).</param>
    /// <param name="permutations">How many permutations there are; not all need be used.</param>
    /// <remarks>The areas that datasketch and text-dedup minimise (optimal_param), by Simpson's rule. O(permutations log permutations) integrals.</remarks>
    public static (int Buckets, int Rows) BestSplit(double threshold, int permutations)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(permutations);
        if (threshold is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A threshold lies between 0 and 1.");
        var (best, least) = ((1, 1), double.PositiveInfinity);
        for (var buckets = 1; buckets <= permutations; buckets++)
        {
            for (var rows = 1; rows <= permutations / buckets; rows++)
            {
                double Missed(double similarity) => Math.Pow(1 - Math.Pow(similarity, rows), buckets);
                var error = Integrate(s => 1 - Missed(s), 0, threshold) + Integrate(Missed, threshold, 1);
                if (error < least) (best, least) = ((buckets, rows), error);
            }
        }

        return best;
    }

    private static double Integrate(Func<double, double> function, double from, double to)
    {
        const int steps = 200;
        var (width, sum) = ((to - from) / steps, function(from) + function(to));
        for (var i = 1; i < steps; i++) sum += function(from + i * width) * (i % 2 == 0 ? 2 : 4);
        return sum * width / 3;
    }

    internal int DrawnPermutations => Permutations == 0 ? Values : Permutations;

    /// <summary>Checks that the parameters can be used.</summary>
    /// <exception cref="ArgumentException">One of them is out of its range; the message says which.</exception>
    public void Check()
    {
        Expect(ShingleLength is >= 1 and <= 1000, $"{Name}: a shingle of {ShingleLength} is not between 1 and 1000.");
        Expect(Buckets is >= 1 and <= 1000 && Rows is >= 1 and <= 1000, $"{Name}: {Buckets} buckets of {Rows} rows are not between 1 and 1000 each.");
        Expect(ValueBits is 32 or 64, $"{Name}: values of {ValueBits} bits; 32 and 64 are known.");
        Expect(ValueBits == BitsOf(Hash), $"{Name}: {ParameterName(Hash)} has {BitsOf(Hash)} bits, so that values have {BitsOf(Hash)} and not {ValueBits}{(WithBits(Hash, ValueBits) is { } other ? $"; {ParameterName(other)} has {ValueBits}" : "")}.");
        Expect(Permutations == 0 || Permutations >= Values, $"{Name}: {Permutations} permutations are fewer than the {Values} values of a signature.");
    }

    /// <summary>Bits that a hash of a shingle has: 64 or 32.</summary>
    internal static int BitsOf(ShingleHash hash) => hash is ShingleHash.XxHash64 or ShingleHash.Sha1 ? 64 : 32;

    /// <summary>The hash of the same family with 64 or 32 bits, as datatrove's precision chooses it; null where the family has none.</summary>
    internal static ShingleHash? WithBits(ShingleHash hash, int bits) => (hash, bits) switch
    {
        (ShingleHash.XxHash64 or ShingleHash.XxHash32, 64) => ShingleHash.XxHash64,
        (ShingleHash.XxHash64 or ShingleHash.XxHash32, 32) => ShingleHash.XxHash32,
        (ShingleHash.Sha1 or ShingleHash.Sha1Of32Bits, 64) => ShingleHash.Sha1,
        (ShingleHash.Sha1 or ShingleHash.Sha1Of32Bits, 32) => ShingleHash.Sha1Of32Bits,
        (ShingleHash.Murmur3, 32) => ShingleHash.Murmur3,
        _ => null,
    };

    private static string ParameterName(ShingleHash hash) => Pipelines.ParameterBinder.SnakeCase(hash.ToString());

    private static void Expect(bool holds, string message)
    {
        if (!holds) throw new ArgumentException(message);
    }
}

/// <summary>What shingles are made of.</summary>
public enum ShingleKind
{
    /// <summary>English words by spaCy's rules of the simplified text, joined by one space; a text with fewer words than a shingle has none.</summary>
    SimplifiedWords,

    /// <summary>
    /// Pieces of the text in lower case between single characters that are no word characters, empty pieces too, joined by one space; a text with fewer than 5 pieces has no shingle,
    /// one with fewer pieces than a shingle a single one.
    /// </summary>
    PiecesOfWordCharacters,

    /// <summary>Code points of the text as it is; a text shorter than a shingle is one by itself.</summary>
    Characters,
}

/// <summary>The hash of a shingle's UTF-8 bytes.</summary>
public enum ShingleHash
{
    /// <summary>xxHash64 with seed 0.</summary>
    XxHash64,

    /// <summary>xxHash32 with seed 0.</summary>
    XxHash32,

    /// <summary>The first 8 bytes of SHA-1, little-endian.</summary>
    Sha1,

    /// <summary>The first 4 bytes of SHA-1, little-endian.</summary>
    Sha1Of32Bits,

    /// <summary>MurmurHash3 for x86 with 32 bits, seeded by the first multiplier, 0 taken for 1; permutations are modulo 2^32.</summary>
    Murmur3,
}
